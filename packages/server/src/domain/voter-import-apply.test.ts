// What a list does to the roll: slice by slice, and as a whole or not at all.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, vault } from '../../../../tests/support/elections.ts';
import { fileOf } from '../../../../tests/support/voter-files.ts';
import type { Database } from '../storage/database.ts';
import { findImport } from '../storage/voter-imports.ts';
import { listVoterIds } from '../storage/voters.ts';
import { keepFile } from './kept-files.ts';
import { openAccesses } from './links.ts';
import { type CsvSource, readVoterCsv, sourceOf } from './voter-csv.ts';
import { applyImport, undoImport } from './voter-import-apply.ts';
import { readDryRun, runImport, takeDryRun } from './voter-imports.ts';
import { gatherPlan, planImport } from './voter-plan.ts';
import { noRules } from './voter-rules.ts';
import { addVoters, countVoters } from './voters.ts';

const header = 'last_name,first_name,email,promotion,building';
const ada = 'Lovelace,Ada,ada@example.org,E1,Perrault';
const textOf = (lines: readonly string[]) => [header, ...lines].join('\n');

async function readyImport(db: Database, electionId: string, lines: readonly string[]) {
  const kept = await keepFile(db, vault, admin, electionId, fileOf(textOf(lines)));
  if (!kept.ok) throw new Error(kept.reason);
  const job = { id: kept.id, electionId, rules: noRules };
  await readDryRun(db, vault, job);
  return job;
}

/** As a command does it: looked at, then written. */
async function confirmed(db: Database, electionId: string, source: CsvSource) {
  const plan = await gatherPlan(planImport(db.reader, electionId, readVoterCsv(source), noRules));
  return {
    id: 'by-command',
    electionId,
    rules: noRules,
    lines: plan.fresh.length + plan.changed.length,
    digest: plan.digest,
  };
}

onBothDatabases((bench) => {
  test('a list of many slices is there as a whole, tells how far it is, and is undone as a whole', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const lines = Array.from(
      { length: 2100 },
      (_, n) => `Martin${n},Camille,camille${n}@example.org,E1,Site ${n % 700}`,
    );
    const job = await readyImport(db, id, lines);
    await takeDryRun(db, job);
    const told: [number, number][] = [];
    const seen: Promise<unknown>[] = [];
    const tell = (done: number) =>
      void seen.push(countVoters(db.reader, id).then((others) => told.push([done, others])));
    expect(await runImport(db, vault, admin, job, tell)).toEqual({ ok: true, added: 2100, changed: 0 });
    await Promise.all(seen);
    expect(told.slice(0, 3)).toEqual([200, 400, 600].map((done) => [done, 0]));
    expect(told.at(-1)?.[0]).toBe(2100);
    const ids = await listVoterIds(db.reader, id);
    const ways = await openAccesses(db, vault, ids);
    expect([ids.length, ways.size, new Set([...ways.values()].map(({ link }) => link)).size]).toEqual([
      2100, 2100, 2100,
    ]);
    const buildings = db.reader.selectFrom('buildings').select('id').where('name', 'like', 'Site %');
    expect(await buildings.execute()).toHaveLength(700);
    expect(await undoImport(db, admin, id, job.id)).toMatchObject({ removed: 2100 });
    expect(await buildings.execute()).toEqual([]);
  });

  test('a list that ends otherwise than it was confirmed, or breaks in the middle, leaves nothing; it can be confirmed again', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const lines = Array.from({ length: 900 }, (_, n) => `Martin${n},Camille,camille${n}@example.org,E1,New`);
    const looked = await confirmed(db, id, sourceOf(textOf(lines)));
    const attempt = (source: CsvSource) => applyImport(db, 'command', looked, () => source);
    const breaking: CsvSource = async function* () {
      yield textOf(lines.slice(0, 700));
      await countVoters(db.reader, id);
      throw new Error('The disk is gone.');
    };
    const changed = { ok: false, reason: 'roll-changed' };
    expect(await attempt(sourceOf(textOf(lines.slice(0, 899))))).toEqual(changed);
    expect(await attempt(sourceOf(textOf([...lines, ada])))).toEqual(changed);
    expect(await attempt(sourceOf(textOf(lines.with(899, ada))))).toEqual(changed);
    expect(await attempt(sourceOf(textOf(lines.with(899, 'no,address,here,,'))))).toEqual(changed);
    await expect(attempt(breaking)).rejects.toThrow('The disk is gone.');
    const left = [countVoters(db.reader, id), findImport(db.reader, id, looked.id)];
    expect(await Promise.all(left)).toEqual([0, undefined]);
    expect(await db.reader.selectFrom('buildings').select('id').where('name', '=', 'New').execute()).toEqual([]);
    expect(await attempt(sourceOf(textOf(lines)))).toEqual({ ok: true, added: 900, changed: 0 });
    expect(await attempt(sourceOf(textOf(lines)))).toEqual(changed);
    expect(await countVoters(db.reader, id)).toBe(900);
  });

  test('lists that bring the same buildings at the same moment, in any order, all arrive', async () => {
    const at = bench();
    const [one, two, three] = [
      await anElection(at.db, { voters: 0 }),
      await anElection(at.db, { voters: 0 }),
      await anElection(at.db, { voters: 0 }),
    ];
    const lines = Array.from(
      { length: 1000 },
      (_, n) => `M${n},C,c${n}@example.org,E1,Same ${String(n).padStart(3, '0')}`,
    );
    const drafts = lines.map((line) => {
      const [lastName = '', firstName = '', email = '', promotion = '', building = ''] = line.split(',');
      return { lastName, firstName, email, promotion, building };
    });
    const here = await at.another();
    const imported = async (db: Database, id: string, source: CsvSource) =>
      applyImport(db, 'command', { ...(await confirmed(db, id, source)), id }, () => source);
    const outcomes = await Promise.all([
      imported(at.db, one, sourceOf(textOf(lines))),
      imported(here, two, sourceOf(textOf(lines.toReversed()))),
      addVoters(await at.another(), admin, three, drafts.toReversed()),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    const buildings = at.db.reader.selectFrom('buildings').select('id').where('name', 'like', 'Same %');
    expect(await buildings.execute()).toHaveLength(1000);
  });
});
