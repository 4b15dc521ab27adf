// What somebody could try to change about an election after arming, by the route that does it before, and the reason it is
// refused for in each phase. A phase that is missing allows it, or another deed stands for it there.

import type { Reason } from '../../../packages/server/src/http/reasons.ts';
import type { TestApp } from '../app.ts';
import type { Visitor } from '../visitors.ts';
import type { FrozenElection, FrozenPhase } from './election.ts';

export type Fields = Readonly<Record<string, string>>;
type Reasons = Readonly<Partial<Record<FrozenPhase, Reason>>>;
export type Act = (browser: Visitor, election: FrozenElection, at: TestApp) => Promise<Response>;

export interface FrozenDeed {
  readonly route: string;
  readonly what: string;
  readonly act: Act;
  readonly reasons: Reasons;
}

export const frozen: Reasons = { armed: 'election-armed', open: 'election-armed', closed: 'election-armed' };
export const always = (reason: Reason): Reasons => ({ armed: reason, open: reason, closed: reason });

export const base = ({ id }: FrozenElection, rest: string) => `/console/elections/${id}${rest}`;
export const reason = 'Somebody asked for it.';

/** The deeds of one route, each with the fields that make the difference. */
export const forms = (
  route: string,
  path: (election: FrozenElection) => string,
  same: Fields,
  deeds: Readonly<Record<string, Fields>>,
  reasons: Reasons = frozen,
): FrozenDeed[] =>
  Object.entries(deeds).map(([what, change]) => ({
    route: `POST ${route}`,
    what,
    reasons,
    act: (browser, election) => browser.post(path(election), { ...same, ...change }),
  }));
