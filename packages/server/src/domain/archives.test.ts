import { expect, test } from 'vitest';
import { counts, everyoneVotes, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, hour, vault } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import type { Database } from '../storage/database.ts';
import { findElection, updateElection } from '../storage/elections.ts';
import { insertVoters } from '../storage/voters.ts';
import { archiveElection, purgeDue, purgeDueElections, purgeElection } from './archives.ts';
import { sealBox } from './boxes.ts';
import { readHolder } from './links.ts';
import { readParticipation } from './participation.ts';
import { isInBox, readRecord } from './records.ts';
import { makeRehearsal } from './rehearsals.ts';
import { abandonElection } from './ways-back.ts';

const day = 24 * hour;
const days = 90;
const no = (reason: string) => ({ ok: false, reason });
const done = { ok: true, done: true };
const stored = async (db: Database, id: string) => (await findElection(db.reader, id))!;

/** How many rows about the voters of this election each table holds. */
async function personal(db: Database, id: string, voterIds: readonly string[]) {
  const n = async (table: 'links' | 'codes' | 'code_failures') =>
    (await db.reader.selectFrom(table).selectAll().where('voter_id', 'in', voterIds).execute()).length;
  const voters = await db.reader.selectFrom('voters').selectAll().where('election_id', '=', id).execute();
  return {
    voters: voters.length,
    links: await n('links'),
    codes: await n('codes'),
    failures: await n('code_failures'),
  };
}

async function recordText(db: Database, id: string): Promise<string> {
  const record = await readRecord(db, id);
  if (!record.ok) throw new Error(record.reason);
  let text = '';
  for await (const chunk of record.chunks) text += chunk;
  return text;
}

onBothDatabases((bench) => {
  test('what is published or abandoned can be archived, once', async () => {
    const { db } = bench();
    for (const phase of ['armed', 'open', 'closed', 'deliberated'] as const)
      expect(await archiveElection(db, admin, (await anElectionIn(db, phase)).id)).toEqual(no('election-not-over'));
    expect(await archiveElection(db, admin, await anElection(db))).toEqual(no('election-not-over'));
    expect(await archiveElection(db, admin, 'nothing')).toEqual(no('unknown-election'));
    for (const phase of ['published', 'abandoned'] as const) {
      const { id } = await anElectionIn(db, phase);
      expect(await archiveElection(db, admin, id)).toEqual({ ok: true });
      const first = await stored(db, id);
      expect(await archiveElection(db, admin, id)).toEqual({ ok: true });
      expect(await stored(db, id)).toEqual(first);
    }
  });

  test('after the retention time the voters are gone; record, result, counts, signing list and log stay', async () => {
    const at = bench();
    const { db } = at;
    const election = await anElectionIn(db, 'published');
    const { id, voters } = election;
    const ids = voters.map((voter) => voter.id);
    await db.write((tx) =>
      tx.insertInto('code_failures').values({ voter_id: ids[1]!, failures: 1, pauses: 0, locked_until: 0 }).execute(),
    );
    const receipts = await db.reader.selectFrom('ballots').select('receipt').where('election_id', '=', id).execute();
    expect(await purgeElection(db, admin, id, days)).toEqual(no('not-archived'));
    await archiveElection(db, admin, id);
    expect(await purgeElection(db, admin, id, days)).toEqual(no('retention-not-over'));
    const before = { ...(await stored(db, id)), purged_at: null };
    const kept = {
      record: await recordText(db, id),
      participation: await readParticipation(db.reader, before, await db.now()),
      counts: await counts(db, election),
    };
    expect(await personal(db, id, ids)).toEqual({ voters: 3, links: 3, codes: 3, failures: 1 });
    at.clockOffsetMs = days * day - hour;
    expect(await purgeElection(db, admin, id, days)).toEqual(no('retention-not-over'));
    at.clockOffsetMs = days * day;
    expect(await purgeElection(db, admin, id, days)).toEqual(done);
    expect(await purgeElection(db, admin, id, days)).toEqual(done);
    expect(await personal(db, id, ids)).toEqual({ voters: 0, links: 0, codes: 0, failures: 0 });
    expect(await stored(db, id)).toEqual({ ...before, purged_at: expect.any(Number) });
    expect({
      record: await recordText(db, id),
      participation: await readParticipation(db.reader, before, await db.now()),
      counts: await counts(db, election),
    }).toEqual(kept);
    expect(kept.counts).toEqual(same(1));
    expect(await isInBox(db, id, receipts[0]!.receipt)).toBe(true);
    expect(await readHolder(db.reader, vault, voters[0]!.link)).toEqual(no('unknown-link'));
    const log = await db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', id).execute();
    expect(log.map(({ action }) => action)).toContain('voters-added');
    expect(log.filter(({ action }) => action === 'election-purged')).toMatchObject([{ details: '{"voters":3}' }]);
    expect(JSON.stringify(log)).not.toMatch(/alice|dupont|example\.org/i);
  });

  test('it happens by itself: what is over and old enough, archived or not, and nothing else', async () => {
    const at = bench();
    const { db } = at;
    const [published, abandoned] = [await anElectionIn(db, 'published'), await anElectionIn(db, 'abandoned')];
    const others = [await anElectionIn(db, 'closed'), await anElectionIn(db, 'deliberated')];
    const draft = await anElection(db);
    await purgeDueElections(db, days);
    expect((await stored(db, published.id)).archived_at).toBe(null);
    at.clockOffsetMs = days * day + hour;
    await purgeDueElections(db, days);
    for (const { id, voters } of [published, abandoned]) {
      const over = { archived_at: expect.any(Number), purged_at: expect.any(Number) };
      expect(await stored(db, id)).toMatchObject(over);
      const ids = voters.map((voter) => voter.id);
      expect(await personal(db, id, ids)).toEqual({ voters: 0, links: 0, codes: 0, failures: 0 });
      const log = await db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', id).execute();
      expect(log.filter(({ actor }) => actor === 'system').map(({ action }) => action)).toEqual([
        'election-archived',
        'election-purged',
      ]);
    }
    for (const id of [draft, ...others.map((other) => other.id)])
      expect(await stored(db, id)).toMatchObject({ archived_at: null, purged_at: null });
  });

  test('an election that was abandoned long before its end is kept from the day it was abandoned', async () => {
    const at = bench();
    const { db } = at;
    const election = await anArmedElection(db, { closesIn: 400 * day });
    await everyoneVotes(db, election);
    await abandonElection(db, admin, election.id, { name: 'Board 2026', reason: 'x' });
    await sealBox(db, election.id);
    const row = await stored(db, election.id);
    expect(purgeDue(row, days)).toBe(row.abandoned_at! + days * day);
    at.clockOffsetMs = days * day + hour;
    await purgeDueElections(db, days);
    expect(await stored(db, election.id)).toMatchObject({ purged_at: expect.any(Number) });
    expect(await counts(db, election)).toEqual(same(3));
  });

  test('a long roll goes in slices, and what a run leaves the next one takes', async () => {
    const at = bench();
    const { db } = at;
    const { id } = await anElectionIn(db, 'published');
    const [like] = await db.reader.selectFrom('voters').selectAll().where('election_id', '=', id).execute();
    const many = Array.from({ length: 10_600 }, (_, n) => ({ ...like!, id: `many-${n}`, email_key: `many-${n}` }));
    for (let start = 0; start < many.length; start += 500)
      await db.write((tx) => insertVoters(tx, many.slice(start, start + 500)));
    await archiveElection(db, admin, id);
    at.clockOffsetMs = days * day + hour;
    await purgeDueElections(db, days);
    expect((await stored(db, id)).purged_at).toBe(null);
    expect((await personal(db, id, [like!.id])).voters).toBe(603);
    await purgeDueElections(db, days);
    expect((await stored(db, id)).purged_at).not.toBe(null);
    expect((await personal(db, id, [like!.id])).voters).toBe(0);
  });

  test('as long as the file could not be written anew, an election counts as not purged, and the next run finishes it', async () => {
    const at = bench();
    const { id } = await anElectionIn(at.db, 'published');
    await archiveElection(at.db, admin, id);
    at.clockOffsetMs = days * day + hour;
    let compacted = 0;
    const failing: Database = { ...at.db, compact: () => Promise.reject(new Error('Somebody reads it.')) };
    await expect(purgeElection(failing, admin, id, days)).rejects.toThrow('Somebody reads it.');
    expect((await personal(at.db, id, ['nobody'])).voters).toBe(0);
    expect((await stored(at.db, id)).purged_at).toBe(null);
    await purgeDueElections({ ...at.db, compact: () => Promise.resolve(void compacted++) }, days);
    expect([(await stored(at.db, id)).purged_at !== null, compacted > 0]).toEqual([true, true]);
  });

  test('two processes that purge at the same moment leave one entry', async () => {
    const at = bench();
    const there = await at.another();
    const { id } = await anElectionIn(at.db, 'published');
    await archiveElection(at.db, admin, id);
    at.clockOffsetMs = days * day + hour;
    await Promise.all([purgeDueElections(at.db, days), purgeDueElections(there, days)]);
    const log = await at.db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', id).execute();
    expect(log.filter(({ action }) => action === 'election-purged')).toHaveLength(1);
  });

  test('a rehearsal is never archived, and goes with the data of its election', async () => {
    const at = bench();
    const { db } = at;
    const id = await anElection(db);
    const test = { names: ['One', 'Two', 'Three'], emails: ['ana@example.org'] };
    const made = await makeRehearsal(db, admin, id, test);
    if (!made.ok) throw new Error(made.reason);
    expect(await archiveElection(db, admin, made.id)).toEqual(no('is-rehearsal'));
    const now = await db.now();
    const over = { published_at: now, closes_at: now, opens_at: now - hour };
    await db.write((tx) => updateElection(tx, id, over)); // what only counts here is that it is over
    at.clockOffsetMs = days * day + hour;
    await purgeDueElections(db, days);
    expect(await findElection(db.reader, made.id)).toBe(undefined);
  });
});
