import type { SealingContext } from '@votix/protocol';
import { expect, test } from 'vitest';
import { caster, everyoneVotes, wrong } from '../../../../tests/support/casts.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, hour, vault, votersOf } from '../../../../tests/support/elections.ts';
import { theDeliberation } from '../../../../tests/support/phases.ts';
import { rehearse, rowsOf, sealedFor, testVoters as voters, voted } from '../../../../tests/support/rehearsals.ts';
import {
  archiveBytes,
  armNow,
  lineOf,
  ofArmed,
  shareOf,
  testKeys,
  withTrustees,
} from '../../../../tests/support/verifiable-elections.ts';
import { makeKeys } from '../commands/rehearsal/ceremony.ts';
import type { Database } from '../storage/database.ts';
import { findElection } from '../storage/elections.ts';
import { listIntegrity } from '../storage/integrity.ts';
import { sealBox } from './boxes.ts';
import { setCodeChannel } from './code-channel.ts';
import { editContest } from './contests.ts';
import { forgetDueCredentials } from './credentials.ts';
import { publishResult, recordDeliberation } from './deliberations.ts';
import { editElection, readElection } from './elections.ts';
import { inspectDue, type Inspector } from './integrity.ts';
import { addLateVoters } from './late-voters.ts';
import { phaseOf } from './lifecycle.ts';
import { readMailText, saveMailText } from './mail-texts.ts';
import { startMailing } from './mailings.ts';
import { openDueBoards, takeShare } from './openings.ts';
import { readRegistered } from './participation.ts';
import { proveHere } from './proofs.ts';
import {
  closeRehearsal,
  findRehearsal,
  isNobodys,
  makeRehearsal,
  readTestVoters,
  wasRehearsed,
  wipeRehearsal,
} from './rehearsals.ts';
import { addVoter, editVoter } from './roll-changes.ts';
import { addTrustee } from './trustees.ts';
import { noRules } from './voter-rules.ts';

const no = (reason: string) => ({ ok: false, reason });
const conditions = { secure: true, mailReady: true };
const sound: Inspector = () => Promise.resolve('');
/** The log stays, and goes on. */
const ownTables = ['audit_log', 'audit_head'] as const;
async function publish(db: Database, rehearsal: { readonly id: string; readonly context: SealingContext }) {
  const { id } = rehearsal;
  expect(await closeRehearsal(db, admin, id)).toEqual({ ok: true });
  await sealBox(db, id);
  expect(await recordDeliberation(db, admin, id, await theDeliberation(db, rehearsal))).toEqual({ ok: true });
  expect(await publishResult(db, admin, id)).toEqual({ ok: true });
}

onBothDatabases((bench) => {
  test('a rehearsal runs from a draft to its count, and the draft and its numbers know nothing of it', async () => {
    const { db } = bench();
    const draft = await anElection(db, { opensIn: hour, closesIn: 2 * hour, minimumBallots: 3 });
    const before = [await readElection(db.reader, draft), await rowsOf(db, draft)];
    const id = await rehearse(db, draft);
    const row = (await findElection(db.reader, id))!;
    expect(row).toMatchObject({ name: 'TEST – Board 2026', rehearsal_of: draft, minimum_ballots: 1, armed_at: null });
    expect(await readRegistered(db.reader, id)).toBe(3);
    const { context } = await voted(db, id);
    expect(phaseOf((await findElection(db.reader, id))!, await db.now())).toBe('open');
    expect(await closeRehearsal(db, admin, id)).toEqual({ ok: true });
    await sealBox(db, id);
    expect(await recordDeliberation(db, admin, id, await theDeliberation(db, { id, context }))).toEqual({ ok: true });
    expect([await readElection(db.reader, draft), await rowsOf(db, draft)]).toEqual(before);
  });

  test('an election whose order is drawn is rehearsed with a draw of its own', async () => {
    const { db } = bench();
    const draft = await anElection(db);
    const [contest] = (await readElection(db.reader, draft))!.contests;
    const drawn = { title: 'Who?', minChoices: 1, maxChoices: 1, blank: true, seats: 1, order: 'drawn' } as const;
    await editContest(db, admin, draft, contest!.id, drawn);
    const id = await rehearse(db, draft);
    const seedOf = async (of: string) => (await readElection(db.reader, of))!.contests[0]!.order_seed;
    expect(await seedOf(id)).not.toBe(await seedOf(draft));
    await voted(db, id);
    expect(phaseOf((await findElection(db.reader, id))!, await db.now())).toBe('open');
  });

  test.each(['open', 'published'] as const)('wiping one that is %s leaves the database as it was', async (phase) => {
    const { db } = bench();
    const draft = await anElection(db);
    await everyoneVotes(db, await anArmedElection(db));
    const place = { electionId: draft, kind: 'link', locale: 'en' } as const;
    const text = { subject: 'Your vote', body: 'Here: {link} {key}' };
    expect(await saveMailText(db, admin, place, { text, channel: 'own-mail' })).toMatchObject({ ok: true });
    await setCodeChannel(db, admin, draft, 'own-mail');
    await inspectDue(db, sound); // what is checked of the instance and of real elections is there before
    const before = await contentsOf(db, ownTables);
    const id = await rehearse(db, draft);
    expect((await findElection(db.reader, id))?.code_channel).toBe('own-mail');
    expect(await readMailText(db.reader, { ...place, electionId: id })).toMatchObject({ subject: 'Your vote' });
    const invitation = { electionId: id, kind: 'invitation' } as const;
    expect(await startMailing(db, admin, invitation, conditions)).toMatchObject({ ok: true });
    const { context } = await voted(db, id);
    const [, second] = await votersOf(db, id);
    const { ballot } = await sealedFor(context, 1);
    expect(await caster(db)({ link: second!.link, code: wrong(second!.code) }, ballot)).toMatchObject({ triesLeft: 4 });
    await inspectDue(db, sound);
    expect(await listIntegrity(db.reader, [id])).not.toEqual([]);
    expect(await rowsOf(db, id)).toMatchObject({ signatures: 1, ballots: 1, voters: 3 });
    if (phase === 'published') await publish(db, { id, context });
    expect(await wipeRehearsal(db, admin, id)).toEqual({ ok: true });
    expect(await contentsOf(db, ownTables)).toBe(before);
    expect(await wasRehearsed(db.reader, draft)).toBe(phase === 'published');
    expect(await findRehearsal(db.reader, draft)).toBe(undefined);
    const log = await db.reader.selectFrom('audit_log').selectAll().where('subject', '=', id).execute();
    expect(log.map(({ action }) => action)).toEqual([
      'rehearsal-made',
      ...(phase === 'published' ? ['rehearsal-closed'] : []),
      'rehearsal-wiped',
    ]);
    expect(log.every(({ election_id }) => election_id === draft)).toBe(true);
  });

  test('an election that everyone can check is rehearsed with trustees of its own, and wiped as whole', async () => {
    const { db } = bench();
    const { id: draft } = await withTrustees(db);
    const before = await contentsOf(db, ownTables);
    const id = await rehearse(db, draft);
    const named = await addTrustee(db, vault, admin, id, { name: 'Ana' });
    if (!named.ok) throw new Error(named.reason);
    const [file] = await makeKeys([lineOf(db, named.token)]);
    expect(await armNow(db, id)).toEqual({ ok: true });
    const { voters: roll, seal } = await ofArmed(db, id);
    expect(await caster(db)(roll[0]!, seal(roll[0]!, [0]).ballot)).toMatchObject({ ok: true });
    expect(await closeRehearsal(db, admin, id)).toEqual({ ok: true });
    await sealBox(db, id);
    await openDueBoards(db, proveHere);
    const share = await shareOf(file!, await archiveBytes(db, id));
    const taken = await takeShare(db, { vault, prove: proveHere }, named.token, share);
    expect(taken).toEqual({ ok: true, isOpened: true });
    expect(await publishResult(db, admin, id)).toEqual({ ok: true });
    expect(await wipeRehearsal(db, admin, id)).toEqual({ ok: true });
    expect(await contentsOf(db, ownTables)).toBe(before);
    await forgetDueCredentials(db, testKeys); // the key that credentials waited under has no name any more
    expect(testKeys.all.size).toBe(0);
  });

  test('one rehearsal at a time, of a draft, and none of a rehearsal', async () => {
    const at = bench();
    const there = await at.another();
    const draft = await anElection(at.db);
    const answers = await Promise.all([at.db, there, at.db].map((db) => makeRehearsal(db, admin, draft, voters)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const { id } = (await findRehearsal(at.db.reader, draft))!;
    expect(await makeRehearsal(at.db, admin, id, voters)).toEqual(no('is-rehearsal'));
    const { id: armed } = await anArmedElection(at.db);
    expect(await makeRehearsal(at.db, admin, armed, voters)).toEqual(no('election-armed'));
    expect(await closeRehearsal(at.db, admin, id)).toEqual(no('not-open'));
  });

  test('a vote sent while its rehearsal is wiped finds no link, and leaves nothing behind', async () => {
    const at = bench();
    const id = await rehearse(at.db, await anElection(at.db));
    const { context } = await voted(at.db, id);
    const [, voter] = await votersOf(at.db, id);
    const sealed = await sealedFor(context, 1);
    const answers = await Promise.all([caster(at.db)(voter!, sealed.ballot), wipeRehearsal(at.db, admin, id)]);
    expect(answers[0].ok || answers[0].reason).toSatisfy((said) => said === true || said === 'unknown-link');
    expect(answers[1]).toEqual({ ok: true });
    expect(Object.values(await rowsOf(at.db, id)).every((count) => count === 0)).toBe(true);
  });

  test('mails reach the chosen addresses and nobody else, whatever is sent', async () => {
    const { db } = bench();
    const draft = await anElection(db);
    const id = await rehearse(db, draft);
    const [first, ...others] = await readTestVoters(db, vault, admin, id);
    expect([first?.email, others.every(({ email }) => isNobodys(email))]).toEqual(['ana@example.org', true]);
    const wish = { electionId: id, kind: 'invitation' } as const;
    expect(await startMailing(db, admin, wish, conditions)).toMatchObject({ ok: true, recipients: 1 });
    const voterIds = others.map((voter) => voter.id);
    expect(await startMailing(db, admin, { ...wish, voterIds }, conditions)).toEqual(no('nobody-to-mail'));
    const added = { lastName: 'Real', firstName: 'Voter', email: 'real@example.org', promotion: '', building: '' };
    const change = { electionId: id, reason: '', rules: noRules };
    expect(await addVoter(db, vault, admin, change, added)).toEqual(no('test-voters'));
    const edited = await editVoter(db, vault, admin, { ...change, voterId: first!.id, conditions }, added);
    expect(edited).toEqual(no('test-voters'));
    const late = { electionId: id, fresh: [added], reason: 'late' };
    expect(await addLateVoters(db, 'command', late)).toEqual(no('test-voters'));
    expect(await wipeRehearsal(db, admin, id)).toEqual({ ok: true });
    const alone = await makeRehearsal(db, admin, draft, { ...voters, emails: [] });
    if (!alone.ok) throw new Error(alone.reason);
    expect(await startMailing(db, admin, { ...wish, electionId: alone.id }, conditions)).toEqual(no('nobody-to-mail'));
  });

  test('the name of a rehearsal cannot lose its mark', async () => {
    const { db } = bench();
    const id = await rehearse(db, await anElection(db));
    const now = await db.now();
    const details = { description: '', zone: 'Europe/Paris', opensAt: now, closesAt: now + hour };
    for (const name of ['Board 2026', 'TEST – Board 2026']) {
      expect(await editElection(db, admin, id, { ...details, name })).toMatchObject({ ok: true });
      expect((await findElection(db.reader, id))?.name).toBe('TEST – Board 2026');
    }
  });

  test('a ballot that lacks something is not rehearsed', async () => {
    const { db } = bench();
    const draft = await anElection(db, { candidates: [] });
    expect(await makeRehearsal(db, admin, draft, voters)).toEqual(no('election-not-ready'));
  });

  test('a check that runs while its rehearsal is wiped leaves no outcome', async () => {
    const { db } = bench();
    const id = await rehearse(db, await anElection(db));
    await voted(db, id);
    await inspectDue(db, async (_name, electionId) => {
      if (electionId === id) await wipeRehearsal(db, admin, id);
      return '';
    });
    expect(await listIntegrity(db.reader, [id])).toEqual([]);
  });
});
