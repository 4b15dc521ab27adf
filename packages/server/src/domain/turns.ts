// Long work on the one thread: in slices, with a turn for everybody else between them.

export const sliceSize = 200;
const longestMs = 10;

export function* slices<T>(items: readonly T[], size = sliceSize): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** To be awaited often: it lets requests be answered when this work has held the thread for some milliseconds. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < longestMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
