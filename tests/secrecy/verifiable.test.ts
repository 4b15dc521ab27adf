// What a vote in a verifiable election writes and leaves alone. Its ballots are public at once, with their credentials; whose
// credential is whose is what must not be told.

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { publicCredential } from '../../packages/protocol/src/verifiable/index.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { anApp } from '../support/app.ts';
import { caster, close } from '../support/casts.ts';
import { onBothDatabases, type TestBench } from '../support/databases.ts';
import { aVerifiableElection, type VerifiableElection } from '../support/verifiable-elections.ts';
import { tracesOf } from './postgres-traces.ts';

type Rows = Record<string, unknown>[];

async function contentsOf({ db, kind }: TestBench): Promise<Map<string, Rows>> {
  const select = async (text: string): Promise<Rows> =>
    (await db.write((tx) => sql.raw<Record<string, unknown>>(text).execute(tx))).rows;
  const names = await select(
    kind === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`,
  );
  const entries = names.map(async ({ name }): Promise<[string, Rows]> => {
    const rows = await select(`SELECT * FROM ${String(name)}`);
    return [String(name), rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))];
  });
  return new Map(await Promise.all(entries));
}

/** With bytes as the text they hold. */
const textOf = (row: Record<string, unknown>): string =>
  JSON.stringify(row, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );

async function everyoneVotes(db: Database, election: VerifiableElection) {
  const cast = caster(db);
  const pairs = [];
  for (const [index, voter] of election.voters.entries()) {
    const { ballot, receipt } = election.seal(voter, [index % 3]);
    expect(await cast(voter, ballot)).toMatchObject({ ok: true });
    const { group, election: of } = election.context;
    pairs.push({ ...voter, receipt, publicText: publicCredential(group, of.uuid, voter.credential) });
  }
  return pairs;
}

onBothDatabases((bench) => {
  test('votes write into six tables and change no row of any other', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 6 });
    const before = await contentsOf(at);
    await everyoneVotes(at.db, election);
    const after = await contentsOf(at);
    const changed = [...after.keys()].filter(
      (name) => JSON.stringify(after.get(name)) !== JSON.stringify(before.get(name)),
    );
    expect(changed.toSorted()).toEqual(['ballots', 'board_events', 'boards', 'participation', 'signatures', 'turnout']);
  });

  test('no row tells whose credential is whose, before a vote and after it; the secret one stands nowhere', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 6 });
    const pairs = await everyoneVotes(at.db, election);
    const rows = [...(await contentsOf(at)).values()].flat().map(textOf);
    for (const { id, credential, publicText, receipt } of pairs) {
      expect(rows.filter((row) => row.includes(credential) || row.includes(credential.replaceAll('-', '')))).toEqual(
        [],
      );
      expect(rows.some((row) => row.includes(publicText))).toBe(true);
      expect(rows.filter((row) => row.includes(id) && (row.includes(publicText) || row.includes(receipt)))).toEqual([]);
    }
  });

  test('over HTTP: no line of the log has a credential, a tracker or a trustee’s link', async () => {
    const at = await anApp({ bench: bench() });
    const election = await aVerifiableElection(at.db, { voters: 3 });
    const visitor = at.visitor();
    for (const voter of election.voters) {
      const { ballot, receipt } = election.seal(voter, [0]);
      const answer = await visitor.cast(voter, ballot);
      expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ receipt })]);
      expect(at.log()).not.toContain(receipt);
    }
    await visitor.get(`/api/trustees/${election.trustees[0]!.token}`);
    for (const secret of [
      election.trustees[0]!.token,
      ...election.voters.flatMap(({ id, credential }) => [id, credential]),
    ])
      expect(at.log()).not.toContain(secret);
  });

  test('once it is closed, nothing of the database joins signatures and board', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 8 });
    await everyoneVotes(at.db, election);
    await close(at, election);
    if (at.kind === 'sqlite') return; // rewritten whole, in the order of the keys: tests/secrecy/sqlite.test.ts
    const of = async (table: 'signatures' | 'ballots' | 'board_events') =>
      new Set((await tracesOf(at.address, table)).map(({ xmin }) => xmin));
    const [signatures, ballots, events] = [await of('signatures'), await of('ballots'), await of('board_events')];
    expect([signatures.size, ballots.size, events.size]).toEqual([1, 1, 1]);
    expect(new Set([...signatures, ...ballots, ...events]).size).toBe(3);
    const own = new Set(election.voters.map(({ id }) => id));
    const places = (await tracesOf(at.address, 'signatures')).flatMap(({ key }) => (own.has(key) ? [key] : []));
    expect(places).toEqual(places.toSorted());
  });
});
