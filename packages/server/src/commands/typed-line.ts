// One line that the operator types. The question goes to stderr, so that stdout holds the answer alone.

import { createInterface } from 'node:readline/promises';

/** Empty when the input ends without a line. */
export async function readTypedLine(question: string): Promise<string> {
  const lines = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: process.stdin.isTTY,
  });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}
