// Which line goes into which file, what is masked, and that files turn over and are written to the end.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { channels, maskShapes, openLog } from './log.ts';

const link = '3f1c2a9e-8b7d-4c6e-9f01-2a3b4c5d6e7f';
const receipt = '7K2MPQ4RST8VWXYZ0123ABCDEFGH5JKM';
const typedKey = '7K2M PQ4R ST8V WXYZ';

function opened() {
  const folder = mkdtempSync(join(tmpdir(), 'votix-log-'));
  const terminal = new PassThrough() as unknown as NodeJS.WriteStream;
  const said = () => String((terminal as unknown as PassThrough).read() ?? '');
  return {
    ...openLog(folder, terminal),
    said,
    folder,
    file: (name: string) => readFileSync(join(folder, name), 'utf8'),
  };
}

test('a line goes to stdout as JSON and into the file of its channel, and into no other', async () => {
  const { log, close, said, folder, file } = opened();
  for (const channel of channels) log.info({ channel }, `a line of ${channel}`);
  log.info({ text: '"channel":"admin"' }, 'a line that says nothing of a channel');
  await close();
  expect(readdirSync(folder).toSorted()).toEqual(channels.map((channel) => `${channel}.log`).toSorted());
  for (const channel of channels.filter((name) => name !== 'app'))
    expect(file(`${channel}.log`).trim().split('\n')).toEqual([expect.stringContaining(`a line of ${channel}`)]);
  expect(file('app.log')).toMatch(/a line of app.*\n.*says nothing/);
  const lines = said().trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual(Array(6).fill(30));
});

test('without a folder the lines are on stdout, and no file is made', async () => {
  const terminal = new PassThrough();
  const { log, close } = openLog(undefined, terminal as unknown as NodeJS.WriteStream);
  log.info({ channel: 'admin' }, 'a line');
  await close();
  expect(String(terminal.read())).toContain('a line');
});

test('planted secrets are masked, under their names and by their shapes', async () => {
  const { log, close, said, file } = opened();
  const planted = { password: 'hunter2', code: '4711', link, key: typedKey, email: 'alice@example.org', token: 'abc' };
  log.info(planted, 'at the top');
  log.info({ inside: planted }, 'one level down');
  const error = `duplicate key (${link}, ${receipt}, ${typedKey}) of alice@example.org`;
  log.error({ error }, 'in the message of an error');
  await close();
  for (const text of [said(), file('app.log')])
    for (const secret of ['hunter2', '4711', link, receipt, typedKey, 'alice@example.org', 'abc'])
      expect(text).not.toContain(secret);
});

test('ordinary messages stay as they are', () => {
  for (const text of [
    'SQLITE_BUSY: database is locked',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'at cast (ballots.ts:12:3)',
  ])
    expect(maskShapes(text)).toBe(text);
});

test('a file that grows too large turns over, and nothing is lost', async () => {
  const { log, close, folder, file } = opened();
  const line = 'x'.repeat(100_000);
  for (let n = 0; n < 110; n++) log.info({ line, n }, 'a long line');
  await close();
  const files = readdirSync(folder).filter((name) => name.startsWith('app.log'));
  expect(files.length).toBeGreaterThan(1);
  const seen = files.flatMap((name) =>
    file(name)
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((text) => (JSON.parse(text) as { n: number }).n),
  );
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 110 }, (_, n) => n));
});

test('a terminal gets lines for people', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'votix-log-'));
  const terminal = Object.assign(new PassThrough(), { isTTY: true }) as unknown as NodeJS.WriteStream;
  const { log, close } = openLog(folder, terminal);
  log.info({ url: 'http://localhost:5000' }, 'Votix is listening.');
  await close();
  const text = String((terminal as unknown as PassThrough).read());
  expect(text).toContain('Votix is listening.');
  expect(() => JSON.parse(text) as unknown).toThrow();
});

/** A folder whose app.log cannot be written, and what is said of it on the terminal. */
function aFullFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'votix-log-'));
  const path = join(folder, 'app.log');
  symlinkSync('/dev/full', path);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  return {
    ...openLog(folder, undefined),
    said: () => said.mock.calls.join(),
    free: () => rmSync(path),
    text: () => (existsSync(path) ? readFileSync(path, 'utf8') : ''),
  };
}

test('a file that cannot be written does not hold up the end', async () => {
  const { log, close, said } = aFullFolder();
  log.info('lost');
  await close();
  expect(said()).toContain('app.log');
});

test('a file goes on once it can be written again', async () => {
  const { log, close, said, free, text } = aFullFolder();
  log.info('lost');
  await expect.poll(said).toContain('app.log');
  free();
  const found = () => {
    log.info('found');
    return text();
  };
  await expect.poll(found, { timeout: 5000, interval: 100 }).toContain('found');
  log.info('last');
  await close();
  expect(text()).toContain('last');
});
