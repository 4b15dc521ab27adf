import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, armingOf, vault, votersOf } from '../../../../tests/support/elections.ts';
import { inPieces } from '../../../../tests/support/voter-files.ts';
import { listBuildings } from '../storage/buildings.ts';
import type { Database } from '../storage/database.ts';
import { armElection } from './arming.ts';
import { keepFile } from './kept-files.ts';
import { editVoter, removeVoter } from './roll-changes.ts';
import type { Technician } from './scopes.ts';
import { undoImport } from './voter-import-apply.ts';
import { findLastImport, findOwnImport, readDryRun, runImport, takeDryRun } from './voter-imports.ts';
import { noRules, type VoterRules } from './voter-rules.ts';
import { countVoters, listVoters } from './voters.ts';

const header = 'last_name,first_name,email,promotion,building';
const ada = 'Lovelace,Ada,ada@example.org,E1,Perrault';
const emmy = 'Noether,Emmy,emmy@example.org,E2,Nouveau Bâtiment';
const someone = { accountId: 'somebody-else', registers: true } as unknown as Technician;
const all = { limit: 1000, offset: 0 };

const dryRun = (db: Database, electionId: string, lines: readonly string[], rules: VoterRules = noRules) =>
  dryRunOf(db, electionId, [header, ...lines].join('\n'), rules);

async function kept(db: Database, electionId: string, bytes: Uint8Array): Promise<string> {
  const file = await keepFile(db, vault, admin, electionId, { bytes: inPieces(bytes) });
  if (!file.ok) throw new Error(file.reason);
  return file.id;
}

async function dryRunOf(db: Database, electionId: string, text: string, rules: VoterRules = noRules) {
  const job = { id: await kept(db, electionId, new TextEncoder().encode(text)), electionId, rules };
  await readDryRun(db, vault, job);
  return { job, found: (await findOwnImport(db, vault, admin, job))! };
}

async function imported(db: Database, electionId: string, lines: readonly string[]) {
  const { job } = await dryRun(db, electionId, lines);
  expect(await takeDryRun(db, job)).toEqual({ ok: true });
  return { job, applied: await runImport(db, vault, admin, job) };
}

const rollOf = async (db: Database, id: string) =>
  (await listVoters(db.reader, id, all)).map((row) => [row.last_name, row.first_name, row.promotion, row.building]);

onBothDatabases((bench) => {
  test('a dry run tells what is new, what changes and how, and what stays; it changes nothing', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const before = await rollOf(db, id);
    const lines = [
      ada,
      'Dupont0,Alice,alice0@example.org,E0,',
      'Dupont1,Alicia,ALICE1@example.org,E4,Perrault',
      'Dupont2,Alice,alice2@example.org,E2,perrault',
    ];
    const { found } = await dryRun(db, id, lines);
    expect(found.row.state).toBe('ready');
    expect(found.summary).toMatchObject({ added: 1, changed: 2, unchanged: 1, problems: [], fresh: ['Lovelace Ada'] });
    expect(found.summary?.changes).toEqual([
      {
        line: 4,
        name: 'Dupont1 Alice',
        fields: [
          { field: 'firstName', before: 'Alice', after: 'Alicia' },
          { field: 'promotion', before: 'E1', after: 'E4' },
        ],
      },
      { line: 5, name: 'Dupont2 Alice', fields: [{ field: 'building', before: '', after: 'perrault' }] },
    ]);
    expect(await rollOf(db, id)).toEqual(before);
  });

  test('what is confirmed does that, and the same file again does nothing', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const access = await votersOf(db, id);
    const lines = [ada, 'Dupont1,Alicia,alice1@example.org,E4,', emmy];
    expect((await imported(db, id, lines)).applied).toEqual({ ok: true, added: 2, changed: 1 });
    expect(await rollOf(db, id)).toEqual([
      ['Dupont0', 'Alice', 'E0', null],
      ['Dupont1', 'Alicia', 'E4', null],
      ['Dupont2', 'Alice', 'E2', null],
      ['Lovelace', 'Ada', 'E1', 'Perrault'],
      ['Noether', 'Emmy', 'E2', 'Nouveau Bâtiment'],
    ]);
    const { found } = await dryRun(db, id, lines);
    expect(found.summary).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect((await votersOf(db, id)).filter((voter) => access.some((old) => old.id === voter.id))).toEqual(access);
  });

  test('a file without a column leaves what stands there', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const { found } = await dryRunOf(db, id, 'Nom,Prénom,Mail\nDupont1,Alice,alice1@example.org\n');
    expect(found.summary).toMatchObject({ changed: 0, unchanged: 1 });
  });

  test('one mistake imports nothing: rules of the settings, with their lines; what is on the roll already may stay', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const rules = { validEmailDomains: ['esiee.fr'], promotionList: ['E1', 'E2', 'E3'] };
    const { job, found } = await dryRun(
      db,
      id,
      [
        ada,
        'A,B,b@ESIEE.fr,e2,',
        'C,D,d@x.esiee.fr,E1,',
        'E,F,f@esiee.fr,E22,',
        'Dupont0,Alice,alice0@example.org,E0,',
      ],
      rules,
    );
    expect(found.row.state).toBe('refused');
    expect(found.summary?.problems).toEqual([
      { line: 2, reason: 'csv-foreign-domain', detail: 'esiee.fr', value: 'ada@example.org' },
      { line: 4, reason: 'csv-foreign-domain', detail: 'esiee.fr', value: 'd@x.esiee.fr' },
      { line: 5, reason: 'csv-unknown-promotion', detail: 'E2', value: 'E22' },
    ]);
    expect(await takeDryRun(db, job)).toEqual({ ok: false, reason: 'import-gone' });
    expect(await countVoters(db.reader, id)).toBe(3);
  });

  test('a dry run is confirmed once, by its own account, in its own election, within the hour', async () => {
    const at = bench();
    const { db } = at;
    const [id, other] = [await anElection(db), await anElection(db)];
    const { job } = await dryRun(db, id, [ada]);
    expect(await findOwnImport(db, vault, someone, job)).toBeUndefined();
    expect(await findOwnImport(db, vault, admin, { ...job, electionId: other })).toBeUndefined();
    const taken = await Promise.all([takeDryRun(db, job), takeDryRun(await at.another(), job)]);
    expect(taken.filter(({ ok }) => ok)).toHaveLength(1);
    await runImport(db, vault, admin, job);
    expect(await takeDryRun(db, job)).toEqual({ ok: false, reason: 'import-gone' });
    const late = await dryRun(db, id, [emmy]);
    at.clockOffsetMs = 61 * 60_000;
    expect(await findOwnImport(db, vault, admin, late.job)).toBeUndefined();
  });

  test('a language that an import brings is shown before, kept by a list without the column, and undone', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 1 });
    const [before] = await listVoters(db.reader, id, { limit: 1, offset: 0 });
    const languageNow = async () => (await listVoters(db.reader, id, { limit: 1, offset: 0 }))[0]!.language;
    const { last_name: last, first_name: first, email, promotion } = before!;
    const header = 'last_name,first_name,email,promotion,language';
    const row = [last, first, email, promotion].join(',');
    const text = `${header}\n${row},français`;
    const { job, found } = await dryRunOf(db, id, text);
    const fields = [{ field: 'language', before: '', after: 'fr' }];
    expect(found.summary).toMatchObject({ added: 0, changed: 1, changes: [{ line: 2, fields }] });
    await takeDryRun(db, job);
    const told: number[] = [];
    const applied = await runImport(db, vault, admin, job, (done) => void told.push(done));
    expect(applied).toMatchObject({ ok: true, changed: 1 });
    expect([told, found.row.total]).toEqual([[1], 1]); // a line that changes somebody is one, too
    expect(await languageNow()).toBe('fr');
    const without = await dryRunOf(db, id, `last_name,first_name,email,promotion\n${row}`);
    expect(without.found.summary).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await undoImport(db, admin, id, job.id)).toMatchObject({ ok: true, restored: 1, kept: 0 });
    expect(await languageNow()).toBe('');
  });

  test('the file of a dry run is kept sealed, and is gone once it is imported', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const { job } = await dryRun(db, id, [ada]);
    const stored = JSON.stringify([
      await db.reader.selectFrom('voter_import_parts').selectAll().where('import_id', '=', job.id).execute(),
      await db.reader.selectFrom('voter_imports').selectAll().where('id', '=', job.id).execute(),
    ]);
    expect(stored).not.toMatch(/Lovelace|ada@/);
    await takeDryRun(db, job);
    await runImport(db, vault, admin, job);
    const parts = db.reader.selectFrom('voter_import_parts').selectAll().where('import_id', '=', job.id);
    expect(await parts.execute()).toEqual([]);
  });

  test('a file that was tampered with in the database is not imported', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const [mine, other] = [await dryRun(db, id, [ada]), await dryRun(db, id, [emmy])];
    const parts = db.reader.selectFrom('voter_import_parts').select('sealed').where('import_id', '=', other.job.id);
    const { sealed } = await parts.executeTakeFirstOrThrow();
    const swap = (tx: Parameters<Parameters<Database['write']>[0]>[0]) =>
      tx.updateTable('voter_import_parts').set({ sealed }).where('import_id', '=', mine.job.id).execute();
    await db.write(swap);
    await takeDryRun(db, mine.job);
    await expect(runImport(db, vault, admin, mine.job)).rejects.toThrow();
    expect(await countVoters(db.reader, id)).toBe(0);
  });

  test('when the roll has changed since the dry run, nothing is imported and the new difference is shown', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const { job } = await dryRun(db, id, [ada, 'Dupont1,Alicia,alice1@example.org,E4,']);
    const second = (await listVoters(db.reader, id, all))[1]!;
    await removeVoter(db, admin, { electionId: id, voterId: second.id });
    const before = await rollOf(db, id);
    await takeDryRun(db, job);
    expect(await runImport(db, vault, admin, job)).toEqual({ ok: false, reason: 'roll-changed' });
    expect(await rollOf(db, id)).toEqual(before);
    const again = await findOwnImport(db, vault, admin, job);
    expect(again).toMatchObject({ row: { state: 'ready' }, summary: { added: 2, changed: 0 } });
  });

  test('one that was thought interrupted and is confirmed again stays done, and can be undone', async () => {
    const at = bench();
    const { db } = at;
    const id = await anElection(db);
    const { job } = await dryRun(db, id, [ada]);
    await takeDryRun(db, job);
    at.clockOffsetMs = 61_000;
    expect(await takeDryRun(db, job)).toEqual({ ok: true });
    expect(await runImport(db, vault, admin, job)).toMatchObject({ ok: true, added: 1 });
    expect(await runImport(db, vault, admin, job)).toEqual({ ok: false, reason: 'roll-changed' });
    expect((await findOwnImport(db, vault, admin, job))?.row.state).toBe('done');
    expect(await undoImport(db, admin, id, job.id)).toMatchObject({ ok: true, removed: 1 });
  });

  test('an election that was armed meanwhile takes no import, and none can be undone', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const { job: done } = await imported(db, id, [ada]);
    const { job } = await dryRun(db, id, [emmy]);
    const { definition: _, ...arming } = await armingOf(db, id);
    expect(await armElection(db, admin, id, arming)).toEqual({ ok: true });
    expect(await takeDryRun(db, job)).toEqual({ ok: false, reason: 'import-gone' });
    expect(await undoImport(db, admin, id, done.id)).toEqual({ ok: false, reason: 'election-armed' });
    expect(await countVoters(db.reader, id)).toBe(4);
    const armed = await anArmedElection(db);
    expect(await findLastImport(db, armed.id)).toBeUndefined();
  });

  test('an undone import leaves the roll as it was, but keeps what was edited since; once only', async () => {
    const { db } = bench();
    const id = await anElection(db);
    const before = await rollOf(db, id);
    const lines = [
      ada,
      'Zoé,Site,zoe@example.org,E1,Tour Éphémère',
      'Dupont0,Anna,alice0@example.org,E4,',
      'Dupont1,Anna,alice1@example.org,E4,',
    ];
    const { job } = await imported(db, id, lines);
    const second = (await listVoters(db.reader, id, all))[1]!;
    const draft = { lastName: 'Edited', firstName: 'By hand', email: second.email, promotion: 'E4', building: '' };
    const conditions = { secure: true, mailReady: true };
    const change = { electionId: id, voterId: second.id, reason: '', rules: noRules, conditions };
    await editVoter(db, vault, admin, change, draft);
    const undone = { ok: true, removed: 2, restored: 1, kept: 1 };
    expect(await undoImport(db, admin, id, job.id)).toEqual(undone);
    expect(await rollOf(db, id)).toEqual([before[0], before[2], ['Edited', 'By hand', 'E4', null]]);
    expect((await listBuildings(db.reader)).some(({ name }) => name === 'Tour Éphémère')).toBe(false);
    expect(await undoImport(db, admin, id, job.id)).toEqual({ ok: false, reason: 'nothing-to-undo' });
    const log = db.reader.selectFrom('audit_log').select(['action', 'details']).where('election_id', '=', id);
    expect((await log.orderBy('position', 'desc').executeTakeFirst())?.details).toBe(
      '{"removed":2,"restored":1,"kept":1}',
    );
  });

  test('only the last import can be undone', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const { job: first } = await imported(db, id, [ada]);
    const { job: last } = await imported(db, id, [emmy]);
    expect(await undoImport(db, admin, id, first.id)).toEqual({ ok: false, reason: 'nothing-to-undo' });
    expect((await findLastImport(db, id))?.id).toBe(last.id);
    expect(await undoImport(db, admin, id, last.id)).toMatchObject({ removed: 1 });
    expect(await rollOf(db, id)).toEqual([['Lovelace', 'Ada', 'E1', 'Perrault']]);
  });

  test('excel-french.csv: 300 voters, again and again the same', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 0 });
    const path = join(import.meta.dirname, '../../../../tests/fixtures/csv/excel-french.csv');
    const bytes = new Uint8Array(readFileSync(path));
    const rules = { validEmailDomains: ['edu.example.org'], promotionList: ['E1', 'E2', 'E3', 'E4', 'E5'] };
    const run = async () => {
      const job = { id: await kept(db, id, bytes), electionId: id, rules };
      await readDryRun(db, vault, job);
      return job;
    };
    const job = await run();
    await takeDryRun(db, job);
    expect(await runImport(db, vault, admin, job)).toEqual({ ok: true, added: 300, changed: 0 });
    const found = await findOwnImport(db, vault, admin, await run());
    expect(found?.summary).toMatchObject({ added: 0, changed: 0, unchanged: 300, charset: 'windows-1252' });
  });
});
