// Votes over real HTTP against a server that is killed again and again. A voter's ballot is sealed once; whatever gets no
// answer is sent again, the same, after the restart.

import { setTimeout as pause } from 'node:timers/promises';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';
import type { ArmedElection, TestVoter } from '../support/elections.ts';

export interface Vote {
  readonly voter: TestVoter;
  readonly ballot: string;
  readonly receipt: string;
}

export interface Storm {
  readonly kills: number;
  /** Receipts for which a voter has read "recorded". */
  readonly acknowledged: ReadonlySet<string>;
  /** Answers that never came because the server died. */
  readonly lostAnswers: number;
  /** Of those, votes that were found recorded when they were sent again. */
  readonly recordedUnseen: number;
  readonly refusals: readonly string[];
}

const inFlight = 16;
const baseUrl = 'http://localhost:5000';

export async function sealedVotes({ voters, seal }: ArmedElection): Promise<Vote[]> {
  const votes: Vote[] = [];
  for (const [n, voter] of voters.entries()) votes.push({ voter, ...(await seal([[0], [1], [], [2]][n % 4]!)) });
  return votes;
}

interface Answer {
  readonly status: number;
  readonly receipt?: string;
  readonly recordedAt?: string;
  readonly reason?: string;
}

async function send(server: VotixProcess, { voter, ballot }: Vote): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${server.url}/api/vote/${voter.link}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Origin: baseUrl },
      body: JSON.stringify({ ballot, code: voter.code }),
    });
    return { ...((await response.json()) as Omit<Answer, 'status'>), status: response.status };
  } catch {
    return undefined; // the connection broke before the whole answer was there
  }
}

/** `afterKill` looks at the database while no server runs. */
export async function storm(
  environment: Readonly<Record<string, string>>,
  votes: readonly Vote[],
  { kills, afterKill }: { kills: number; afterKill: (acknowledged: ReadonlySet<string>) => Promise<void> },
): Promise<Storm> {
  const waiting = [...votes];
  const unanswered = new Set<Vote>();
  const acknowledged = new Set<string>();
  const refusals: string[] = [];
  let [lostAnswers, recordedUnseen, done] = [0, 0, 0];

  const note = (vote: Vote, answer: Answer | undefined) => {
    if (answer === undefined || answer.status >= 500) {
      if (answer === undefined) lostAnswers++;
      unanswered.add(vote);
      waiting.unshift(vote);
    } else if (answer.status === 200 && answer.receipt === vote.receipt) {
      if (unanswered.has(vote) && !/:|\bh\b/.test(answer.recordedAt ?? '')) recordedUnseen++; // the day only: it stood there
      acknowledged.add(vote.receipt);
    } else refusals.push(answer.reason ?? `status ${answer.status}`);
  };

  /** Votes until the server is killed, after so many acknowledgements; to the end when no number is given. */
  const round = async (most: number) => {
    const server = await startVotix(environment);
    const start = acknowledged.size;
    let dead: Promise<void> | undefined;
    const voteOn = async () => {
      for (let vote = waiting.shift(); vote; vote = waiting.shift()) {
        note(vote, await send(server, vote));
        if (acknowledged.size - start >= most) dead ??= pause(Math.random() * 4).then(() => server.kill());
        if (dead) return;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, voteOn));
    await (dead ?? server.stop());
    return dead !== undefined;
  };

  await (await startVotix(environment)).stop(); // leaves the programs compiled
  const share = votes.length / kills; // those in flight at a kill come on top
  while (done < kills && (await round(1 + Math.random() * share * 0.8))) {
    done++;
    await afterKill(acknowledged);
  }
  while (waiting.length > 0) await round(Number.POSITIVE_INFINITY);
  return { kills: done, acknowledged, lostAnswers, recordedUnseen, refusals };
}
