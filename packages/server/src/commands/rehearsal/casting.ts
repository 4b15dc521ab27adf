// The voters: each sends one ballot with their code, so many at once. What each waited is kept, and every refusal.

import type { Access } from '../../domain/links.ts';
import type { SealedVote } from './crew.ts';

export interface Casting {
  readonly cast: number;
  /** How often each answer other than "recorded" came. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly waitsMs: readonly number[];
}

/** Opens the connections first: a burst of new ones would be measured in place of the votes. */
export async function connect(baseUrl: string, concurrency: number): Promise<void> {
  const answers = await Promise.all(Array.from({ length: concurrency }, () => fetch(`${baseUrl}/livez`)));
  for (const answer of answers) await answer.arrayBuffer();
}

export async function castAll(
  baseUrl: string,
  votes: readonly (readonly [Access, SealedVote])[],
  concurrency: number,
): Promise<Casting> {
  const [refusals, waitsMs] = [new Map<string, number>(), [] as number[]];
  let [next, cast] = [0, 0];
  const voteOn = async () => {
    for (let vote = votes[next++]; vote; vote = votes[next++]) {
      const start = performance.now();
      const answer = await castOne(baseUrl, ...vote);
      waitsMs.push(performance.now() - start);
      if (answer === 'recorded') cast++;
      else refusals.set(answer, (refusals.get(answer) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, votes.length) }, voteOn));
  return { cast, refusals, waitsMs };
}

/** "recorded" when the answer says so with the receipt of this very ballot; else what it says. */
async function castOne(baseUrl: string, { link, code }: Access, { ballot, receipt }: SealedVote): Promise<string> {
  const response = await fetch(`${baseUrl}/api/vote/${link}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Origin: baseUrl },
    body: JSON.stringify({ ballot, code }),
  });
  const answer = (await response.json()) as { readonly receipt?: string; readonly reason?: string };
  if (response.status !== 200) return answer.reason ?? `status ${response.status}`;
  return answer.receipt === receipt ? 'recorded' : 'other-receipt';
}
