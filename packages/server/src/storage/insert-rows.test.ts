// Statements made once: each has its own values, whatever was inserted before in the same transaction.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { insertRows } from './insert-rows.ts';

const named = (...names: readonly string[]) => names.map((name) => ({ name, value: `value of ${name}` }));

onBothDatabases((bench) => {
  test('many rows and few, in any order of columns, in one transaction and the next', async () => {
    const { db } = bench();
    await db.write(async (tx) => {
      expect(await insertRows(tx, 'settings', [])).toBe(0);
      await insertRows(tx, 'settings', named('a', 'b'));
      await insertRows(tx, 'settings', named('c', 'd'));
      await insertRows(tx, 'settings', named('e'));
      await insertRows(tx, 'settings', [
        { value: 'value of f', name: 'f' },
        { name: 'g', value: 'value of g' },
      ]);
    });
    await db.write((tx) => insertRows(tx, 'settings', named('h', 'i')));
    const found = await db.reader.selectFrom('settings').select(['name', 'value']).orderBy('name').execute();
    expect(found).toEqual(named('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'));
  });

  test('what is left out is not counted', async () => {
    const { db } = bench();
    const insert = (...names: readonly string[]) =>
      db.write((tx) =>
        insertRows(tx, 'settings', named(...names), (query) =>
          query.onConflict((conflict) => conflict.column('name').doNothing()),
        ),
      );
    expect(await insert('x', 'y')).toBe(2);
    expect(await insert('y', 'z')).toBe(1);
  });
});
