import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { aFile, answerOf, removeFiles, runCommand } from './command-under-test.ts';

afterAll(removeFiles);

const archivePath = (name: string) => join(import.meta.dirname, `../../../vectors/belenios/${name}.bel`);
const single = readFileSync(archivePath('ed25519-single'));

test('a published archive: every check with its count, what was not checked, what to compare', async () => {
  const { code, out, err } = await runCommand(['verify', archivePath('ed25519-threshold-2-of-3')]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Archive of "Committee 2026", election Bq1K4YDQEDaYfB, Ed25519: finished$/mu);
  expect(out).toMatch(/^Voter codes: made by "Registrar"$/mu);
  expect(out).toMatch(/^ok {6}choice-proofs +48 /mu);
  expect(out).toMatch(/^Not checked:\n {2}eligibility .*\n {2}recording .*\n {2}strict .*plain Belenios archive$/mu);
  expect(out).toMatch(/^All 22 checks hold, 6 ballots \(\d+\.\d\d s\)\.$/mu);
  expect(out).toMatch(/^ {2}head {9}[0-9a-f]{64}$/mu);
  expect(out).toContain('[[0,2,1,1,1],[1,3,1]]');
});

test('--json: the answer for programs, one line', async () => {
  const ended = await runCommand(['verify', archivePath('ed25519-single'), '--json']);
  expect(ended).toMatchObject({ code: 0, err: '' });
  const answer = answerOf(ended);
  expect(answer).toMatchObject({ command: 'verify', ok: true, ballots: 6, strict: false, stage: 'decrypted' });
  expect(answer).toMatchObject({ credentialAuthority: 'Registrar' });
  expect(answer).toMatchObject({ checks: expect.arrayContaining([{ name: 'choice-proofs', count: 48, ok: true }]) });
});

test('one byte changed: the check is named, exit code 1', async () => {
  const changed = Buffer.from(single);
  const at = changed.indexOf('"response":"') + 12;
  changed[at] = changed[at]! ^ 1;
  const { code, out } = await runCommand(['verify', aFile(changed)]);
  expect(code).toBe(1);
  expect(out).toMatch(/^FAILED {2}archive +0 .*archive-file-hash, number \d+$/mu);
  expect(out).toMatch(/checks FAILED .*: this archive does not hold\.$/mu);
  expect(out).not.toContain('Compare with');
});

test('an archive that was cut is named as such, for people and for programs', async () => {
  const ended = await runCommand(['verify', aFile(single.subarray(0, 5000)), '--json']);
  expect(ended.code).toBe(1);
  expect(answerOf(ended)).toMatchObject({ ok: false, checks: [{ name: 'archive', ok: false }] });
});

test('strict proofs that are none fail; for a record they are refused', async () => {
  const args = ['verify', archivePath('ed25519-single'), '--strict', aFile('{}'), '--json'];
  const ended = await runCommand(args);
  expect(ended.code).toBe(1);
  const checks = expect.arrayContaining([
    expect.objectContaining({ name: 'strict-proofs', reason: 'strict-malformed' }),
  ]);
  expect(answerOf(ended)).toMatchObject({ ok: false, strict: false, checks });
  const gone = await runCommand(['verify', archivePath('ed25519-single'), '--strict', '/nowhere/strict.json']);
  expect(gone).toMatchObject({ code: 2, out: '', err: expect.stringContaining("isn't there") });
});
