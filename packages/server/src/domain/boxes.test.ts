import { createBoxHash, receiptOf } from '@votix/protocol';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { caster, close, counts, everyoneVotes, judgedBy, minute, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, type ArmedElection, hour } from '../../../../tests/support/elections.ts';
import { insertBallots } from '../storage/ballots.ts';
import type { Database } from '../storage/database.ts';
import { findElection } from '../storage/elections.ts';
import { insertSignatures } from '../storage/signatures.ts';
import { castBallots } from './ballots.ts';
import { readBox, sealBox, sealDueBoxes } from './boxes.ts';

const byReceipt = (ballots: readonly string[]) => ballots.toSorted((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));

function boxHashOf(ballots: readonly string[]): string {
  const hash = createBoxHash();
  for (const ballot of byReceipt(ballots)) hash.add(ballot);
  return hash.digest();
}

async function ballotsOf(db: Database, { id }: Pick<ArmedElection, 'id'>): Promise<string[]> {
  const box = await readBox(db, admin, id);
  if (!box.ok) throw new Error(box.reason);
  const ballots: string[] = [];
  for await (const chunk of box.ballots) ballots.push(...chunk);
  return ballots;
}

const stored = async (db: Database, { id }: Pick<ArmedElection, 'id'>) => (await findElection(db.reader, id))!;
const reasonOf = async (db: Database, id: string) => {
  const box = await readBox(db, admin, id);
  return box.ok ? 'open' : box.reason;
};

onBothDatabases((bench) => {
  test('before the end nothing is sealed, at the very second it is', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { closesIn: 10 * minute });
    await everyoneVotes(at.db, election);
    at.clockOffsetMs = 10 * minute - 2000;
    await sealBox(at.db, election.id);
    await sealDueBoxes(at.db);
    expect(await stored(at.db, election)).toMatchObject({ sealed_at: null, rewritten_at: null, box_hash: null });
    expect(await reasonOf(at.db, election.id)).toBe('box-not-sealed');
    at.clockOffsetMs = 10 * minute;
    await sealBox(at.db, election.id);
    expect(await stored(at.db, election)).toMatchObject({ ballot_count: 3, signature_count: 3 });
    expect(await reasonOf(at.db, election.id)).toBe('open');
  });

  test('a draft whose time has passed has no box to seal', async () => {
    const at = bench();
    await sealBox(at.db, 'nothing');
    expect(await reasonOf(at.db, 'nothing')).toBe('unknown-election');
  });

  test('number and hash are those of the ballots in the order of their receipts', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { voters: 25 });
    const receipts = await everyoneVotes(at.db, election);
    await close(at, election);
    const ballots = await ballotsOf(at.db, election);
    expect(ballots.map(receiptOf)).toEqual(receipts.toSorted((a, b) => (a < b ? -1 : 1)));
    const { box_hash, ballot_count } = await stored(at.db, election);
    expect({ box_hash, ballot_count }).toEqual({ box_hash: boxHashOf(ballots), ballot_count: 25 });
  });

  test('an empty box is sealed too, and stays closed below the minimum', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    await close(at, election);
    expect(await stored(at.db, election)).toMatchObject({ ballot_count: 0, box_hash: boxHashOf([]) });
    expect(await reasonOf(at.db, election.id)).toBe('below-minimum');
  });

  test('a box larger than any chunk comes out whole, in order, with its hash', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const ballots = byReceipt(Array.from({ length: 2345 }, (_, n) => `ballot ${n}`));
    const election_id = election.id;
    for (let start = 0; start < ballots.length; start += 500)
      await at.db.write(async (tx) => {
        const rows = ballots.slice(start, start + 500);
        await insertBallots(
          tx,
          rows.map((ballot) => ({ election_id, receipt: receiptOf(ballot), ballot })),
        );
        await insertSignatures(
          tx,
          rows.map((ballot) => ({ election_id, voter_id: ballot, signed_on: '2026-12-04' })),
        );
      });
    await close(at, election);
    expect(await ballotsOf(at.db, election)).toEqual(ballots);
    const expected = { ballot_count: 2345, signature_count: 2345, box_hash: boxHashOf(ballots) };
    expect(await stored(at.db, election)).toMatchObject(expected);
  });

  test('twenty sealings at once by two processes seal once', async () => {
    const at = bench();
    const handles = [at.db, await at.another()];
    const election = await anArmedElection(at.db, { voters: 20 });
    await everyoneVotes(at.db, election);
    at.clockOffsetMs = 2 * hour;
    await Promise.all(Array.from({ length: 20 }, (_, n) => sealBox(handles[n % 2]!, election.id)));
    await sealDueBoxes(at.db); // each may have left the rewriting to another
    const first = await stored(at.db, election);
    expect(first).toMatchObject({ ballot_count: 20, signature_count: 20, rewritten_at: expect.any(Number) });
    at.clockOffsetMs = 3 * hour;
    await sealBox(at.db, election.id);
    await sealDueBoxes(at.db);
    expect(await stored(at.db, election)).toEqual(first);
    expect(boxHashOf(await ballotsOf(at.db, election))).toBe(first.box_hash);
    expect(await counts(at.db, election)).toEqual(same(20));
  });

  test('the sealing waits for a cast on its way, and a cast that waited for the sealing is too late', async () => {
    const at = bench();
    const there = await at.another();
    const { id, voters, seal } = await anArmedElection(at.db, { closesIn: 10 * minute });
    const ready = async (n: number) => ({ ...(await seal([n])), ...judgedBy(voters[n]!), codeMatches: true });
    const [early, late] = [await ready(0), await ready(1)];
    const order: string[] = [];
    const [decided, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const casting = at.db.write(async (tx) => {
      const [answer] = await castBallots(at.db, tx, id, [early]);
      decided.resolve();
      await released.promise;
      order.push('cast');
      return answer;
    });
    await decided.promise;
    at.clockOffsetMs = 10 * minute;
    const sealing = sealBox(there, id).then(() => order.push('sealed'));
    const tooLate = at.db.kind === 'sqlite' ? undefined : at.db.write((tx) => castBallots(at.db, tx, id, [late]));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await findElection(at.db.reader, id)).toMatchObject({ sealed_at: null });
    released.resolve();
    expect(await casting).toMatchObject({ ok: true });
    await sealing;
    expect(order).toEqual(['cast', 'sealed']);
    expect((await tooLate)?.[0] ?? { reason: 'too-late' }).toMatchObject({ reason: 'too-late' });
    expect(await findElection(at.db.reader, id)).toMatchObject({ ballot_count: 1, signature_count: 1 });
    expect(await counts(at.db, { id })).toEqual(same(1));
  });

  test('two hundred casts while the clock passes the end and the box is sealed: what was acknowledged is in it', async () => {
    const at = bench();
    const [here, there] = [at.db, await at.another()];
    const election = await anArmedElection(at.db, { voters: 200, closesIn: 10 * minute });
    const ballots = await Promise.all(election.voters.map((_, n) => election.seal([n % 3])));
    const [one, two] = [caster(here), caster(there)];
    const accepted: string[] = [];
    let started = 0;
    const voteOn = async (cast: typeof one) => {
      while (started < election.voters.length) {
        const n = started++;
        if (n === 100) at.clockOffsetMs = 10 * minute;
        const answer = await cast(election.voters[n]!, ballots[n]!.ballot);
        if (answer.ok) accepted.push(answer.receipt);
        else expect(answer.reason).toBe('too-late');
      }
    };
    const seal = async (db: Database) => {
      // As the server looks: by the clock. On SQLite all else would be starved of the thread.
      while ((await stored(db, election)).rewritten_at === null) {
        await sealBox(db, election.id);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await Promise.all([...Array.from({ length: 12 }, (_, n) => voteOn(n % 2 ? one : two)), seal(here), seal(there)]);
    const { ballot_count, signature_count, box_hash } = await stored(at.db, election);
    expect(accepted.length).toBeGreaterThan(60);
    expect(accepted.length).toBeLessThan(140);
    expect(await counts(at.db, election)).toEqual(same(accepted.length));
    expect({ ballot_count, signature_count }).toEqual({
      ballot_count: accepted.length,
      signature_count: accepted.length,
    });
    const box = await ballotsOf(at.db, election);
    expect(new Set(box.map(receiptOf))).toEqual(new Set(accepted));
    expect(box_hash).toBe(boxHashOf(box));
  });

  test('another election goes on while a box is sealed and rewritten', async () => {
    const at = bench();
    const [closing, open] = [
      await anArmedElection(at.db, { voters: 30, closesIn: minute }),
      await anArmedElection(at.db, { voters: 60 }),
    ];
    await everyoneVotes(at.db, closing);
    at.clockOffsetMs = 2 * minute;
    const cast = caster(at.db);
    const ballots = await Promise.all(open.voters.map(() => open.seal([])));
    const voting = Promise.all(open.voters.map((voter, n) => cast(voter, ballots[n]!.ballot)));
    await Promise.all([voting, sealDueBoxes(at.db), sealDueBoxes(at.db)]);
    expect((await voting).filter(({ ok }) => ok)).toHaveLength(60);
    expect(await stored(at.db, closing)).toMatchObject({ ballot_count: 30, rewritten_at: expect.any(Number) });
    expect(await counts(at.db, open)).toEqual(same(60));
  });

  test('late casts without end do not keep a box from being sealed', async () => {
    const at = bench();
    const there = await at.another();
    const { id, voters, seal } = await anArmedElection(at.db, { closesIn: 10 * minute });
    at.clockOffsetMs = 10 * minute;
    const late = { ...(await seal([0])), ...judgedBy(voters[0]!), codeMatches: true };
    const over = { isSealed: false };
    // Each holds the election while the next one comes: there is no moment without one.
    const flood = async (db: Database, delayMs: number) => {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      while (!over.isSealed)
        await db.write(async (tx) => {
          expect(await castBallots(db, tx, id, [late])).toMatchObject([{ reason: 'too-late' }]);
          await new Promise((resolve) => setTimeout(resolve, 30));
        });
    };
    const other = { ...late, ...judgedBy(voters[1]!) };
    expect(other.voterId).not.toBe(late.voterId);
    const flooding = [flood(at.db, 0), flood(there, 15)];
    await new Promise((resolve) => setTimeout(resolve, 100));
    const sealing = sealBox(at.db, id);
    const outcome = await Promise.race([
      sealing.then(() => 'sealed'),
      new Promise((resolve) => setTimeout(() => resolve('still waiting'), 5000)),
    ]);
    over.isSealed = true;
    await Promise.all([...flooding, sealing]);
    expect(outcome).toBe('sealed');
    expect(await stored(at.db, { id })).toMatchObject({ sealed_at: expect.any(Number) });
  });

  test('the rewriting leaves columns, indexes and constraints as they are', async () => {
    const at = bench();
    if (at.kind === 'sqlite') return; // VACUUM knows nothing of them
    const shape = async () => {
      const { rows } = await at.db.write((tx) =>
        sql`SELECT 'index' AS kind, tablename AS of, indexname AS name, indexdef AS text FROM pg_indexes
              WHERE schemaname = current_schema()
            UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
              WHERE connamespace = current_schema()::regnamespace
            UNION ALL SELECT 'column', table_name, column_name, concat_ws(' ', ordinal_position, data_type, collation_name,
              is_nullable, column_default) FROM information_schema.columns WHERE table_schema = current_schema()
            ORDER BY 1, 2, 3`.execute(tx),
      );
      return rows;
    };
    const before = await shape();
    for (let n = 0; n < 2; n++) {
      const election = await anArmedElection(at.db, { voters: 5 });
      await everyoneVotes(at.db, election);
      await close(at, election);
      expect(await shape()).toEqual(before);
      expect(await counts(at.db, election)).toEqual(same(5));
    }
  });

  test('a box that was sealed but not yet rewritten stays shut, and the rewriting is taken up again', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    await everyoneVotes(at.db, election);
    at.clockOffsetMs = 2 * hour;
    let writes = 0;
    const full = () => Promise.reject(new Error('the disk is full'));
    const dying: Database = { ...at.db, compact: full, write: (work) => (++writes > 1 ? full() : at.db.write(work)) };
    await expect(sealBox(dying, election.id)).rejects.toThrow('the disk is full');
    const half = await stored(at.db, election);
    expect(half).toMatchObject({ ballot_count: 3, rewritten_at: null });
    expect(await reasonOf(at.db, election.id)).toBe('box-not-sealed');
    await sealDueBoxes(at.db);
    expect(await stored(at.db, election)).toEqual({ ...half, rewritten_at: expect.any(Number) });
    expect(await ballotsOf(at.db, election)).toHaveLength(3);
  });

  test('a box that cannot be sealed keeps no other from being sealed', async () => {
    const at = bench();
    const [broken, ...sound] = await Promise.all(Array.from({ length: 4 }, () => anArmedElection(at.db)));
    const wrong = { election_id: broken!.id, receipt: 'ZZZ', ballot: 'a ballot under a receipt that is not its own' };
    await at.db.write((tx) => insertBallots(tx, [wrong, { ...wrong, receipt: 'ZZZZ' }]));
    at.clockOffsetMs = 2 * hour;
    await expect(sealDueBoxes(at.db)).rejects.toThrow('ascending');
    for (const election of sound)
      expect(await stored(at.db, election)).toMatchObject({ rewritten_at: expect.any(Number) });
    expect(await stored(at.db, broken!)).toMatchObject({ sealed_at: null });
  });

  test('wrong codes and their times are gone once the box is sealed', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const voter = election.voters[0]!;
    const cast = caster(at.db);
    await cast({ ...voter, code: voter.code === '0000' ? '0001' : '0000' }, (await election.seal([0])).ballot);
    const failures = at.db.reader.selectFrom('code_failures').selectAll();
    expect(await failures.execute()).toHaveLength(1);
    await close(at, election);
    expect(await failures.execute()).toEqual([]);
  });
});
