import { encodeDefinition, parseDefinition } from '@votix/protocol';
import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, hour, vault, votersOf } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { listEntriesOf } from '../storage/audit-log.ts';
import type { Database } from '../storage/database.ts';
import { findElection, updateElection } from '../storage/elections.ts';
import { claimCheck, listIntegrity } from '../storage/integrity.ts';
import { listVoters } from '../storage/voters.ts';
import { definitionOf } from './arming.ts';
import { cloneElection } from './clones.ts';
import { deleteDraft } from './drafts.ts';
import { readElection } from './elections.ts';
import { readHolder } from './links.ts';
import { readRegistered } from './participation.ts';
import { makeRehearsal } from './rehearsals.ts';

const no = (reason: string) => ({ ok: false, reason });
const name = 'Board 2027';
const everyone = async (db: Database, id: string) => listVoters(db.reader, id, { limit: 100, offset: 0 });

async function clone(db: Database, from: string, voters: boolean): Promise<string> {
  const cloned = await cloneElection(db, admin, from, { name, voters });
  if (!cloned.ok) throw new Error(cloned.reason);
  return cloned.id;
}

onBothDatabases((bench) => {
  test('a copy has the words, dates, rules, candidates and logos, and nothing of key, box and signing list', async () => {
    const { db } = bench();
    const source = await anElectionIn(db, 'published');
    const [candidate] = (await readElection(db.reader, source.id))!.contests[0]!.candidates;
    const logo = { image: new Uint8Array([1, 2, 3]), hash: `h-${source.id}`, width: 1, height: 1 };
    await db.write(async (tx) => {
      await tx
        .insertInto('logos')
        .values({ candidate_id: candidate!.id, ...logo })
        .execute();
      await updateElection(tx, source.id, { quorum: 30, minimum_ballots: 2 });
      const rules = { max_choices: 2, seats: 2, candidate_order: 'drawn', order_seed: 'the former seed' } as const;
      await tx.updateTable('contests').set(rules).where('election_id', '=', source.id).execute();
    });
    const id = await clone(db, source.id, false);
    const [before, after] = [(await readElection(db.reader, source.id))!, (await readElection(db.reader, id))!];
    const { contests: _, ...row } = after;
    const same = { description: before.description, opens_at: before.opens_at, closes_at: before.closes_at };
    expect(row).toMatchObject({ ...same, name, zone: before.zone, quorum: 30, minimum_ballots: 2 });
    const steps = Object.entries(row).filter(([column]) =>
      /_at$|_count$|key|finger|hash|defin|tally|inval/.test(column),
    );
    const kept = new Set(['opens_at', 'closes_at', 'created_at']);
    for (const [column, value] of steps) if (!kept.has(column)) expect([column, value]).toEqual([column, null]);
    expect(after.contests).toMatchObject([{ title: 'Who chairs?', max_choices: 2, seats: 2 }]);
    const draws = (await listEntriesOf(db.reader, id, ['order-drawn'])).map(
      ({ details }) => JSON.parse(details) as object,
    );
    expect(draws).toEqual([{ seed: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(draws).toEqual([{ seed: after.contests[0]!.order_seed }]);
    expect(parseDefinition(encodeDefinition(definitionOf(after)))).toMatchObject({ ok: true });
    const names = (election: typeof after) => election.contests[0]!.candidates.map((other) => other.name).toSorted();
    expect(names(after)).toEqual(names(before));
    const copy = after.contests[0]!.candidates.find((other) => other.name === candidate!.name)!;
    const logos = await db.reader.selectFrom('logos').selectAll().where('candidate_id', '=', copy.id).execute();
    expect(logos.map(({ image, hash }) => [[...image], hash])).toEqual([[[1, 2, 3], logo.hash]]);
    expect([await everyone(db, id), await readRegistered(db.reader, id)]).toEqual([[], 0]);
  });

  test('copied voters get new links, keys and codes, and the former ones lead where they led', async () => {
    const { db } = bench();
    const source = await anElectionIn(db, 'open');
    const id = await clone(db, source.id, true);
    const [before, after] = [await everyone(db, source.id), await everyone(db, id)];
    const person = ({ last_name, first_name, email, promotion, building }: (typeof before)[number]) =>
      [last_name, first_name, email, promotion, building].join();
    expect(after.map(person)).toEqual(before.map(person));
    expect(after.every(({ signed_on }) => signed_on === null)).toBe(true);
    expect(await readRegistered(db.reader, id)).toBe(3);
    const copies = await votersOf(db, id);
    const secrets = [...source.voters, ...copies].flatMap(({ id: voter, link, key }) => [voter, link, key]);
    expect(new Set(secrets).size).toBe(18);
    for (const [voters, election] of [[source.voters, source.id] as const, [copies, id] as const])
      for (const { link } of voters) {
        const holder = { election_id: election };
        expect(await readHolder(db.reader, vault, link)).toMatchObject({ ok: true, holder });
      }
  });

  test('an unknown election and a rehearsal have no copy', async () => {
    const { db } = bench();
    const made = await makeRehearsal(db, admin, await anElection(db), {
      names: ['One'],
      emails: [],
    });
    if (!made.ok) throw new Error(made.reason);
    for (const [from, reason] of [['nothing', 'unknown-election'] as const, [made.id, 'is-rehearsal'] as const])
      expect(await cloneElection(db, admin, from, { name, voters: true })).toEqual(no(reason));
  });

  test('a draft is deleted with everything in it after its name was typed; nothing else is', async () => {
    const { db } = bench();
    const [draft, other] = [await anElection(db), await anElection(db, { opensIn: hour, closesIn: 2 * hour })];
    const made = await makeRehearsal(db, admin, draft, { names: ['One'], emails: [] });
    if (!made.ok) throw new Error(made.reason);
    expect(await deleteDraft(db, admin, draft, 'Board')).toEqual(no('other-name'));
    expect(await deleteDraft(db, admin, made.id, 'TEST – Board 2026')).toEqual(no('is-rehearsal'));
    expect(await deleteDraft(db, admin, 'nothing', 'x')).toEqual(no('unknown-election'));
    const armed = await anElectionIn(db, 'armed');
    expect(await deleteDraft(db, admin, armed.id, 'Board 2026')).toEqual(no('election-armed'));
    const check = { electionId: draft, name: 'counts' }; // of when it was armed
    await db.write((tx) => claimCheck(tx, check, { now: 0, dueAt: 0 }));
    expect(await deleteDraft(db, admin, draft, 'Board 2026')).toEqual({ ok: true });
    expect(await listIntegrity(db.reader, [draft])).toEqual([]);
    for (const id of [draft, made.id]) {
      expect(await findElection(db.reader, id)).toBe(undefined);
      expect(await everyone(db, id)).toEqual([]);
    }
    expect(await everyone(db, other)).toHaveLength(3);
    expect(await everyone(db, armed.id)).toHaveLength(3);
  });
});
