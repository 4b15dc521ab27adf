import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import keyFiles from '../../../vectors/sealed/key-files.json' with { type: 'json' };
import { aFile, answerOf, program, removeFiles, runCommand } from './command-under-test.ts';

afterAll(removeFiles);

const { keyFile, passphrase, fingerprint } = election;
const wrong = passphrase.replace(/^./u, (first) => (first === '9' ? '8' : '9'));

test('the right passphrase proves the key and gives its fingerprint', async () => {
  const { code, out, err } = await runCommand(['key', aFile(keyFile)], { input: `${passphrase}\n` });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.replaceAll(' ', '')).toContain(fingerprint);
});

test('a passphrase is read as people type it, and the input may stay open', async () => {
  const input = `  ${passphrase.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')}\r\n`;
  const ended = await runCommand(['key', aFile(keyFile), '--json'], { input, staysOpen: true });
  expect(ended.code).toBe(0);
  expect(answerOf(ended)).toEqual({ command: 'key', ok: true, fingerprint });
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
    const ended = await runCommand(['key', aFile(file), '--json'], { input: typed });
    expect(ended.code).toBe(code);
    expect(answerOf(ended)).toMatchObject({
      command: 'key',
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
    const command = `${process.execPath} ${program} key ${aFile(keyFile)}`;
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
