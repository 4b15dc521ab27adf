// How large a body may be, route by route; everything not named here is a small form. What is large is taken from those
// only who are logged in: a body of unknown length is held in memory before its route asks who sent it.

import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono';
import type { Deps, Env, Request } from './deps.ts';
import { refuse } from './errors.ts';
import type { Reason } from './reasons.ts';

const kB = 1024;
const MB = 1024 * kB;
const form = 64 * kB;

/** From those who are logged in. */
const sizes: readonly (readonly [pattern: RegExp, bytes: number, reason?: Reason])[] = [
  [/\/console\/elections\/[^/]+\/candidates(\/[^/]+)?$/, 5 * MB + form, 'logo-too-large'],
  [/\/console\/elections\/[^/]+\/voters\/import$/, 10 * MB],
  [/\/console\/elections\/[^/]+\/voters\/units$/, 2 * MB], // whoever was chosen, as text
  [/\/console\/configure\/[^/]+$/, 512 * kB], // long lists, each as it was and as it is
  [/\/api\/elections\/[^/]+\/result$/, 20 * MB],
];

/** From those who have a link and no account. A ballot has proofs for each of its choices: domain/arming.ts says how many. */
const byLink: typeof sizes = [
  [/\/api\/vote\/[^/]+$/, 512 * kB],
  [/\/api\/trustees\/[^/]+\/(?:step|share)$/, 1 * MB],
  [/\/api\/registrars\/[^/]+\/(?:part|finish)$/, 1 * MB],
];

/** What a proxy in front has to let through. */
export const largestBody = Math.max(...[...sizes, ...byLink].map(([, bytes]) => bytes));

/**
 * Whether the declared length says so: the connection gives no more than that. To look at the body itself would make a stream of
 * it, which costs a vote as much as a question to the database.
 */
const isSmallEnough = (c: Request, maxSize: number): boolean =>
  c.req.header('transfer-encoding') === undefined && Number(c.req.header('content-length') ?? NaN) <= maxSize;

export function bodyLimits(deps: Deps): MiddlewareHandler<Env> {
  const limited = (maxSize: number, reason: Reason = 'too-large'): MiddlewareHandler<Env> => {
    const counted = bodyLimit({ maxSize, onError: (c) => Promise.resolve(refuse(deps, c, reason)) });
    return (c, next) => (isSmallEnough(c, maxSize) ? next() : counted(c, next));
  };
  const [small, nobodys] = [limited(form), limited(form, 'login-required')];
  const limitsOf = (rows: typeof sizes, needsLogin: boolean) =>
    rows.map(([pattern, bytes, reason]) => ({ pattern, needsLogin, limit: limited(bytes, reason) }));
  const limits = [...limitsOf(sizes, true), ...limitsOf(byLink, false)];
  return (c, next) => {
    const found = limits.find(({ pattern }) => pattern.test(c.req.path));
    if (found?.needsLogin && !c.get('session')) return nobodys(c, next);
    return (found?.limit ?? small)(c, next);
  };
}
