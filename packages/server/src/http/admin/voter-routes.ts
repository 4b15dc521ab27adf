// What every console page about one voter needs: the scope, the election, the voter.

import type { Election } from '../../domain/elections.ts';
import type { Member } from '../../domain/scopes.ts';
import { findVoterOnRoll, type VoterOnRoll } from '../../domain/voters.ts';
import type { ElectionHead } from '../../views/layout-console.ts';
import type { VoterRow } from '../../views/voters.ts';
import type { Deps, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import type { Refusal, Scope } from '../scopes.ts';
import { enterElection } from './election-routes.ts';
import { rowOf } from './voters.ts';

export interface EnteredVoter<T> {
  readonly ok: true;
  readonly scope: T;
  readonly election: Election;
  readonly head: ElectionHead;
  readonly now: number;
  readonly found: VoterOnRoll;
  readonly row: VoterRow;
}

export async function enterVoter<T extends Member>(
  deps: Deps,
  c: Request,
  asked: Scope<T>,
): Promise<EnteredVoter<T> | Refusal> {
  const entered = await enterElection(deps, c, asked);
  if (!entered.ok) return entered;
  const found = await findVoterOnRoll(deps.db.reader, entered.election.id, c.req.param('voter') ?? '');
  if (!found) return { ok: false, refusal: refuse(deps, c, 'unknown-voter') };
  return { ...entered, found, row: rowOf(found, entered.now) };
}
