import { createCounter, parseDefinition, parseRecord, type RecordReport, verifyRecord } from '@votix/protocol';
import { expect, test } from 'vitest';
import { close, everyoneVotes, minute } from '../../../../tests/support/casts.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, type ArmedElection } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import { findElection, updateElection } from '../storage/elections.ts';
import { publishResult, recordDeliberation } from './deliberations.ts';
import { isInBox, readRecord } from './records.ts';

async function textOf(db: Database, id: string): Promise<string> {
  const record = await readRecord(db, id);
  if (!record.ok) throw new Error(record.reason);
  let text = '';
  for await (const chunk of record.chunks) text += chunk;
  return text;
}

async function reportOf(db: Database, id: string): Promise<RecordReport> {
  const parsed = parseRecord(await textOf(db, id));
  if (!parsed.ok) throw new Error(`${parsed.reason} ${parsed.member ?? ''}`);
  return verifyRecord(parsed.record);
}

const failed = ({ checks }: RecordReport) => checks.filter(({ ok }) => !ok).map(({ name }) => name);

onBothDatabases((bench) => {
  async function aSealedElection(at: TestBench, voters = 6): Promise<ArmedElection & { receipts: string[] }> {
    const election = await anArmedElection(at.db, { voters });
    const receipts = await everyoneVotes(at.db, election);
    await close(at, election);
    return { ...election, receipts };
  }

  async function deliberate(db: Database, id: string): Promise<void> {
    const { definition, box_hash } = (await findElection(db.reader, id))!;
    const parsed = parseDefinition(definition);
    if (!parsed.ok) throw new Error(parsed.reason);
    const counter = createCounter(parsed.definition);
    for (const choice of [[0], [1], [], [2], [0], [1]]) counter.add([choice]);
    const tally = counter.tally();
    const recorded = await recordDeliberation(db, admin, id, { tally, invalidBallots: [], boxHash: box_hash! });
    if (!recorded.ok) throw new Error(recorded.reason);
  }

  test('before the box is sealed there is no record', async () => {
    const at = bench();
    expect(await readRecord(at.db, 'nothing')).toEqual({ ok: false, reason: 'unknown-election' });
    expect(await readRecord(at.db, await anElection(at.db))).toEqual({ ok: false, reason: 'unknown-election' });
    const election = await anArmedElection(at.db, { closesIn: 10 * minute });
    await everyoneVotes(at.db, election);
    expect(await readRecord(at.db, election.id)).toEqual({ ok: false, reason: 'box-not-sealed' });
    at.clockOffsetMs = 11 * minute;
    expect(await readRecord(at.db, election.id)).toEqual({ ok: false, reason: 'box-not-sealed' });
  });

  test('the record of a sealed box parses and verifies, without a result', async () => {
    const at = bench();
    const { id } = await aSealedElection(at);
    const report = await reportOf(at.db, id);
    expect(failed(report)).toEqual([]);
    expect(report.notChecked).toContain('result');
    expect(report.checks.find(({ name }) => name === 'ballots')).toMatchObject({ count: 6, ok: true });
  });

  test('an empty box has a record too', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    await close(at, election);
    expect(failed(await reportOf(at.db, election.id))).toEqual([]);
  });

  test('the result is part of the record once it is published, not before', async () => {
    const at = bench();
    const { id } = await aSealedElection(at);
    const sealed = await textOf(at.db, id);
    await deliberate(at.db, id);
    expect(await textOf(at.db, id)).toBe(sealed);
    await publishResult(at.db, admin, id);
    const report = await reportOf(at.db, id);
    expect(failed(report)).toEqual([]);
    expect(report.notChecked).not.toContain('result');
  });

  test('names that look like the record itself do not break it', async () => {
    const at = bench();
    const candidates = ['"ballots":[]', '\\"ballots\\":[]', ',"result":null', '𝕋est <script>'];
    const election = await anArmedElection(at.db, { voters: 2, candidates });
    await everyoneVotes(at.db, election);
    await close(at, election);
    expect(failed(await reportOf(at.db, election.id))).toEqual([]);
  });

  test('whatever is changed in the database after the sealing, a check of the record names it', async () => {
    const at = bench();
    const { id, seal, receipts } = await aSealedElection(at);
    const { ballot, receipt } = await seal([1]);
    const added = { election_id: id, ballot, receipt };
    const first = await at.db.reader
      .selectFrom('ballots')
      .selectAll()
      .where('receipt', '=', receipts[0]!)
      .executeTakeFirstOrThrow();
    const put = (text: string) =>
      at.db.write((tx) =>
        tx.updateTable('ballots').set({ ballot: text }).where('receipt', '=', first.receipt).execute(),
      );
    const add = (row: typeof first) => at.db.write((tx) => tx.insertInto('ballots').values(row).execute());
    const remove = (row: typeof first) =>
      at.db.write((tx) => tx.deleteFrom('ballots').where('receipt', '=', row.receipt).execute());
    const sign = (signature_count: number) => at.db.write((tx) => updateElection(tx, id, { signature_count }));

    const tampering = [
      { checks: ['box-hash'], tamper: () => put(ballot), undo: () => put(first.ballot) },
      { checks: ['box-hash', 'ballots'], tamper: () => put(flipped(first.ballot)), undo: () => put(first.ballot) },
      { checks: ['box-hash', 'signatures'], tamper: () => remove(first), undo: () => add(first) },
      { checks: ['box-hash', 'signatures'], tamper: () => add(added), undo: () => remove(added) },
      { checks: ['signatures'], tamper: () => sign(7), undo: () => sign(6) },
    ];
    for (const { checks, tamper, undo } of tampering) {
      await tamper();
      expect(failed(await reportOf(at.db, id))).toEqual(expect.arrayContaining(checks));
      await undo();
      expect(failed(await reportOf(at.db, id))).toEqual([]);
    }
  });

  test('a receipt is looked up in its own election only', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const other = await anArmedElection(at.db);
    const [receipt] = await everyoneVotes(at.db, election);
    expect(await isInBox(at.db, election.id, receipt!)).toBe(true);
    expect(await isInBox(at.db, other.id, receipt!)).toBe(false);
    expect(await isInBox(at.db, election.id, receipt!.slice(1))).toBe(false);
    expect(await isInBox(at.db, election.id, '%')).toBe(false);
  });
});

/** The ballot with the last character of its first segment changed. */
function flipped(ballot: string): string {
  const end = ballot.indexOf('.') - 1;
  return ballot.slice(0, end) + (ballot[end] === 'A' ? 'B' : 'A') + ballot.slice(end + 1);
}
