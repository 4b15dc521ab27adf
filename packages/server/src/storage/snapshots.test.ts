// What only the lock of a backup's tables keeps true on PostgreSQL: a table that takes another's place is empty for older snapshots.

import { expect, onTestFinished, test } from 'vitest';
import { counts, everyoneVotes, same } from '../../../../tests/support/casts.ts';
import { openBench } from '../../../../tests/support/databases.ts';
import { anArmedElection } from '../../../../tests/support/elections.ts';
import { rewriteInKeyOrder } from './box-rewriting.ts';
import { withSnapshot } from './snapshots.ts';

test('a box that is to be written anew while a backup reads waits, and the backup has every ballot', async () => {
  const { bench, close } = await openBench('postgres');
  onTestFinished(close);
  const election = await anArmedElection(bench.db, { voters: 12 });
  await everyoneVotes(bench.db, election);
  const found = await withSnapshot({ kind: 'postgres', url: bench.address }, async (snapshot) => {
    const rewriting = await rewriteInKeyOrder(bench.db).then(() => 'done', String);
    const rows = { ballots: 0, signatures: 0 };
    for (const table of snapshot.tables)
      if (table.name === 'ballots' || table.name === 'signatures')
        for await (const some of snapshot.read(table)) rows[table.name] += some.length;
    return { rows, rewriting };
  });
  expect(found.rows).toEqual({ ballots: 12, signatures: 12 });
  expect(found.rewriting).toContain('lock timeout');
  expect(await rewriteInKeyOrder(bench.db)).toBe(true);
  expect(await counts(bench.db, election)).toEqual(same(12));
});
