// A prover that stops before one kind of proof until the test opens it: what happens meanwhile can be looked at.

import { type Prover, proveHere } from '../../packages/server/src/domain/proofs.ts';

export function aGate(kind: Parameters<Prover>[0]) {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const prove = (async (asked: string, ...given: never[]) => {
    if (asked === kind) {
      reached.resolve();
      await opened.promise;
    }
    return (proveHere as (...all: unknown[]) => Promise<unknown>)(asked, ...given);
  }) as Prover;
  return {
    prove,
    reached: reached.promise,
    open: () => opened.resolve(),
    break: (error: Error) => opened.reject(error),
  };
}
