// Reads the sealed box: one ballot a line, in order of receipt. Number and hash must be those written at the sealing,
// or not one ballot is decrypted.
import { BALLOT_LENGTH_LIMIT, createBoxHash } from '@votix/protocol';
import { readFailure } from '../page/reply.ts';
import type { BoxProblem } from './state.ts';

export type ReadBox =
  { readonly ok: true; readonly ballots: readonly string[] } | { readonly ok: false; readonly problem: BoxProblem };

export interface ExpectedBox {
  readonly url: string;
  readonly ballots: number;
  readonly boxHash: string;
}

export async function readBox(
  expected: ExpectedBox,
  signal: AbortSignal,
  onRead: (count: number) => void,
): Promise<ReadBox> {
  try {
    const response = await fetch(expected.url, { redirect: 'error', signal });
    const contentType = response.headers.get('Content-Type') ?? '';
    if (response.status !== 200 || !contentType.startsWith('text/plain') || response.body === null) {
      return await refused(response);
    }
    const ballots: string[] = [];
    for await (const lines of splitLines(response.body)) {
      ballots.push(...lines);
      if (ballots.length > expected.ballots) break;
      onRead(ballots.length);
    }
    return checkBox(expected, ballots);
  } catch {
    return { ok: false, problem: { kind: 'unreachable' } };
  }
}

async function refused(response: Response): Promise<ReadBox> {
  const failure = await readFailure(response);
  if (failure.kind === 'no-answer') return { ok: false, problem: { kind: 'unreachable' } };
  return { ok: false, problem: { kind: 'told', problem: failure.problem } };
}

export function checkBox(expected: ExpectedBox, ballots: readonly string[]): ReadBox {
  if (ballots.length !== expected.ballots) {
    return { ok: false, problem: { kind: 'other-number', found: ballots.length } };
  }
  const hash = createBoxHash();
  try {
    for (const ballot of ballots) hash.add(ballot);
  } catch {
    return { ok: false, problem: { kind: 'other-order' } };
  }
  if (hash.digest() !== expected.boxHash) return { ok: false, problem: { kind: 'other-hash' } };
  return { ok: true, ballots };
}

/**
 * Whole lines as they arrive. An unfinished last line counts as a line: the number or the hash will tell. What is too much is
 * not even fetched.
 */
async function* splitLines(body: NonNullable<Response['body']>): AsyncGenerator<string[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > BALLOT_LENGTH_LIMIT) throw new Error('a line longer than any ballot');
      yield lines;
    }
    rest += decoder.decode();
    if (rest !== '') yield [rest];
  } finally {
    await reader.cancel(); // harmless when all was read
  }
}
