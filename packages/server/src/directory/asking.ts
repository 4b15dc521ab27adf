// One question to a directory's server: a time limit, a size limit, no redirect, https only (plain http on the machine
// itself, for tests). What goes wrong has a cause, and at most a line of the server's own words.

import type { DirectoryCause } from '../domain/directory-people.ts';

const timeoutMs = 8000;
const mostBytes = 2_000_000;
const longestSaid = 200;

/** A question that was not answered. */
export class Unanswered extends Error {
  readonly failure: DirectoryCause;
  readonly said: string;
  constructor(failure: DirectoryCause, said = '') {
    super(failure);
    this.failure = failure;
    this.said = said;
  }
}

const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** Secrets go to https alone. */
export function isSafeAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** One line of a stranger's words, as far as it helps. */
export const saidBy = (text: unknown): string =>
  typeof text === 'string'
    ? text
        .replace(/[\p{C}\p{Z}]+/gu, ' ')
        .trim()
        .slice(0, longestSaid)
    : '';

/** The whole answer; throws `Unanswered` where there is none, and where the server says that it cannot now. */
export async function ask(address: string, init: RequestInit = {}, limitMs = timeoutMs): Promise<Response> {
  if (!isSafeAddress(address)) throw new Unanswered('unreachable');
  const signal = AbortSignal.timeout(limitMs);
  try {
    const response = await fetch(address, { ...init, redirect: 'manual', signal });
    const body = await readBounded(response);
    if (response.status === 429) throw new Unanswered('too-many');
    if (response.status >= 500) throw new Unanswered('unavailable');
    const { status, headers } = response;
    if (status < 200 || (status >= 300 && status < 400)) throw new Unanswered('unexpected');
    return new Response(status === 204 ? null : body, { status, headers: { 'Content-Type': typeOf(headers) } });
  } catch (error) {
    if (error instanceof Unanswered) throw error;
    throw new Unanswered(signal.aborted ? 'too-slow' : 'unreachable');
  }
}

const typeOf = (headers: Headers): string => headers.get('Content-Type') ?? '';

async function readBounded({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Unanswered('unexpected');
    chunks.push(chunk);
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
