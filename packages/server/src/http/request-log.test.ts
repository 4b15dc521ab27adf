// What is written down of a request: its pattern, never its path; of a cast only the count of its minute.

import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { anApp, oneDatabase } from '../../../../tests/support/app.ts';
import { nobodys } from '../../../../tests/support/routes/world.ts';
import { countCasts, requestLog } from './request-log.ts';

const bench = oneDatabase();

test.each([
  ['GET', `/vote/${nobodys}?code=1234`, '/vote/:link', 404],
  ['HEAD', `/elections/${nobodys}`, '/elections/:id', 404],
  ['GET', '/livez', '/livez', 200],
  ['GET', '/setup/a-token-nobody-may-see', '/setup/:token', 403],
  ['POST', `/console/elections/${nobodys}/voters`, '/console/elections/:id/voters', 401],
  ['GET', '/alice@example.org', 'none', 404],
  ['GET', `/api/vote/${nobodys}`, 'none', 404],
  ['DELETE', `/vote/${nobodys}`, 'none', 404],
])('%s %s is written down as %s', async (method, path, route, status) => {
  const at = await anApp({ bench: bench() });
  await at
    .visitor()
    .send(method, path, { headers: { Referer: `http://localhost:5000${path}`, 'User-Agent': 'alice' } });
  const [line = '', ...rest] = at.log().trim().split('\n');
  expect(JSON.parse(line)).toEqual({
    level: 30,
    time: expect.any(Number),
    msg: 'request',
    id: expect.stringMatching(/^[0-9a-f]{12}$/),
    method,
    route,
    status,
    ms: expect.any(Number),
  });
  expect(rest).toEqual([]);
});

test('casts are counted per minute, by their outcome, and a minute without any has no line', () => {
  vi.useFakeTimers();
  try {
    const lines: string[] = [];
    const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
    const casts = countCasts(log);
    requestLog(log, casts);
    for (const status of [200, 200, 403, 429, 500]) casts.count(status);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ recorded: 2, refused: 2, failed: 1, msg: 'casts' }),
    ]);
    vi.advanceTimersByTime(600_000);
    expect(lines).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});
