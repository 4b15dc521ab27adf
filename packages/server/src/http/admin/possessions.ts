// The page in which the holder of the key proves it again; the proof itself is made in their browser (api/possessions.ts).

import { Hono } from 'hono';
import type { Election } from '../../domain/elections.ts';
import { storedKeyShares } from '../../domain/key-shares.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import { readLastProof, unprovable } from '../../domain/possessions.ts';
import { clientMessages } from '../../messages/translate.ts';
import { provePage, type ProofData } from '../../views/prove.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { requireConfirmed } from '../scopes.ts';
import { enterElection } from './election-routes.ts';

export function possessions(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/console/elections/:id/prove', async (c) => {
    const entered = await enterElection(deps, c, requireConfirmed(deps, c));
    if (!entered.ok) return entered.refusal;
    const { election, head, now } = entered;
    const proof = await readLastProof(deps.db.reader, election);
    const why = unprovable(election);
    const state =
      why === undefined
        ? ({
            kind: 'ready',
            data: proofData(deps, c, election),
            mayDisarm: phaseOf(election, now) === 'armed',
          } as const)
        : ({ kind: why } as const);
    return c.html(provePage(pageOf(deps, c), { election: head, lastDay: proof?.day, state }));
  });
}

function proofData(deps: Deps, c: Request, election: Election): ProofData {
  const page = pageOf(deps, c);
  return {
    electionName: election.name,
    fingerprint: election.fingerprint ?? '',
    keyShares: storedKeyShares(election) ?? null,
    proofUrl: page.href(`/api/elections/${election.id}/possession`),
    doneUrl: page.href(`/console/elections/${election.id}`),
    messages: clientMessages(page.locale, 'keys.'),
  };
}
