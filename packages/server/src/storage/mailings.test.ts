// One postman sends at a time, and the others get their turn when it has finished or is gone.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { passTurn, takePace } from './mailings.ts';

onBothDatabases((bench) => {
  test('a postman that is gone passes its turn on soon, one that has finished at once', async () => {
    const at = bench();
    const there = await at.another();
    const ask = (db: typeof there, holder: string) =>
      db.write(async (tx) => takePace(tx, { now: await db.now(tx), perMinute: 100, wished: 5, holder }));
    expect(await ask(at.db, 'gone')).toBe(5);
    expect([await ask(there, 'other'), await ask(at.db, 'gone')]).toEqual([0, 5]);
    at.clockOffsetMs = 14_000;
    expect(await ask(there, 'other')).toBe(0);
    at.clockOffsetMs = 16_000;
    expect([await ask(there, 'other'), await ask(at.db, 'third')]).toEqual([5, 0]);
    await at.db.write((tx) => passTurn(tx, 'third')); // not its own
    expect(await ask(at.db, 'third')).toBe(0);
    await there.write((tx) => passTurn(tx, 'other'));
    expect(await ask(at.db, 'third')).toBe(5);
  });
});
