// A password that the operator types without echo, or the first line of standard input for programs. The question goes to
// stderr, so that stdout holds the answer alone.

import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

/** Undefined when the input ended or the person broke off. */
export async function readHiddenLine(question: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  process.stderr.write(question); // only now: from here on the terminal echoes nothing
  const typed = await firstLine(lines);
  process.stderr.write('\n');
  return typed;
}

export async function readPipedLine(): Promise<string | undefined> {
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
