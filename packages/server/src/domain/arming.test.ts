import { makeKeyPair, parseDefinition } from '@votix/protocol';
import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, armingOf, hour, testKeyPair } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import { armElection, armingSchema, definitionOf, obstacles } from './arming.ts';
import { addCandidate } from './candidates.ts';
import { createElection, type Election, readElection } from './elections.ts';
import { phaseOf } from './lifecycle.ts';

const hex = '0'.repeat(64);

test('an arming says that possession was proven, and nothing about the private key', () => {
  const good = { publicKey: 'x', fingerprint: hex, definitionHash: hex, possessionProven: true };
  expect(armingSchema.safeParse(good).success).toBe(true);
  const bad = [{ possessionProven: false }, { fingerprint: 'x' }, { publicKey: 'x'.repeat(2001) }, { keyFile: 'x' }];
  for (const change of bad) expect(armingSchema.safeParse({ ...good, ...change }).success).toBe(false);
});

onBothDatabases((bench) => {
  const election = async (id: string): Promise<Election> => (await readElection(bench().db.reader, id))!;
  const arm = (db: Database, id: string, arming: Awaited<ReturnType<typeof armingOf>>, change: object = {}) => {
    const { definition: _, ...rest } = arming;
    return armElection(db, admin, id, { ...rest, ...change });
  };
  const refused = (reason: string) => ({ ok: false, reason });
  const stillDraft = async (id: string) =>
    expect(await election(id)).toMatchObject({ armed_at: null, definition: null, public_key: null, fingerprint: null });

  test('armed: the exact definition, the key and its fingerprint are frozen', async () => {
    const { db } = bench();
    const id = await anElection(db, { opensIn: hour, closesIn: 2 * hour });
    const arming = await armingOf(db, id);
    expect(await arm(db, id, arming)).toEqual({ ok: true });
    const armed = await election(id);
    expect(armed).toMatchObject({ public_key: arming.publicKey, fingerprint: arming.fingerprint });
    expect(parseDefinition(armed.definition)).toEqual({ ok: true, definition: definitionOf(armed) });
    expect(phaseOf(armed, await db.now())).toBe('armed');
  });

  test('each obstacle is named, and arming is refused while it stands', async () => {
    const { db } = bench();
    const ready = { voters: 3, now: await db.now(), secure: true };
    const cases = [
      [await anElection(db), {}, []],
      [await anElection(db, { candidates: [] }), {}, ['no-candidates']],
      [await anElection(db, { candidates: ['Only'] }), {}, []], // blank is the other choice
      [await anElection(db, { voters: 0 }), { voters: 0 }, ['no-voters']],
      [await anElection(db, { minimumBallots: 4 }), {}, ['roll-too-small']],
      [await anElection(db, { minimumBallots: 3 }), {}, []],
      [await anElection(db, { minimumBallots: 4 }), {}, ['roll-too-small']],
      [await anElection(db, { opensIn: -2 * hour, closesIn: -hour }), {}, ['window-past']],
      [await anElection(db), { secure: false }, ['insecure-base-url']],
      [
        await anElection(db, { candidates: [], voters: 0, opensIn: -2 * hour, closesIn: -hour }),
        { voters: 0, secure: false },
        ['no-candidates', 'no-voters', 'window-past', 'insecure-base-url'],
      ],
    ] as const;
    for (const [id, change, expected] of cases) {
      const facts = { ...ready, ...change };
      expect(obstacles(await election(id), facts)).toEqual(expected);
      const answer = await arm(db, id, await armingOf(db, id), { secure: facts.secure });
      expect(answer).toEqual(expected.length === 0 ? { ok: true } : refused('election-not-ready'));
      if (expected.length > 0) await stillDraft(id);
    }
  });

  test('one candidate and no blank vote is no choice', async () => {
    const { db } = bench();
    const now = await db.now();
    const id = await createElection(db, admin, {
      name: 'Board',
      description: '',
      zone: 'UTC',
      opensAt: now,
      closesAt: now + hour,
      contestTitle: 'Who?',
      blank: false,
      minimumBallots: 1,
    });
    const facts = { voters: 3, now, secure: true };
    await addCandidate(db, admin, id, { name: 'Ada', text: '' });
    expect(obstacles(await election(id), facts)).toEqual(['no-candidates']);
    await addCandidate(db, admin, id, { name: 'Blaise', text: '' });
    expect(obstacles(await election(id), facts)).toEqual([]);
  });

  test('what the key holder has not seen is not armed', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const seen = await armingOf(db, id);
    await addCandidate(db, admin, id, { name: 'Dora', text: '' });
    expect(await arm(db, id, seen)).toEqual(refused('election-changed'));
    expect(await arm(db, id, { ...seen, definitionHash: hex })).toEqual(refused('election-changed'));
    await stillDraft(id);
    expect(await arm(db, id, await armingOf(db, id))).toEqual({ ok: true });
  });

  test('a key with another fingerprint, and what is no key, are refused', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const arming = await armingOf(db, id);
    const other = await makeKeyPair();
    const bad = [
      { publicKey: other.publicKeyPem },
      { fingerprint: other.fingerprint },
      { publicKey: '' },
      { publicKey: `${arming.publicKey}\n` },
      { publicKey: arming.publicKey.replace('PUBLIC', 'PRIVATE') },
    ];
    for (const change of bad) expect(await arm(db, id, arming, change)).toEqual(refused('malformed-public-key'));
    await stillDraft(id);
  });

  test('of two armings at once, each with a key of its own, one wins with the key it brought', async () => {
    const at = bench();
    const there = await at.another();
    const other = await makeKeyPair();
    const id = await anElection(at.db);
    const arming = await armingOf(at.db, id);
    const answers = await Promise.all([
      arm(at.db, id, arming),
      arm(there, id, arming, { publicKey: other.publicKeyPem, fingerprint: other.fingerprint }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual([refused('election-armed')]);
    const winner = answers[0].ok ? await testKeyPair() : other;
    expect(await election(id)).toMatchObject({ fingerprint: winner.fingerprint, public_key: winner.publicKeyPem });
  });

  test('an unknown election cannot be armed', async () => {
    const { db } = bench();
    const arming = await armingOf(db, await anElection(db));
    expect(await arm(db, 'nothing', arming)).toEqual(refused('unknown-election'));
  });
});
