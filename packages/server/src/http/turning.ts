// Which page of a list the address asks for: what makes no sense is the first, what lies behind the end the last.

import type { Request } from './deps.ts';

export interface Turned {
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly limit: number;
  readonly offset: number;
}

export function turnedTo(c: Request, count: number, perPage: number): Turned {
  const pageCount = Math.max(1, Math.ceil(count / perPage));
  const asked = Number(c.req.query('page') ?? 1);
  const pageNumber = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pageCount) : 1;
  return { pageNumber, pageCount, limit: perPage, offset: (pageNumber - 1) * perPage };
}
