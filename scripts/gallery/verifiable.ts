// An election that everyone can check: its trustees in the console and on their own pages, arming, the count and the board.
import { createHash } from 'node:crypto';
import { definitionHash, encodeDefinition } from '@votix/protocol';
import { clientMessages } from '../../packages/server/src/messages/translate.ts';
import { armPage } from '../../packages/server/src/views/arm.ts';
import { boardPage, type BoardView } from '../../packages/server/src/views/board.ts';
import { deliberatePage } from '../../packages/server/src/views/deliberate.ts';
import { electionPage } from '../../packages/server/src/views/election.ts';
import type { Html, Page } from '../../packages/server/src/views/page.ts';
import { trusteePage } from '../../packages/server/src/views/trustee.ts';
import { type TrusteesView, type TrusteeStep, trusteesPage } from '../../packages/server/src/views/trustees.ts';
import { chairOf, definitionOf, electionOf, head, nameOf, type Say, sayIn, strictRules, window } from './models.ts';
import type { Sample } from './sample.ts';

const names = ['Anaïs Martin', 'Mohammed-Amine Benchekroun de La Rochefoucauld', 'Lou Caron'];
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const trackerOf = (text: string) => createHash('sha256').update(text).digest('base64').replace('=', '');

const trustees = (steps: readonly TrusteeStep[], shares = 0) =>
  steps.map((step, at) => ({
    id: `t${at}`,
    name: names[at]!,
    position: at + 1,
    step,
    hasShare: at < shares,
    link: `https://vote.example.org/trustee/${trackerOf(names[at]!).slice(0, 27).replaceAll('/', '_')}`,
  }));

const board: BoardView = {
  uuid: 'Bq1K4YDQEDaYfB',
  head: { hash: hashOf('head'), height: 187 },
  trustees: names.map((name) => ({ name, publicKey: hashOf(name) })),
  threshold: 2,
  hasStrict: true,
  registrar: undefined,
};

/** What the server says of the trustee's seat, and the page of it. */
function seatSample(name: string, seat: Readonly<Record<string, unknown>>, more: Partial<Sample> = {}): Sample {
  const isMaking = seat['stage'] === 'making';
  const steps: readonly TrusteeStep[] = isMaking ? ['polynomial', 'waiting', 'certificate'] : ['done', 'done', 'done'];
  const of = { groupName: 'Ed25519', threshold: 2, size: 3, index: 1, hasShare: false, certs: null, polynomials: null };
  const others = names.map((one, at) => ({
    name: one,
    step: steps[at],
    hasShare: seat['stage'] === 'opened' && at < 2,
  }));
  return {
    name: `trustee-${name}`,
    answers: { [`/seats/${name}.json`]: { ...of, trustees: others, ...seat } },
    render: (page) =>
      trusteePage(page, {
        locale: page.locale,
        electionName: nameOf(sayIn(page.locale)),
        trusteeName: names[0]!,
        fileName: 'votix-trustee-1.jwe',
        seatUrl: `/seats/${name}.json`,
        stepUrl: '/step',
        shareUrl: '/share',
        archiveUrl: '/archive.bel',
        electionUrl: '/elections/e',
        workerUrl: '/trustee-worker.js',
        closes: page.formatInstant(window.closesAt, window.zone),
        messages: clientMessages(page.locale, 'trustee.'),
      }),
    act: async (tab) => tab.locator('#trustee h2').waitFor(),
    ...more,
  };
}

export function verifiableSamples(): Sample[] {
  const inConsole = (name: string, render: (page: Page, say: Say) => Html): Sample => ({
    name,
    signedIn: true,
    render: (page) => render(page, sayIn(page.locale)),
  });
  const ofTrustees = (name: string, phase: 'draft' | 'closed', more: Partial<TrusteesView>): Sample =>
    inConsole(`trustees-${name}`, (page, say) =>
      trusteesPage(page, {
        election: { ...head(say, phase), isVerifiable: true },
        trustees: [],
        threshold: 0,
        choices: [2],
        canChange: phase === 'draft',
        isOpening: phase === 'closed',
        name: '',
        problems: {},
        ...more,
      }),
    );
  const event = (height: number, type: string, ballot = false) => ({
    height,
    type,
    hash: hashOf(`event ${height}`),
    credential: ballot ? hashOf(`credential ${height}`) : null,
    receipt: ballot ? trackerOf(`ballot ${height}`) : null,
  });
  return [
    ofTrustees('none', 'draft', {}),
    ofTrustees('alone', 'draft', { trustees: trustees(['done']) }),
    ofTrustees('making', 'draft', { trustees: trustees(['polynomial', 'waiting', 'certificate']), threshold: 2 }),
    ofTrustees('opening', 'closed', { trustees: trustees(['done', 'done', 'done'], 1), threshold: 2 }),
    inConsole('arm-by-form', (page, say) => {
      const definition = encodeDefinition(definitionOf(say));
      const contest = chairOf(say);
      const contests = [{ ...contest, candidates: contest.candidates.map(({ name }) => name) }];
      const summary = { contests, rules: strictRules, voters: 598 };
      const of = { names, threshold: 2, definitionHash: definitionHash(definition) };
      const state = { kind: 'ready-by-form', summary, trustees: of } as const;
      return armPage(page, {
        election: { ...head(say, 'draft'), isVerifiable: true },
        window,
        minimumBallots: 5,
        state,
      });
    }),
    inConsole('arm-underway', (page, say) => {
      const now = window.opensAt;
      const state = { kind: 'underway', done: 3250, total: 10_000, startedAt: now - 4000, now } as const;
      const election = { ...head(say, 'draft'), isVerifiable: true };
      return armPage(page, { election, window, minimumBallots: 5, state });
    }),
    inConsole('deliberate-trustees', (page, say) => {
      const state = { kind: 'trustees', trustees: trustees(['done', 'done', 'done'], 1), needed: 2 } as const;
      return deliberatePage(page, { election: { ...head(say, 'closed'), isVerifiable: true }, window, state });
    }),
    {
      name: 'election-board',
      render: (page) => electionPage(page, electionOf(sayIn(page.locale), { phase: 'published', board })),
    },
    {
      name: 'election-registrar',
      render: (page) => {
        const registrar = { name: 'Rosa Keller-Delacroix', reserve: 10, given: 2 };
        return electionPage(page, electionOf(sayIn(page.locale), { phase: 'open', board: { ...board, registrar } }));
      },
    },
    {
      name: 'board-events',
      render: (page) =>
        boardPage(page, {
          election: { id: 'e', name: nameOf(sayIn(page.locale)) },
          events: [
            ...['Result', 'PartialDecryption', 'EncryptedTally', 'EndBallots'].map((type, at) => event(187 - at, type)),
            ...[183, 182].map((height) => event(height, 'Ballot', true)),
            event(0, 'Setup'),
          ],
          pager: { path: '/elections/e/board', pageNumber: 1, pageCount: 4 },
        }),
    },
    seatSample('make', { stage: 'making', step: 'certificate' }, { withoutScripts: true }),
    seatSample('waiting', { stage: 'making', step: 'waiting' }),
    seatSample('armed', { stage: 'armed', step: 'done' }),
    seatSample('tallied', { stage: 'tallied', step: 'done' }),
    seatSample('opened', { stage: 'opened', step: 'done', hasShare: true }),
  ];
}
