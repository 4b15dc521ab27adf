// What our programs use and the oldest browsers they are built for (`target` in build.ts) lack: methods of ECMAScript 2023 and
// 2024, as section 23 and 22.1.3.10 of ECMA-262 have them. It comes first in every program; bundle.test.ts fails when one uses
// something newer that is not lent here.

function lend(prototype: object, name: string, method: (this: never, ...given: never[]) => unknown): void {
  if (!(name in prototype))
    Object.defineProperty(prototype, name, { value: method, writable: true, configurable: true });
}

lend(Array.prototype, 'toReversed', function <T>(this: readonly T[]) {
  // oxlint-disable-next-line unicorn/no-array-reverse -- of a copy, and the newer method is this one
  return [...this].reverse();
});
lend(Array.prototype, 'toSorted', function <T>(this: readonly T[], compare?: (a: T, b: T) => number) {
  // oxlint-disable-next-line unicorn/no-array-sort -- of a copy, and the newer method is this one
  return [...this].sort(compare);
});
lend(Object.getPrototypeOf(Uint8Array.prototype) as object, 'toReversed', function (this: Uint8Array) {
  // oxlint-disable-next-line unicorn/no-array-reverse -- of a copy, and the newer method is this one
  return this.slice().reverse();
});
/** Where a pattern reads whole characters, half of a pair stands alone. */
lend(String.prototype, 'isWellFormed', function (this: string) {
  return !/\p{Surrogate}/u.test(this);
});
