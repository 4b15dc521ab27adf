// /vote: the typed key. /vote/:link: the booth, or the door that says why not. GET and HEAD change nothing: mail scanners
// open links, run scripts and press buttons.

import { Hono } from 'hono';
import { readBoardElection } from '../../domain/boards.ts';
import { type Election, readElection } from '../../domain/elections.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import { readAbandonment } from '../../domain/changes.ts';
import { type Holder, type LinkHolder, parseLink, readHolder, readTypedKey } from '../../domain/links.ts';
import { readRegistrar } from '../../domain/registrars.ts';
import { clientMessages } from '../../messages/translate.ts';
import { type BoothData, boothPage } from '../../views/booth.ts';
import { doorPage, type DoorView } from '../../views/door.ts';
import type { Page } from '../../views/page.ts';
import { logoPath } from '../../views/logo.ts';
import { contestSentences, electionSentences } from '../../views/rules.ts';
import { typedKeyPage } from '../../views/vote.ts';
import { baseUrlOf } from '../base-url.ts';
import { contestRulesOf, rulesOf } from '../contest-rules.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { hrefOf, markRehearsal, pageOf } from '../page.ts';
import { statuses } from '../reasons.ts';
import { speakAsMails } from './voter-language.ts';

const day = 86_400_000;

export function booth(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/vote', (c) => c.html(typedKeyPage(pageOf(deps, c), { key: '', problems: {} })))
    .post('/vote', async (c) => {
      const { key } = await readForm(c, ['key']);
      const typed = await readTypedKey(deps.db.reader, deps.vault, key);
      if (typed.ok) return c.redirect(hrefOf(deps, c, `/vote/${typed.link}`), 303);
      const problems = { key: sentences(deps, c, typed.reason).detail };
      return c.html(typedKeyPage(pageOf(deps, c), { key: key.slice(0, 60), problems }), statuses[typed.reason]);
    })
    .get('/vote/:link', async (c) => {
      const found = await readHolder(deps.db.reader, deps.vault, c.req.param('link'));
      return enter(deps, c, found);
    });
}

const doorStatus = {
  'too-early': 403,
  'too-late': 403,
  abandoned: 403,
  'already-voted': 200,
  'unknown-link': 404,
  'replaced-link': 410,
  'code-locked': 429,
  insecure: 403,
} as const;

async function enter(deps: Deps, c: Request, found: Holder) {
  const show = (door: DoorView) => c.html(doorPage(pageOf(deps, c), door), doorStatus[door.kind]);
  if (!found.ok && found.reason === 'unknown-link') return show({ kind: 'unknown-link' });
  speakAsMails(c, found.holder);
  const election = await readElection(deps.db.reader, found.holder.election_id);
  if (!election) return show({ kind: 'unknown-link' });
  markRehearsal(c, election);
  const page = pageOf(deps, c);
  const door = (await abandonedDoor(deps, page, election)) ?? doorOf(page, election, found.holder, await deps.db.now());
  if (door && !(found.ok && mayAwaitAnswer(door))) return show({ ...door, election: publicHead(election) });
  const data = await boothData(deps, c, election, door !== undefined);
  return c.html(
    boothPage(page, { election, data, door: door && { ...door, election } }),
    door ? doorStatus[door.kind] : 200,
  );
}

/** Behind these doors a reloaded page may still hold a ballot whose answer was lost: it gets its receipt, others the door. */
const mayAwaitAnswer = ({ kind }: DoorView): boolean => kind === 'already-voted' || kind === 'too-late';

/** A draft has no public page to lead to. */
const publicHead = (election: Election) =>
  election.armed_at === null ? undefined : { id: election.id, name: election.name };

async function abandonedDoor(deps: Deps, page: Page, election: Election): Promise<DoorView | undefined> {
  const abandoned = await readAbandonment(deps.db.reader, election);
  if (!abandoned) return undefined;
  return { kind: 'abandoned', at: page.formatInstant(abandoned.at, election.zone), because: abandoned.reason };
}

function doorOf(page: Page, election: Election, holder: LinkHolder, now: number): DoorView | undefined {
  const { signed_on: signedOn, locked_until: lockedUntil, replaced_at: replacedAt } = holder;
  const phase = phaseOf(election, now);
  const at = (instant: number) => page.formatInstant(instant, election.zone);
  const isOver = !['draft', 'armed', 'open'].includes(phase);
  // Once voting is over a newer link would open this door, too: nobody is sent to look for it. A dead link tells no vote.
  if (replacedAt !== null)
    return isOver ? { kind: 'too-late', at: at(election.closes_at) } : { kind: 'replaced-link', at: at(replacedAt) };
  if (phase === 'draft' || phase === 'armed') return { kind: 'too-early', at: at(election.opens_at) };
  if (signedOn !== null) return { kind: 'already-voted', at: page.formatDay(signedOn) };
  if (phase !== 'open') return { kind: 'too-late', at: at(election.closes_at) };
  if (lockedUntil !== null && now < lockedUntil) return { kind: 'code-locked', at: at(lockedUntil) };
  return page.insecure ? { kind: 'insecure' } : undefined;
}

async function boothData(deps: Deps, c: Request, election: Election, isDoor: boolean): Promise<BoothData> {
  const page = pageOf(deps, c);
  const link = parseLink(c.req.param('link') ?? '') ?? '';
  const { retentionDays = 0, contactName = '', contactEmail = '' } = c.get('organisation') ?? {};
  const candidates = election.contests.flatMap((contest) => contest.candidates);
  return {
    locale: page.locale,
    castUrl: page.href(`/api/vote/${link}`),
    description: election.description,
    definition: election.definition ?? '',
    publicKey: election.public_key ?? '',
    verifiable: await verifiableData(deps, c, election),
    contestRules: Object.fromEntries(
      election.contests.map((contest) => [contest.id, contestSentences(page, contestRulesOf(contest)).slice(1)]),
    ),
    rules: electionSentences(page, rulesOf(election)),
    logos: Object.fromEntries(candidates.flatMap(({ id, logo }) => (logo ? [[id, page.href(logoPath(logo))]] : []))),
    candidateTexts: Object.fromEntries(candidates.map(({ id, text }) => [id, text])),
    closes: page.formatInstant(election.closes_at, election.zone),
    electionUrl: page.href(`/elections/${election.id}`),
    receiptUrl: `${baseUrlOf(deps, c)}/elections/${election.id}`,
    receiptUntil: page.formatInstant(election.closes_at + retentionDays * day, election.zone),
    contact: {
      name: contactName,
      email: contactEmail,
    },
    storageKey: `votix-${deps.vault.hash('storage', link).slice(0, 32)}`,
    isDoor,
    messages: clientMessages(page.locale, 'booth.'),
  };
}

async function verifiableData(deps: Deps, c: Request, { id, fingerprint }: Election): Promise<BoothData['verifiable']> {
  const election = await readBoardElection(deps.db.reader, id);
  if (election === undefined || fingerprint === null) return null;
  const workerUrl = pageOf(deps, c).href(`/assets/${deps.assets.find('booth-worker').file}`);
  const registrar = (await readRegistrar(deps.db.reader, id))?.name ?? null;
  return { election, fingerprint, workerUrl, registrar };
}
