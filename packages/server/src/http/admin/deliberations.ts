// The page in which the key holder opens the box; the opening itself runs in their browser (api/deliberations.ts).

import { Hono } from 'hono';
import { type SealedElection, openable } from '../../domain/boxes.ts';
import type { Election } from '../../domain/elections.ts';
import { readTallyHead } from '../../domain/openings.ts';
import { readCeremony } from '../../domain/trustees.ts';
import { storedKeyShares } from '../../domain/key-shares.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import { clientMessages } from '../../messages/translate.ts';
import { deliberatePage, type DeliberateState, type DeliberationData } from '../../views/deliberate.ts';
import { gate } from '../approval-gate.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { windowOf } from '../public/home.ts';
import { requireConfirmed } from '../scopes.ts';
import { enterElection } from './election-routes.ts';

export function deliberations(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/console/elections/:id/deliberate', async (c) => {
    const entered = await enterElection(deps, c, requireConfirmed(deps, c));
    if (!entered.ok) return entered.refusal;
    const { election, head, now } = entered;
    const state = await stateOf(deps, c, election, now);
    const target = election.box_hash ?? '';
    const missing = state.kind === 'ready' ? await gate(deps, c, entered, { deed: 'deliberate', target }) : undefined;
    if (missing) return missing;
    const view = { election: head, window: windowOf(election), state };
    return c.html(deliberatePage(pageOf(deps, c), view));
  });
}

async function stateOf(deps: Deps, c: Request, election: Election, now: number): Promise<DeliberateState> {
  if (election.abandoned_at !== null) return { kind: 'abandoned' };
  const phase = phaseOf(election, now);
  if (phase === 'draft') return { kind: 'not-armed' };
  if (phase === 'armed' || phase === 'open') return { kind: 'not-closed' };
  const box = openable(election);
  if (box.ok && election.sealing === 'verifiable') return trusteesOf(deps, election.id);
  if (box.ok) return { kind: 'ready', data: deliberationData(deps, c, box.election) };
  if (box.reason === 'already-deliberated') return { kind: 'done' };
  if (box.reason !== 'below-minimum') return { kind: 'sealing' };
  return { kind: 'below-minimum', ballots: election.ballot_count ?? 0, minimumBallots: election.minimum_ballots };
}

async function trusteesOf(deps: Deps, id: string): Promise<DeliberateState> {
  const [head, ceremony] = [await readTallyHead(deps.db.reader, id), await readCeremony(deps.db.reader, id)];
  if (head === undefined || ceremony === undefined) return { kind: 'sealing' };
  const { threshold, trustees } = ceremony;
  return { kind: 'trustees', trustees, needed: threshold === 0 ? trustees.length : threshold };
}

function deliberationData(deps: Deps, c: Request, election: SealedElection): DeliberationData {
  const page = pageOf(deps, c);
  return {
    locale: page.locale,
    electionName: election.name,
    definition: election.definition ?? '',
    publicKey: election.public_key ?? '',
    fingerprint: election.fingerprint ?? '',
    ballots: election.ballot_count,
    boxHash: election.box_hash,
    keyShares: storedKeyShares(election) ?? null,
    boxUrl: page.href(`/api/elections/${election.id}/box`),
    resultUrl: page.href(`/api/elections/${election.id}/result`),
    doneUrl: page.href(`/console/elections/${election.id}/result`),
    workerUrl: page.href(`/assets/${deps.assets.find('deliberation-worker').file}`),
    messages: clientMessages(page.locale, 'deliberation.'),
  };
}
