// What the log is told of statements: those that take long or fail, but none that a vote waits for, which would say when it came.

import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { caster } from '../../../../tests/support/casts.ts';
import { aFreshDatabase } from '../../../../tests/support/databases.ts';
import { anArmedElection } from '../../../../tests/support/elections.ts';
import { openDatabase, type Statement } from './database.ts';
import { lockElection } from './elections.ts';

const heldMs = 400;

async function aListeningDatabase(kind: 'sqlite' | 'postgres') {
  const { address, drop } = await aFreshDatabase(kind);
  onTestFinished(drop);
  const told: Statement[] = [];
  const db = await openDatabase(address, { onStatement: (statement) => told.push(statement) });
  onTestFinished(() => db.close());
  return { db, address, told };
}

/** Another program that holds the file of SQLite: this thread stands still while it waits. */
const holder = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(workerData.path);
  database.exec('BEGIN IMMEDIATE');
  parentPort.postMessage('held');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.heldMs);
  database.exec('COMMIT');
  database.close();`;

test('on SQLite a vote that waits for another program is told of nowhere', async () => {
  const { db, address, told } = await aListeningDatabase('sqlite');
  const election = await anArmedElection(db);
  const { ballot } = await election.seal([0]);
  const other = new Worker(holder, { eval: true, workerData: { ...address, heldMs } });
  await once(other, 'message');
  const began = performance.now();
  expect(await caster(db)(election.voters[0]!, ballot)).toMatchObject({ ok: true });
  expect(performance.now() - began).toBeGreaterThan(heldMs / 2);
  expect(told).toEqual([]);
});

test('on PostgreSQL neither is one that waits for its election; others that take long or fail are', async () => {
  const { db, address, told } = await aListeningDatabase('postgres');
  const election = await anArmedElection(db);
  const { ballot } = await election.seal([0]);
  const other = await openDatabase(address);
  onTestFinished(() => other.close());
  const held = Promise.withResolvers<void>();
  const holding = other.write(async (tx) => {
    await lockElection(other, tx, election.id);
    held.resolve();
    await sql`SELECT pg_sleep(${heldMs / 1000})`.execute(tx);
  });
  await held.promise;
  expect(await caster(db)(election.voters[0]!, ballot)).toMatchObject({ ok: true });
  await holding;
  expect(told).toEqual([]);
  await db.write((tx) => sql`SELECT pg_sleep(0.3)`.execute(tx));
  await expect(db.write((tx) => sql`SELECT nothing`.execute(tx))).rejects.toThrow('nothing');
  expect(told).toMatchObject([
    { sql: 'SELECT pg_sleep(0.3)' },
    { sql: 'SELECT nothing', error: expect.stringContaining('nothing') },
  ]);
});
