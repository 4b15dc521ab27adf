// What a cast writes on both databases, and what it leaves alone: tables, columns, log.

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { anApp } from '../support/app.ts';
import { caster, close, wrong } from '../support/casts.ts';
import { onBothDatabases, type TestBench } from '../support/databases.ts';
import { anArmedElection } from '../support/elections.ts';
import { everyoneVotesAtOnce } from './votes.ts';

type Rows = Record<string, unknown>[];

const select = async (db: Database, text: string): Promise<Rows> =>
  (await db.write((tx) => sql.raw<Record<string, unknown>>(text).execute(tx))).rows;

async function tablesOf({ db, kind }: TestBench): Promise<string[]> {
  const list =
    kind === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`;
  return (await select(db, list)).map(({ name }) => String(name)).toSorted();
}

/** Every row of every table. */
async function contentsOf(at: TestBench): Promise<Map<string, Rows>> {
  const entries = (await tablesOf(at)).map(async (table): Promise<[string, Rows]> => {
    const rows = await select(at.db, `SELECT * FROM ${table}`);
    return [table, rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
  });
  return new Map(await Promise.all(entries));
}

async function columnsOf(at: TestBench, table: string): Promise<string[]> {
  const list =
    at.kind === 'sqlite'
      ? `SELECT name, lower(type) AS type FROM pragma_table_info('${table}')`
      : `SELECT column_name AS name, data_type AS type FROM information_schema.columns
          WHERE table_name = '${table}' AND table_schema = current_schema() ORDER BY ordinal_position`;
  return (await select(at.db, list)).map(({ name, type }) => `${String(name)} ${String(type)}`);
}

const changed = (before: Map<string, Rows>, after: Map<string, Rows>) =>
  [...after.keys()].filter((table) => JSON.stringify(after.get(table)) !== JSON.stringify(before.get(table)));

onBothDatabases((bench) => {
  test('the tables a cast writes to have no column for a time, a serial, an address or a link to the other side', async () => {
    const number = bench().kind === 'sqlite' ? 'integer' : 'bigint';
    expect(await columnsOf(bench(), 'signatures')).toEqual(['election_id text', 'voter_id text', 'signed_on text']);
    expect(await columnsOf(bench(), 'ballots')).toEqual(['election_id text', 'receipt text', 'ballot text']);
    expect(await columnsOf(bench(), 'participation')).toEqual([
      'election_id text',
      `quarter ${number}`,
      'votes integer',
    ]);
    const turnout = ['election_id text', 'kind text', 'name text', 'votes integer'];
    expect(await columnsOf(bench(), 'turnout')).toEqual(turnout);
  });

  test('votes write into four tables and change no row of any other; the day is all the time there is', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { voters: 60 });
    const before = await contentsOf(at);
    const pairs = await everyoneVotesAtOnce(at, election, 50);
    const after = await contentsOf(at);
    expect(changed(before, after)).toEqual(['ballots', 'participation', 'signatures', 'turnout']);
    const mine = (table: string) => after.get(table)!.filter((row) => row['election_id'] === election.id);
    expect(mine('signatures')).toHaveLength(50);
    for (const { signed_on } of mine('signatures')) expect(signed_on).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Set(mine('ballots').map(({ receipt }) => receipt))).toEqual(
      new Set(pairs.map(({ receipt }) => receipt)),
    );
    const counters = mine('participation');
    expect(counters.reduce((sum, { votes }) => sum + Number(votes), 0)).toBe(50);
    for (const { quarter } of counters) expect(Number(quarter) % (15 * 60_000)).toBe(0);
    expect(counters.length).toBeLessThanOrEqual(2);
    const groups = mine('turnout').map(({ kind, votes }) => [kind, Number(votes)] as const);
    for (const kind of ['building', 'promotion'])
      expect(groups.reduce((sum, [of, votes]) => sum + (of === kind ? votes : 0), 0)).toBe(50);
  });

  test('a receipt stands in the box only', async () => {
    const at = bench();
    const [pair] = await everyoneVotesAtOnce(at, await anArmedElection(at.db), 1);
    const holding = [...(await contentsOf(at))].filter(([, rows]) => JSON.stringify(rows).includes(pair!.receipt));
    expect(holding.map(([table]) => table)).toEqual(['ballots']);
  });

  test('wrong codes leave a count, no time of their own, and nothing after the right one', async () => {
    const at = bench();
    const { voters, seal } = await anArmedElection(at.db);
    const [cast, voter] = [caster(at.db), voters[0]!];
    const before = await contentsOf(at);
    await cast({ ...voter, code: wrong(voter.code) }, (await seal([0])).ballot);
    const failures = (await contentsOf(at)).get('code_failures')!;
    expect(failures).toEqual([{ voter_id: voter.id, failures: 1, pauses: 0, locked_until: 0 }]);
    await cast(voter, (await seal([0])).ballot);
    expect(changed(before, await contentsOf(at))).toEqual(['ballots', 'participation', 'signatures', 'turnout']);
  });

  test('sealing writes the election’s row and nothing else', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { voters: 10 });
    await everyoneVotesAtOnce(at, election, 10);
    const before = await contentsOf(at);
    await close(at, election);
    expect(changed(before, await contentsOf(at))).toEqual(['elections']);
  });

  test('over HTTP too: a vote has no line in the log, only its place in a count', async () => {
    const at = await anApp({ bench: bench() });
    const { voters, seal } = await anArmedElection(at.db, { voters: 20 });
    const logged = () => at.log().split('\n').filter(Boolean);
    const before = logged();
    const receipts: string[] = [];
    const visitor = at.visitor();
    for (const voter of voters) {
      const { ballot, receipt } = await seal([0]);
      expect((await visitor.cast({ ...voter, code: wrong(voter.code) }, ballot)).status).toBe(403);
      expect((await visitor.cast(voter, ballot)).status).toBe(200);
      receipts.push(receipt);
    }
    const lines = logged().slice(before.length);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ msg: 'casts', recorded: 20, refused: 20, failed: 0 }),
    ]);
    const text = logged().join('\n');
    for (const secret of [...receipts, ...voters.flatMap(({ id, link, key }) => [id, link, key])])
      expect(text).not.toContain(secret);
  });
});
