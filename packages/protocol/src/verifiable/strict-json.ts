// JSON (RFC 8259) of other people, read strictly: no member twice in an object, and not deeply nested. Sizes of numbers and
// unknown members are the matter of whoever reads the value.

import { endOfString, parseJson } from '../encoding/json.ts';

/** Why a text is no JSON for us. */
export type JsonProblem = 'json-malformed' | 'json-too-deep' | 'json-duplicate-member';

/** Enough for every object of an archive, with room for members that later versions may add. */
const DEPTH_LIMIT = 24;

/** The string that begins, or the bracket. */
const TOKEN = /["{}[\]]/gu;
/** Behind a string: whether it names a member. */
const COLON = /\s*:/uy;

/** The value of a JSON text in which every object names each of its members once. */
export function parseStrictJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: JsonProblem } {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: 'json-malformed' };
  const reason = findProblem(text);
  return reason === undefined ? { ok: true, value } : { ok: false, reason };
}

/** Of a text that is JSON. Strings are passed over by searching for their end: an expression for one long string overflows the stack. */
function findProblem(text: string): JsonProblem | undefined {
  const open: Set<string>[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const [token] = found;
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > DEPTH_LIMIT) return 'json-too-deep';
    } else if (token === '}' || token === ']') open.pop();
    else {
      const end = endOfString(text, found.index) + 1;
      TOKEN.lastIndex = COLON.lastIndex = end;
      if (!COLON.test(text)) continue;
      // Two spellings of one name are one member: "a" and "\u0061".
      const name = JSON.parse(text.slice(found.index, end)) as string;
      const members = open.at(-1)!;
      if (members.has(name)) return 'json-duplicate-member';
      members.add(name);
    }
  }
  return undefined;
}
