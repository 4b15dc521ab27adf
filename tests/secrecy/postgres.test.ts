// Five hundred votes on PostgreSQL, then an attempt to join the signing list and the box by everything it keeps.

import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sealBox, sealDueBoxes } from '../../packages/server/src/domain/boxes.ts';
import { findElection } from '../../packages/server/src/storage/elections.ts';
import { caster, close } from '../support/casts.ts';
import { openBench, type TestBench } from '../support/databases.ts';
import { anArmedElection, hour } from '../support/elections.ts';
import { rawTuplesOf, type RowTrace, sizesOf, traceOf, type TracedTable, tracesOf } from './postgres-traces.ts';
import { chance, expectNoBetterThanChance, findingsOf } from './statistics.ts';
import { aBusyElection, everyoneVotesAtOnce, type Voted, voteCount } from './votes.ts';

const rewritten: readonly TracedTable[] = ['ballots', 'signatures', 'participation', 'turnout', 'code_failures'];
const untouched: readonly TracedTable[] = [
  'voters',
  'links',
  'codes',
  'candidates',
  'contests',
  'buildings',
  'roll_counts',
];
const ofTransaction = ({ xmin }: RowTrace) => xmin;
const ofPlace = ({ place }: RowTrace) => place;

let bench: { bench: TestBench; close: () => Promise<void> };
const at = () => bench.bench;

beforeAll(async () => {
  bench = await openBench('postgres');
});
afterAll(() => bench.close());
afterEach(() => {
  at().clockOffsetMs = 0;
});

const rowsOf = (table: TracedTable) => tracesOf(at().address, table);

const allTraces = async () => {
  const entries = untouched.map(async (table) => [table, await rowsOf(table)] as const);
  return Object.fromEntries(await Promise.all(entries));
};

describe('an hour of five hundred votes', () => {
  let voted: Voted;
  let before: Awaited<ReturnType<typeof allTraces>>;

  beforeAll(async () => {
    const election = await anArmedElection(at().db, { voters: voteCount + 20 });
    before = await allTraces();
    voted = { election, pairs: await everyoneVotesAtOnce(at(), election, voteCount) };
  });

  test('while the box is open, xmin and ctid do show who cast which ballots, as the threat model says', async () => {
    const byTransaction = await traceOf(at().address, ofTransaction);
    for (const rho of Object.values(findingsOf(voted.pairs, byTransaction))) expect(rho).toBeGreaterThan(0.99);
    const shared = voted.pairs.filter(
      ({ voterId, receipt }) => byTransaction.voters.get(voterId) === byTransaction.receipts.get(receipt),
    );
    expect(shared).toHaveLength(voteCount);
    const byPlace = findingsOf(voted.pairs, await traceOf(at().address, ofPlace));
    for (const rho of Object.values(byPlace)) expect(rho).toBeGreaterThan(0.5);
  });

  test('a cast leaves no mark on voters, links, codes or any other row', async () => {
    expect(await allTraces()).toEqual(before);
  });

  describe('sealed', () => {
    beforeAll(() => close(at(), voted.election));

    test('each table was written by one transaction of its own', async () => {
      const [ballots, signatures] = await Promise.all([rowsOf('ballots'), rowsOf('signatures')]);
      const transactions = [...new Set(ballots.map(ofTransaction)), ...new Set(signatures.map(ofTransaction))];
      expect(transactions).toHaveLength(2);
      expect(new Set(transactions).size).toBe(2);
      for (const table of rewritten) expect((await rowsOf(table)).filter(({ xmax }) => xmax !== 0)).toEqual([]);
    });

    test('transactions and places join nothing', async () => {
      expectNoBetterThanChance(voted.pairs, await traceOf(at().address, ofTransaction));
      expectNoBetterThanChance(voted.pairs, await traceOf(at().address, ofPlace));
      expect(chance(voteCount)).toBeLessThan(0.25);
    });

    test('the rows lie in the order of their keys', async () => {
      for (const table of ['ballots', 'signatures'] as const) {
        const found = (await rowsOf(table)).map(({ key }) => key);
        expect(found).toEqual(found.toSorted((a, b) => (a < b ? -1 : 1)));
      }
    });

    test('the pages hold no old version of any row', async (context) => {
      for (const table of rewritten) {
        const raw = await rawTuplesOf(at().address, table);
        if (!raw) return context.skip('This server does not offer pageinspect; the sizes below stand for it.');
        expect({ table, ...raw }).toEqual({ table, tuples: raw.rows, rows: raw.rows, transactions: raw.rows ? 1 : 0 });
      }
    });

    test('the files have no room for old versions', async () => {
      const page = 8192;
      for (const table of rewritten) {
        const { file, rows } = await sizesOf(at().address, table);
        expect(file, table).toBeLessThanOrEqual(Math.ceil((1.2 * rows) / page) * page);
      }
    });

    test('the sealing left no mark on any other row', async () => {
      expect(await allTraces()).toEqual(before);
    });
  });
});

/** A program beside the server, in the middle of a long transaction (a dump, a forgotten terminal). */
async function aLongTransaction(...statements: string[]): Promise<Client> {
  const client = new Client({ connectionString: at().address });
  await client.connect();
  let open = true;
  client.once('end', () => (open = false));
  onTestFinished(async () => {
    if (open) await client.end();
  });
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  for (const statement of statements) await client.query(statement);
  return client;
}

test('an old snapshot beside the server does not make the tables keep their old rows', async (context) => {
  await aLongTransaction('SELECT count(*) FROM voters');
  const { election, pairs } = await aBusyElection(at(), { votes: 20 });
  await close(at(), election);
  expect(await findElection(at().db.reader, election.id)).toMatchObject({ rewritten_at: expect.any(Number) });
  for (const table of rewritten) {
    const raw = await rawTuplesOf(at().address, table);
    if (!raw) return context.skip('This server does not offer pageinspect.');
    expect({ table, ...raw }).toMatchObject({ table, tuples: raw.rows });
  }
  const trace = await traceOf(at().address, ofTransaction);
  expect(new Set(pairs.map(({ receipt }) => trace.receipts.get(receipt))).size).toBe(1);
});

test('a program that reads the box puts the rewriting off, and keeps no vote of another election waiting', async () => {
  const [closing, open] = [
    await anArmedElection(at().db, { closesIn: hour / 2 }),
    await anArmedElection(at().db, { closesIn: 9 * hour }),
  ];
  const dump = await aLongTransaction('SELECT count(*) FROM ballots', 'SELECT count(*) FROM signatures');
  at().clockOffsetMs = hour;
  const sealing = sealBox(at().db, closing.id).catch((error: unknown) => error);
  const start = performance.now();
  const { ballot } = await open.seal([0]);
  expect(await caster(await at().another())(open.voters[0]!, ballot)).toMatchObject({ ok: true });
  expect(performance.now() - start).toBeLessThan(5000);
  expect(await sealing).toBeInstanceOf(Error);
  expect(await findElection(at().db.reader, closing.id)).toMatchObject({
    sealed_at: expect.any(Number),
    rewritten_at: null,
  });
  await dump.end();
  await sealDueBoxes(at().db);
  expect(await findElection(at().db.reader, closing.id)).toMatchObject({ rewritten_at: expect.any(Number) });
});
