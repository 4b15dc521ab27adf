// Independent reading, without this package: the very commands of docs/open-by-hand.md, run on the published vectors.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import election from '../../../../vectors/sealed/election.json' with { type: 'json' };
import records from '../../../../vectors/sealed/records.json' with { type: 'json' };
import { parseDefinition } from '../definition.ts';
import { createCounter } from '../counting/plurality.ts';
import { receiptOf } from '../receipt.ts';
import { parseRecord } from '../record.ts';
import { parsePlaintext } from './plaintext.ts';

const page = readFileSync(new URL('../../../../docs/open-by-hand.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```(sh|js)\n([^`]*)```/g)].map(([, language, code]) => ({
  language,
  code: code ?? '',
}));
const [exportKey, fingerprint, count, boxHash, receipt] = blocks
  .filter(({ language }) => language === 'sh')
  .map(({ code }) => code);
const [program] = blocks.filter(({ language }) => language === 'js').map(({ code }) => code);
const text = records.find(({ name }) => name === 'true')?.record ?? '';
const parsed = parseRecord(text);
if (!parsed.ok) throw new Error(parsed.reason);
const { record } = parsed;
const folder = mkdtempSync(join(tmpdir(), 'votix-by-hand-'));

/** Runs a command of the page in the folder; the passphrase openssl would ask for is given to it. */
function run(command: string | undefined): string {
  const script =
    command?.replace('-in votix-key.pem', `-in votix-key.pem -passin pass:${election.passphrase}`) ?? 'false';
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8', env: { PATH } });
  if (status === 127)
    throw new Error(`${stderr} These tests need openssl. Install it: sudo apt-get install -y openssl`);
  if (status !== 0) throw new Error(`${script} ${stderr}`);
  return stdout;
}

beforeAll(() => {
  writeFileSync(join(folder, 'votix-key.pem'), election.keyFile);
  writeFileSync(join(folder, 'record.json'), text);
  writeFileSync(join(folder, 'open-ballots.mjs'), program ?? '');
  run(exportKey);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the recipe needs no more than ten lines and a loop', () => {
  expect(program?.trim().split('\n').length).toBeLessThanOrEqual(15);
});

test('by hand, the key has the fingerprint of the record', () => {
  expect(run(fingerprint)).toContain(record.fingerprint);
});

test('by hand, the ballots open to the result of the record', () => {
  const definition = parseDefinition(record.definition);
  if (!definition.ok) throw new Error(definition.reason);
  const counter = createCounter(definition.definition);
  for (const line of run('node open-ballots.mjs').trim().split('\n')) {
    const plaintext = parsePlaintext(definition.definition, new Uint8Array(Buffer.from(line, 'hex')));
    if (plaintext.ok) counter.add(plaintext.selections);
    else counter.addInvalid();
  }
  expect(counter.tally()).toEqual(record.result);
});

test('by hand, equal votes are counted by sort and uniq', () => {
  expect(run(count)).toMatch(/^ +1 does not open$/m);
  expect(run(count).trim().split('\n')).toHaveLength(6);
});

test('by hand, the box hash and a receipt are those of the record', () => {
  expect(run(boxHash)).toContain(record.boxHash);
  expect(run(receipt).trim()).toBe(receiptOf(record.ballots[0] ?? ''));
});
