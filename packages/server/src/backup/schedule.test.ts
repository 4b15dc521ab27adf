import { mkdirSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { organisation } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { anArmedElection, hour, secret, vault } from '../../../../tests/support/elections.ts';
import { close } from '../../../../tests/support/phases.ts';
import { checkSecret, saveOrganisation } from '../domain/settings.ts';
import { findBackupRun, leaseBackupRun } from '../storage/backup-runs.ts';
import { backUpWhenDue, createBackupWorker } from './schedule.ts';
import { takeBackup } from './taking.ts';

const day = 24 * hour;

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'votix-schedule-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

onBothDatabases((bench) => {
  const folder = join(tmpdir(), `votix-schedule-${process.pid}`);

  /** One round of a process, with the worker that really does it. */
  async function round(at: TestBench, place = folder, everyMs = day) {
    const worker = createBackupWorker();
    const address = at.kind === 'sqlite' ? { kind: at.kind, path: at.address } : { kind: at.kind, url: at.address };
    return backUpWhenDue(await at.another(), { folder: place, everyMs, keep: 3 }, (file, now) =>
      worker.take({ address, secret, software: 'test', file, now }),
    );
  }
  const takenNow = async ({ db }: TestBench) => expect.closeTo(await db.now(), -4) as number;
  const files = () => readdirSync(folder).map((name) => name.replace(/^.*Z-/, ''));

  test('nothing before set-up, and the first one a quarter of an hour after it', async () => {
    const at = bench();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    expect(await round(at)).toBeUndefined();
    expect(await findBackupRun(at.db.reader)).toBeUndefined();
    await checkSecret(at.db, vault.hash('check', 'votix'));
    await at.db.write((tx) => saveOrganisation(tx, organisation));
    expect(await round(at)).toBeUndefined();
    at.clockOffsetMs = hour / 4 - 1000;
    expect(await round(at)).toBeUndefined();
    at.clockOffsetMs = hour / 4;
    expect(await round(at, folder, 0)).toBeUndefined(); // switched off
    expect(await round(at)).toMatchObject({ taken: { voting: false }, deleted: [] });
    expect(await round(at)).toBeUndefined();
    expect(files()).toEqual(['backup.votix.gz']);
    expect(await findBackupRun(at.db.reader)).toMatchObject({ fault: '', lease_until: 0, voting: 0 });
  });

  test('of several processes that find it due, one takes it', async () => {
    const at = bench();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    at.clockOffsetMs = 3 * day;
    const rounds = await Promise.all([round(at), round(at), round(at), round(at)]);
    expect(rounds.filter((report) => report !== undefined)).toHaveLength(1);
    expect(files()).toHaveLength(1);
  });

  test('one that another process has just taken is not taken again by one that looked before', async () => {
    const at = bench();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    at.clockOffsetMs = 4 * day;
    expect(await round(at)).toMatchObject({ taken: { voting: false } });
    const { taken_at } = (await findBackupRun(at.db.reader))!;
    const claim = { now: await at.db.now(), dueBefore: Number.MAX_SAFE_INTEGER, leaseUntil: 0 };
    const claiming = (takenAt: number | null) => at.db.write((tx) => leaseBackupRun(tx, { ...claim, takenAt }));
    expect(await claiming(taken_at! - 1)).toBe(false);
    expect(await claiming(null)).toBe(false);
    expect(await claiming(taken_at)).toBe(true);
  });

  test('one taken while people vote is replaced by the next, and by a last one right after the sealing', async () => {
    const at = bench();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    at.clockOffsetMs = 5 * day;
    const election = await anArmedElection(at.db, { closesIn: 30 * day });
    expect(await round(at)).toMatchObject({ taken: { voting: true } });
    at.clockOffsetMs = 6 * day + hour;
    expect((await round(at))?.deleted).toHaveLength(1);
    expect(files()).toEqual(['backup-voting.votix.gz']);
    at.clockOffsetMs += hour;
    expect(await round(at)).toBeUndefined();
    await close(at.db, election.id);
    expect(await round(at)).toMatchObject({ taken: { voting: false }, deleted: [expect.stringContaining('voting')] });
    expect(files()).toEqual(['backup.votix.gz']);
    expect(await round(at)).toBeUndefined();
  });

  test('one that fails says why, leaves the next an hour later, and nothing half', async () => {
    const at = bench();
    at.clockOffsetMs = 9 * day;
    const inTheWay = join(aFolder(), 'file');
    writeFileSync(inTheWay, '');
    await expect(round(at, inTheWay)).rejects.toThrow();
    const failed = await findBackupRun(at.db.reader);
    expect(failed).toMatchObject({
      fault: expect.stringMatching(/EEXIST|ENOTDIR|failed/),
      failed_at: expect.any(Number),
    });
    const place = aFolder();
    at.clockOffsetMs += hour - 60_000;
    expect(await round(at, place)).toBeUndefined();
    at.clockOffsetMs += 120_000;
    expect(await round(at, place)).toMatchObject({ taken: { voting: false } });
    expect(await findBackupRun(at.db.reader)).toMatchObject({ fault: '' });
  });

  test('a former one that cannot be deleted is told, and the one that was taken is none that failed', async () => {
    const at = bench();
    const place = aFolder();
    for (const n of [1, 2, 3, 4]) mkdirSync(join(place, `2020-01-0${n}T00-00-00Z-backup.votix.gz`));
    at.clockOffsetMs = 10 * day + 2 * hour;
    await expect(round(at, place)).rejects.toThrow(/directory/i);
    expect(await findBackupRun(at.db.reader)).toMatchObject({ fault: '', taken_at: await takenNow(at) });
    expect(await round(at, place)).toBeUndefined();
  });

  test('one that is in the middle when its process stops is no failure: another process takes it at once', async () => {
    const at = bench();
    const place = aFolder();
    at.clockOffsetMs = 12 * day;
    const before = await findBackupRun(at.db.reader);
    const address = at.kind === 'sqlite' ? { kind: at.kind, path: at.address } : { kind: at.kind, url: at.address };
    const worker = createBackupWorker();
    const plan = { folder: place, everyMs: day, keep: 3 };
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const stopped = backUpWhenDue(at.db, plan, (file, now) => {
      begun();
      return worker.take({ address, secret, software: 'test', file, now });
    });
    await beginning;
    expect((await findBackupRun(at.db.reader))?.lease_until).toBeGreaterThan(0);
    await worker.close();
    expect(await stopped).toBeUndefined();
    expect(await findBackupRun(at.db.reader)).toEqual(before);
    expect(readdirSync(place)).toEqual([]);
    await expect(worker.take({ address, secret, software: 'test', file: join(place, 'x'), now: 0 })).rejects.toThrow();
    expect(await round(at, place)).toMatchObject({ taken: { voting: false } });
    expect(readdirSync(place)).toHaveLength(1);
  });

  test('broken off half-way through its file, it leaves no draft', async () => {
    const at = bench();
    const place = aFolder();
    const address = at.kind === 'sqlite' ? { kind: at.kind, path: at.address } : { kind: at.kind, url: at.address };
    const breaking = new AbortController();
    const watcher = watch(place, () => breaking.abort()); // the draft is there
    onTestFinished(() => watcher.close());
    const wish = { address, secret, software: 'test', file: { folder: place, kind: 'backup' as const }, now: 0 };
    await expect(takeBackup(wish, breaking.signal)).rejects.toThrow(/abort/i);
    expect(readdirSync(place)).toEqual([]);
  });
});
