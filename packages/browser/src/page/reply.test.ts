// Asking the server: what is no answer of ours is none, and nobody is waited for without end.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getJson, postJson, readFailure } from './reply.ts';

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'fr' } });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const problem = { status: 409, reason: 'key-replaced', title: 'T', detail: 'D' };
const answer = (body: unknown, status: number, type: string) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });

test('what is read is asked for in the language of the page, as what is sent', async () => {
  const asked: RequestInit[] = [];
  vi.stubGlobal('fetch', (_: string, request: RequestInit) => {
    asked.push(request);
    return Promise.resolve(answer({ a: 1 }, 200, 'application/json'));
  });
  expect(await getJson('/seat')).toEqual({ kind: 'ok', body: { a: 1 } });
  expect(await postJson('/step', { b: 2 })).toEqual({ kind: 'ok', body: { a: 1 } });
  expect(asked.map(({ method = 'GET', body, headers }) => [method, body, headers])).toEqual([
    ['GET', undefined, expect.objectContaining({ 'Accept-Language': 'fr' })],
    ['POST', '{"b":2}', expect.objectContaining({ 'Accept-Language': 'fr', 'Content-Type': 'application/json' })],
  ]);
});

test.each([
  ['read', () => getJson('/seat')],
  ['sent', () => postJson('/step', {})],
])('a server that never answers is not waited for when something is %s', async (_, ask) => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  });
  const reply = ask();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await reply).toEqual({ kind: 'no-answer' });
});

test('of a file that did not come the server’s own words are told, and nothing of a proxy’s page', async () => {
  expect(await readFailure(answer(problem, 409, 'application/problem+json'))).toMatchObject({
    kind: 'problem',
    problem: { reason: 'key-replaced' },
  });
  for (const strange of [
    answer('x', 502, 'text/html'),
    answer(problem, 503, 'application/problem+json'),
    answer({}, 200, 'application/json'),
  ])
    expect(await readFailure(strange)).toEqual({ kind: 'no-answer' });
});
