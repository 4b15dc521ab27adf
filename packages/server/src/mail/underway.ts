// Works that go on beside whoever began them, and can be waited for one by one without asking each of them every time.

export interface Underway {
  /** How many have not ended. */
  readonly size: () => number;
  readonly add: (work: Promise<unknown>) => void;
  /** Until one more has ended. Throws what one of them threw, now or before. */
  readonly next: () => Promise<void>;
  /** Until all have ended. Throws as `next`. */
  readonly all: () => Promise<void>;
}

export function createUnderway(): Underway {
  const works = new Set<Promise<unknown>>();
  let ended = Promise.withResolvers<void>();
  let broken: { readonly error: unknown } | undefined;
  const rethrow = () => {
    if (broken) throw broken.error;
  };
  const watch = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      broken ??= { error };
    }
  };
  return {
    size: () => works.size,
    add: (work) => {
      const watched = watch(work).finally(() => {
        works.delete(watched);
        ended.resolve();
        ended = Promise.withResolvers();
      });
      works.add(watched);
    },
    next: async () => {
      rethrow();
      await ended.promise;
      rethrow();
    },
    all: async () => {
      while (works.size > 0) await Promise.all(works);
      rethrow();
    },
  };
}
