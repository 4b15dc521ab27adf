// Whole servers in processes of their own, on one database.

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startVotix } from '../../../tests/support/votix-process.ts';

const club = { ASSOCIATION_NAME: 'Club', CONTACT_NAME: 'Ada', CONTACT_EMAIL: 'ada@example.org' };

function save(folder: string, name: string, value: string): void {
  const db = new DatabaseSync(join(folder, 'db.sqlite'));
  db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run(name, value);
  db.close();
}

test(
  'an address with a path, saved through one process, is found by every other one',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'votix-main-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const folders = { DATA_DIR: folder, LOG_DIR: join(folder, 'logs') };
    const server = await startVotix({ ...club, ...folders, VOTING_URL: 'http://localhost:5000' });
    onTestFinished(async () => void (await server.stop()));
    const statusOf = async (path: string) => (await fetch(server.url + path)).status;
    expect(await statusOf('/club/livez')).not.toBe(200);
    save(folder, 'setting.VOTING_URL', 'http://localhost:5000/club');
    save(folder, 'set-up', 'done');
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

test('a stop that waits is ended by a second signal, and says what it waited for', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-main-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const folders = { DATA_DIR: folder, LOG_DIR: join(folder, 'logs') };
  const server = await startVotix({ ...club, ...folders, VOTING_URL: 'http://localhost:5000' });
  onTestFinished(() => server.kill());
  save(folder, 'set-up', 'done');
  const half = connect(Number(new URL(server.url).port), '127.0.0.1');
  half.on('error', () => {});
  onTestFinished(() => void half.destroy());
  const headers = [
    'Host: localhost:5000',
    'Content-Type: application/x-www-form-urlencoded',
    'Origin: http://localhost:5000',
    'Content-Length: 1000',
  ];
  half.write(`POST /login HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\nhalf`);
  await once(half, 'connect');
  await expect.poll(() => server.output()).toContain('Votix is listening');
  await pause(300); // the request is there
  for (const signal of ['SIGINT', 'SIGINT'] as const) server.signal(signal); // one Ctrl-C
  await pause(1500);
  expect(server.output()).not.toContain('ended');
  expect(await server.stop()).toBe(143);
  expect(server.output()).toContain('A second SIGTERM: ended at once. What was not acknowledged is not recorded.');
  const last =
    readFileSync(join(folder, 'logs', 'app.log'), 'utf8')
      .trim()
      .split('\n')
      .at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({
    level: 50,
    why: 'a second SIGTERM',
    waitedFor: ['requests'],
    msg: 'Votix ended before everything was finished.',
  });
});
