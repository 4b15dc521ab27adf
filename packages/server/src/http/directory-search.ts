// A question to the directory as somebody typed it: long enough, not too often, and the answer or its refusal.

import { countDirectorySearch } from '../domain/directory-searches.ts';
import type { DirectoryPage } from '../domain/directory-people.ts';
import type { Technician } from '../domain/scopes.ts';
import type { Deps } from './deps.ts';
import type { Extra } from './errors.ts';
import type { Reason } from './reasons.ts';

const shortest = 2;
const longest = 100;

export type Searched =
  | { readonly ok: true; readonly query: string; readonly value: DirectoryPage }
  | ({ readonly ok: false; readonly query: string; readonly reason: Reason; readonly said: string } & Extra);

/** `page` is what the former answer gave as `next`. */
export async function askDirectory(deps: Deps, actor: Technician, typed: string, page?: string): Promise<Searched> {
  const query = typed
    .normalize('NFC')
    .replace(/[\s\p{Cc}\u200B\u2060\uFEFF]+/gu, ' ')
    .trim()
    .slice(0, longest);
  if ([...new Intl.Segmenter().segment(query)].length < shortest)
    return { ok: false, query, reason: 'directory-short', said: '' };
  const counted = await countDirectorySearch(deps.db, deps.vault, actor);
  if (!counted.ok) return { ok: false, query, reason: 'directory-paused', said: '', retryAfter: counted.until };
  const answer = await deps.directory.search(query, page);
  if (answer.ok) return { ok: true, query, value: answer.value };
  return { ok: false, query, reason: `directory-${answer.cause}`, said: answer.said };
}
