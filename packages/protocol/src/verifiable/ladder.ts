// Powers of one public base by several public exponents: the squarings are made once and shared (A. C. Yao, "On the
// evaluation of powers", 1976). For verification only, its time depends on the exponent. Compared with noble in tests.

const DIGIT_BITS = 4;
const DIGIT_MASK = (1n << BigInt(DIGIT_BITS)) - 1n;
const HIGHEST_DIGIT = 15;

/** What a ladder needs to know about the group. */
export interface Multiplication<T> {
  readonly identity: T;
  readonly times: (a: T, b: T) => T;
  readonly square: (a: T) => T;
}

/** base, base^16, base^256, …: enough for exponents of `bits` bits. */
export function ladderOf<T>({ square }: Multiplication<T>, base: T, bits: number): readonly T[] {
  const rungs: T[] = [base];
  while (rungs.length * DIGIT_BITS < bits) {
    let rung: T = rungs[rungs.length - 1] as T;
    for (let i = 0; i < DIGIT_BITS; i += 1) rung = square(rung);
    rungs.push(rung);
  }
  return rungs;
}

/** base^exponent = Π_d (product of the rungs whose digit is d)^d, by running products from the highest digit down. */
export function climb<T>({ identity, times }: Multiplication<T>, ladder: readonly T[], exponent: bigint): T {
  const byDigit: (T | undefined)[] = Array.from({ length: HIGHEST_DIGIT + 1 });
  let rest = exponent;
  for (const rung of ladder) {
    const digit = Number(rest & DIGIT_MASK);
    rest >>= BigInt(DIGIT_BITS);
    const others = byDigit[digit];
    if (digit !== 0) byDigit[digit] = others === undefined ? rung : times(others, rung);
  }
  let running: T | undefined;
  let result: T | undefined;
  for (let digit = HIGHEST_DIGIT; digit > 0; digit -= 1) {
    const rungs = byDigit[digit];
    if (rungs !== undefined) running = running === undefined ? rungs : times(running, rungs);
    if (running !== undefined) result = result === undefined ? running : times(result, running);
  }
  return result ?? identity;
}
