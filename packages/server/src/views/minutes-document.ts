// The minutes in words: one list of blocks that the page and the PDF both draw, so that neither can say what the other
// does not. Pure: (page, minutes) → document.

import type { Minutes, MinutesBoard, MinutesCandidate, MinutesContest, MinutesIncident } from '@votix/protocol';
import { grouped } from './grouped.ts';
import { invalidReason } from './invalid-reason.ts';
import type { Page } from './page.ts';

export interface TableBlock {
  readonly kind: 'table';
  readonly title: string;
  /** `number` columns stand right. */
  readonly columns: readonly { readonly title: string; readonly number: boolean }[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly apart?: boolean; readonly strong?: boolean }[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'verdict'; readonly good: boolean; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'signatures'; readonly place: string; readonly lines: readonly string[] }
  | TableBlock;

export interface MinutesDocument {
  readonly title: string;
  readonly organisation: string;
  readonly election: string;
  /** Written across every page of a rehearsal. */
  readonly watermark: string | undefined;
  readonly blocks: readonly Block[];
  /** At the foot of every page, before its number. */
  readonly foot: string;
}

/** What the page has of words and formats; a file may be in another language than the page it is asked from. */
export type Wording = Pick<
  Page,
  't' | 'formatInstant' | 'formatMoment' | 'formatZone' | 'formatNumber' | 'formatPercent'
>;

export function minutesDocument(words: Wording, minutes: Minutes): MinutesDocument {
  const { t } = words;
  return {
    title: t('minutes.title'),
    organisation: minutes.organisation,
    election: minutes.name,
    watermark: minutes.rehearsal ? t('minutes.watermark') : undefined,
    blocks: [
      { kind: 'verdict', good: minutes.status === 'published', text: t(`minutes.status-${minutes.status}`) },
      ...(minutes.rehearsal ? [{ kind: 'verdict', good: false, text: t('minutes.rehearsal') } as const] : []),
      ...votingBlocks(words, minutes),
      ...countBlocks(words, minutes),
      ...minutes.contests.flatMap((contest) => contestBlocks(words, contest, minutes)),
      ...incidentBlocks(words, minutes),
      ...proofBlocks(words, minutes),
      ...signatureBlocks(words, minutes),
    ],
    foot: `${minutes.organisation} – ${minutes.name}`,
  };
}

const heading = (text: string): Block => ({ kind: 'heading', text });

function votingBlocks({ t, formatInstant }: Wording, { window, zone, rules }: Minutes): Block[] {
  const at = (instant: number) => formatInstant(instant, zone);
  const optional = (label: string, instant: number | null) => (instant === null ? [] : [[label, at(instant)] as const]);
  const quorum = rules.quorum === 0 ? t('minutes.quorum-none') : t('minutes.quorum', { percent: rules.quorum });
  const extensions = window.extensions.map(({ at: decided, from, until, reason }) =>
    t('minutes.extension', { at: at(decided), from: at(from), until: at(until), reason }),
  );
  return [
    heading(t('minutes.voting')),
    {
      kind: 'facts',
      rows: [
        [t('minutes.opened'), at(window.opensAt)],
        [t('minutes.closed'), at(window.closesAt)],
        ...optional(t('minutes.sealed'), window.sealedAt),
        ...optional(t('minutes.counted'), window.openedAt),
        ...optional(t('minutes.published'), window.publishedAt),
        [t('minutes.minimum'), t('minutes.minimum-rule', { minimum: rules.minimumBallots })],
        [t('minutes.quorum-title'), quorum],
        [t('minutes.tie-title'), t(`minutes.tie-${rules.tieRule}`)],
      ],
    },
    ...(extensions.length === 0 ? [] : [{ kind: 'list', items: extensions } as const]),
  ];
}

function countBlocks(
  { t, formatNumber, formatPercent }: Wording,
  { counts, quorum, invalidBallots }: Minutes,
): Block[] {
  const number = (label: string, value: number | null) =>
    value === null ? [] : [[label, formatNumber(value)] as const];
  const { registered, signatures, ballots, valid, invalid, agree } = counts;
  const turnout = ballots === null ? [] : [[t('minutes.turnout'), formatPercent(ballots, registered)] as const];
  const blocks: Block[] = [
    heading(t('minutes.participation')),
    {
      kind: 'facts',
      rows: [
        [t('result.registered'), formatNumber(registered)],
        ...number(t('result.signatures'), signatures),
        ...number(t('result.ballots'), ballots),
        ...turnout,
        ...number(t('result.valid'), valid),
        ...number(t('result.invalid'), invalid),
      ],
    },
  ];
  if (ballots !== null && signatures !== null)
    blocks.push({
      kind: 'verdict',
      good: agree === true,
      text: t(agree ? 'result.equal' : 'result.unequal', { ballots, signatures }),
    });
  if (quorum !== null) {
    const text = t(quorum.reached ? 'minutes.quorum-reached' : 'minutes.quorum-missed', {
      percent: quorum.percent,
      needed: quorum.needed,
    });
    blocks.push({ kind: 'verdict', good: quorum.reached, text });
  }
  if (invalidBallots.length > 0) {
    const rows = invalidBallots.map(({ receipt, reason }) => ({
      cells: [grouped(receipt), invalidReason({ t }, reason)],
    }));
    const columns = [t('minutes.receipt'), t('minutes.reason')].map((title) => ({ title, number: false }));
    const title = t('result.invalid-list', { count: rows.length });
    blocks.push({ kind: 'paragraph', text: title }, { kind: 'table', title, columns, rows });
  }
  return blocks;
}

/** Receipts are compared by eye: groups of four. */

function contestBlocks(words: Wording, contest: MinutesContest, minutes: Minutes): Block[] {
  const { t } = words;
  const rules = [
    t('minutes.rule-choices', { minChoices: contest.minChoices, maxChoices: contest.maxChoices }),
    t(contest.allowsBlank ? 'minutes.rule-blank' : 'minutes.rule-no-blank'),
  ];
  const order = t(`minutes.order-${contest.order}`, { seed: contest.seed });
  const blocks: Block[] = [
    heading(contest.title),
    { kind: 'paragraph', text: [...rules, t('minutes.rule-seats', { seats: contest.seats }), order].join(' ') },
  ];
  if (contest.candidates.length === 0) return blocks;
  return [...blocks, resultTable(words, contest, minutes), ...outcomeBlocks(words, contest)];
}

function resultTable(words: Wording, contest: MinutesContest, { counts }: Minutes): TableBlock {
  const { t, formatNumber, formatPercent } = words;
  const numbers = (votes: number) => [
    formatNumber(votes),
    formatPercent(votes, counts.valid ?? 0),
    formatPercent(votes, counts.registered),
  ];
  const candidate = ({ rank, name, votes, standing }: MinutesCandidate) => ({
    cells: [formatNumber(rank), name, ...numbers(votes), t(`minutes.standing-${standing}`)],
    strong: standing === 'elected',
  });
  const blank =
    contest.blank === null
      ? []
      : [{ cells: ['', t('result.blank'), ...numbers(contest.blank.votes), ''], apart: true }];
  const column = (title: string, number: boolean) => ({ title, number });
  return {
    kind: 'table',
    title: t('result.chart', { title: contest.title }),
    columns: [
      column(t('minutes.rank'), true),
      column(t('result.candidate'), false),
      column(t('result.votes'), true),
      column(t('result.share-valid'), true),
      column(t('result.share-roll'), true),
      column(t('minutes.outcome'), false),
    ],
    rows: [...contest.candidates.map(candidate), ...blank],
  };
}

function outcomeBlocks({ t }: Wording, { candidates, tie, vacant, expressed, seats }: MinutesContest): Block[] {
  const nameOf = (id: string) => candidates.find((candidate) => candidate.id === id)?.name ?? id;
  const elected = candidates.filter(({ standing }) => standing === 'elected').map(({ name }) => name);
  const blocks: Block[] = [{ kind: 'paragraph', text: t('minutes.expressed', { expressed: expressed ?? 0 }) }];
  if (elected.length > 0)
    blocks.push({
      kind: 'paragraph',
      text: t('minutes.elected', { count: elected.length, names: elected.join(' · ') }),
    });
  if (tie !== null) {
    const names = tie.candidates.map(nameOf).join(' · ');
    blocks.push({
      kind: 'verdict',
      good: tie.lot !== null,
      text: t('minutes.tie', { names, votes: tie.votes, seats: tie.seats }),
    });
    if (tie.lot !== null)
      blocks.push({ kind: 'paragraph', text: t('minutes.lot', { names: tie.lot.map(nameOf).join(' · ') }) });
  }
  if (vacant !== null && vacant > 0) blocks.push({ kind: 'paragraph', text: t('minutes.vacant', { vacant, seats }) });
  return blocks;
}

function incidentBlocks(words: Wording, { incidents, zone }: Minutes): Block[] {
  const { t } = words;
  const items = incidents.map((incident) => incidentText(words, incident, zone));
  if (items.length === 0)
    return [heading(t('minutes.incidents')), { kind: 'paragraph', text: t('minutes.no-incident') }];
  return [heading(t('minutes.incidents')), { kind: 'list', items }];
}

function incidentText(
  { t, formatInstant }: Wording,
  { kind, at, count, reason }: MinutesIncident,
  zone: string,
): string {
  const values = { at: at === null ? '' : formatInstant(at, zone), count: count ?? 0, reason: reason ?? '' };
  return t(`minutes.incident-${kind}`, values);
}

function proofBlocks({ t, formatNumber }: Wording, minutes: Minutes): Block[] {
  const { fingerprint, definitionHash, boxHash, board, audit, software, election } = minutes;
  const [ofWhat, ofBox] =
    board === null
      ? (['result.fingerprint', 'result.box-hash'] as const)
      : (['result.fingerprint-board', 'result.box-hash-board'] as const);
  return [
    heading(t('minutes.proofs')),
    {
      kind: 'facts',
      rows: [
        [t(ofWhat), fingerprint],
        [t('minutes.definition-hash'), definitionHash],
        ...(boxHash === null ? [] : [[t(ofBox), boxHash] as const]),
        ...boardRows({ t, formatNumber }, board),
        ...(audit === null
          ? []
          : [[t('minutes.audit', { position: formatNumber(audit.position) }), audit.hash] as const]),
        [t('minutes.election-id'), election],
        [t('minutes.software'), t('minutes.software-version', { version: software })],
      ],
    },
  ];
}

type Words = Pick<Wording, 't' | 'formatNumber'>;

function boardRows({ t, formatNumber }: Words, board: MinutesBoard | null): (readonly [string, string])[] {
  if (board === null) return [];
  const { uuid, trustees, needed, registrar, head } = board;
  return [
    ...(head === null ? [] : [[t('minutes.board-head', { height: formatNumber(head.height) }), head.hash] as const]),
    [t('board.trustees', { needed, of: trustees.length }), trustees.join(' · ')],
    [
      t('board.credentials'),
      registrar === null ? t('board.credentials-server') : t('board.credentials-registrar', { name: registrar }),
    ],
    [t('minutes.board-id'), uuid],
  ];
}

/** Whoever could open the box signs. */
function signatureBlocks({ t }: Wording, { board }: Minutes): Block[] {
  const openers =
    board === null ? [t('minutes.sign-key-holder')] : board.trustees.map((name) => t('minutes.sign-trustee', { name }));
  return [
    heading(t('minutes.signatures')),
    {
      kind: 'signatures',
      place: t('minutes.place'),
      lines: [t('minutes.sign-chair'), t('minutes.sign-teller'), t('minutes.sign-secretary'), ...openers],
    },
  ];
}
