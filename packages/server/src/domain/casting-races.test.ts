// Two transactions at the same moment, each step in the order that hurts most; on SQLite the second one waits for the first.

import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { counts, judgedBy, minute, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anArmedElection } from '../../../../tests/support/elections.ts';
import { held } from '../../../../tests/support/transactions.ts';
import { lockElection } from '../storage/elections.ts';
import { createBallotQueue } from './ballot-queue.ts';
import { castBallots } from './ballots.ts';

const time = 150; // for the other transaction to come as far as it can

onBothDatabases((bench) => {
  test('one ballot sent by two voters at the same moment is recorded for the first to commit, and signs nobody else', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const [one, two] = election.voters;
    const ballot = { ...(await election.seal([0])), codeMatches: true };
    const first = await held(at.db, (tx) => castBallots(at.db, tx, election.id, [{ ...ballot, ...judgedBy(one!) }]));
    const queue = createBallotQueue(await at.another());
    const second = queue.submit(election.id, { ...ballot, ...judgedBy(two!) });
    await pause(time);
    expect(await first.commit()).toMatchObject([{ ok: true }]);
    expect(await second).toEqual({ ok: false, reason: 'copied-ballot' });
    expect(await counts(at.db, election)).toEqual(same(1));
  });

  test('two ballots of one voter at the same moment: the second waits, and is told that they have voted', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const by = judgedBy(election.voters[0]!);
    const ballot = async (n: number) => ({ ...(await election.seal([n])), codeMatches: true, ...by });
    const [one, two] = [await ballot(0), await ballot(1)];
    const first = await held(at.db, (tx) => castBallots(at.db, tx, election.id, [one]));
    const second = createBallotQueue(await at.another()).submit(election.id, two);
    await pause(time);
    expect(await first.commit()).toMatchObject([{ ok: true }]);
    expect(await second).toMatchObject({ ok: false, reason: 'already-voted' });
    expect(await counts(at.db, election)).toEqual(same(1));
  });

  test('two wrong codes at the same moment are two', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const bad = { ...(await election.seal([0])), ...judgedBy(election.voters[0]!), codeMatches: false };
    const there = await at.another();
    const first = await held(at.db, (tx) => castBallots(at.db, tx, election.id, [bad]));
    const second = there.write((tx) => castBallots(there, tx, election.id, [bad]));
    await pause(time);
    expect(await first.commit()).toMatchObject([{ triesLeft: 4 }]);
    expect(await second).toMatchObject([{ triesLeft: 3 }]);
  });

  test('the clock is read after every wait: a cast that waited until the end has passed is too late', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { closesIn: 10 * minute });
    const ballot = { ...(await election.seal([0])), ...judgedBy(election.voters[0]!), codeMatches: true };
    const holder = await held(at.db, (tx) => lockElection(at.db, tx, election.id));
    const cast = createBallotQueue(await at.another()).submit(election.id, ballot);
    await pause(time);
    at.clockOffsetMs = 10 * minute;
    await holder.commit();
    expect(await cast).toEqual({ ok: false, reason: 'too-late' });
    expect(await counts(at.db, election)).toEqual(same(0));
  });

  test('batches that hold the same voters and ballots in opposite orders never block each other for good', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { voters: 30 });
    const there = await at.another();
    const ready = await Promise.all(
      election.voters.map(async (voter) => ({ ...(await election.seal([0])), ...judgedBy(voter), codeMatches: true })),
    );
    const [here, elsewhere] = [createBallotQueue(at.db), createBallotQueue(there)];
    const answers = await Promise.all([
      ...ready.map((item) => here.submit(election.id, item)),
      ...ready.toReversed().map((item) => elsewhere.submit(election.id, item)),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(60); // the same ballot twice is the same answer
    expect(await counts(at.db, election)).toEqual(same(30));
  });
});
