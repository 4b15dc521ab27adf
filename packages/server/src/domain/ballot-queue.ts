// Shared commits: while one commit is on its way, the ballots that arrive wait and share the next. A batch of one is a batch.

import type { Database } from '../storage/database.ts';
import { type CastOutcome, castBallots, RaceLost, type ReadyBallot } from './ballots.ts';

const mostPerCommit = 50;
const mostTries = 5;

interface Waiting {
  readonly item: ReadyBallot;
  readonly resolve: (outcome: CastOutcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface BallotQueue {
  /** Resolves after the commit that holds this ballot, or its refusal; rejects when the database failed (nothing recorded). */
  submit(electionId: string, item: ReadyBallot): Promise<CastOutcome>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
}

/** Lets the requests that have arrived be read first: SQLite's commit holds the thread, and whoever came meanwhile is unread. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `onCommit` is told how many ballots shared each commit. */
export function createBallotQueue(db: Database, onCommit: (ballots: number) => void = () => {}): BallotQueue {
  const waiting = new Map<string, Waiting[]>();
  const running = new Map<string, Promise<void>>();

  const run = async (electionId: string): Promise<void> => {
    for (;;) {
      await nextTurn();
      const batch = waiting.get(electionId)?.splice(0, mostPerCommit) ?? [];
      if (batch.length === 0) break;
      onCommit(batch.length);
      await commit(db, electionId, batch);
    }
    running.delete(electionId);
  };

  return {
    submit: (electionId, item) =>
      new Promise((resolve, reject) => {
        const queue = waiting.get(electionId) ?? [];
        waiting.set(electionId, queue);
        queue.push({ item, resolve, reject });
        if (!running.has(electionId)) running.set(electionId, run(electionId));
      }),
    drain: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

async function commit(db: Database, electionId: string, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await castAgain(
      db,
      electionId,
      batch.map(({ item }) => item),
    );
    batch.forEach(({ resolve }, index) => resolve(outcomes[index]!));
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

async function castAgain(db: Database, electionId: string, items: readonly ReadyBallot[]): Promise<CastOutcome[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.write((tx) => castBallots(db, tx, electionId, items));
    } catch (error) {
      if (!(error instanceof RaceLost) || tries === mostTries) throw error;
    }
  }
}
