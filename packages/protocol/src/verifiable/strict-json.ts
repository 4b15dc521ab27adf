// JSON (RFC 8259) of other people, read strictly: no member twice in an object, and not deeply nested. Sizes of numbers and
// unknown members are the matter of whoever reads the value.

import { parseJson } from '../encoding/json.ts';

/** Why a text is no JSON for us. */
export type JsonProblem = 'json-malformed' | 'json-too-deep' | 'json-duplicate-member';

/** Enough for every object of an archive, with room for members that later versions may add. */
const DEPTH_LIMIT = 24;

/** In a text that is JSON: each string, with the colon if it names a member, and each bracket. */
const TOKEN = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/gsu;

/** The value of a JSON text in which every object names each of its members once. */
export function parseStrictJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: JsonProblem } {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: 'json-malformed' };
  const reason = findProblem(text);
  return reason === undefined ? { ok: true, value } : { ok: false, reason };
}

function findProblem(text: string): JsonProblem | undefined {
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > DEPTH_LIMIT) return 'json-too-deep';
    } else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      // Two spellings of one name are one member: "a" and "\u0061".
      const name = JSON.parse(token.slice(0, -1)) as string;
      const members = open.at(-1)!;
      if (members.has(name)) return 'json-duplicate-member';
      members.add(name);
    }
  }
  return undefined;
}
