// The command line → one request, or one sentence about the mistake. Nothing secret is ever taken as an argument:
// other people of the machine could read it in the list of processes.

import { parseArgs } from 'node:util';
import { printable } from './printable.ts';

export type Request =
  | { readonly command: 'verify'; readonly record: string; readonly json: boolean }
  | { readonly command: 'open'; readonly record: string; readonly key: string; readonly json: boolean }
  | { readonly command: 'keys generate' | 'keys check'; readonly key: string; readonly json: boolean }
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'mistake'; readonly sentence: string };

export const HELP = `votix-offline: makes a key, checks and opens an election on a machine without network

  votix-offline keys generate votix-key.pem [--json]
      makes a new key, writes its file, and prints passphrase and fingerprint; an existing file is never replaced

  votix-offline keys check votix-key.pem [--json]
      asks for the passphrase, proves that it fits the key file, and prints the fingerprint of the key

  votix-offline verify RECORD.json [--json]
      makes every check of a record that needs no key, and says what was not checked

  votix-offline open RECORD.json --key votix-key.pem [--json]
      checks the record, asks for the passphrase, opens every ballot, counts, and compares with the record's result

  --json      the answer as one line of JSON
  --help      this text
  --version   the version

The passphrase is typed without echo, or read from standard input when that is no terminal. Of a split passphrase give
the shares instead, one a line, as many as are needed.
Exit code: 0 everything holds, 1 a check failed, 2 bad usage or a file that can't be used.`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  key: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

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

interface Values {
  readonly json: boolean;
  readonly key?: string | undefined;
}

function requestOf(positionals: readonly string[], { json, key }: Values): Request {
  const { command, rest } = commandOf(positionals);
  if (command === '') return mistake('Name a command.');
  if (!isCommand(command)) return mistake(`There is no command "${command}".`);
  const [file, tooMuch] = rest;
  if (file === undefined) return mistake(`${command}: name the file, for example ${EXAMPLES[command]}.`);
  if (tooMuch !== undefined) return mistake(`${command} takes one file; "${tooMuch}" is one too many.`);
  if (command === 'open') {
    return key === undefined
      ? mistake(`open: name the key file, for example ${EXAMPLES.open}.`)
      : { command, record: file, key, json };
  }
  if (key !== undefined) return mistake(`${command} takes no option --key.`);
  return command === 'verify' ? { command, record: file, json } : { command, key: file, json };
}

/** `keys` takes a second word. */
function commandOf([first = '', ...others]: readonly string[]) {
  if (first !== 'keys') return { command: first, rest: others };
  const [second, ...rest] = others;
  return { command: second === undefined ? first : `keys ${second}`, rest };
}

const EXAMPLES = {
  'keys generate': 'votix-offline keys generate votix-key.pem',
  'keys check': 'votix-offline keys check votix-key.pem',
  verify: 'votix-offline verify record.json',
  open: 'votix-offline open record.json --key votix-key.pem',
} as const;

const isCommand = (command: string): command is keyof typeof EXAMPLES => Object.hasOwn(EXAMPLES, command);

function mistake(sentence: string): Request {
  return { command: 'mistake', sentence: `${printable(sentence)} See votix-offline --help.` };
}
