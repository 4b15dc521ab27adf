// Credentials that a registrar makes: the server never has a secret one, nothing is armed before all are there, and who comes
// late or loses theirs gets one of the reserve.

import { createHash } from 'node:crypto';
import { findGroup, publicCredential, readCredentials, verifyArchive } from '@votix/protocol/verifiable';
import { expect, test } from 'vitest';
import { caster, close } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anElection, hour, vault, votersOf } from '../../../../tests/support/elections.ts';
import {
  anAttempt,
  aRegisteredElection,
  handIn,
  makeLetters,
  office,
  withRegistrar,
} from '../../../../tests/support/registrars.ts';
import {
  archiveBytes,
  armNow,
  lineOf,
  testKeys,
  withTrustees,
} from '../../../../tests/support/verifiable-elections.ts';
import { makeKeys } from '../commands/rehearsal/ceremony.ts';
import { findRegistrar } from '../storage/registrars.ts';
import { findVerifiable } from '../storage/verifiable-elections.ts';
import { readHead } from './boards.ts';
import { openCredentials } from './credentials.ts';
import { finishCredentials, readRegistrarSeat, readRollSlice, takePart } from './registrar-steps.ts';
import {
  coverVoters,
  dismissRegistrar,
  nameRegistrar,
  readRegistrar,
  registrarSchema,
  restartRegistrar,
} from './registrars.ts';
import { forgetDueHolders, listGiven, readReserve } from './reserve-credentials.ts';
import { addVoter, removeVoter } from './roll-changes.ts';
import { replaceCredential } from './voter-access.ts';
import { disarmElection } from './ways-back.ts';

const late = { lastName: 'Late', firstName: 'Lou', email: 'lou@example.org', promotion: '', building: '' };
const change = (electionId: string) => ({
  electionId,
  reason: 'was forgotten',
  rules: { validEmailDomains: [], promotionList: [] },
});

onBothDatabases((bench) => {
  test('everybody votes with link, code and the registrar’s letter; the record says who made the credentials', async () => {
    const at = bench();
    const election = await aRegisteredElection(at.db, { voters: 3, reserve: 2 });
    const { id, voters, letters, seal, context } = election;
    for (const voter of voters) {
      const { ballot, receipt } = seal(voter, [0]);
      expect(await caster(at.db)(voter, ballot)).toMatchObject({ ok: true, receipt });
    }
    await close(at, election);
    expect(verifyArchive(await archiveBytes(at.db, id))).toMatchObject({ ok: true, ballots: 3 });
    expect(context.election.credentialAuthority).toBe('Rosa Registrar');
    const reserve = letters.reserve.map((one) => publicCredential(context.group, context.election.uuid, one));
    expect(await readReserve(at.db.reader, id)).toEqual({ credentials: reserve, given: 0 });
    const hash = createHash('sha256').update(JSON.stringify(reserve)).digest('hex');
    expect(context.election.description.split('\n')).toEqual([
      `votix-reserve:${hash}`,
      expect.stringMatching(/^votix-definition:[0-9a-f]{64}$/),
    ]);
  });

  test('neither the database nor the server’s secret gives a credential; which is whose stands in no row', async () => {
    const { db } = bench();
    const { id, voters, letters, context } = await aRegisteredElection(db, { voters: 4 });
    expect(
      (
        await openCredentials(
          db.reader,
          testKeys,
          id,
          voters.map((voter) => voter.id),
        )
      ).size,
    ).toBe(0);
    expect((await findVerifiable(db.reader, id))!.credential_key).toBeNull();
    const tables = [
      'voter_credentials',
      'registrars',
      'registered_credentials',
      'reserve_credentials',
      'audit_log',
    ] as const;
    const rows: string[] = [];
    for (const table of tables)
      rows.push(...(await db.reader.selectFrom(table).selectAll().execute()).map((row) => JSON.stringify(row)));
    expect(rows.length).toBeGreaterThan(4);
    for (const [voterId, credential] of letters.of) {
      const publicText = publicCredential(context.group, context.election.uuid, credential);
      expect(rows.filter((row) => row.includes(credential))).toEqual([]);
      expect(rows.filter((row) => row.includes(voterId) && row.includes(publicText))).toEqual([]);
    }
    for (const credential of letters.reserve) expect(rows.join()).not.toContain(credential);
  });

  test('a letter alone, a link with somebody else’s letter, and a reserve nobody was given: none can vote', async () => {
    const { db } = bench();
    const { voters, letters, seal } = await aRegisteredElection(db, { voters: 2 });
    const [first, second] = voters as [(typeof voters)[0], (typeof voters)[0]];
    const cast = caster(db);
    expect(await cast({ ...first, link: 'x' }, seal(first, [0]).ballot)).toMatchObject({ reason: 'unknown-link' });
    expect(await cast(first, seal(second, [0]).ballot)).toMatchObject({ reason: 'other-credential' });
    expect(await cast(first, seal({ credential: letters.reserve[0]! }, [0]).ballot)).toMatchObject({
      reason: 'other-credential',
    });
    expect(await cast(first, seal(first, [0]).ballot)).toMatchObject({ ok: true });
  });

  test('not armed before the registrar has handed in everything', async () => {
    const { db } = bench();
    const { id, tokens } = await withTrustees(db);
    await makeKeys([lineOf(db, tokens[0]!)]);
    const token = await withRegistrar(db, id);
    expect(await armNow(db, id)).toEqual({ ok: false, reason: 'election-not-ready' });
    const { pairs } = await makeLetters(db, token);
    expect(await takePart(db, office, token, { attempt: anAttempt(), credentials: pairs })).toEqual({ ok: true });
    expect(await armNow(db, id)).toEqual({ ok: false, reason: 'election-not-ready' });
    await handIn(db, token);
    expect(await readRegistrar(db.reader, id)).toMatchObject({ state: 'ready', uncovered: 0, free: 2 });
    expect(await armNow(db, id)).toEqual({ ok: true });
    const { group_name: groupName } = (await findVerifiable(db.reader, id))!;
    expect(groupName).toBe('Ed25519');
  });

  test('what is handed in: each once, elements only, of voters of this roll; twice the same is once', async () => {
    const { db } = bench();
    const { id } = await withTrustees(db);
    const other = await votersOf(db, await anElection(db, { sealing: 'verifiable' }));
    const token = await withRegistrar(db, id);
    const { pairs, publicReserve } = await makeLetters(db, token);
    const [attempt, [one, two, three]] = [anAttempt(), pairs as [[string, string], [string, string], [string, string]]];
    const part = (...credentials: [string, string][]) => takePart(db, office, token, { attempt, credentials });
    const finish = (reserve: readonly string[]) =>
      finishCredentials(db, office, token, { attempt, reserve: [...reserve] });
    const identity = `${'0'.repeat(63)}1`;
    expect(await takePart(db, office, 'x'.repeat(27), { attempt, credentials: pairs })).toMatchObject({
      reason: 'unknown-registrar',
    });
    for (const bad of ['', 'x', identity, 'f'.repeat(64), `${one[1]},2`.slice(0, 64) + 'a'])
      expect(await part([one[0], bad])).toEqual({ ok: false, reason: 'credentials-not-proven' });
    expect(await part(one, [two[0], one[1]])).toEqual({ ok: false, reason: 'credential-twice' });
    expect(await part([other[0]!.id, one[1]])).toEqual({ ok: false, reason: 'roll-changed-meanwhile' });
    expect(await part(one)).toEqual({ ok: true });
    expect(await part(one)).toEqual({ ok: true }); // an answer was lost
    expect(await part([one[0], two[1]])).toEqual({ ok: false, reason: 'credential-twice' });
    expect(await part([two[0], one[1]])).toEqual({ ok: false, reason: 'credential-twice' });
    expect(await finish(publicReserve)).toEqual({ ok: false, reason: 'roll-changed-meanwhile' }); // two are missing
    expect(await part(two, three)).toEqual({ ok: true });
    expect(await finish([])).toEqual({ ok: false, reason: 'credentials-not-proven' });
    expect(await finish([one[1], two[1]])).toEqual({ ok: false, reason: 'credential-twice' });
    expect(await finish([publicReserve[0]!, identity])).toEqual({ ok: false, reason: 'credentials-not-proven' });
    expect(await finish(publicReserve)).toEqual({ ok: true });
    expect(await finish(publicReserve)).toEqual({ ok: false, reason: 'credentials-made' });
    expect(await part(one)).toEqual({ ok: false, reason: 'credentials-made' });
    expect(await readRollSlice(db, vault, token, '')).toEqual({ ok: false, reason: 'credentials-made' });
    const list = readCredentials(findGroup('Ed25519')!, (await findRegistrar(db.reader, id))!.credentials!);
    expect(list.ok && [...list.credentials.keys()].toSorted()).toEqual(
      [...pairs.map(([, text]) => text), ...publicReserve].toSorted(),
    );
  });

  test('another attempt begins anew; what is left of the first counts no more', async () => {
    const { db } = bench();
    const { id } = await withTrustees(db);
    const token = await withRegistrar(db, id);
    const first = await makeLetters(db, token);
    const attempt = anAttempt();
    await takePart(db, office, token, { attempt, credentials: first.pairs });
    await handIn(db, token);
    expect(await finishCredentials(db, office, token, { attempt, reserve: first.publicReserve })).toEqual({
      ok: false,
      reason: 'credentials-made',
    });
  });

  test('who comes late gets one of the reserve, with link and code; when none is left, nobody is added', async () => {
    const at = bench();
    const election = await aRegisteredElection(at.db, { voters: 2, reserve: 1 });
    const { id, letters, seal, token } = election;
    expect(await addVoter(at.db, vault, admin, change(id), late)).toMatchObject({ ok: true, isReserve: true });
    const again = await addVoter(at.db, vault, admin, change(id), { ...late, email: 'mia@example.org' });
    expect(again).toEqual({ ok: false, reason: 'no-reserve-left' });
    const voters = await votersOf(at.db, id);
    expect(voters).toHaveLength(3);
    const lou = voters.find((voter) => !letters.of.has(voter.id))!;
    const handed = [
      { number: 1, given: 'late', voterId: lou.id, lastName: 'Late', firstName: 'Lou', email: late.email },
    ];
    expect((await readRegistrarSeat(at.db, vault, token))!.given).toMatchObject(handed);
    expect(await caster(at.db)(lou, seal({ credential: letters.reserve[0]! }, [1]).ballot)).toMatchObject({ ok: true });
    expect(await readReserve(at.db.reader, id)).toMatchObject({ given: 1 });
    await close(at, election);
    await forgetDueHolders(at.db);
    expect(await listGiven(at.db.reader, vault, id)).toEqual([]);
    expect(await readReserve(at.db.reader, id)).toMatchObject({ given: 1 });
    expect(verifyArchive(await archiveBytes(at.db, id))).toMatchObject({ ok: true, ballots: 1 });
  });

  test('a lost letter is replaced: the former credential is nobody’s, link and code stay', async () => {
    const { db } = bench();
    const { id, voters, letters, seal, token } = await aRegisteredElection(db, { voters: 2, reserve: 1 });
    const [first, second] = voters as [(typeof voters)[0], (typeof voters)[0]];
    const lost = { electionId: id, voterId: first.id, reason: 'lost' };
    expect(await replaceCredential(db, vault, admin, { ...lost, reason: '' })).toMatchObject({
      reason: 'reason-missing',
    });
    expect(await replaceCredential(db, vault, admin, lost)).toEqual({ ok: true });
    expect((await readRegistrarSeat(db, vault, token))!.given).toMatchObject([
      { given: 'replaced', voterId: first.id },
    ]);
    expect(await caster(db)(first, seal(first, [0]).ballot)).toMatchObject({ reason: 'other-credential' });
    const reserve = { credential: letters.reserve[0]! };
    expect(await caster(db)(second, seal(reserve, [0]).ballot)).toMatchObject({ reason: 'other-credential' });
    expect(await caster(db)(first, seal(reserve, [0]).ballot)).toMatchObject({ ok: true });
    expect(await replaceCredential(db, vault, admin, lost)).toEqual({ ok: false, reason: 'voter-has-voted' });
    const none = await replaceCredential(db, vault, admin, { ...lost, voterId: second.id });
    expect(none).toEqual({ ok: false, reason: 'no-reserve-left' });
    expect(await caster(db)(second, seal(second, [0]).ballot)).toMatchObject({ ok: true }); // nothing was lost by the refusal
  });

  test('the roll changes after the registrar’s work: not armed until all have one, from the reserve or made anew', async () => {
    const { db } = bench();
    const { id, tokens } = await withTrustees(db);
    await makeKeys([lineOf(db, tokens[0]!)]);
    const token = await withRegistrar(db, id, 1);
    await handIn(db, token);
    for (const email of ['a@example.org', 'b@example.org'])
      await addVoter(db, vault, admin, { ...change(id), reason: '' }, { ...late, email });
    expect(await readRegistrar(db.reader, id)).toMatchObject({ state: 'registrar-outdated', uncovered: 2, free: 1 });
    expect(await armNow(db, id)).toEqual({ ok: false, reason: 'election-not-ready' });
    expect(await coverVoters(db, vault, admin, id)).toEqual({ ok: false, reason: 'no-reserve-left' });
    const gone = (await votersOf(db, id)).at(-1)!.id;
    await removeVoter(db, admin, { electionId: id, voterId: gone });
    expect(await coverVoters(db, vault, admin, id)).toEqual({ ok: true, voters: 1 });
    expect(await readRegistrar(db.reader, id)).toMatchObject({ state: 'ready', free: 0 });
    expect(await restartRegistrar(db, admin, id)).toEqual({ ok: true });
    expect(await readRegistrar(db.reader, id)).toMatchObject({ state: 'registrar-unfinished' });
    expect(await coverVoters(db, vault, admin, id)).toEqual({ ok: false, reason: 'unknown-registrar' });
    await handIn(db, token);
    expect(await armNow(db, id)).toEqual({ ok: true });
  });

  test('disarmed and armed again, the letters are as good as before', async () => {
    const { db } = bench();
    const { id, letters } = await aRegisteredElection(db, { voters: 2, opensIn: hour, closesIn: 2 * hour });
    expect(await disarmElection(db, admin, id, { name: 'Board 2026', reason: 'a name' })).toEqual({ ok: true });
    expect(await readHead(db.reader, id)).toBeUndefined();
    expect(await readRegistrar(db.reader, id)).toMatchObject({ state: 'ready' });
    expect(await armNow(db, id)).toEqual({ ok: true });
    expect((await readReserve(db.reader, id)).credentials).toHaveLength(letters.reserve.length);
  });

  test('named in a draft only; another one, or the server again, voids what was made', async () => {
    const { db } = bench();
    const { id } = await withTrustees(db);
    const token = await withRegistrar(db, id);
    await handIn(db, token);
    const other = await withRegistrar(db, id, 3);
    expect(await readRegistrarSeat(db, vault, token)).toBeUndefined();
    expect(await readRegistrarSeat(db, vault, other)).toMatchObject({ stage: 'making', reserve: 3, voters: 3 });
    expect(await dismissRegistrar(db, admin, id)).toEqual({ ok: true });
    expect(await readRegistrar(db.reader, id)).toBeUndefined();
    const sealedBox = await anElection(db);
    const wish = { name: 'Rosa', reserve: 0 };
    expect(await nameRegistrar(db, vault, admin, sealedBox, wish)).toEqual({ ok: false, reason: 'other-sealing' });
    const armed = await aRegisteredElection(db);
    expect(await nameRegistrar(db, vault, admin, armed.id, wish)).toEqual({ ok: false, reason: 'election-armed' });
    expect(await dismissRegistrar(db, admin, armed.id)).toEqual({ ok: false, reason: 'election-armed' });
    expect(await restartRegistrar(db, admin, armed.id)).toEqual({ ok: false, reason: 'election-armed' });
  });
});

test('a registrar has a name that is not the server’s, and a reserve of at most a thousand', () => {
  const reads = (name: string, reserve: string) => registrarSchema.safeParse({ name, reserve }).success;
  expect(reads('Rosa', '0')).toBe(true);
  expect(reads('Rosa', '1000')).toBe(true);
  for (const [name, reserve] of [
    ['', '1'],
    ['Server', '1'],
    ['Rosa', ''],
    ['Rosa', '1001'],
    ['Rosa', '-1'],
    ['Rosa', '1.5'],
  ] as const)
    expect(reads(name, reserve)).toBe(false);
});
