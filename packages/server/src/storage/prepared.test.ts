// Queries made once: each asking has its own values, each connection its own text, and a transaction sees what it wrote.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import type { Reader } from './database.ts';
import { prepared } from './prepared.ts';
import { saveSetting } from './settings.ts';

onBothDatabases((bench) => {
  test('a query is built once for a connection and asked with other values each time', async () => {
    const { db } = bench();
    await db.write(async (tx) => {
      for (const name of ['one', 'two']) await saveSetting(tx, name, `value of ${name}`);
    });
    let built = 0;
    const find = prepared((reader: Reader, name: string, value: string) => {
      built++;
      return reader.selectFrom('settings').selectAll().where('name', '=', name).where('value', '=', value).limit(1);
    });
    for (const name of ['one', 'two', 'one'])
      expect(await find(db.reader, name, `value of ${name}`)).toEqual([{ name, value: `value of ${name}` }]);
    expect(await find(db.reader, 'one', 'value of two')).toEqual([]);
    expect(await find(db.reader, 'two', "' OR 1=1 --")).toEqual([]);
    expect(built).toBe(1);
    await db.write(async (tx) => {
      await saveSetting(tx, 'three', '3');
      expect(await find(tx, 'three', '3')).toHaveLength(1);
    });
    expect(built).toBe(2);
  });
});
