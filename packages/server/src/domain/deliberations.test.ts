import { createCounter, type Definition, parseDefinition, receiptOf, type Tally } from '@votix/protocol';
import { expect, test } from 'vitest';
import { close, everyoneVotes } from '../../../../tests/support/casts.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, type ArmedElection } from '../../../../tests/support/elections.ts';
import { findElection } from '../storage/elections.ts';
import { readBox, sealBox } from './boxes.ts';
import {
  deliberationSchema,
  publishResult,
  recordDeliberation,
  storedInvalidBallots,
  storedTally,
} from './deliberations.ts';

const hex = '0'.repeat(64);
const refused = (reason: string) => ({ ok: false, reason });

test('what the page sends is bounded in shape and size', () => {
  const good = { tally: {}, invalidBallots: [], boxHash: hex };
  expect(deliberationSchema.safeParse(good).success).toBe(true);
  const entry = { receipt: 'A'.repeat(32), reason: 'bad-padding' };
  expect(deliberationSchema.safeParse({ ...good, invalidBallots: [entry] }).success).toBe(true);
  const bad = [
    { boxHash: 'x' },
    { invalidBallots: [{ ...entry, receipt: 'A' }] },
    { invalidBallots: [{ ...entry, reason: 'Was voted for Ada!' }] },
    { invalidBallots: [{ ...entry, choice: [1] }] },
    { more: 1 },
  ];
  for (const change of bad) expect(deliberationSchema.safeParse({ ...good, ...change }).success).toBe(false);
});

onBothDatabases((bench) => {
  const stored = async ({ id }: ArmedElection) => (await findElection(bench().db.reader, id))!;

  async function definitionOf(election: ArmedElection): Promise<Definition> {
    const parsed = parseDefinition((await stored(election)).definition);
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.definition;
  }

  /** Four votes, of which two choose Ada, one Blaise, one nobody; sealed. */
  async function aSealedElection(at: TestBench) {
    const election = await anArmedElection(at.db, { voters: 4 });
    await everyoneVotes(at.db, election);
    await close(at, election);
    return election;
  }

  async function countOf(election: ArmedElection, invalid = 0): Promise<Tally> {
    const counter = createCounter(await definitionOf(election));
    for (const choice of [[[0]], [[1]], [[]], [[0]]].slice(invalid)) counter.add(choice);
    for (let n = 0; n < invalid; n++) counter.addInvalid();
    return counter.tally();
  }

  const deliberate = async (election: ArmedElection, change: object = {}) => {
    const boxHash = (await stored(election)).box_hash ?? hex;
    const deliberation = { tally: await countOf(election), invalidBallots: [], boxHash, ...change };
    return recordDeliberation(bench().db, admin, election.id, deliberation);
  };

  const nothingRecorded = async (election: ArmedElection) =>
    expect(await stored(election)).toMatchObject({ deliberated_at: null, tally: null, invalid_ballots: null });

  test('the counts are recorded as they are, and then published', async () => {
    const election = await aSealedElection(bench());
    expect(await publishResult(bench().db, admin, election.id)).toEqual(refused('not-deliberated'));
    expect(await deliberate(election)).toEqual({ ok: true });
    const row = await stored(election);
    expect(storedTally(row)).toEqual(await countOf(election));
    expect(storedTally(row)?.contests[0]).toMatchObject({ votes: [2, 1, 0], blank: 1 });
    expect(storedInvalidBallots(row)).toEqual([]);
    expect(row.published_at).toBeNull();
    expect(await publishResult(bench().db, admin, election.id)).toEqual({ ok: true });
    const { published_at } = await stored(election);
    bench().clockOffsetMs += 1e6;
    expect(await publishResult(bench().db, admin, election.id)).toEqual({ ok: true });
    expect(await stored(election)).toMatchObject({ published_at });
  });

  test('it is done once; of two at once, one is recorded', async () => {
    const at = bench();
    const [election, other] = [await aSealedElection(at), await at.another()];
    const boxHash = (await stored(election)).box_hash!;
    const deliberation = { tally: await countOf(election), invalidBallots: [], boxHash };
    const answers = await Promise.all(
      [at.db, other].map((db) => recordDeliberation(db, admin, election.id, deliberation)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers).toContainEqual(refused('already-deliberated'));
    expect(await deliberate(election)).toEqual(refused('already-deliberated'));
    const box = await readBox(at.db, admin, election.id);
    expect(box).toEqual(refused('already-deliberated'));
  });

  test('nothing is opened before the close, before the sealing, or below the minimum', async () => {
    const at = bench();
    const open = await anArmedElection(at.db, { voters: 4, minimumBallots: 4 });
    await everyoneVotes(at.db, open);
    expect(await deliberate(open)).toEqual(refused('box-not-sealed'));
    at.clockOffsetMs = 7_200_000;
    expect(await deliberate(open)).toEqual(refused('box-not-sealed'));
    await sealBox(at.db, open.id);
    expect(await deliberate(open)).toEqual({ ok: true });
    at.clockOffsetMs = 0;
    const few = await anArmedElection(at.db, { voters: 5, minimumBallots: 5 });
    await everyoneVotes(at.db, { ...few, voters: few.voters.slice(0, 4) });
    await close(at, few);
    expect(await deliberate(few)).toEqual(refused('below-minimum'));
    expect(await publishResult(at.db, admin, few.id)).toEqual(refused('not-deliberated'));
    await nothingRecorded(few);
    const unknown = { tally: {}, invalidBallots: [], boxHash: hex };
    expect(await recordDeliberation(at.db, admin, 'nothing', unknown)).toEqual(refused('unknown-election'));
    expect(await publishResult(at.db, admin, 'nothing')).toEqual(refused('unknown-election'));
  });

  test('the counts of another box are refused', async () => {
    const election = await aSealedElection(bench());
    expect(await deliberate(election, { boxHash: hex })).toEqual(refused('other-box'));
    await nothingRecorded(election);
  });

  test('counts whose sums do not hold, or of another number of ballots, are refused', async () => {
    const election = await aSealedElection(bench());
    const good = await countOf(election);
    const contest = good.contests[0]!;
    const withContest = (change: object) => ({ ...good, contests: [{ ...contest, ...change }] });
    const wrong: unknown[] = [
      null,
      {},
      { ...good, ballots: 5 },
      { ...good, ballots: 5, valid: 5 },
      { ...good, valid: 3, invalid: 1 },
      { ...good, ballots: 3, valid: 3, contests: [{ ...contest, votes: [1, 1, 0] }] },
      { ...good, contests: [] },
      { ...good, contests: [contest, contest] },
      withContest({ votes: [3, 1, 0] }),
      withContest({ votes: [2, 1] }),
      withContest({ votes: [5, -1, 0] }),
      withContest({ votes: [1.5, 1.5, 0] }),
      withContest({ blank: 2 }),
      withContest({ contest: 'other' }),
      withContest({ more: 1 }),
    ];
    for (const tally of wrong) expect(await deliberate(election, { tally })).toEqual(refused('wrong-tally'));
    await nothingRecorded(election);
  });

  test('an invalid ballot is listed by a receipt of this box, once', async () => {
    const at = bench();
    const [election, other] = [await aSealedElection(at), await aSealedElection(at)];
    const ballotsOf = async ({ id }: ArmedElection) => {
      const box = await readBox(at.db, admin, id);
      return box.ok ? (await box.ballots.next()).value! : [];
    };
    const entry = (ballot: string) => ({ receipt: receiptOf(ballot), reason: 'undecryptable' });
    const [mine, foreign] = [(await ballotsOf(election)).map(entry), (await ballotsOf(other)).map(entry)];
    const [one, two] = [await countOf(election, 1), await countOf(election, 2)];
    const wrong = [
      { tally: one, invalidBallots: [] },
      { tally: one, invalidBallots: [foreign[0]!] },
      { tally: one, invalidBallots: [entry('no ballot at all')] },
      { tally: one, invalidBallots: mine.slice(0, 2) },
      { tally: two, invalidBallots: mine.slice(0, 1) },
      { tally: two, invalidBallots: [mine[0]!, mine[0]!] },
      { tally: await countOf(election), invalidBallots: mine.slice(0, 1) },
    ];
    for (const change of wrong) expect(await deliberate(election, change)).toEqual(refused('wrong-tally'));
    await nothingRecorded(election);
    expect(await deliberate(election, { tally: two, invalidBallots: mine.slice(0, 2) })).toEqual({ ok: true });
    expect(storedInvalidBallots(await stored(election))).toEqual(mine.slice(0, 2));
    expect(storedTally(await stored(election))).toMatchObject({ ballots: 4, valid: 2, invalid: 2 });
  });

  test('a box full of ballots that cannot be opened is deliberated too', async () => {
    const at = bench();
    const { id } = await anArmedElection(at.db);
    const ballots = Array.from({ length: 35_000 }, (_, n) => `no ballot ${n}`);
    for (let start = 0; start < ballots.length; start += 5000) {
      const rows = ballots
        .slice(start, start + 5000)
        .map((ballot) => ({ election_id: id, receipt: receiptOf(ballot), ballot }));
      await at.db.write(async (tx) => void (await tx.insertInto('ballots').values(rows).execute()));
    }
    at.clockOffsetMs = 7_200_000;
    await sealBox(at.db, id);
    const { box_hash, definition } = (await findElection(at.db.reader, id))!;
    const parsed = parseDefinition(definition);
    const counter = createCounter(parsed.ok ? parsed.definition : assertNever());
    for (const _ of ballots) counter.addInvalid();
    const invalidBallots = ballots.map((ballot) => ({ receipt: receiptOf(ballot), reason: 'undecryptable' }));
    const deliberation = { tally: counter.tally(), invalidBallots, boxHash: box_hash! };
    expect(await recordDeliberation(at.db, admin, id, deliberation)).toEqual({ ok: true });
  });
});

function assertNever(): never {
  throw new Error('The stored definition is not valid.');
}
