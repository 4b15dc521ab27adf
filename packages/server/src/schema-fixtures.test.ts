// What each version of the schema left is taken by this one, on both databases: archives in tests/fixtures/schemas, every table
// filled, elections in every phase (scripts/schema-fixture.ts).

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anEmptyDatabase, bothKinds } from '../../../tests/support/databases.ts';
import { secret } from '../../../tests/support/elections.ts';
import { expectSound, verdictOn } from '../../../tests/support/instances.ts';
import { checkArchive, judgeSecret, loadArchive } from './backup/restoring.ts';
import { readElection } from './domain/elections.ts';
import { readOrganisation } from './domain/settings.ts';
import { openDatabase } from './storage/database.ts';
import { countRows } from './storage/loading.ts';
import { migrationNames } from './storage/migrations/all.ts';

const folder = join(import.meta.dirname, '../../../tests/fixtures/schemas');
const ending = '.votix.gz';
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(ending))
  .map((name) => name.slice(0, -ending.length))
  .toSorted();

/** No migration makes or removes any of these. */
const kept = ['elections', 'voters', 'links', 'codes', 'ballots', 'signatures', 'candidates', 'accounts'] as const;

test('each version of the schema has its fixture: node scripts/schema-fixture.ts makes those that are missing', () => {
  expect(fixtures).toEqual(migrationNames.toSorted());
});

describe.each(bothKinds)('%s', (kind) => {
  test.each(fixtures)('what %s left is all there after the upgrade, and works', async (name) => {
    const file = join(folder, name + ending);
    const checked = await checkArchive(file);
    if (!checked.ok) throw new Error(checked.reason);
    const { rows } = checked.end;
    expect(checked.header.schema).toEqual(migrationNames.slice(0, migrationNames.indexOf(name) + 1));
    const empty = Object.keys(rows).filter((table) => rows[table] === 0);
    expect(empty).toEqual('turnout' in rows && !('roll_counts' in rows) ? ['turnout'] : []); // made by 002, used from 005 on
    expect(judgeSecret(checked, secret)).toBe('fits');
    const { address, drop } = await anEmptyDatabase(kind);
    onTestFinished(drop);
    const db = await openDatabase(address);
    onTestFinished(() => db.close());
    await db.write((tx) => loadArchive(db, tx, file, checked));
    for (const table of kept)
      expect([table, await db.write((tx) => countRows(tx, table))]).toEqual([table, rows[table]]);
    expect(await readOrganisation(db.reader, {})).toMatchObject({ organisation: 'Amicale des Jonquilles' });
    const elections = await db.reader.selectFrom('elections').selectAll().execute();
    for (const { id } of elections) expect(await readElection(db.reader, id)).toMatchObject({ id });
    const sealed = elections.filter(({ sealed_at, sealing }) => sealed_at !== null && sealing === 'sealed-box');
    expect(sealed.length).toBeGreaterThan(1);
    for (const election of sealed)
      expect([name, await verdictOn(db, election)]).toEqual([name, expect.objectContaining({ ok: true })]);
    await expectSound(db);
  });
});
