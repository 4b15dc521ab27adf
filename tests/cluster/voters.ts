// Voters with the patience of the booth's page: a ballot is sealed once, and what gets no answer, or a broken server's, is sent
// again, the same. Beside them somebody who guesses codes.

import { setTimeout as pause } from 'node:timers/promises';

export interface Vote {
  readonly link: string;
  readonly code: string;
  readonly ballot: string;
  readonly receipt: string;
}

export interface Answer {
  readonly status: number;
  readonly receipt?: string;
  readonly reason?: string;
}

export interface Poll {
  /** Receipts for which a voter has read "recorded". */
  readonly acknowledged: Set<string>;
  /** Whatever else was decided. */
  readonly refusals: string[];
  /** How often each answer that decides nothing came. */
  readonly undecided: Map<string, number>;
  /** From the first sending to the answer. */
  readonly waitsMs: number[];
}

const patienceMs = 20_000;
const againMs = 300;
const origin = 'http://localhost:5000';

export const newPoll = (): Poll => ({ acknowledged: new Set(), refusals: [], undecided: new Map(), waitsMs: [] });

async function send(url: string, { link, code, ballot }: Omit<Vote, 'receipt'>): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${url}/api/vote/${link}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Origin: origin },
      body: JSON.stringify({ ballot, code }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    const isOurs = response.headers.get('content-type')?.includes('json') === true; // a proxy's own words are not
    return { ...(isOurs && (JSON.parse(text) as Omit<Answer, 'status'>)), status: response.status };
  } catch {
    return undefined;
  }
}

async function vote(url: string, poll: Poll, ballot: Vote): Promise<void> {
  const began = performance.now();
  for (;;) {
    const answer = await send(url, ballot);
    if (answer === undefined || answer.status >= 500) {
      const kind = answer === undefined ? 'no answer' : `${answer.status} ${answer.reason ?? ''}`.trim();
      poll.undecided.set(kind, (poll.undecided.get(kind) ?? 0) + 1);
      await pause(againMs);
      continue;
    }
    poll.waitsMs.push(performance.now() - began);
    if (answer.status === 200 && answer.receipt === ballot.receipt) poll.acknowledged.add(ballot.receipt);
    else poll.refusals.push(answer.reason ?? `status ${answer.status}`);
    return;
  }
}

/** So many at once until everyone has an answer; `paceMs` between two votes of one lane. */
export async function voteAll(
  url: string,
  poll: Poll,
  votes: readonly Vote[],
  { inFlight, paceMs }: { readonly inFlight: number; readonly paceMs: number },
): Promise<void> {
  let next = 0;
  const lane = async (n: number) => {
    await pause((paceMs * n) / inFlight);
    for (let ballot = votes[next++]; ballot; ballot = votes[next++]) {
      await vote(url, poll, ballot);
      await pause(paceMs);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, votes.length) }, (_, n) => lane(n)));
}

/** Many wrong codes of one voter at the same moment, then the right one: what each was told, `undefined` for no answer. */
export async function guess(
  url: string,
  victim: Vote,
): Promise<{ readonly guesses: Answer[]; readonly last?: Answer }> {
  const wrong = (n: number) => String((Number(victim.code) + n) % 10_000).padStart(4, '0');
  const all = await Promise.all(Array.from({ length: 15 }, (_, n) => send(url, { ...victim, code: wrong(n + 1) })));
  const guesses = all.flatMap((answer) => (answer !== undefined && answer.status < 500 ? [answer] : []));
  const last = await send(url, victim);
  return { guesses, ...(last && { last }) };
}
