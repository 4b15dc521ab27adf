// How large a body may be, route by route; everything not named here is a small form.

import { bodyLimit } from 'hono/body-limit';
import type { MiddlewareHandler } from 'hono';
import type { Deps, Env } from './deps.ts';
import { refuse } from './errors.ts';

const kB = 1024;
const MB = 1024 * kB;

const sizes: readonly (readonly [pattern: RegExp, bytes: number])[] = [
  [/\/console\/elections\/[^/]+\/voters\/import$/, 10 * MB],
  [/\/api\/elections\/[^/]+\/result$/, 20 * MB],
  [/\/api\/vote\/[^/]+$/, 32 * kB],
];

export function bodyLimits(deps: Deps): MiddlewareHandler<Env> {
  const limited = (maxSize: number): MiddlewareHandler<Env> =>
    bodyLimit({ maxSize, onError: (c) => Promise.resolve(refuse(deps, c, 'too-large')) });
  const small = limited(64 * kB);
  const limits = sizes.map(([pattern, bytes]) => [pattern, limited(bytes)] as const);
  return (c, next) => (limits.find(([pattern]) => pattern.test(c.req.path))?.[1] ?? small)(c, next);
}
