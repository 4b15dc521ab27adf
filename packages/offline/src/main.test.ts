import { afterAll, expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';
import { removeFiles, runCommand } from './command-under-test.ts';

afterAll(removeFiles);

test('--help names the command and all it can do', async () => {
  const { code, out, err } = await runCommand(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const commands = [' verify ', ' open ', ' keys check ', ' keys generate ', ' trustee share '];
  for (const words of ['votix-offline', ...commands, '--json', 'Exit code']) expect(out).toContain(words);
});

test('--version says whose version it is', async () => {
  expect(await runCommand(['--version'])).toEqual({
    code: 0,
    out: expect.stringMatching(/^votix-offline \d+\.\d+\.\d+\n$/u),
    err: '',
  });
});

const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['no command', [], /Name a command/u],
  ['an unknown command', ['verfy', 'record.json'], /no command "verfy"/u],
  ['an unknown option', ['verify', 'record.json', '--jsn'], /Unknown option '--jsn'/u],
  ['keys without a verb', ['keys'], /no command "keys"/u],
  ['keys with an unknown verb', ['keys', 'make'], /no command "keys make"/u],
  ['keys without a file', ['keys', 'generate'], /keys generate: name the file/u],
  ['trustee with an unknown verb', ['trustee', 'keys'], /no command "trustee keys"/u],
  ['no file', ['verify'], /verify: name the file/u],
  ['two files', ['keys', 'check', 'a.pem', 'b.pem'], /"b.pem" is one too many/u],
  ['open without a key', ['open', 'record.json'], /open: name the key file/u],
  ['verify with a key', ['verify', 'record.json', '--key', 'a.pem'], /verify takes no option --key/u],
  ['open with strict proofs', ['open', 'r.json', '--key', 'a.pem', '--strict', 's'], /open takes no option --strict/u],
  [
    'a share without a file for it',
    ['trustee', 'share', 'e.bel', '--key', 'k'],
    /trustee share: say --out, for example/u,
  ],
  ['a share without a key file', ['trustee', 'share', 'e.bel', '--out', 's'], /trustee share: name the key file/u],
  [
    'a place that is none',
    ['trustee', 'certificate', 'k', ...'--size 3 --threshold 4 --index 1'.split(' ')],
    /1 to --size/u,
  ],
  [
    'a size that is no number',
    ['trustee', 'certificate', 'k', ...'--size x --threshold 1 --index 1'.split(' ')],
    /1 to 100/u,
  ],
  ['a passphrase as an argument', ['keys', 'check', 'a.pem', '--passphrase=x'], /Unknown option '--passphrase'/u],
];

for (const [name, args, sentence] of mistakes) {
  test(`a mistake in the arguments is named: ${name}`, () => {
    expect(parseArguments(args)).toEqual({ command: 'mistake', sentence: expect.stringMatching(sentence) });
  });
}

test('bad usage ends with 2 and one sentence on standard error', async () => {
  const err = "votix-offline: Unknown option '--jsn'. See votix-offline --help.\n";
  expect(await runCommand(['verify', 'record.json', '--jsn'])).toEqual({ code: 2, out: '', err });
});

test('an unknown command ends with 2', async () => {
  expect(await runCommand(['verfy', 'record.json'])).toMatchObject({ code: 2, out: '' });
});

test('an older Node says in one sentence what is missing', async () => {
  const pretended = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
  const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(pretended)}`];
  const { code, out, err } = await runCommand(['--version'], { nodeOptions });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^votix-offline needs Node 24\.7 or newer and this is 20\.20\.2: .*npx votix-offline.*\n$/u);
});
