// Which votes share a commit. That none is lost or told wrongly stands in the tests of casting and its races.

import { expect, test } from 'vitest';
import { counts, judgedBy, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anArmedElection } from '../../../../tests/support/elections.ts';
import { createBallotQueue } from './ballot-queue.ts';

onBothDatabases((bench) => {
  test('votes that have arrived by the same turn share one commit, although a commit of SQLite lets nobody in between', async () => {
    const { db } = bench();
    const election = await anArmedElection(db, { voters: 5 });
    const ready = await Promise.all(
      election.voters.map(async (voter) => ({ ...(await election.seal([0])), ...judgedBy(voter), codeMatches: true })),
    );
    const commits: number[] = [];
    const queue = createBallotQueue(db, (ballots) => commits.push(ballots));
    // Timers of one turn are called one after another, each with all that follows from it, as sockets are.
    const asked = ready.map(
      (item) => new Promise((resolve) => setTimeout(() => resolve(queue.submit(election.id, item)), 1)),
    );
    const due = performance.now() + 20;
    while (performance.now() < due); // until every one of them is due
    const answers = await Promise.all(asked);
    expect(answers.map((answer) => (answer as { ok: boolean }).ok)).toEqual(Array(5).fill(true));
    expect(commits).toEqual([5]);
    expect(await counts(db, election)).toEqual(same(5));
  });
});
