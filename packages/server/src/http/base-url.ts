// The one public address: VOTING_URL until set-up has saved one. Its path is the base path of every link and cookie.

import type { Deps, Request } from './deps.ts';

export const baseUrlOf = (deps: Deps, c: Request): string => c.get('organisation')?.baseUrl ?? deps.address.baseUrl;

export const basePathOf = (baseUrl: string): string => new URL(baseUrl).pathname.replace(/\/$/, '');

/** A personal link with a slash at its end, which some mail programs add, is the same link. */
export const plainPath = (path: string): string => path.replace(/^(\/vote\/[^/]+)\/$/, '$1');

/** The path without the base path; a proxy may have taken it away already. */
export function withoutBasePath(pathname: string, basePath: string): string {
  if (basePath === '' || !(pathname === basePath || pathname.startsWith(`${basePath}/`))) return pathname;
  return pathname.slice(basePath.length) || '/';
}
