// The command line → one request, or one sentence about the mistake. Nothing secret is ever taken as an argument:
// other people of the machine could read it in the list of processes.

import { parseArgs } from 'node:util';
import { printable } from './printable.ts';

export type Request =
  | { readonly command: 'verify'; readonly record: string; readonly strict?: string; readonly json: boolean }
  | { readonly command: 'open'; readonly record: string; readonly key: string; readonly json: boolean }
  | { readonly command: 'keys generate' | 'keys check'; readonly key: string; readonly json: boolean }
  | { readonly command: 'trustee key'; readonly key: string; readonly group: string; readonly json: boolean }
  | ({ readonly command: 'trustee certificate'; readonly key: string; readonly group: string } & Place)
  | {
      readonly command: TrusteeStep;
      readonly file: string;
      readonly key: string;
      readonly out: string;
      readonly json: boolean;
    }
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'mistake'; readonly sentence: string };

/** What a trustee does with a file that others made, and what it hands over. */
export type TrusteeStep = 'trustee polynomial' | 'trustee member-key' | 'trustee share';

interface Place {
  readonly threshold: number;
  readonly size: number;
  readonly index: number;
  readonly json: boolean;
}

export const HELP = `votix-offline: makes a key, checks and opens an election on a machine without network

  votix-offline keys generate votix-key.pem [--json]
      makes a new key, writes its file, and prints passphrase and fingerprint; an existing file is never replaced

  votix-offline keys check votix-key.pem [--json]
      asks for the passphrase, proves that it fits the key file, and prints the fingerprint of the key

  votix-offline verify RECORD.json [--json]
      makes every check of a record that needs no key, and says what was not checked

  votix-offline verify ARCHIVE.bel [--strict strict.json] [--json]
      recomputes everything in the archive of a verifiable election, also one made by Belenios 3

  votix-offline open RECORD.json --key votix-key.pem [--json]
      checks the record, asks for the passphrase, opens every ballot, counts, and compares with the record's result

Trustees of a verifiable election:

  votix-offline trustee key NEW-KEY-FILE [--group NAME] [--json]
      makes the key of a mandatory trustee, and prints its passphrase and the public key to hand over

  votix-offline trustee certificate NEW-KEY-FILE --threshold T --size N --index I [--group NAME] [--json]
      the same for member I of N, of whom any T decrypt: prints the certificate to hand over

  votix-offline trustee polynomial CERTIFICATES.json --key KEY-FILE --out FILE [--json]
      second step of a member, when all certificates are there

  votix-offline trustee member-key POLYNOMIALS.json --key KEY-FILE --out FILE [--json]
      third step of a member, when all polynomials are there: completes the key file

  votix-offline trustee share ARCHIVE.bel --key KEY-FILE --out FILE [--json]
      checks the archive, makes this trustee's share of the decryption, and notes in the key file which tally it was of

  --json      the answer as one line of JSON
  --help      this text
  --version   the version

The passphrase is typed without echo, or read from standard input when that is no terminal. Of a split passphrase give
the shares instead, one a line, as many as are needed.
Exit code: 0 everything holds, 1 a check failed, 2 bad usage or a file that can't be used.`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  key: { type: 'string' },
  out: { type: 'string' },
  strict: { type: 'string' },
  group: { type: 'string' },
  threshold: { type: 'string' },
  size: { type: 'string' },
  index: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** What every command takes. */
const ALWAYS: readonly string[] = ['json', 'help', 'version'];

type Option = Exclude<keyof typeof OPTIONS, 'json' | 'help' | 'version'>;
type Values = { readonly [name in Option]?: string | undefined } & { readonly json: boolean };

/** What each command takes beside its file: options that must be there, options that may, and an example. */
const COMMANDS = {
  verify: { needs: [], may: ['strict'], example: 'verify record.json' },
  open: { needs: ['key'], may: [], example: 'open record.json --key votix-key.pem' },
  'keys generate': { needs: [], may: [], example: 'keys generate votix-key.pem' },
  'keys check': { needs: [], may: [], example: 'keys check votix-key.pem' },
  'trustee key': { needs: [], may: ['group'], example: 'trustee key my-key.txt' },
  'trustee certificate': {
    needs: ['threshold', 'size', 'index'],
    may: ['group'],
    example: 'trustee certificate my-key.txt --threshold 2 --size 3 --index 1',
  },
  'trustee polynomial': {
    needs: ['key', 'out'],
    may: [],
    example: 'trustee polynomial certificates.json --key my-key.txt --out polynomial.json',
  },
  'trustee member-key': {
    needs: ['key', 'out'],
    may: [],
    example: 'trustee member-key polynomials.json --key my-key.txt --out public-key.json',
  },
  'trustee share': {
    needs: ['key', 'out'],
    may: [],
    example: 'trustee share election.bel --key my-key.txt --out share.json',
  },
} as const satisfies Readonly<
  Record<string, { readonly needs: readonly Option[]; readonly may: readonly Option[]; readonly example: string }>
>;

type Command = keyof typeof COMMANDS;

export function parseArguments(args: readonly string[]): Request {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help) return { command: 'help' };
    if (values.version) return { command: 'version' };
    return requestOf(positionals, values);
  } catch (error) {
    // Node's own sentence ("Unknown option '--x'") without the advice behind it.
    const [sentence = ''] = error instanceof Error ? error.message.split(/\.\s/u) : [];
    return mistake(`${sentence}.`);
  }
}

function requestOf(positionals: readonly string[], values: Values): Request {
  const { command, rest } = commandOf(positionals);
  const [file, tooMuch] = rest;
  if (command === '') return mistake('Name a command.');
  if (!isCommand(command)) return mistake(`There is no command "${command}".`);
  const { needs, may, example } = COMMANDS[command];
  const forExample = `for example votix-offline ${example}.`;
  if (file === undefined) return mistake(`${command}: name the file, ${forExample}`);
  if (tooMuch !== undefined) return mistake(`${command} takes one file; "${tooMuch}" is one too many.`);
  const taken: readonly string[] = [...needs, ...may];
  const surplus = Object.keys(values).find((name) => !taken.includes(name) && !ALWAYS.includes(name));
  if (surplus !== undefined) return mistake(`${command} takes no option --${surplus}.`);
  const missing = needs.find((name) => values[name] === undefined);
  if (missing === 'key') return mistake(`${command}: name the key file, ${forExample}`);
  if (missing !== undefined) return mistake(`${command}: say --${missing}, ${forExample}`);
  return withFile(command, file, values);
}

function withFile(command: Command, file: string, values: Values): Request {
  const { json, key = '', out = '', strict, group = 'Ed25519' } = values;
  switch (command) {
    case 'verify':
      return { command, record: file, json, ...(strict !== undefined && { strict }) };
    case 'open':
      return { command, record: file, key, json };
    case 'keys generate':
    case 'keys check':
      return { command, key: file, json };
    case 'trustee key':
      return { command, key: file, group, json };
    case 'trustee certificate':
      return certificateRequest(file, group, values);
    case 'trustee polynomial':
    case 'trustee member-key':
    case 'trustee share':
      return { command, file, key, out, json };
  }
}

function certificateRequest(file: string, group: string, { json, ...values }: Values): Request {
  const command = 'trustee certificate';
  const [threshold, size, index] = [values.threshold, values.size, values.index].map((text = '') =>
    /^[1-9][0-9]?$|^100$/.test(text) ? Number(text) : 0,
  ) as [number, number, number];
  if (threshold < 1 || size < 1 || index < 1 || threshold > size || index > size) {
    return mistake(`${command}: --size is 1 to 100, --threshold and --index are 1 to --size.`);
  }
  return { command, key: file, group, threshold, size, index, json };
}

/** `keys` and `trustee` take a second word. */
function commandOf([first = '', ...others]: readonly string[]) {
  if (first !== 'keys' && first !== 'trustee') return { command: first, rest: others };
  const [second, ...rest] = others;
  return { command: second === undefined ? first : `${first} ${second}`, rest };
}

function isCommand(text: string): text is Command {
  return Object.hasOwn(COMMANDS, text);
}

function mistake(sentence: string): Request {
  return { command: 'mistake', sentence: `${printable(sentence)} See votix-offline --help.` };
}
