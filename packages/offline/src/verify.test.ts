import { afterAll, expect, test } from 'vitest';
import records from '../../../vectors/sealed/records.json' with { type: 'json' };
import { aFile, answerOf, removeFiles, runCommand } from './command-under-test.ts';
import { readRecordFile } from './files.ts';

afterAll(removeFiles);

type Verdict = (typeof records)[number]['verdict'];

const trueRecord = records.find(({ name }) => name === 'true')!.record;

for (const { name, record, verdict } of records) {
  test.concurrent(`the vectors' verdict is the command's: ${name}`, async () => {
    const ended = await runCommand(['verify', aFile(record), '--json']);
    expect(ended.code).toBe(exitCodeOf(verdict));
    expect(answerOf(ended)).toMatchObject({ command: 'verify', ...verdict });
    expect(ended.err).toBe('');
  });
}

function exitCodeOf(verdict: Verdict): number {
  if (verdict.ok) return 0;
  return 'checks' in verdict ? 1 : 2;
}

test('a true record: each check with its count, what was not checked, the time, what to compare', async () => {
  const { code, out, err } = await runCommand(['verify', aFile(trueRecord)]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Record of "Élection du bureau 2026", election 5f0c8d2e/u);
  expect(out).toMatch(/^ok {6}box-hash +6 /mu);
  expect(out).toMatch(/^ok {6}invalid-ballots +1 /mu);
  expect(out).toMatch(/^Not checked:\n {2}decryption .*\n {2}eligibility .*\n {2}recording .*\n {2}instants /mu);
  expect(out).toMatch(/^All 12 checks hold \(\d+\.\d\d s\)\.$/mu);
  expect(out).toMatch(/^ {2}box hash {5}([0-9a-f]{4} ){15}[0-9a-f]{4}$/mu);
});

test('a check that failed is named with its reason and place', async () => {
  const swapped = records.find(({ name }) => name === 'ballots in another order')!.record;
  const { code, out } = await runCommand(['verify', aFile(swapped)]);
  expect(code).toBe(1);
  expect(out).toMatch(/^FAILED {2}receipt-order +6 .*receipts-not-ascending, ballot \d of the list$/mu);
  expect(out).toMatch(/^2 of 12 checks FAILED/mu);
  expect(out).not.toContain('Compare with the minutes');
});

test('one changed character of a ballot is found', async () => {
  const [, tag = ''] = /\.([\w-]{22})"/u.exec(trueRecord) ?? [];
  const changed = trueRecord.replace(tag, `${tag[0] === 'A' ? 'B' : 'A'}${tag.slice(1)}`);
  const { code, out } = await runCommand(['verify', aFile(changed)]);
  expect(code).toBe(1);
  expect(out).toMatch(/^FAILED {2}box-hash/mu);
});

const unreadable: readonly (readonly [string, () => string, RegExp])[] = [
  ['no such file', () => '/nowhere/record.json', /isn't there; check/u],
  ['a folder', () => import.meta.dirname, /is a folder; name the file/u],
  ['a truncated file', () => aFile(trueRecord.slice(0, -100)), /only a part of one; download/u],
  ['an empty file', () => aFile(''), /is no record/u],
  ['an editor added a line end', () => aFile(`${trueRecord}\n`), /changed after the download/u],
  ['a byte order mark', () => aFile(`\uFEFF${trueRecord}`), /is no record/u],
  ['bytes that are no text', () => aFile(Uint8Array.of(0x7b, 0xff, 0x7d)), /is no text in UTF-8/u],
  ['a record of a later format', () => aFile('{"votix":2,"kind":"record"}'), /use a newer votix-offline/u],
];

for (const [name, path, sentence] of unreadable) {
  test(`a file that can't be used gets one sentence saying what to do: ${name}`, async () => {
    const refusal = { ok: false, exitCode: 2, sentence: expect.stringMatching(sentence) };
    expect(await readRecordFile(path())).toMatchObject(refusal);
  });
}

test('a truncated record ends with 2 and one sentence on standard error', async () => {
  const { code, out, err } = await runCommand(['verify', aFile(trueRecord.slice(0, -100))]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^".*" is no record or only a part of one; download the record of the election again\.\n$/u);
});

test('--json answers with one line for an unreadable file as well', async () => {
  const ended = await runCommand(['verify', aFile('{'), '--json']);
  expect(ended).toMatchObject({ code: 2, err: '' });
  expect(answerOf(ended)).toMatchObject({ command: 'verify', ok: false, reason: 'record-not-json' });
});
