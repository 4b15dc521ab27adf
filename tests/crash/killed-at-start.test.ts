// kill -9 at any moment of the very first start, while the secret and the tables are made: the next start is a good one.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { compileCache } from '../support/compile-cache.ts';
import { startVotix } from '../support/votix-process.ts';

const kills = 6;

test(`killed ${kills} times while it starts for the first time, Votix starts`, { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const settings = (name: string) => ({
    DATA_DIR: join(folder, name),
    LOG_DIR: join(folder, name),
    NODE_COMPILE_CACHE: compileCache,
  });
  const duration = await timeOf(() => startVotix(settings('other')));
  for (let n = 0; n < kills; n++) {
    const child = fork(join(import.meta.dirname, '../support/votix-child.ts'), {
      env: { ...process.env, PORT: '0', ...settings('data') },
      execArgv: [],
      stdio: 'ignore',
    });
    const exit = once(child, 'exit');
    await pause(duration * (0.5 + (0.5 * n) / kills)); // the first half is spent reading the programs
    child.kill('SIGKILL');
    await exit;
  }
  const votix = await startVotix(settings('data'));
  expect(votix.setupUrl).toMatch(/\/setup\/[A-Za-z0-9_-]{32}$/);
  expect((await fetch(votix.setupUrl!.replace(/^https?:\/\/[^/]+/, votix.url))).status).toBe(200);
  expect(readFileSync(join(folder, 'data', 'secret'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  expect(await votix.stop()).toBe(0);
});

async function timeOf(start: () => ReturnType<typeof startVotix>): Promise<number> {
  await (await start()).stop(); // with nothing compiled yet
  const begin = performance.now();
  const votix = await start();
  const duration = performance.now() - begin;
  await votix.stop();
  return duration;
}
