import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { countAttempt, forgetAttempts, forgetStaleAttempts } from './throttles.ts';

const minute = 60_000;
const rule = { attempts: 3, pauseMs: minute, longestPauseMs: 10 * minute };

onBothDatabases((bench) => {
  test('each pause is twice as long as the one before, up to the longest', async () => {
    const at = bench();
    for (const pause of [1, 2, 4, 8, 10, 10]) {
      for (let n = 0; n < rule.attempts; n++) expect(await countAttempt(at.db, 'doubling', rule)).toEqual({ ok: true });
      const refused = await countAttempt(at.db, 'doubling', rule);
      const left = refused.ok ? 0 : refused.until - (await at.db.now());
      expect(Math.round(left / minute)).toBe(pause);
      at.clockOffsetMs += pause * minute - 5000;
      expect(await countAttempt(at.db, 'doubling', rule)).toMatchObject({ ok: false });
      at.clockOffsetMs += 6000;
    }
  });

  test('attempts during a pause do not make it longer', async () => {
    const { db } = bench();
    for (let n = 0; n < rule.attempts; n++) await countAttempt(db, 'impatient', rule);
    const first = await countAttempt(db, 'impatient', rule);
    for (let n = 0; n < 20; n++) expect(await countAttempt(db, 'impatient', rule)).toEqual(first);
  });

  test('names are counted apart, and forgotten one by one', async () => {
    const { db } = bench();
    for (let n = 0; n < rule.attempts; n++) await countAttempt(db, 'one', rule);
    expect(await countAttempt(db, 'two', rule)).toEqual({ ok: true });
    expect(await countAttempt(db, 'one', rule)).toMatchObject({ ok: false });
    await forgetAttempts(db, 'one');
    for (let n = 0; n < rule.attempts; n++) expect(await countAttempt(db, 'one', rule)).toEqual({ ok: true });
  });

  test('a hundred attempts at once on two processes are a hundred', async () => {
    const at = bench();
    const handles = [at.db, await at.another()];
    const generous = { ...rule, attempts: 40 };
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => countAttempt(handles[n % 2]!, 'parallel', generous)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(40);
  });

  test('what nobody has tried for a day goes, though nobody succeeds; a pause that runs stays', async () => {
    const at = bench();
    const long = { attempts: 1, pauseMs: 3 * 24 * 60 * minute, longestPauseMs: 3 * 24 * 60 * minute };
    await at.db.write(async (tx) => void (await tx.deleteFrom('throttles').execute()));
    await countAttempt(at.db, 'stale', rule);
    await countAttempt(at.db, 'paused', long);
    at.clockOffsetMs += 25 * 60 * minute;
    await countAttempt(at.db, 'recent', rule);
    await forgetStaleAttempts(at.db);
    const left = await at.db.reader.selectFrom('throttles').select('name').orderBy('name').execute();
    expect(left.map(({ name }) => name)).toEqual(['paused', 'recent']);
  });
});
