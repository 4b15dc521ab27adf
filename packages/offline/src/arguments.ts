// The command line → one request, or one sentence about the mistake. Nothing secret is ever taken as an argument:
// other people of the machine could read it in the list of processes.

import { parseArgs } from 'node:util';
import { printable } from './printable.ts';

export type Request =
  | { readonly command: 'verify'; readonly record: string; readonly json: boolean }
  | { readonly command: 'open'; readonly record: string; readonly key: string; readonly json: boolean }
  | { readonly command: 'key'; readonly key: string; readonly json: boolean }
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'mistake'; readonly sentence: string };

export const HELP = `votix-offline: checks and opens an election on a machine without network

  votix-offline verify RECORD.json [--json]
      makes every check of a record that needs no key, and says what was not checked

  votix-offline open RECORD.json --key votix-key.pem [--json]
      checks the record, asks for the passphrase, opens every ballot, counts, and compares with the record's result

  votix-offline key votix-key.pem [--json]
      asks for the passphrase, proves that it fits the key file, and prints the fingerprint of the key

  --json      the answer as one line of JSON
  --help      this text
  --version   the version

The passphrase is typed without echo, or read from the first line of standard input when that is no terminal.
Exit code: 0 everything holds, 1 a check failed, 2 bad usage or a file that can't be read.`;

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

function requestOf([command, file, ...rest]: readonly string[], { json, key }: Values): Request {
  if (command === undefined) return mistake('Name a command.');
  if (command !== 'verify' && command !== 'open' && command !== 'key')
    return mistake(`There is no command "${command}".`);
  if (file === undefined) return mistake(`${command}: name the file, for example ${EXAMPLES[command]}.`);
  if (rest.length > 0) return mistake(`${command} takes one file; "${rest[0]}" is one too many.`);
  if (command === 'open') {
    return key === undefined
      ? mistake(`open: name the key file, for example ${EXAMPLES.open}.`)
      : { command, record: file, key, json };
  }
  if (key !== undefined) return mistake(`${command} takes no option --key.`);
  return command === 'verify' ? { command, record: file, json } : { command, key: file, json };
}

const EXAMPLES = {
  verify: 'votix-offline verify record.json',
  open: 'votix-offline open record.json --key votix-key.pem',
  key: 'votix-offline key votix-key.pem',
} as const;

function mistake(sentence: string): Request {
  return { command: 'mistake', sentence: `${printable(sentence)} See votix-offline --help.` };
}
