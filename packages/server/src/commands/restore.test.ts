import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { bothKinds } from '../../../../tests/support/databases.ts';
import { secret, vault } from '../../../../tests/support/elections.ts';
import { anInstance, type Instance, looking } from '../../../../tests/support/instances.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { jsonOf, removeCommandFiles, runVotix } from '../../../../tests/support/votix-command.ts';
import { checkSecret, saveOrganisation } from '../domain/settings.ts';
import { openVault } from '../domain/vault.ts';
import { boundDigest } from '../backup/archive.ts';
import { saveLogo } from '../storage/logos.ts';

afterAll(removeCommandFiles);

/** An instance with an election of its own, a logo and all. */
async function fill(place: Instance): Promise<void> {
  await looking(place, async (db) => {
    await checkSecret(db, vault.hash('check', 'votix'));
    await db.write((tx) => saveOrganisation(tx, organisation));
    await anElectionIn(db, 'published');
    await anElectionIn(db, 'open');
    const candidate = await db.reader.selectFrom('candidates').select('id').executeTakeFirstOrThrow();
    const image = Buffer.from([0, 1, 2, 10, 13, 34, 92, 128, 255]);
    await db.write((tx) => saveLogo(tx, { candidate_id: candidate.id, image, hash: 'h', width: 1, height: 1 }));
  });
}

async function aBackup(place: Instance): Promise<string> {
  const file = join(place.folder, 'taken.gz');
  expect(await runVotix(['backup', '--out', file], place)).toMatchObject({ code: 0, err: '' });
  return file;
}

const restore = (place: Instance, args: readonly string[], input = '') =>
  runVotix(['restore', ...args], { environment: place.environment, input });

/** Rows of every table but what a restore itself adds and takes away. */
async function essence(place: Instance): Promise<string> {
  const text = await looking(place, contentsOf);
  return text
    .split('\n\n')
    .filter((table) => !/^(audit_log|audit_head|sessions|kysely_\w+):/.test(table))
    .map((table) => table.replaceAll(/\{"type":"Buffer","data":\[([\d,]*)\]\}|\{("\d+":\d+,?)+\}/g, binary))
    .join('\n\n');
}
const binary = (text: string) => [...text.replaceAll(/"\d+":/g, '').matchAll(/\d+/g)].join();

for (const from of bothKinds)
  describe(`from ${from}`, () => {
    test.each(bothKinds)('into %s and back everything is as it was', async (into) => {
      const [first, second, third] = [await anInstance(from), await anInstance(into), await anInstance(from)];
      await fill(first);
      const restored = await restore(second, [await aBackup(first), '--json']);
      expect(jsonOf(restored)).toMatchObject({ ok: true, elections: 2, faults: [], kept: null });
      expect(await essence(second)).toBe(await essence(first));
      expect(await restore(third, [await aBackup(second)])).toMatchObject({ code: 0, err: '' });
      expect(await essence(third)).toBe(await essence(first));
      const log = await looking(third, (db) => db.reader.selectFrom('audit_log').selectAll().execute());
      expect(log.slice(-2)).toMatchObject([
        { actor: 'command', action: 'instance-restored' },
        { actor: 'command', action: 'instance-restored' },
      ]);
      expect(await runVotix(['audit', 'verify'], third)).toMatchObject({ code: 0 });
    });
  });

test('the file is for its owner alone, appears whole, and never over another one', async () => {
  const place = await anInstance('sqlite');
  expect(await runVotix(['backup'], place)).toMatchObject({
    code: 1,
    err: expect.stringContaining('never been started'),
  });
  await fill(place);
  const taken = jsonOf(await runVotix(['backup', '--json'], place));
  const [name, ...others] = readdirSync(join(place.folder, 'backups'));
  expect([others, taken]).toEqual([[], expect.objectContaining({ ok: true, voting: true })]);
  expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-backup-voting\.votix\.gz$/);
  expect(taken['file']).toBe(join(place.folder, 'backups', name!));
  expect(statSync(join(place.folder, 'backups', name!)).mode & 0o777).toBe(0o600);
  const before = readFileSync(join(place.folder, 'backups', name!));
  const again = await runVotix(['backup', '--out', String(taken['file'])], place);
  expect(again).toMatchObject({ code: 1, out: '' });
  expect(again.err).toContain('already; nothing was overwritten');
  expect(readFileSync(join(place.folder, 'backups', name!)).equals(before)).toBe(true);
});

test('no secret and no code of a voter stands in it', async () => {
  const place = await anInstance('sqlite');
  await fill(place);
  const text = gunzipSync(readFileSync(await aBackup(place))).toString();
  expect(text).not.toContain(secret);
  expect(text).toContain('alice0@example.org'); // else nothing would be shown
});

describe.each(bothKinds)('%s', (kind) => {
  test('a database that is not empty is refused; told to, it is replaced and kept in a backup of its own', async () => {
    const [first, second] = [await anInstance(kind), await anInstance(kind)];
    await fill(first);
    await looking(second, async (db) => {
      await checkSecret(db, vault.hash('check', 'votix'));
      await db.write((tx) => saveOrganisation(tx, { ...organisation, organisation: 'The former' }));
    });
    const [file, before] = [await aBackup(first), await looking(second, contentsOf)];
    const refused = await restore(second, [file]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('not empty');
    const unsure = await restore(second, [file, '--replace'], 'yes\n');
    expect(unsure).toMatchObject({ code: 1, err: expect.stringContaining('This is not “The former”') });
    expect(await looking(second, contentsOf)).toBe(before);
    const done = jsonOf(await restore(second, [file, '--replace', '--json'], 'The former\n'));
    expect(await essence(second)).toBe(await essence(first));
    const third = await anInstance(kind);
    expect(await restore(third, [String(done['kept'])])).toMatchObject({ code: 0 });
    expect(await looking(third, contentsOf)).toContain('The former');
  });

  test('a restore that fails half-way leaves everything as it was', async () => {
    const [first, second] = [await anInstance(kind), await anInstance(kind)];
    await fill(first);
    await looking(second, async (db) => {
      await checkSecret(db, vault.hash('check', 'votix'));
      await db.write((tx) => saveOrganisation(tx, organisation));
    });
    const before = await looking(second, contentsOf);
    // Whole and bound by the right secret, but with a link of a voter who is not in it.
    const text = gunzipSync(readFileSync(await aBackup(first))).toString();
    const lines = text.trimEnd().split('\n');
    const at = lines.findIndex((line) => line.startsWith('{"table":"links"')) + 1;
    const voter = (JSON.parse(lines[at]!) as string[])[2]!;
    const body = `${[...lines.slice(0, at), lines[at]!.replace(voter, 'nobody'), ...lines.slice(at + 1, -1)].join('\n')}\n`;
    const sha256 = createHash('sha256').update(body).digest('hex');
    const end = {
      ...(JSON.parse(lines.at(-1)!) as object),
      sha256,
      hmac: openVault(secret).hash('backup', boundDigest(sha256)),
    };
    const bad = join(first.folder, 'bad.gz');
    writeFileSync(bad, gzipSync(`${body}${JSON.stringify(end)}\n`));
    const failed = await restore(second, [bad, '--replace', '--yes']);
    expect(failed).toMatchObject({ code: 1, out: '' });
    expect(failed.err).toMatch(/foreign key/i);
    expect(await looking(second, contentsOf)).toBe(before);
    const fresh = await anInstance(kind);
    expect(await restore(fresh, [bad])).toMatchObject({ code: 1 });
    if (fresh.address.kind === 'sqlite') expect(existsSync(fresh.address.path)).toBe(false);
  });

  test('while another process has the database open, nothing is replaced', async () => {
    const [first, second] = [await anInstance(kind), await anInstance(kind)];
    await fill(first);
    const file = await aBackup(first);
    const refused = await looking(second, async (db) => {
      await db.ping();
      return restore(second, [file]);
    });
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('Stop the server');
  });

  test('another secret is refused, also with --check it is told', async () => {
    const [first, second] = [await anInstance(kind), await anInstance(kind, { SECRET_KEY: 'y'.repeat(40) })];
    await fill(first);
    const file = await aBackup(first);
    const refused = await restore(second, [file]);
    expect(refused).toMatchObject({ code: 78, out: '' });
    expect(refused.err).toContain('written under another secret');
    expect((await restore(second, [file, '--check'])).out).toContain('under another secret');
    expect(jsonOf(await restore(first, [file, '--check', '--json']))).toMatchObject({
      ok: true,
      secret: 'fits',
      voting: true,
    });
  });
});

test('the secret travels under a passphrase, and comes back to a machine that has none', async () => {
  const first = await anInstance('sqlite', {});
  writeFileSync(join(first.folder, 'secret'), `${secret}\n`);
  await fill(first);
  const file = join(first.folder, 'with-secret.gz');
  const { environment } = first;
  const short = await runVotix(['backup', '--with-secret', '--out', file], { environment, input: 'short\n' });
  expect(short).toMatchObject({ code: 1, err: expect.stringContaining('12 characters') });
  const passphrase = 'a long passphrase\n';
  const taken = await runVotix(['backup', '--with-secret', '--out', file], { environment, input: passphrase });
  expect(taken).toMatchObject({ code: 0, err: '' });
  expect(gunzipSync(readFileSync(file)).toString()).not.toContain(secret);

  const second = await anInstance('sqlite', {});
  expect(await restore(second, [file, '--reveal-secret'], passphrase)).toMatchObject({ code: 0, out: `${secret}\n` });
  const wrong = await restore(second, [file], 'another passphrase\n');
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('not the passphrase') });
  expect(existsSync(join(second.folder, 'secret'))).toBe(false);
  expect(await restore(second, [file], passphrase)).toMatchObject({ code: 0 });
  expect(readFileSync(join(second.folder, 'secret'), 'utf8')).toBe(`${secret}\n`);
  expect(await essence(second)).toBe(await essence(first));

  const without = await anInstance('sqlite', {});
  const refused = await restore(without, [await aBackup(first)]);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('neither in the backup nor here') });
});

test('a file that is none is refused in words', async () => {
  const place = await anInstance('sqlite');
  expect(await restore(place, ['nowhere.gz'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no file'),
  });
  writeFileSync(join(place.folder, 'x'), 'hello');
  expect(await restore(place, [join(place.folder, 'x')])).toMatchObject({
    code: 1,
    err: 'This is not a backup of Votix: give a file that `votix backup` wrote.\n',
  });
});
