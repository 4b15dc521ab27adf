// Three processes on one PostgreSQL behind a proxy: one is killed, PostgreSQL is restarted, and nobody's vote, mail or lock suffers.
// `npm run test:slow -- cluster` is the same with ten thousand voters, a kill every few seconds and the real Caddy.

import { expect, test } from 'vitest';
import { aRetryingProxy } from '../support/retrying-proxy.ts';
import { rehearse } from './rehearsal.ts';

test(
  'votes in elections of both sealings while a process is killed and PostgreSQL restarts: each is there once',
  { timeout: 120_000 },
  async () => {
    const report = await rehearse({
      voters: 300,
      verifiable: 16,
      mailed: 100,
      victims: 4,
      earlyMs: 10_000,
      inFlight: 24,
      paceMs: 300,
      killEveryMs: 500,
      mostKills: 1,
      restartAt: 0.4,
      openProxy: ({ processes }) => aRetryingProxy(processes),
    });
    expect(report).toMatchObject({ votes: 316, kills: 1, restartsOfPostgres: 1 });
    expect(report.guesses['code-locked']).toBeGreaterThan(0);
  },
);
