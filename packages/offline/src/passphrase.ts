// Asking for the passphrase: without echo on a terminal, else the first line of standard input. The question goes to standard
// error, so that the answer of the command stays alone on standard output.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** How a command asks. `tries`: a person may mistype, a program would only repeat itself. */
export interface PassphraseSource {
  readonly tries: number;
  /** What was typed, undefined when the input ended or the person broke off. */
  readonly ask: () => Promise<string | undefined>;
  readonly say: (sentence: string) => void;
}

export function passphraseSource(): PassphraseSource {
  const isTerminal = process.stdin.isTTY;
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  return { tries: isTerminal ? 3 : 1, ask: isTerminal ? askPerson : readFirstLine, say };
}

async function askPerson(): Promise<string | undefined> {
  process.stderr.write('Passphrase of the key file (it is not shown while you type): ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await firstLine({ output: nowhere, terminal: true, historySize: 0 });
  } finally {
    process.stderr.write('\n');
  }
}

async function readFirstLine(): Promise<string | undefined> {
  try {
    return await firstLine({ crlfDelay: Infinity });
  } finally {
    process.stdin.destroy(); // a writer that keeps the pipe open must not keep us alive
  }
}

async function firstLine(options: object): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, ...options });
  try {
    for await (const line of lines) return line;
    return undefined;
  } finally {
    lines.close();
  }
}
