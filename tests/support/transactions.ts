// Transactions that stand still where the test wants them.

import type { Database, Writer } from '../../packages/server/src/storage/database.ts';

/** A transaction that has done its work and has not committed; `commit` lets it. */
export async function held<T>(
  db: Database,
  work: (tx: Writer) => Promise<T>,
): Promise<{ readonly commit: () => Promise<T> }> {
  const [done, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const written = db.write(async (tx) => {
    const value = await work(tx);
    done.resolve();
    await release.promise;
    return value;
  });
  await Promise.race([done.promise, written]);
  return {
    commit: () => {
      release.resolve();
      return written;
    },
  };
}
