import { ballotContext, sealBallot } from '@votix/protocol';
import { expect, test } from 'vitest';
import { caster } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import {
  admin,
  anArmedElection,
  anElection,
  armingOf,
  hour,
  vault,
  votersOf,
} from '../../../../tests/support/elections.ts';
import { theDeliberation } from '../../../../tests/support/phases.ts';
import type { Database } from '../storage/database.ts';
import { findElection } from '../storage/elections.ts';
import { armElection } from './arming.ts';
import { sealBox } from './boxes.ts';
import { recordDeliberation } from './deliberations.ts';
import { readElection } from './elections.ts';
import { phaseOf } from './lifecycle.ts';
import { readRegistered } from './participation.ts';
import { closeRehearsal, findRehearsal, makeRehearsal, wipeRehearsal } from './rehearsals.ts';

const no = (reason: string) => ({ ok: false, reason });
const names = ['Test voter 1', 'Test voter 2', 'Test voter 3'];
const voters = { names, email: 'ana@example.org' };
const tables = ['signatures', 'ballots', 'participation', 'turnout', 'voters', 'contests', 'roll_counts'] as const;
const rowsOf = async (db: Database, id: string) => {
  const counts: Record<string, number> = {};
  for (const table of tables)
    counts[table] = (await db.reader.selectFrom(table).selectAll().where('election_id', '=', id).execute()).length;
  return counts;
};

async function rehearse(db: Database, of: string): Promise<string> {
  const made = await makeRehearsal(db, vault, admin, of, voters);
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}

/** Armed, and the first test voter has voted for the first candidate. */
async function voted(db: Database, id: string) {
  const { definition, ...arming } = await armingOf(db, id);
  expect(await armElection(db, admin, id, arming)).toEqual({ ok: true });
  const made = await ballotContext(definition, arming.publicKey);
  if (!made.ok) throw new Error(made.reason);
  const sealed = await sealBallot(made.context, [[0]]);
  if (!sealed.ok) throw new Error(sealed.reason);
  const [voter] = await votersOf(db, id);
  expect(await caster(db)(voter!, sealed.ballot)).toMatchObject({ ok: true });
  return made.context;
}

onBothDatabases((bench) => {
  test('a rehearsal runs from a draft to its count, and the draft and its numbers know nothing of it', async () => {
    const { db } = bench();
    const draft = await anElection(db, { opensIn: hour, closesIn: 2 * hour, minimumBallots: 3 });
    const before = [await readElection(db.reader, draft), await rowsOf(db, draft)];
    const id = await rehearse(db, draft);
    const row = (await findElection(db.reader, id))!;
    expect(row).toMatchObject({ name: 'TEST – Board 2026', rehearsal_of: draft, minimum_ballots: 1, armed_at: null });
    expect(await readRegistered(db.reader, id)).toBe(3);
    const emails = (await db.reader.selectFrom('voters').select('email').where('election_id', '=', id).execute()).map(
      ({ email }) => email,
    );
    expect(emails.toSorted()).toEqual([1, 2, 3].map((n) => `ana+test${n}@example.org`));
    const context = await voted(db, id);
    expect(phaseOf((await findElection(db.reader, id))!, await db.now())).toBe('open');
    expect(await closeRehearsal(db, admin, id)).toEqual({ ok: true });
    await sealBox(db, id);
    expect(await recordDeliberation(db, admin, id, await theDeliberation(db, { id, context }))).toEqual({ ok: true });
    expect([await readElection(db.reader, draft), await rowsOf(db, draft)]).toEqual(before);
  });

  test('wiping takes everything of it, its box too, and leaves the log', async () => {
    const { db } = bench();
    const draft = await anElection(db);
    const id = await rehearse(db, draft);
    await voted(db, id);
    expect(await rowsOf(db, id)).toMatchObject({ signatures: 1, ballots: 1, voters: 3 });
    const other = await rowsOf(db, draft);
    expect(await wipeRehearsal(db, admin, id)).toEqual({ ok: true });
    expect(Object.values(await rowsOf(db, id)).every((count) => count === 0)).toBe(true);
    expect([await findRehearsal(db.reader, draft), await findElection(db.reader, id)]).toEqual([undefined, undefined]);
    expect(await rowsOf(db, draft)).toEqual(other);
    const log = await db.reader.selectFrom('audit_log').selectAll().where('subject', '=', id).execute();
    expect(log.map(({ action, election_id }) => [action, election_id])).toEqual([
      ['rehearsal-made', draft],
      ['rehearsal-wiped', draft],
    ]);
  });

  test('no real election is closed early or wiped by the ways of a rehearsal', async () => {
    const { db } = bench();
    const election = await anArmedElection(db);
    const before = await findElection(db.reader, election.id);
    expect(await closeRehearsal(db, admin, election.id)).toEqual(no('no-rehearsal'));
    expect(await wipeRehearsal(db, admin, election.id)).toEqual(no('no-rehearsal'));
    expect(await wipeRehearsal(db, admin, 'nothing')).toEqual(no('unknown-election'));
    expect(await findElection(db.reader, election.id)).toEqual(before);
  });

  test('one rehearsal at a time, of a draft, and none of a rehearsal', async () => {
    const at = bench();
    const there = await at.another();
    const draft = await anElection(at.db);
    const answers = await Promise.all(
      [at.db, there, at.db].map((db) => makeRehearsal(db, vault, admin, draft, voters)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const { id } = (await findRehearsal(at.db.reader, draft))!;
    expect(await makeRehearsal(at.db, vault, admin, id, voters)).toEqual(no('is-rehearsal'));
    const { id: armed } = await anArmedElection(at.db);
    expect(await makeRehearsal(at.db, vault, admin, armed, voters)).toEqual(no('election-armed'));
    expect(await closeRehearsal(at.db, admin, id)).toEqual(no('not-open'));
  });

  test('a vote sent while its rehearsal is wiped finds no link, and leaves nothing behind', async () => {
    const at = bench();
    const id = await rehearse(at.db, await anElection(at.db));
    const context = await voted(at.db, id);
    const [, voter] = await votersOf(at.db, id);
    const sealed = await sealBallot(context, [[1]]);
    if (!sealed.ok) throw new Error(sealed.reason);
    const answers = await Promise.all([caster(at.db)(voter!, sealed.ballot), wipeRehearsal(at.db, admin, id)]);
    expect(answers[0].ok || answers[0].reason).toSatisfy((said) => said === true || said === 'unknown-link');
    expect(answers[1]).toEqual({ ok: true });
    expect(Object.values(await rowsOf(at.db, id)).every((count) => count === 0)).toBe(true);
  });
});
