// What a command hands back: its exit code, and the same answer twice, for people and as JSON. Printed by main.ts alone.

/** 0: everything holds. 1: a check failed. 2: bad usage, or a file that can't be read, so nothing was checked. */
export type ExitCode = 0 | 1 | 2;

export interface Outcome {
  readonly exitCode: ExitCode;
  readonly lines: readonly string[];
  readonly answer: { readonly ok: boolean } & Readonly<Record<string, unknown>>;
}

/** Why a command could not go on: a name for programs, one sentence for people that says what to do. */
export interface Refusal {
  readonly ok: false;
  readonly exitCode: 1 | 2;
  readonly reason: string;
  readonly sentence: string;
}

export function refuse({ exitCode, reason, sentence }: Refusal): Outcome {
  return { exitCode, lines: [sentence], answer: { ok: false, reason, sentence } };
}
