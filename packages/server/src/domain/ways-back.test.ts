import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { caster, close, counts, everyoneVotes, judgedBy, minute, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, armingOf, hour, votersOf } from '../../../../tests/support/elections.ts';
import { anElectionIn, theDeliberation } from '../../../../tests/support/phases.ts';
import { held } from '../../../../tests/support/transactions.ts';
import type { Database } from '../storage/database.ts';
import { findElection, lockElection } from '../storage/elections.ts';
import { armElection } from './arming.ts';
import { createBallotQueue } from './ballot-queue.ts';
import { castBallots } from './ballots.ts';
import { readBox, sealBox, sealDueBoxes } from './boxes.ts';
import { addCandidate } from './candidates.ts';
import { listChanges, listExtensions, readAbandonment } from './changes.ts';
import { recordDeliberation } from './deliberations.ts';
import { readRecord } from './records.ts';
import { abandonElection, disarmElection, extendElection } from './ways-back.ts';

const name = 'Board 2026';
const why = { name, reason: 'A candidate was forgotten.' };
const soon = { opensIn: hour, closesIn: 2 * hour };
const no = (reason: string) => ({ ok: false, reason });
const stored = async (db: Database, id: string) => (await findElection(db.reader, id))!;
const auditOf = (db: Database, id: string) =>
  db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', id).orderBy('position').execute();
const later = async (db: Database, id: string, ms: number) => (await stored(db, id)).closes_at + ms;

onBothDatabases((bench) => {
  test('a disarmed election is a draft again: its key is gone, its links and codes are as they were', async () => {
    const { db } = bench();
    const election = await anArmedElection(db, soon);
    expect(await disarmElection(db, admin, election.id, why)).toEqual({ ok: true });
    const nothing = { armed_at: null, definition: null, public_key: null, fingerprint: null, key_shares: null };
    expect(await stored(db, election.id)).toMatchObject(nothing);
    expect(await votersOf(db, election.id)).toEqual(election.voters);
    expect(await addCandidate(db, admin, election.id, { name: 'Dora', text: '' })).toEqual({ ok: true });
    const { definition, ...arming } = await armingOf(db, election.id);
    expect(await armElection(db, admin, election.id, arming)).toEqual({ ok: true });
    expect(definition).toContain('Dora');
    const { fingerprint } = election.context;
    const entry = { action: 'election-disarmed', reason: why.reason, details: JSON.stringify({ fingerprint }) };
    expect((await auditOf(db, election.id)).find(({ action }) => action === entry.action)).toMatchObject(entry);
  });

  test('disarming ends at the very second of the opening, abandoning does not', async () => {
    const at = bench();
    const [one, two] = [await anArmedElection(at.db, soon), await anArmedElection(at.db, soon)];
    at.clockOffsetMs = hour + 1000;
    expect(await disarmElection(at.db, admin, one.id, why)).toEqual(no('election-opened'));
    expect(await stored(at.db, one.id)).toMatchObject({ armed_at: expect.any(Number) });
    expect(await abandonElection(at.db, admin, two.id, why)).toEqual({ ok: true });
  });

  test.each(['disarm', 'abandon'] as const)('to %s wants the name of this election', async (way) => {
    const { db } = bench();
    const election = await anArmedElection(db, soon);
    const act = way === 'disarm' ? disarmElection : abandonElection;
    const before = [await stored(db, election.id), await auditOf(db, election.id)];
    for (const typed of ['', 'board 2026', 'Board 2027', 'Board  2026'])
      expect(await act(db, admin, election.id, { ...why, name: typed })).toEqual(no('other-name'));
    expect([await stored(db, election.id), await auditOf(db, election.id)]).toEqual(before);
    expect(await act(db, admin, election.id, { ...why, name: ` ${name}\n` })).toEqual({ ok: true });
  });

  test('each way is open in its phases and in no other', async () => {
    const { db } = bench();
    const phases = ['armed', 'open', 'closed', 'deliberated', 'published', 'abandoned'] as const;
    const answers: Record<string, readonly string[]> = {};
    for (const phase of phases) {
      const { id } = await anElectionIn(db, phase);
      const closesAt = await later(db, id, hour);
      const extended = await extendElection(db, admin, id, { closesAt, reason: 'x' });
      const disarmed = phase === 'armed' ? { ok: true as const } : await disarmElection(db, admin, id, why);
      const abandoned = await abandonElection(db, admin, id, why);
      answers[phase] = [extended, disarmed, abandoned].map((answer) => (answer.ok ? 'ok' : answer.reason));
    }
    const over = 'already-deliberated';
    expect(answers).toEqual({
      armed: ['ok', 'ok', 'ok'],
      open: ['ok', 'election-opened', 'ok'],
      closed: ['election-over', 'election-opened', 'ok'],
      deliberated: ['election-over', 'election-opened', over],
      published: ['election-over', 'election-opened', over],
      abandoned: ['election-abandoned', 'election-abandoned', 'election-abandoned'],
    });
    const draft = await anElection(db);
    for (const id of [draft, 'nothing']) {
      const reason = no(id === draft ? 'election-not-armed' : 'unknown-election');
      expect(await extendElection(db, admin, id, { closesAt: 1, reason: 'x' })).toEqual(reason);
      expect(await disarmElection(db, admin, id, why)).toEqual(reason);
      expect(await abandonElection(db, admin, id, why)).toEqual(reason);
    }
  });

  test('the end moves only to later, and each extension can be read back with its reason', async () => {
    const { db } = bench();
    const { id } = await anArmedElection(db);
    const from = await later(db, id, 0);
    for (const closesAt of [from, from - 1])
      expect(await extendElection(db, admin, id, { closesAt, reason: 'x' })).toEqual(no('end-not-later'));
    expect(await listExtensions(db.reader, id)).toEqual([]);
    await extendElection(db, admin, id, { closesAt: from + hour, reason: 'The network was down.' });
    await extendElection(db, admin, id, { closesAt: from + 3 * hour, reason: 'Again.' });
    expect(await listExtensions(db.reader, id)).toEqual([
      { at: expect.any(Number), from, until: from + hour, reason: 'The network was down.' },
      { at: expect.any(Number), from: from + hour, until: from + 3 * hour, reason: 'Again.' },
    ]);
    expect((await listChanges(db.reader, id)).map(({ reason }) => reason)).toEqual(['Again.', 'The network was down.']);
    expect(await stored(db, id)).toMatchObject({ closes_at: from + 3 * hour });
  });

  test('an abandoned box is sealed for good: no cast, no opening, no record, and the reason stays', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const [voter, ...others] = election.voters;
    const cast = caster(at.db);
    const vote = await election.seal([0]);
    expect(await cast(voter!, vote.ballot)).toMatchObject({ ok: true });
    expect(await abandonElection(at.db, admin, election.id, why)).toEqual({ ok: true });
    expect(await cast(others[0]!, (await election.seal([1])).ballot)).toMatchObject(no('election-abandoned'));
    expect(await cast(voter!, vote.ballot)).toMatchObject({ ok: true, receipt: vote.receipt }); // the lost answer
    await sealDueBoxes(at.db);
    const sealed = { ballot_count: 1, signature_count: 1, rewritten_at: expect.any(Number), deliberated_at: null };
    expect(await stored(at.db, election.id)).toMatchObject(sealed);
    expect(await readBox(at.db, admin, election.id)).toEqual(no('election-abandoned'));
    const deliberation = await theDeliberation(at.db, election);
    expect(await recordDeliberation(at.db, admin, election.id, deliberation)).toEqual(no('election-abandoned'));
    expect(await readRecord(at.db, election.id)).toEqual(no('election-abandoned'));
    expect(await counts(at.db, election)).toEqual(same(1));
    const abandonment = await readAbandonment(at.db.reader, await stored(at.db, election.id));
    expect(abandonment).toEqual({ at: expect.any(Number), reason: why.reason });
  });
});

const time = 150; // for the other transaction to come as far as it can

onBothDatabases((bench) => {
  /** Runs `work` while somebody else holds the election, lets the clock pass, and lets both go. */
  async function whileHeld<T>(at: TestBench, id: string, ms: number, work: (db: Database) => Promise<T>): Promise<T> {
    const there = await at.another();
    const holder = await held(at.db, (tx) => lockElection(at.db, tx, id));
    const answer = work(there);
    await pause(time);
    at.clockOffsetMs = ms;
    await holder.commit();
    return answer;
  }

  test('an extension asked for before the end, and decided after it, is refused', async () => {
    const at = bench();
    const { id } = await anArmedElection(at.db, { closesIn: 10 * minute });
    const closesAt = await later(at.db, id, hour);
    const extended = await whileHeld(at, id, 10 * minute, (db) =>
      extendElection(db, admin, id, { closesAt, reason: 'x' }),
    );
    expect(extended).toEqual(no('election-over'));
    await sealBox(at.db, id);
    expect(await stored(at.db, id)).toMatchObject({ sealed_at: expect.any(Number), closes_at: closesAt - hour });
    expect(await listExtensions(at.db.reader, id)).toEqual([]);
  });

  test('a sealing that waits for an extension leaves the box open until the new end', async () => {
    const at = bench();
    const there = await at.another();
    const election = await anArmedElection(at.db, { closesIn: 10 * minute });
    const closesAt = await later(at.db, election.id, hour);
    const extending = extendElection(at.db, admin, election.id, { closesAt, reason: 'x' });
    const sealing = sealBox(there, election.id);
    at.clockOffsetMs = 10 * minute - 3000;
    expect(await extending).toEqual({ ok: true });
    await sealing;
    at.clockOffsetMs = 11 * minute;
    await sealDueBoxes(there);
    expect(await stored(at.db, election.id)).toMatchObject({ sealed_at: null, closes_at: closesAt });
    expect(await caster(there)(election.voters[0]!, (await election.seal([0])).ballot)).toMatchObject({ ok: true });
    await close(at, election);
    expect(await stored(at.db, election.id)).toMatchObject({ ballot_count: 1, sealed_at: expect.any(Number) });
  });

  test('of twenty extensions and sealings at the very end, either all sealed or the end is later and nothing is', async () => {
    const at = bench();
    const there = await at.another();
    for (let round = 0; round < 6; round++) {
      at.clockOffsetMs = 0;
      const election = await anArmedElection(at.db, { closesIn: 10 * minute });
      const closesAt = await later(at.db, election.id, hour);
      const moving = pause(round * 3).then(() => (at.clockOffsetMs = 10 * minute));
      const extensions = Array.from({ length: 10 }, (_, n) =>
        pause(n * 2).then(() => extendElection(there, admin, election.id, { closesAt: closesAt + n, reason: 'x' })),
      );
      const sealings = Array.from({ length: 10 }, (_, n) => pause(n * 2).then(() => sealBox(at.db, election.id)));
      const answers = await Promise.all(extensions);
      await Promise.all([moving, ...sealings]);
      await sealBox(at.db, election.id);
      const { sealed_at, closes_at } = await stored(at.db, election.id);
      const won = answers.filter(({ ok }) => ok).length;
      expect(await listExtensions(at.db.reader, election.id)).toHaveLength(won);
      expect(sealed_at === null).toBe(won > 0);
      expect(closes_at > closesAt - hour).toBe(won > 0);
    }
  });

  test('a disarming asked for before the opening, and decided after it, is refused and takes no key away', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { opensIn: 10 * minute, closesIn: 2 * hour });
    const before = await stored(at.db, election.id);
    const disarmed = await whileHeld(at, election.id, 10 * minute, (db) => disarmElection(db, admin, election.id, why));
    expect(disarmed).toEqual(no('election-opened'));
    expect(await stored(at.db, election.id)).toEqual(before);
    expect(await caster(at.db)(election.voters[0]!, (await election.seal([0])).ballot)).toMatchObject({ ok: true });
  });

  test('a cast that waited for a disarming finds no open election', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { opensIn: 10 * minute, closesIn: 2 * hour });
    const ballot = {
      ...(await election.seal([0])),
      ...judgedBy(election.voters[0]!),
      codeMatches: true,
    };
    expect(await disarmElection(at.db, admin, election.id, why)).toEqual({ ok: true });
    at.clockOffsetMs = 20 * minute;
    expect(await createBallotQueue(at.db).submit(election.id, ballot)).toEqual(no('too-early'));
    expect(await counts(at.db, election)).toEqual(same(0));
  });

  test('the abandoning waits for a cast on its way, and a cast that waited for the abandoning is refused', async () => {
    const at = bench();
    const there = await at.another();
    const election = await anArmedElection(at.db);
    const ready = async (n: number) => ({
      ...(await election.seal([n])),
      ...judgedBy(election.voters[n]!),
      codeMatches: true,
    });
    const [early, late] = [await ready(0), await ready(1)];
    const casting = await held(at.db, (tx) => castBallots(at.db, tx, election.id, [early]));
    const abandoning = abandonElection(there, admin, election.id, why);
    await pause(time);
    const waiting = createBallotQueue(at.db).submit(election.id, late);
    expect(await casting.commit()).toMatchObject([{ ok: true }]);
    expect(await abandoning).toEqual({ ok: true });
    const answer = await waiting;
    expect(answer.ok || answer).toSatisfy((said) => said === true || said.reason === 'election-abandoned');
    expect(await createBallotQueue(at.db).submit(election.id, late)).toMatchObject(answer.ok ? { ok: true } : answer);
    expect(await counts(at.db, election)).toEqual(same(answer.ok ? 2 : 1));
  });

  test('of abandoning and opening the box at the same moment one wins', async () => {
    const at = bench();
    const there = await at.another();
    for (let round = 0; round < 4; round++) {
      const election = await anArmedElection(at.db, { voters: 1 });
      await everyoneVotes(at.db, election);
      await close(at, election);
      const deliberation = await theDeliberation(at.db, election);
      const acts = [
        () => abandonElection(there, admin, election.id, why),
        () => recordDeliberation(at.db, admin, election.id, deliberation),
      ];
      const answers = await Promise.all((round % 2 ? acts : acts.toReversed()).map((act) => act()));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const { abandoned_at, deliberated_at } = await stored(at.db, election.id);
      expect([abandoned_at, deliberated_at].filter((instant) => instant === null)).toHaveLength(1);
    }
  });
});
