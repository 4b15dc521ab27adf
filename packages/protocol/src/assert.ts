// The impossible: a broken invariant of our own, never hostile input. Thrown, caught once at the edge of a program.

/** Throws an Error saying `impossible` unless the condition holds. */
export function assert(condition: boolean, impossible: string): asserts condition {
  if (!condition) throw new Error(impossible);
}
