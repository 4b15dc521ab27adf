// Asking for the passphrase: without echo on a terminal, else the first line of standard input. The question goes to standard
// error, so that the answer of the command stays alone on standard output.

import { createInterface, type Interface } from 'node:readline';
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
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  // Only now: from here on the terminal echoes nothing.
  process.stderr.write('Passphrase of the key file (it is not shown while you type): ');
  const typed = await firstLine(lines);
  process.stderr.write('\n');
  return typed;
}

async function readFirstLine(): Promise<string | undefined> {
  const typed = await firstLine(createInterface({ input: process.stdin, crlfDelay: Infinity }));
  process.stdin.destroy(); // a writer that keeps the pipe open must not keep us alive
  return typed;
}

async function firstLine(lines: Interface): Promise<string | undefined> {
  try {
    for await (const line of lines) return line;
    return undefined;
  } finally {
    lines.close();
  }
}
