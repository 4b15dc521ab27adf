// JSON (RFC 8259) from outside: text to an unknown value, unknown values to objects. Strictness is its callers' matter.

/** A JSON object of unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Above what any file of an election holds; a megabyte of brackets would otherwise fill a hundred of memory. */
const VALUES_LIMIT = 5_000_000;

/** The value of a JSON text, undefined when it is none, or has more values than any file of an election. */
export function parseJson(text: string): unknown {
  if (!hasFewValues(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a text, if it is JSON, has at most VALUES_LIMIT values. Strings are skipped. */
function hasFewValues(text: string): boolean {
  if (text.length <= VALUES_LIMIT) return true;
  let values = 1;
  for (let at = 0; at < text.length && values <= VALUES_LIMIT; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === ',' || character === '[' || character === '{') values += 1;
  }
  return values <= VALUES_LIMIT;
}

/** The place of the quote that ends the string which begins at `start`; that of the last character when none does. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length - 1 : end;
}

/** After an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === '\\') before -= 1;
  return (at - before) % 2 === 0;
}

/** Whether a value is an object and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an object with exactly these members of its own. */
export function hasExactly(value: unknown, members: readonly string[]): value is JsonObject {
  if (!isObject(value) || Object.keys(value).length !== members.length) return false;
  return members.every((member) => Object.hasOwn(value, member));
}
