// Verifiable elections from the trustees' keys to the result: what is armed, cast, closed and opened, and what is refused.

import { definitionHash, parseDefinition } from '@votix/protocol';
import { verifyArchive } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { caster, close, counts, same, wrong } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, hour, vault } from '../../../../tests/support/elections.ts';
import {
  archiveBytes,
  armNow,
  aVerifiableElection,
  keysInMemory,
  lineOf,
  minutesIn,
  ofArmed,
  shareOf,
  testKeys,
  withTrustees,
} from '../../../../tests/support/verifiable-elections.ts';
import { makeKeys } from '../commands/rehearsal/ceremony.ts';
import { findElection } from '../storage/elections.ts';
import { findVerifiable } from '../storage/verifiable-elections.ts';
import { readHead } from './boards.ts';
import { forgetDueCredentials, openCredentials } from './credentials.ts';
import { startMailing } from './mailings.ts';
import { publishResult, storedTally } from './deliberations.ts';
import { inspect } from './inspections.ts';
import { openDueBoards, takeShare } from './openings.ts';
import { type Prover, proveHere } from './proofs.ts';
import { readCeremony, restartTrustee } from './trustees.ts';
import { addVoter } from './roll-changes.ts';
import { disarmElection } from './ways-back.ts';
import { castBallot } from './casting.ts';
import { createBallotQueue } from './ballot-queue.ts';

onBothDatabases((bench) => {
  test('three trustees, any two of whom open: cast, closed, summed, opened, published, and everything holds', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 4, trustees: 3, threshold: 2 });
    const { id, voters, trustees, seal } = election;
    const cast = caster(at.db);
    const choices = [[0], [2], [], [0]];
    for (const [index, voter] of voters.entries()) {
      const { ballot, receipt } = seal(voter, choices[index]!);
      expect(await cast(voter, ballot)).toMatchObject({ ok: true, receipt });
      expect(verifyArchive(await archiveBytes(at.db, id))).toMatchObject({ ok: true, ballots: index + 1 });
    }
    expect(await counts(at.db, election)).toMatchObject({ ballots: 4, signatures: 4, counted: 4 });
    await close(at, election);
    const closed = verifyArchive(await archiveBytes(at.db, id)).facts!;
    expect(closed).toMatchObject({ stage: 'closed' });
    expect(await minutesIn(at.db, id)).toMatchObject({ boxHash: closed.head.hash, board: { head: null } });
    const early = await takeShare(at.db, { vault, prove: proveHere }, trustees[0]!.token, '{}');
    expect(early).toEqual({ ok: false, reason: 'no-tally-yet' });
    await openDueBoards(at.db, proveHere);
    const tallied = await archiveBytes(at.db, id);
    expect(verifyArchive(tallied)).toMatchObject({ ok: true, facts: { stage: 'tallied' } });

    const hand = async (of: number, from: number) =>
      takeShare(at.db, { vault, prove: proveHere }, trustees[of]!.token, await shareOf(trustees[from]!.file, tallied));
    expect(await hand(2, 0)).toEqual({ ok: false, reason: 'share-other-trustee' });
    expect(await hand(0, 0)).toEqual({ ok: true, isOpened: false });
    expect(await hand(0, 0)).toEqual({ ok: true, isOpened: false }); // a page that was sent twice
    expect(await archiveBytes(at.db, id)).toEqual(tallied); // held back
    expect(await hand(2, 2)).toEqual({ ok: true, isOpened: true });
    expect(await hand(1, 1)).toEqual({ ok: false, reason: 'already-deliberated' });

    const row = (await findElection(at.db.reader, id))!;
    expect(storedTally(row)).toMatchObject({ ballots: 4, valid: 4, invalid: 0 });
    expect(storedTally(row)!.contests).toMatchObject([{ votes: [2, 0, 1], blank: 1 }]);
    const { strict } = (await findVerifiable(at.db.reader, id))!;
    const report = verifyArchive(await archiveBytes(at.db, id), { strict: strict! });
    expect(report).toMatchObject({ ok: true, strict: true, ballots: 4, facts: { stage: 'decrypted' } });
    expect(report.facts!.head).toEqual(await readHead(at.db.reader, id));
    const { uuid, fingerprint, head } = report.facts!;
    const board = { uuid, trustees: [1, 2, 3].map((n) => `Trustee ${n}`), needed: 2, registrar: null, head };
    expect(await minutesIn(at.db, id)).toMatchObject({ fingerprint, boxHash: closed.head.hash, board });
    expect(await publishResult(at.db, admin, id)).toEqual({ ok: true });
    expect(await inspect(at.db.reader, 'box', id)).toBe('');
    expect(await inspect(at.db.reader, 'counts', id)).toBe('');
  });

  test('one trustee alone; a share of another key is refused by name, and nothing is lost', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 1, trustees: 2 });
    const { id, voters, trustees, seal } = election;
    await caster(at.db)(voters[0]!, seal(voters[0]!, [1]).ballot);
    await close(at, election);
    await openDueBoards(at.db, proveHere);
    const archive = await archiveBytes(at.db, id);
    const good = await shareOf(trustees[0]!.file, archive);
    const forged = JSON.stringify({ ...(JSON.parse(good) as object), owner: 2, strict: { owner: 2, proofs: [] } });
    const take = (n: number, text: string) => takeShare(at.db, { vault, prove: proveHere }, trustees[n]!.token, text);
    expect(await take(1, forged)).toEqual({ ok: false, reason: 'share-malformed' });
    const strict = { ...(JSON.parse(good) as { strict: object }).strict, owner: 2 };
    expect(await take(1, JSON.stringify({ ...(JSON.parse(good) as object), owner: 2, strict }))).toEqual({
      ok: false,
      reason: 'share-proof',
    });
    expect(await take(0, good)).toEqual({ ok: true, isOpened: false });
    expect((await readCeremony(at.db.reader, id))!.trustees.map(({ hasShare }) => hasShare)).toEqual([true, false]);
    await openDueBoards(at.db, proveHere); // one is missing: it stands still without an error
    expect(await take(1, await shareOf(trustees[1]!.file, archive))).toEqual({ ok: true, isOpened: true });
  });

  test('a server that stopped between the last share and the opening goes on where it was', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 1 });
    const { id, voters, trustees, seal } = election;
    await caster(at.db)(voters[0]!, seal(voters[0]!, [0]).ballot);
    await close(at, election);
    await openDueBoards(at.db, proveHere);
    const share = await shareOf(trustees[0]!.file, await archiveBytes(at.db, id));
    const stopping = ((kind: string, ...given: never[]) =>
      kind === 'result'
        ? Promise.reject(new Error('stopped'))
        : (proveHere as (...all: unknown[]) => Promise<unknown>)(kind, ...given)) as Prover;
    await expect(takeShare(at.db, { vault, prove: stopping }, trustees[0]!.token, share)).rejects.toThrow('stopped');
    await openDueBoards(at.db, proveHere);
    expect((await findElection(at.db.reader, id))!.deliberated_at).not.toBeNull();
  });

  test('the four cases: recorded, recorded again, already voted, somebody else’s ballot', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 3 });
    const [first, second] = election.voters as [(typeof election.voters)[0], (typeof election.voters)[0]];
    const [cast, before] = [caster(at.db), election.seal(first, [0])];
    expect(await cast(first, before.ballot)).toMatchObject({ ok: true, receipt: before.receipt });
    expect(await cast(first, before.ballot)).toMatchObject({ ok: true, receipt: before.receipt });
    expect(await cast(first, election.seal(first, [1]).ballot)).toMatchObject({ reason: 'already-voted' });
    expect(await cast(second, before.ballot)).toMatchObject({ reason: 'other-credential' });
    expect(await counts(at.db, election)).toMatchObject({ ...same(1), buildings: 1, promotions: 1 });
  });

  test('the code is judged before the proofs, the credential before them too; a refused ballot takes nothing', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 2 });
    const [first, second] = election.voters as [(typeof election.voters)[0], (typeof election.voters)[0]];
    let proofs = 0;
    const prove: Prover = (kind, ...given) => {
      proofs++;
      return proveHere(kind, ...given);
    };
    const casting = { db: at.db, vault, queue: createBallotQueue(at.db), prove };
    const cast = (voter: { link: string; code: string }, ballot: unknown) =>
      castBallot(casting, { link: voter.link, code: voter.code, ballot });
    const { ballot } = election.seal(first, [0]);
    const broken = ballot.replace(/"response":"\d/, (text) => `${text.slice(0, -1)}${text.endsWith('1') ? 2 : 1}`);
    expect(await cast({ ...first, code: wrong(first.code) }, broken)).toMatchObject({ reason: 'wrong-code' });
    expect(await cast(second, ballot)).toMatchObject({ reason: 'other-credential' });
    expect(await cast(first, 'x')).toMatchObject({ reason: 'malformed-ballot' });
    expect(await cast(first, '')).toMatchObject({ reason: 'malformed-ballot' });
    expect(await cast(first, null)).toMatchObject({ reason: 'malformed-ballot' });
    expect(await cast({ ...first, code: 'x' }, ballot)).toMatchObject({ reason: 'malformed-code' });
    expect(proofs).toBe(0);
    expect(await cast(first, broken)).toMatchObject({ reason: 'malformed-ballot' });
    expect(proofs).toBe(1);
    for (let tries = 0; tries < 5; tries++) await cast({ ...first, code: wrong(first.code) }, ballot);
    expect(await cast(first, ballot)).toMatchObject({ reason: 'code-locked' });
    at.clockOffsetMs += hour / 2; // a code lock never consumes the credential
    expect(await cast(first, ballot)).toMatchObject({ ok: true });
    expect(proofs).toBe(2);
    at.clockOffsetMs += 2 * hour;
    expect(await cast(second, election.seal(second, [0]).ballot)).toMatchObject({ reason: 'too-late' });
    expect(proofs).toBe(2);
    expect(await counts(at.db, election)).toMatchObject({ ballots: 1, signatures: 1, counted: 1 });
  });

  test('many at once: one chain, each ballot on it once', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 12 });
    const [one, other] = [caster(at.db), caster(await at.another())];
    const answers = await Promise.all(
      election.voters.map((voter, index) => {
        const { ballot } = election.seal(voter, [index % 3]);
        return (index % 2 ? one : other)(voter, ballot);
      }),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(verifyArchive(await archiveBytes(at.db, election.id))).toMatchObject({ ok: true, ballots: 12 });
  });

  test('below the minimum the board ends with the last ballot: no sum, no share', async () => {
    const at = bench();
    const election = await aVerifiableElection(at.db, { voters: 3, minimumBallots: 2 });
    const [voter] = election.voters;
    await caster(at.db)(voter!, election.seal(voter!, [0]).ballot);
    await close(at, election);
    await openDueBoards(at.db, proveHere);
    expect(verifyArchive(await archiveBytes(at.db, election.id)).facts).toMatchObject({ stage: 'closed' });
    const share = await takeShare(at.db, { vault, prove: proveHere }, election.trustees[0]!.token, '{}');
    expect(share).toEqual({ ok: false, reason: 'no-tally-yet' });
  });

  test('the rules of the count are bound to every ballot by the election’s description', async () => {
    const { db } = bench();
    const { id, context } = await aVerifiableElection(db);
    const { definition } = (await findElection(db.reader, id))!;
    expect(context.election.description).toBe(`votix-definition:${definitionHash(definition!)}`);
    expect(parseDefinition(definition)).toMatchObject({ ok: true, definition: { sealing: 'verifiable' } });
  });

  test('not armed without trustees, with one whose key is missing, or with what was not seen', async () => {
    const { db } = bench();
    const none = await withTrustees(db, { trustees: 0 });
    expect(await armNow(db, none.id)).toEqual({ ok: false, reason: 'election-not-ready' });
    const { id, tokens } = await withTrustees(db, { trustees: 2 });
    await makeKeys([lineOf(db, tokens[0]!)]);
    expect(await armNow(db, id)).toEqual({ ok: false, reason: 'election-not-ready' });
    await makeKeys([lineOf(db, tokens[1]!)]);
    expect(await armNow(db, id)).toEqual({ ok: true });
    expect(await armNow(db, id)).toEqual({ ok: false, reason: 'election-armed' });
    const sealedBox = await anArmedElection(db, { opensIn: hour, closesIn: 2 * hour });
    expect(await armNow(db, sealedBox.id)).toEqual({ ok: false, reason: 'election-armed' });
  });

  test('an arming that is refused leaves no key behind', async () => {
    const { db } = bench();
    const keys = keysInMemory();
    const { id, tokens } = await withTrustees(db);
    await makeKeys([lineOf(db, tokens[0]!)]);
    const late: typeof keys = {
      ...keys,
      make: async () => {
        const made = await keys.make();
        await restartTrustee(db, admin, id, (await readCeremony(db.reader, id))!.trustees[0]!.id);
        return made;
      },
    };
    expect(await armNow(db, id, late)).toMatchObject({ ok: false });
    expect(keys.all.size).toBe(0);
    expect((await findVerifiable(db.reader, id))!.election).toBeNull();
  });

  test('disarmed before the opening: board, credentials and their key are void, and it can be armed again', async () => {
    const { db } = bench();
    const keys = keysInMemory();
    const { id, voters } = await aVerifiableElection(db, { opensIn: hour, closesIn: 2 * hour, keys });
    const named = { name: 'Board 2026', reason: 'A name was wrong' };
    expect(await disarmElection(db, admin, id, named)).toEqual({ ok: true });
    expect(await readHead(db.reader, id)).toBeUndefined();
    await forgetDueCredentials(db, keys);
    expect(keys.all.size).toBe(0);
    expect(await armNow(db, id, keys)).toEqual({ ok: true });
    const again = await ofArmed(db, id, keys);
    expect(again.voters.map(({ credential }) => credential)).not.toEqual(voters.map(({ credential }) => credential));
  });

  test('nobody is added to the roll of an armed one', async () => {
    const { db } = bench();
    const { id } = await aVerifiableElection(db);
    const draft = { lastName: 'Late', firstName: 'Lou', email: 'lou@example.org', promotion: '', building: '' };
    const change = { electionId: id, reason: 'late', rules: { validEmailDomains: [], promotionList: [] } };
    expect(await addVoter(db, vault, admin, change, draft)).toEqual({ ok: false, reason: 'roll-frozen' });
  });

  test('the key is destroyed once the mail server has taken a link mail of every voter, not before', async () => {
    const { db } = bench();
    const keys = keysInMemory();
    const { id, voters } = await aVerifiableElection(db, { keys });
    const started = await startMailing(db, admin, { electionId: id, kind: 'link' }, { secure: true, mailReady: true });
    expect(started).toMatchObject({ ok: true, recipients: 3 });
    const accept = (voterIds: readonly string[]) =>
      db.write((tx) =>
        tx.updateTable('deliveries').set({ status: 'accepted' }).where('voter_id', 'in', voterIds).execute(),
      );
    await accept([voters[0]!.id, voters[1]!.id]);
    await forgetDueCredentials(db, keys);
    expect(keys.all.size).toBe(1);
    await accept([voters[2]!.id]);
    await forgetDueCredentials(db, keys);
    expect(keys.all.size).toBe(0);
  });

  test('credentials wait under a key outside the database, destroyed at the close', async () => {
    const at = bench();
    const keys = keysInMemory();
    const { id, voters } = await aVerifiableElection(at.db, { keys });
    const ids = voters.map((voter) => voter.id);
    expect((await openCredentials(at.db.reader, keys, id, ids)).size).toBe(3);
    expect((await openCredentials(at.db.reader, testKeys, id, ids)).size).toBe(0); // the database alone
    await forgetDueCredentials(at.db, keys);
    expect(keys.all.size).toBe(1);
    at.clockOffsetMs += 2 * hour;
    await forgetDueCredentials(at.db, keys);
    expect(keys.all.size).toBe(0);
    const { rows } = { rows: await at.db.reader.selectFrom('voter_credentials').selectAll().execute() };
    expect(rows.filter(({ election_id }) => election_id === id).map(({ pending }) => pending)).toEqual([
      null,
      null,
      null,
    ]);
  });
});
