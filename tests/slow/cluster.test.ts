// Ten thousand voters through the real Caddy with deploy/cluster/Caddyfile, three processes and PostgreSQL, while a process is killed
// every few seconds and PostgreSQL restarts once. Prints what happened. Other numbers: VOTERS=2000 VERIFIABLE=100 MAILED=500
// IN_FLIGHT=32 KILL_EVERY_MS=3000 npm run test:slow -- cluster

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { rehearse } from '../cluster/rehearsal.ts';
import { requirePrograms } from '../support/debian.ts';
import { startCaddyOfCluster } from '../support/proxies.ts';

const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);

const wish = {
  voters: number('VOTERS', 10_000),
  verifiable: number('VERIFIABLE', 500),
  mailed: number('MAILED', 2000),
  victims: 20,
  earlyMs: 40_000,
  inFlight: number('IN_FLIGHT', 64),
  paceMs: number('PACE_MS', 200),
  killEveryMs: number('KILL_EVERY_MS', 3000),
  mostKills: Number.POSITIVE_INFINITY,
  restartAt: 0.5,
};

beforeAll(() => requirePrograms('caddy'));

test(
  `${wish.voters} voters, a kill every ${wish.killEveryMs} ms: every acknowledged vote is there once`,
  { timeout: 1_800_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'votix-caddy-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const report = await rehearse({
      ...wish,
      openProxy: async ({ ports }) => {
        const caddy = await startCaddyOfCluster(folder, ports);
        return { url: caddy.origin, stop: caddy.stop };
      },
    });
    process.stdout.write(`\n${JSON.stringify({ ...wish, report }, null, 2)}\n`);
    expect(report.votes).toBe(wish.voters + wish.verifiable);
    expect(report.kills).toBeGreaterThan(0);
  },
);
