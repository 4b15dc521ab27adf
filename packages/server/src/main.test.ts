// Whole servers in processes of their own, on one database.

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startVotix } from '../../../tests/support/votix-process.ts';

test(
  'an address with a path, saved through one process, is found by every other one',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'votix-main-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const organisation = { ASSOCIATION_NAME: 'Club', CONTACT_NAME: 'Ada', CONTACT_EMAIL: 'ada@example.org' };
    const folders = { DATA_DIR: folder, LOG_DIR: join(folder, 'logs') };
    const server = await startVotix({ ...organisation, ...folders, VOTING_URL: 'http://localhost:5000' });
    onTestFinished(async () => void (await server.stop()));
    const statusOf = async (path: string) => (await fetch(server.url + path)).status;
    expect(await statusOf('/club/livez')).not.toBe(200);
    const db = new DatabaseSync(join(folder, 'db.sqlite'));
    const save = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
    save.run('setting.VOTING_URL', 'http://localhost:5000/club');
    save.run('set-up', 'done');
    db.close();
    // Before any request has made it read the settings: the answer of health comes without them.
    await expect.poll(() => statusOf('/club/livez'), { timeout: 10_000 }).toBe(200);
  },
);

test('connections that were opened ahead and never used do not hold up the end', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-main-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const server = await startVotix({ DATA_DIR: folder, LOG_DIR: join(folder, 'logs') });
  const ahead = connect(Number(new URL(server.url).port), '127.0.0.1'); // as browsers and Caddy do
  const closed = once(ahead, 'close');
  await once(ahead, 'connect');
  expect((await fetch(`${server.url}/livez`)).status).toBe(200); // by now both are known to the server
  const start = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - start).toBeLessThan(8000); // at 9 seconds a server is ended, whatever it does
  await closed;
});
