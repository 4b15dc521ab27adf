// JSON (RFC 8259) from outside: text to an unknown value, unknown values to objects. Strictness is its callers' matter.

/** A JSON object of unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value of a JSON text, undefined when it is none (or nested beyond what the runtime reads). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
