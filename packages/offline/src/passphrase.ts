// Asking for the passphrase or shares of it: without echo on a terminal, else line by line from standard input. Questions go to
// standard error, so that the answer of the command stays alone on standard output.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** How a command asks. `tries`: a person may mistype, a program would only repeat itself. */
export interface PassphraseSource {
  readonly tries: number;
  /** What was typed, undefined when the input ended or the person broke off. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly say: (sentence: string) => void;
  /** Nothing more is asked: a writer that keeps the pipe open must not keep us alive. */
  readonly close: () => void;
}

export function passphraseSource(): PassphraseSource {
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  return process.stdin.isTTY ? { tries: 3, ask: askPerson, say, close: () => {} } : { tries: 1, say, ...pipe() };
}

async function askPerson(question: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  // Only now: from here on the terminal echoes nothing.
  process.stderr.write(`${question} (it is not shown while you type): `);
  try {
    for await (const line of lines) return line;
    return undefined;
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

function pipe(): Pick<PassphraseSource, 'ask' | 'close'> {
  let lines: AsyncIterator<string> | undefined;
  return {
    ask: async () => {
      lines ??= createInterface({ input: process.stdin, crlfDelay: Infinity })[Symbol.asyncIterator]();
      const { done, value } = await lines.next();
      return done === true ? undefined : value;
    },
    close: () => void process.stdin.destroy(),
  };
}
