import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import type { Database } from '../storage/database.ts';
import { findSetting, saveSetting } from '../storage/settings.ts';
import { writePatiently } from './patience.ts';

onBothDatabases((bench) => {
  const failing = (times: number, isAway: boolean): { db: Database; tries: () => number } => {
    const { db } = bench();
    let tries = 0;
    const write: Database['write'] = (work) =>
      ++tries <= times ? Promise.reject(new Error('cut off')) : db.write(work);
    return { db: { ...db, write, isAway: () => isAway }, tries: () => tries };
  };

  test('a database that is away is asked again until it is there', async () => {
    const { db, tries } = failing(2, true);
    await writePatiently(db, (tx) => saveSetting(tx, 'patient', 'yes'), 10_000);
    expect([tries(), await findSetting(db.reader, 'patient')]).toEqual([3, 'yes']);
  });

  test('not for ever, and a mistake is none that waiting mends', async () => {
    const long = failing(100, true);
    await expect(writePatiently(long.db, (tx) => saveSetting(tx, 'x', ''), 0)).rejects.toThrow('cut off');
    const wrong = failing(1, false);
    await expect(writePatiently(wrong.db, (tx) => saveSetting(tx, 'x', ''), 10_000)).rejects.toThrow('cut off');
    expect([long.tries(), wrong.tries()]).toEqual([1, 1]);
  });
});
