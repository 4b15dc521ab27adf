import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import shares from '../../../vectors/sealed/shares.json' with { type: 'json' };
import keyFiles from '../../../vectors/sealed/key-files.json' with { type: 'json' };
import { aFile, answerOf, aPath, program, removeFiles, runCommand } from './command-under-test.ts';

afterAll(removeFiles);

const { keyFile, passphrase, fingerprint } = election;
const wrong = passphrase.replace(/^./u, (first) => (first === '9' ? '8' : '9'));

test('the right passphrase proves the key and gives its fingerprint', async () => {
  const { code, out, err } = await runCommand(['keys', 'check', aFile(keyFile)], { input: `${passphrase}\n` });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.replaceAll(' ', '')).toContain(fingerprint);
});

test('a passphrase is read as people type it, and the input may stay open', async () => {
  const input = `  ${passphrase.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')}\r\n`;
  const ended = await runCommand(['keys', 'check', aFile(keyFile), '--json'], { input, staysOpen: true });
  expect(ended.code).toBe(0);
  expect(answerOf(ended)).toEqual({ command: 'keys check', ok: true, fingerprint });
});

const misfits: readonly (readonly [string, string, string, number, string])[] = [
  ['a wrong passphrase', keyFile, wrong, 1, 'wrong-passphrase'],
  ['half a passphrase', keyFile, passphrase.slice(0, 14), 1, 'malformed-passphrase'],
  ['no passphrase', keyFile, '', 2, 'no-passphrase'],
  ['a truncated key file', keyFile.slice(0, 900), passphrase, 2, 'malformed-key-file'],
  ['something else', election.publicKey, passphrase, 2, 'malformed-key-file'],
  ['a key file too large to be one', ' '.repeat(20_001), passphrase, 2, 'file-too-large'],
  ["openssl's, 2,048 iterations", openssl(), passphrase, 2, 'unsupported-key-file'],
];

for (const [name, file, typed, code, reason] of misfits) {
  test.concurrent(`file and passphrase do not fit: ${name}`, async () => {
    const ended = await runCommand(['keys', 'check', aFile(file), '--json'], { input: typed });
    expect(ended.code).toBe(code);
    expect(answerOf(ended)).toMatchObject({
      command: 'keys check',
      ok: false,
      reason,
      sentence: expect.stringMatching(/; /u),
    });
    expect(ended.err + ended.out).not.toContain(passphrase.slice(0, 9));
  });
}

function openssl(): string {
  return keyFiles.find(({ name }) => name === "openssl's, 2,048 iterations")!.keyFile;
}

// `script` gives the command a terminal; macOS has another one of that name.
const script = '/usr/bin/script';
test.skipIf(process.platform !== 'linux' || !existsSync(script))(
  'on a terminal nothing typed is shown, and a mistyped passphrase is asked for again',
  async () => {
    const command = `${process.execPath} ${program} keys check ${aFile(keyFile)}`;
    const terminal = spawn(script, ['--quiet', '--return', '--command', command, '/dev/null']);
    const answers = [wrong, passphrase];
    let shown = '';
    terminal.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (shown.endsWith('while you type): ')) terminal.stdin.write(`${answers.shift()}\r`);
    });
    const [code] = (await once(terminal, 'close')) as [number | null];
    expect(code).toBe(0);
    expect(shown).toContain('compare each group with your paper');
    expect(shown.match(/it is not shown while you type/gu)).toHaveLength(2);
    expect(shown).not.toContain(passphrase);
    expect(shown).not.toContain(wrong);
    expect(shown.replaceAll(' ', '')).toContain(fingerprint);
  },
);

test('keys generate makes a key file that its passphrase opens, readable by its owner alone', async () => {
  const path = aPath('votix-key.pem');
  const made = await runCommand(['keys', 'generate', path, '--json']);
  expect(made).toMatchObject({ code: 0, err: '' });
  const answer = answerOf(made);
  expect(answer).toMatchObject({ command: 'keys generate', ok: true, file: path });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const checked = await runCommand(['keys', 'check', path, '--json'], { input: `${String(answer['passphrase'])}\n` });
  expect(answerOf(checked)).toEqual({ command: 'keys check', ok: true, fingerprint: answer['fingerprint'] });
});

test('keys generate shows the passphrase in words for people', async () => {
  const { code, out } = await runCommand(['keys', 'generate', aPath('shown.pem')]);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/mu);
  expect(out).toContain('Fingerprint');
});

test('keys generate never replaces a file, and says where it cannot write', async () => {
  const path = aFile('the only key of an election');
  const refused = await runCommand(['keys', 'generate', path, '--json']);
  expect(refused.code).toBe(2);
  expect(answerOf(refused)).toMatchObject({ ok: false, reason: 'file-exists', sentence: expect.stringMatching(/; /u) });
  expect(readFileSync(path, 'utf8')).toBe('the only key of an election');
  const nowhere = await runCommand(['keys', 'generate', '/nowhere/at/all.pem', '--json']);
  expect(answerOf(nowhere)).toMatchObject({ ok: false, reason: 'file-unwritable' });
});

for (const each of shares.filter(({ hashes }) => hashes === undefined)) {
  test.concurrent(`shares in place of the passphrase: ${each.name}`, async () => {
    const input = `${each.shares.join('\n')}\n`;
    const ended = await runCommand(['keys', 'check', aFile(keyFile), '--json'], { input });
    const { ok, reason } = each.verdict as { readonly ok: boolean; readonly reason?: string };
    expect(answerOf(ended)).toMatchObject({ ok, ...(reason !== undefined && { reason }) });
    expect(ended.code).toBe(ok ? 0 : reason === 'too-few-shares' ? 2 : 1);
  });
}

test('right shares of another file are no wrong passphrase', async () => {
  const other = aPath('other.pem');
  await runCommand(['keys', 'generate', other]);
  const ended = await runCommand(['keys', 'check', other, '--json'], { input: shares[0]!.shares.join('\n') });
  expect(answerOf(ended)).toMatchObject({ ok: false, reason: 'other-file' });
});
