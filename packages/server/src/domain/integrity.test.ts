import { receiptOf } from '@votix/protocol';
import { expect, test } from 'vitest';
import { caster, everyoneVotes } from '../../../../tests/support/casts.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { anArmedElection, hour } from '../../../../tests/support/elections.ts';
import { anElectionIn, close } from '../../../../tests/support/phases.ts';
import { createInspector } from '../inspection/inspector.ts';
import type { Database } from '../storage/database.ts';
import { updateElection } from '../storage/elections.ts';
import { listIntegrity } from '../storage/integrity.ts';
import { recordAudit } from './audit-log.ts';
import { type CheckName, inspect } from './inspections.ts';
import { checkElection, inspectDue, type Inspector, readAlarms, readIntegrity } from './integrity.ts';

const minute = 60_000;
const here =
  (db: Database): Inspector =>
  (name, id) =>
    inspect(db.reader, name, id);

/** An inspector that remembers what it was asked. */
function remembering(db: Database) {
  const asked: string[] = [];
  const inspector: Inspector = (name, id) => {
    asked.push(`${name} ${id}`);
    return inspect(db.reader, name, id);
  };
  return { asked, inspector };
}

/** Two votes of three; sealed. */
async function aSealedElection({ db }: TestBench) {
  const election = await anArmedElection(db);
  await everyoneVotes(db, { ...election, voters: election.voters.slice(0, 2) });
  await close(db, election.id);
  return election;
}

const ballotsOf = (db: Database, id: string) =>
  db.reader.selectFrom('ballots').selectAll().where('election_id', '=', id).orderBy('receipt').execute();

onBothDatabases((bench) => {
  const finding = (name: CheckName, id: string) => inspect(bench().db.reader, name, id);

  test('an honest election agrees in every check, open and sealed', async () => {
    const { db } = bench();
    const open = await anElectionIn(db, 'open');
    const sealed = await aSealedElection(bench());
    for (const { id } of [open, sealed])
      for (const name of ['counts', 'box', 'chain'] as const)
        expect([name, await finding(name, id)]).toEqual([name, '']);
  });

  test.each([
    ['a signature removed', 'signatures', 'counts-differ'],
    ['a ballot removed', 'ballots', 'counts-differ'],
    ['a counter removed', 'participation', 'counts-differ'],
  ] as const)('%s is found while voting is open', async (_what, table, fault) => {
    const { id } = await anElectionIn(bench().db, 'open');
    await bench().db.write((tx) => tx.deleteFrom(table).where('election_id', '=', id).execute());
    expect(await finding('counts', id)).toBe(fault);
  });

  test('a vote taken out of all three after the sealing is found by what was written down', async () => {
    const { db } = bench();
    const { id } = await aSealedElection(bench());
    await db.write(async (tx) => {
      for (const table of ['signatures', 'ballots', 'participation'] as const)
        await tx.deleteFrom(table).where('election_id', '=', id).execute();
    });
    expect(await finding('counts', id)).toBe('sealed-counts-differ');
    expect(await finding('box', id)).toBe('box-differs');
  });

  test('a ballot exchanged for another is found by the hash of the box, though every number agrees', async () => {
    const { db } = bench();
    const election = await aSealedElection(bench());
    const [one] = await ballotsOf(db, election.id);
    const { ballot, receipt } = await election.seal([2]);
    await db.write((tx) =>
      tx.updateTable('ballots').set({ ballot, receipt }).where('receipt', '=', one!.receipt).execute(),
    );
    expect(await finding('counts', election.id)).toBe('');
    expect(await finding('box', election.id)).toBe('box-differs');
  });

  test('a ballot under another receipt than its own is found', async () => {
    const { db } = bench();
    const { id } = await aSealedElection(bench());
    const [one, other] = await ballotsOf(db, id);
    expect(receiptOf(one!.ballot)).toBe(one!.receipt);
    const exchange = (receipt: string, ballot: string) =>
      db.write((tx) => tx.updateTable('ballots').set({ ballot }).where('receipt', '=', receipt).execute());
    await exchange(one!.receipt, other!.ballot);
    await exchange(other!.receipt, one!.ballot);
    expect(await finding('box', id)).toBe('box-differs');
  });

  test('a round makes the checks that are due, and each again only after its time', async () => {
    const { db } = bench();
    const [open, sealed] = [await anElectionIn(db, 'open'), await aSealedElection(bench())];
    const { asked, inspector } = remembering(db);
    const mine = () =>
      asked.splice(0).filter((one) => one.endsWith(open.id) || one.endsWith(sealed.id) || one === 'chain ');
    await inspectDue(db, inspector);
    expect(mine().toSorted()).toEqual(
      [`counts ${open.id}`, `counts ${sealed.id}`, `box ${sealed.id}`, 'chain '].toSorted(),
    );
    await inspectDue(db, inspector);
    expect(mine()).toEqual([]);
    bench().clockOffsetMs = minute + 5000;
    await inspectDue(db, inspector);
    expect(mine().toSorted()).toEqual([`counts ${open.id}`, 'chain '].toSorted());
    bench().clockOffsetMs = hour + 10 * minute;
    await inspectDue(db, inspector);
    expect(mine()).toContain(`box ${sealed.id}`);
  });

  test('of several processes one makes a check', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'open');
    const { asked, inspector } = remembering(db);
    const processes = [db, await bench().another(), await bench().another()];
    await Promise.all(processes.map((process) => inspectDue(process, inspector)));
    expect(asked.filter((one) => one === `counts ${id}`)).toHaveLength(1);
  });

  test('a check that cannot be made keeps no other waiting, and comes again', async () => {
    const { db } = bench();
    const [one, other] = [await anElectionIn(db, 'open'), await anElectionIn(db, 'open')];
    const failing: Inspector = (name, id) => (id === one.id ? Promise.reject(new Error('No.')) : here(db)(name, id));
    await expect(inspectDue(db, failing)).rejects.toThrow('No.');
    expect((await readIntegrity(db.reader, other.id)).counts).toMatchObject({ fault: '', checks: 1 });
    expect((await readIntegrity(db.reader, one.id)).counts).toBeUndefined();
    bench().clockOffsetMs = minute + 5000;
    await inspectDue(db, here(db));
    expect((await readIntegrity(db.reader, one.id)).counts).toMatchObject({ fault: '', checks: 1 });
  });

  test('what was found stays known after it is mended: since when, how often, when first', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'open');
    const signatures = await db.reader.selectFrom('signatures').selectAll().where('election_id', '=', id).execute();
    await checkElection(db, here(db), id);
    await checkElection(db, here(db), id);
    expect((await readIntegrity(db.reader, id)).counts).toMatchObject({ fault: '', checks: 2, failures: 0 });
    await db.write((tx) => tx.deleteFrom('signatures').where('election_id', '=', id).execute());
    await checkElection(db, here(db), id);
    const alarm = { id, ballot_count: null, signature_count: null };
    expect(await readAlarms(db.reader, alarm)).toEqual(['counts']);
    await db.write((tx) => tx.insertInto('signatures').values(signatures).execute());
    await checkElection(db, here(db), id);
    expect(await readAlarms(db.reader, alarm)).toEqual([]);
    const { counts } = await readIntegrity(db.reader, id);
    expect(counts).toMatchObject({ fault: '', checks: 1, failures: 1 });
    expect(counts!.failed_at).toBeLessThanOrEqual(counts!.since!);
  });

  test('numbers that differed at the sealing are an alarm before any check', async () => {
    const { db } = bench();
    const { id } = await aSealedElection(bench());
    await db.write((tx) => updateElection(tx, id, { signature_count: 7 }));
    expect(await readAlarms(db.reader, { id, ballot_count: 2, signature_count: 7 })).toEqual(['counts']);
  });

  test('what is kept of an open election is the same whether one has voted or three', async () => {
    const { db } = bench();
    const election = await anArmedElection(db);
    const kept = async () => {
      await checkElection(db, here(db), election.id);
      const [row] = await listIntegrity(db.reader, [election.id]);
      const { due_at: _, checked_at: __, since: ___, checks: ____, ...rest } = row!;
      return rest;
    };
    const before = await kept();
    await everyoneVotes(db, election);
    expect(await kept()).toEqual(before);
  });

  test('a worker makes the same checks while votes are cast, and no vote on its way is an alarm', async () => {
    const { db, kind, address } = bench();
    const place = kind === 'sqlite' ? ({ kind, path: address } as const) : ({ kind, url: address } as const);
    const worker = createInspector(place);
    const election = await anArmedElection(db, { voters: 24 });
    const cast = caster(db);
    const voting = Promise.all(election.voters.map(async (voter) => cast(voter, (await election.seal([0])).ballot)));
    const found: string[] = [];
    for (let n = 0; n < 12; n++) found.push(await worker.inspect('counts', election.id));
    await voting;
    found.push(await worker.inspect('counts', election.id), await worker.inspect('chain', ''));
    expect(new Set(found)).toEqual(new Set(['']));
    await db.write((tx) => tx.deleteFrom('signatures').where('election_id', '=', election.id).execute());
    expect(await worker.inspect('counts', election.id)).toBe('counts-differ');
    await worker.close();
    await expect(worker.inspect('counts', election.id)).rejects.toThrow('No more checks');
  });

  test('the chain of the audit log is one of the checks', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'open');
    await db.write((tx) => recordAudit(db, tx, { actor: 'system', action: 'election-created' }));
    const { position } = await db.reader.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow();
    await db.write((tx) => tx.updateTable('audit_log').set({ reason: 'x' }).where('position', '=', position).execute());
    await checkElection(db, here(db), id);
    expect((await readIntegrity(db.reader, id)).chain?.fault).toBe(`entry-changed:${position}`);
    await db.write((tx) => tx.updateTable('audit_log').set({ reason: '' }).where('position', '=', position).execute());
  });
});

test('a worker that finds no database says so, and the next question is asked of a new one', async () => {
  const worker = createInspector({ kind: 'sqlite', path: '/nowhere/at/all.sqlite' });
  for (let n = 0; n < 2; n++) await expect(worker.inspect('chain', '')).rejects.toThrow(/unable to open|interrupted/i);
});
