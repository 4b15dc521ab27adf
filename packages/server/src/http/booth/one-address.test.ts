// A student residence: everybody comes from one address, and somebody tries codes.

import { expect, test } from 'vitest';
import { anApp } from '../../../../../tests/support/app.ts';
import { counts, same } from '../../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { anArmedElection } from '../../../../../tests/support/elections.ts';

const residents = 201;
const minute = 60_000;

onBothDatabases((bench) => {
  test('two hundred voters of one address vote within five minutes while one of them is locked out', async () => {
    const at = await anApp({ bench: bench() });
    const { id, voters, seal } = await anArmedElection(at.db, { voters: residents });
    const [locked, ...others] = voters;
    const wrong = { link: locked!.link, code: String((Number(locked!.code) + 1) % 10_000).padStart(4, '0') };
    const theirs = await seal([0]);
    const step = (5 * minute) / others.length;
    for (const [index, voter] of others.entries()) {
      at.bench.clockOffsetMs = index * step;
      const tried = await at.visitor().cast(wrong, theirs.ballot);
      expect(tried.status).toBe(index < 4 ? 403 : 429);
      expect((await at.visitor().get(`/vote/${voter.link}`)).status).toBe(200);
      const cast = await at.visitor().cast(voter, (await seal([index % 3])).ballot);
      expect([index, cast.status]).toEqual([index, 200]);
    }
    expect(await counts(at.db, { id })).toEqual(same(others.length));
    at.bench.clockOffsetMs = 21 * minute;
    expect((await at.visitor().cast(locked!, theirs.ballot)).status).toBe(200);
    expect(at.failures()).toEqual([]);
  });
});
