// Rehearsals for tests: made of a draft, armed with a key of their own, one vote cast.

import { ballotContext, makeKeyPair, type SealedKeyPair, type SealingContext, sealBallot } from '@votix/protocol';
import { expect } from 'vitest';
import { armElection } from '../../packages/server/src/domain/arming.ts';
import { makeRehearsal } from '../../packages/server/src/domain/rehearsals.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { caster } from './casts.ts';
import { admin, armingOf, votersOf } from './elections.ts';

const names = ['Test voter 1', 'Test voter 2', 'Test voter 3'];
export const testVoters = { names, emails: ['ana@example.org'] };

export async function rehearse(db: Database, of: string): Promise<string> {
  const made = await makeRehearsal(db, admin, of, testVoters);
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}

let pair: Promise<SealedKeyPair> | undefined;
/** Of rehearsals only: a key is for a rehearsal or for a real election. */
export const testKey = () => (pair ??= makeKeyPair());

export async function testArmingOf(db: Database, id: string) {
  const { publicKeyPem: publicKey, fingerprint } = await testKey();
  return { ...(await armingOf(db, id)), publicKey, fingerprint };
}

/** Armed, and the first test voter has voted for the first candidate. */
export async function voted(db: Database, id: string) {
  const { definition, ...arming } = await testArmingOf(db, id);
  expect(await armElection(db, admin, id, arming)).toEqual({ ok: true });
  const made = await ballotContext(definition, arming.publicKey);
  if (!made.ok) throw new Error(made.reason);
  const { ballot } = await sealedFor(made.context, 0);
  const [voter] = await votersOf(db, id);
  expect(await caster(db)(voter!, ballot)).toMatchObject({ ok: true });
  return { context: made.context, voter: voter!, ballot };
}

export async function sealedFor(context: SealingContext, choice: number) {
  const sealed = await sealBallot(context, [[choice]]);
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed;
}

const tables = ['signatures', 'ballots', 'participation', 'turnout', 'voters', 'contests', 'roll_counts'] as const;
/** How many rows about this election each table holds. */
export const rowsOf = async (db: Database, id: string) => {
  const counts: Record<string, number> = {};
  for (const table of tables)
    counts[table] = (await db.reader.selectFrom(table).selectAll().where('election_id', '=', id).execute()).length;
  return counts;
};
