import { Hono } from 'hono';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../listening.ts';
import type { Deps, Env } from './deps.ts';
import { streamed } from './streaming.ts';

/** A server whose one file has these slices; `failed` tells what was logged. */
async function aFile(slices: () => AsyncGenerator<string>) {
  const failed: object[] = [];
  const deps = { log: { error: (fields: object) => failed.push(fields) } } as unknown as Deps;
  const app = new Hono<Env>().get('/file', (c) => streamed(deps, c, slices()));
  app.onError((_, c) => c.text('refused', 500));
  const { port, close } = await listen({ host: '127.0.0.1', port: 0 }, app);
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}/file`, failed };
}

const slice = 'x'.repeat(1000);

async function* breaking(after: number): AsyncGenerator<string> {
  for (let n = 0; n < after; n++) yield slice;
  throw new Error('The database at 10.0.0.7 is away.');
}

test.each([1, 2, 3, 50])('a file whose reading fails after slice %i never looks like the whole', async (after) => {
  const { url, failed } = await aFile(() => breaking(after));
  const read = async () => {
    const answer = await fetch(url);
    return { status: answer.status, text: await answer.text() };
  };
  const got = await read().catch(() => 'cut off' as const);
  if (got !== 'cut off') expect(got.status).toBe(500);
  expect(JSON.stringify(got)).not.toContain('10.0.0.7');
  expect(JSON.stringify(failed)).toContain('10.0.0.7');
});

test('what fails before the first slice is refused as any other request', async () => {
  const { url } = await aFile(() => breaking(0));
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([500, 'refused']);
});

test('a slice is read once the one before was taken, and who goes away ends the reading', async () => {
  const reading = { slices: 0, ended: false };
  const endless = async function* () {
    try {
      for (;;) {
        reading.slices++;
        yield slice.repeat(1000);
      }
    } finally {
      reading.ended = true;
    }
  };
  const { url } = await aFile(endless);
  const going = new AbortController();
  const answer = await fetch(url, { signal: going.signal });
  await answer.body!.getReader().read();
  going.abort();
  while (!reading.ended) await pause(10);
  expect(reading.slices).toBeLessThan(100);
});

test('a whole file comes whole; whoever asks for its head alone reads no more than its first slice', async () => {
  let read = 0;
  const { url } = await aFile(async function* () {
    for (const text of ['é', 'b', 'c']) {
      read++;
      yield text;
    }
  });
  expect(await (await fetch(url)).text()).toBe('ébc');
  read = 0;
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, await head.text(), read]).toEqual([200, '', 1]);
});
