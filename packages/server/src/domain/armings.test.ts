// An arming that takes long, watched: how far it is, for any process; one at a time; what became of it when nobody waited.

import { definitionHash, encodeDefinition } from '@votix/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, vault } from '../../../../tests/support/elections.ts';
import { aGate } from '../../../../tests/support/gates.ts';
import { lineOf, testKeys, withTrustees } from '../../../../tests/support/verifiable-elections.ts';
import { makeKeys } from '../commands/rehearsal/ceremony.ts';
import type { Database } from '../storage/database.ts';
import { findElection, updateElection } from '../storage/elections.ts';
import { definitionOf } from './arming.ts';
import { armWatched, forgetArming, readArming } from './armings.ts';
import { readElection } from './elections.ts';
import type { Prover } from './proofs.ts';

/** A handle whose writes fail once `isAway` is set. */
function failing(db: Database) {
  const away = { isAway: false };
  const write: Database['write'] = (work) =>
    away.isAway ? Promise.reject(new Error('The database is away.')) : db.write(work);
  return { away, db: { ...db, write } };
}

async function ready({ db }: Pick<TestBench, 'db'>) {
  const { id, tokens } = await withTrustees(db, { voters: 3 });
  await makeKeys(tokens.map((token) => lineOf(db, token)));
  const definition = encodeDefinition(definitionOf((await readElection(db.reader, id))!));
  const wish = { definitionHash: definitionHash(definition), secure: true, organisation: 'Amicale' };
  const gate = aGate('credentialList');
  const arm = ({ onIssued = () => {} }: { readonly onIssued?: () => unknown } = {}) => {
    const prove = (async (kind: string, ...given: never[]) => {
      const made = await (gate.prove as (...all: unknown[]) => Promise<unknown>)(kind, ...given);
      if (kind === 'credentials') onIssued();
      return made;
    }) as Prover;
    return armWatched({ db, vault, keys: testKeys, prove }, admin, id, wish);
  };
  return { id, gate, arm };
}

onBothDatabases((bench) => {
  test('how far it is stands in the database until it is over; who presses again watches the first', async () => {
    const { db } = bench();
    const { id, gate, arm } = await ready(bench());
    const first = arm();
    await gate.reached;
    await expect.poll(() => readArming(db, id)).toMatchObject({ kind: 'underway', done: 3, total: 3 });
    expect(await arm()).toEqual({ ok: false, reason: 'arming-underway' });
    gate.open();
    expect(await first).toEqual({ ok: true });
    expect(await readArming(db, id)).toBeUndefined();
    expect((await findElection(db.reader, id))!.armed_at).not.toBeNull();
  });

  test('why it came to nothing is kept for who comes back; nothing of it is left, and it can be begun again', async () => {
    const { db } = bench();
    const { id, gate, arm } = await ready(bench());
    const first = arm();
    await gate.reached;
    await db.write((tx) => updateElection(tx, id, { quorum: 50 }));
    gate.open();
    expect(await first).toEqual({ ok: false, reason: 'election-changed' });
    expect(await readArming(db, id)).toEqual({ kind: 'failed', reason: 'election-changed' });
    await forgetArming(db, id);
    expect(await readArming(db, id)).toBeUndefined();
    await db.write((tx) => updateElection(tx, id, { quorum: 0 }));
    expect(await arm()).toEqual({ ok: true });
  });

  test('a process that is gone says nothing for a minute: the arming counts as interrupted, and is begun again', async () => {
    const at = bench();
    const { id, gate, arm } = await ready(at);
    const lost = arm();
    await gate.reached;
    await expect.poll(() => readArming(at.db, id)).toMatchObject({ done: 3 }); // its last word
    at.clockOffsetMs += 61_000;
    expect(await readArming(at.db, id)).toEqual({ kind: 'failed', reason: 'interrupted' });
    const second = arm();
    gate.open();
    expect([await lost, await second].filter(({ ok }) => ok)).toHaveLength(1);
    expect((await findElection(at.db.reader, id))!.armed_at).not.toBeNull();
  });

  test('that how far it is could not be told keeps nothing from being armed, and ends no process', async () => {
    const { away, db } = failing(bench().db);
    const lost: unknown[] = [];
    const note = (error: unknown) => void lost.push(error);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const { gate, arm, id } = await ready({ db });
    const armed = arm({ onIssued: () => (away.isAway = true) });
    await gate.reached;
    await new Promise((resolve) => setTimeout(resolve, 20));
    away.isAway = false;
    gate.open();
    expect(await armed).toEqual({ ok: true });
    expect(lost).toEqual([]);
    expect(await readArming(db, id)).toBeUndefined();
  });

  test('what broke an arming is told, also where nothing more can be written down', async () => {
    const { away, db } = failing(bench().db);
    const { gate, arm } = await ready({ db });
    const broken = arm();
    await gate.reached;
    away.isAway = true;
    gate.break(new Error('A thread broke.'));
    await expect(broken).rejects.toThrow('A thread broke.');
  });
});
