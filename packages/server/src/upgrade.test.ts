import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bothKinds } from '../../../tests/support/databases.ts';
import { hour, vault } from '../../../tests/support/elections.ts';
import { anInstance, type Instance, looking } from '../../../tests/support/instances.ts';
import { runVotix } from '../../../tests/support/votix-command.ts';
import { checkArchive, loadArchive } from './backup/restoring.ts';
import { readConfig } from './config.ts';
import { openInstance } from './instance.ts';
import { SecretRefused } from './secret.ts';
import type { Database } from './storage/database.ts';
import { insertRows, remakeTables } from './storage/loading.ts';
import { applyMigrations, migrationNames } from './storage/migrations/all.ts';
import { updateElection } from './storage/elections.ts';
import { UpgradeRefused } from './upgrade.ts';

type Row = Readonly<Record<string, string | number | null>>;
const fixture = join(import.meta.dirname, '../../../tests/fixtures/schemas/001-first-election.json');
/** An instance as the first version wrote it. */
const first = JSON.parse(readFileSync(fixture, 'utf8')) as Readonly<Record<string, readonly Row[]>>;

const unsealed = { sealed_at: null, ballot_count: null, signature_count: null, box_hash: null, rewritten_at: null };

/** The instance of the fixture, as a version that knew these migrations left it. */
async function anOld(kind: Database['kind'], schema: readonly string[], isVoting = false): Promise<Instance> {
  const place = await anInstance(kind);
  const check = vault.hash('check', 'votix');
  await looking(place, (db) =>
    db.write(async (tx) => {
      await remakeTables(db, tx, ['001-first-election']);
      for (const [table, rows] of Object.entries(first))
        for (const row of rows) await insertRows(tx, table, Object.keys(row), [Object.values(row)]);
      await tx.updateTable('settings').set({ value: check }).where('name', '=', 'secret-check').execute();
      const now = Date.now();
      const window = { opens_at: now - hour, closes_at: now + hour };
      if (isVoting) await updateElection(tx, String(first['elections']![0]!['id']), { ...unsealed, ...window });
      const since = schema.slice(1);
      await applyMigrations(tx, kind === 'postgres', (name) => since.includes(name));
    }),
  );
  return place;
}

async function open({ environment }: Instance, more: Readonly<Record<string, string>> = {}) {
  const read = readConfig({ ...environment, ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return openInstance(read.config);
}

const versions = migrationNames.map((_, index) => migrationNames.slice(0, index + 1));

describe.each(bothKinds)('%s', (kind) => {
  test.each(versions.slice(0, -1).map((schema) => [schema.at(-1)!, schema] as const))(
    'from %s everything is there afterwards, and a backup of before, which restores',
    async (_name, schema) => {
      const old = await anOld(kind, schema);
      const { db } = await open(old);
      onTestFinished(() => db.close());
      expect(db.migrations).toEqual(migrationNames.slice(schema.length));
      const election = await db.reader.selectFrom('elections').selectAll().executeTakeFirstOrThrow();
      expect(election).toMatchObject({ name: 'Bureau 2025', quorum: 0, rehearsal_of: null });
      expect(await db.reader.selectFrom('voters').selectAll().execute()).toHaveLength(2);
      expect(await db.reader.selectFrom('roll_counts').selectAll().execute()).not.toEqual([]);
      expect(await db.reader.selectFrom('ballots').select('receipt').execute()).toHaveLength(1);

      const [name, ...others] = readdirSync(join(old.folder, 'backups'));
      expect([name, others]).toEqual([expect.stringMatching(/-before-upgrade\.votix\.gz$/), []]);
      const file = join(old.folder, 'backups', name!);
      const checked = await checkArchive(file);
      if (!checked.ok) throw new Error(checked.reason);
      expect(checked.header.schema).toEqual(schema);
      const elsewhere = await anInstance(kind === 'sqlite' ? 'postgres' : 'sqlite');
      await looking(elsewhere, async (other) => {
        await other.write((tx) => loadArchive(other, tx, file, checked));
        expect(await other.reader.selectFrom('elections').selectAll().executeTakeFirstOrThrow()).toEqual(election);
      });
    },
  );

  test('while people vote it is refused and nothing is changed, unless told', async () => {
    const old = await anOld(kind, ['001-first-election'], true);
    await expect(open(old)).rejects.toThrow(UpgradeRefused);
    const refused = await runVotix(['migrate'], { environment: old.environment });
    expect(refused).toMatchObject({
      code: 78,
      out: '',
      err: expect.stringContaining('People can vote at this moment'),
    });
    const { db } = await open(old, { MIGRATE_WHILE_OPEN: 'True' });
    onTestFinished(() => db.close());
    expect(db.migrations).toEqual(migrationNames.slice(1));
    expect(readdirSync(join(old.folder, 'backups'))).toEqual([
      expect.stringMatching(/-before-upgrade-voting\.votix\.gz$/),
    ]);
  });

  test('another secret is refused before anything is changed', async () => {
    const old = await anOld(kind, ['001-first-election']);
    await expect(open(old, { SECRET_KEY: 'another-secret-0123456789abcdefghij' })).rejects.toThrow(SecretRefused);
    const { db } = await open(old);
    onTestFinished(() => db.close());
    expect(db.migrations).toEqual(migrationNames.slice(1)); // still to be done
    expect(readdirSync(join(old.folder, 'backups'))).toHaveLength(1);
  });

  test('when the backup cannot be written nothing is changed', async () => {
    const old = await anOld(kind, ['001-first-election']);
    const refused = await runVotix(['migrate'], { environment: { ...old.environment, BACKUP_DIR: '/dev/null/x' } });
    expect(refused).toMatchObject({ code: 78, out: '' });
    expect(refused.err).toMatch(/backup before it could not be written: .*\nNothing was changed/);
    const { db } = await open(old);
    onTestFinished(() => db.close());
    expect(db.migrations).toEqual(migrationNames.slice(1)); // still to be done
  });

  test('a start that changes no table takes no backup', async () => {
    const old = await anOld(kind, migrationNames);
    const { db } = await open(old);
    onTestFinished(() => db.close());
    expect(db.migrations).toEqual([]);
    expect(readdirSync(old.folder)).not.toContain('backups');
  });
});
