import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { anApp } from '../../../../tests/support/app.ts';
import { anArmedElection } from '../../../../tests/support/elections.ts';

const browser = { 'Accept-Encoding': 'gzip, deflate, br, zstd' } as const;
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
const told = ({ headers }: Response) => [headers.get('content-encoding'), headers.get('vary')];

test('a file of the bundle is given as small as the browser can read it, and is the same file', async () => {
  const visitor = (await anApp()).visitor();
  const path = '/assets/booth.0a1b.js';
  const plain = await visitor.get(path);
  expect(told(plain)).toEqual([null, 'Accept-Encoding']);
  const file = await bytesOf(plain);
  const [small, zipped] = [await visitor.get(path, browser), await visitor.get(path, { 'Accept-Encoding': 'gzip' })];
  expect([told(small), told(zipped)]).toEqual([
    ['br', 'Accept-Encoding'],
    ['gzip', 'Accept-Encoding'],
  ]);
  expect(brotliDecompressSync(await bytesOf(small))).toEqual(file);
  expect(gunzipSync(await bytesOf(zipped))).toEqual(file);
  for (const refusing of ['br;q=0', 'identity', 'x-gzip', ''])
    expect(told(await visitor.get(path, { 'Accept-Encoding': refusing }))[0]).toBeNull();
  const head = await visitor.head(path, browser);
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('pages that everybody or the holder of a link may open are compressed; nothing behind a login, and no answer to a form', async () => {
  const at = await anApp();
  const election = await anArmedElection(at.bench.db);
  const [visitor, admin] = [at.visitor(), await at.admin()];
  const open = ['/', `/vote/${election.voters[0]!.link}`, '/vote', `/elections/${election.id}`, '/verify', '/privacy'];
  for (const path of open) {
    const answer = await visitor.get(path, browser);
    expect([path, answer.status, ...told(answer)]).toEqual([path, 200, 'gzip', 'Accept-Encoding']);
    expect(gunzipSync(await bytesOf(answer)).toString()).toMatch(/^<!doctype html>[^]*<\/html>\s*$/);
  }
  for (const path of ['/console', `/console/elections/${election.id}`, `/console/elections/${election.id}/voters`])
    expect([path, ...told(await admin.get(path, browser))]).toEqual([path, null, null]);
  const typed = await visitor.post('/vote', { key: 'nothing' }, browser);
  expect(told(typed)[0]).toBeNull();
});
