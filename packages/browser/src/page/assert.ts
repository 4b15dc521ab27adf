// States what cannot be otherwise. Its message is for the person who repairs the program, never for a voter.
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
