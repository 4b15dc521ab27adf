// Two administrators: what one alone tries in order to be two.

import { definitionHash, encodeDefinition } from '@votix/protocol';
import { expect, test } from 'vitest';
import { anAccount } from '../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { anElection, vault } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { aSecondStep } from '../../../../tests/support/second-steps.ts';
import { issueAccountLink, readAccountLink } from './account-links.ts';
import {
  approvalHours,
  ask,
  countWaiting,
  decide,
  findLatestApproval,
  isApproved,
  isTwoPersonRule,
  listApprovals,
  readConfirmedEnd,
  ruleObstacle,
  spendApproval,
  turnRuleOn,
  wishOf,
  type Gated,
} from './approvals.ts';
import { definitionOf } from './arming.ts';
import { readBox } from './boxes.ts';
import { recordDeliberation } from './deliberations.ts';
import { readElection } from './elections.ts';
import { issueReset } from './password-resets.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { removeTotp } from './second-factors.ts';
import { addUser, editUser, removeUser, renewUserLink } from './users.ts';
import { extendElection } from './ways-back.ts';

const hour = 3_600_000;
const reason = 'The committee decided so.';
const scope = (accountId: string) => ({ accountId }) as ConfirmedAdmin;

onBothDatabases((bench) => {
  /** Ada and Bob, with their second steps; nobody else is an administrator. */
  async function aPair(at: TestBench, { isOn = true } = {}) {
    await at.db.write(async (tx) => {
      await tx.updateTable('accounts').set({ role: 'observer' }).execute();
      await tx.deleteFrom('settings').where('name', '=', 'two-person-rule').execute();
      await tx.deleteFrom('approvals').execute();
    });
    const [ada, bob] = [await anAccount(at.db, 'admin', 'Ada'), await anAccount(at.db, 'admin', 'Bob')];
    for (const { id } of [ada, bob]) await aSecondStep(at.db, id);
    if (isOn) expect(await turnRuleOn(at.db, scope(ada.id))).toEqual({ ok: true });
    return { ada: scope(ada.id), bob: scope(bob.id), accounts: { ada, bob } };
  }
  /** Made while one was enough. */
  async function made(at: TestBench, phase: 'open' | 'closed') {
    const turn = (from: string, to: string) =>
      at.db.write((tx) =>
        tx
          .updateTable('settings')
          .set({ value: to })
          .where('value', '=', from)
          .where('name', '=', 'two-person-rule')
          .execute(),
      );
    await turn('on', 'paused');
    const election = await anElectionIn(at.db, phase);
    await turn('paused', 'on');
    return election;
  }
  async function anExtension(at: TestBench, election?: { id: string }, laterMs = hour) {
    const { id } = election ?? (await made(at, 'open'));
    const found = (await readElection(at.db.reader, id))!;
    const closesAt = found.closes_at + laterMs;
    const gated: Gated = { deed: 'extend', election: found, target: String(closesAt) };
    return {
      id,
      closesAt,
      gated,
      extend: (actor: ConfirmedAdmin, db = at.db) => extendElection(db, actor, id, { closesAt, reason }),
    };
  }
  const latestId = async ({ db }: TestBench) => (await listApprovals(db.reader, 1))[0]!.id;
  async function askFor(at: TestBench, actor: ConfirmedAdmin, gated: Gated): Promise<string> {
    expect(await ask(at.db, actor, { ...wishOf(gated), reason })).toEqual({ ok: true });
    const id = (
      await at.db.reader
        .selectFrom('approvals')
        .select('id')
        .where('state', '=', 'asked')
        .where('target', '=', gated.target)
        .execute()
    ).at(-1)!.id;
    return id;
  }
  const needed = { ok: false, reason: 'second-administrator-needed' };

  test('one asks, another confirms, the first carries on, once; the log knows both', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const { id, gated, extend, closesAt } = await anExtension(at);
    expect(await extend(ada)).toEqual(needed);
    const request = await askFor(at, ada, gated);
    expect(await extend(ada)).toEqual(needed);
    expect([await countWaiting(at.db, ada), await countWaiting(at.db, bob)]).toEqual([0, 1]);
    expect(await decide(at.db, bob, request, 'confirmed')).toEqual({ ok: true });
    expect(await isApproved(at.db, ada, gated)).toBe(true);
    expect(await extend(ada)).toEqual({ ok: true });
    expect((await readElection(at.db.reader, id))?.closes_at).toBe(closesAt);
    expect(await isApproved(at.db, ada, gated)).toBe(false);
    const log = at.db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', id).orderBy('position');
    const told = (await log.execute()).map(({ actor, action }) => [actor, action]);
    expect(told.slice(-3)).toEqual([
      [ada.accountId, 'approval-asked'],
      [bob.accountId, 'approval-confirmed'],
      [ada.accountId, 'election-extended'],
    ]);
  });

  test('a hundred and one later requests hide neither a confirmed end nor those that wait', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const { id, closesAt, gated } = await anExtension(at);
    await decide(at.db, bob, await askFor(at, ada, gated), 'confirmed');
    at.clockOffsetMs += 1000;
    for (let n = 0; n < 101; n++) await ask(at.db, bob, { ...wishOf(gated), target: String(closesAt + n), reason });
    expect(await readConfirmedEnd(at.db, ada, id)).toBe(closesAt);
    expect(await countWaiting(at.db, ada)).toBe(101);
    expect(await findLatestApproval(at.db.reader, wishOf(gated))).toMatchObject({ asked_name: 'Bob', state: 'asked' });
  });

  test('nobody confirms for themselves, and nobody uses what was confirmed to another', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const { gated, extend } = await anExtension(at);
    const request = await askFor(at, ada, gated);
    for (const verdict of ['confirmed', 'refused'] as const)
      expect(await decide(at.db, ada, request, verdict)).toMatchObject({ reason: 'own-approval' });
    expect(await decide(at.db, bob, request, 'withdrawn')).toMatchObject({ reason: 'own-approval' });
    await decide(at.db, bob, request, 'confirmed');
    expect(await extend(bob)).toEqual(needed);
    expect(await extend(ada)).toEqual({ ok: true });
  });

  test('a confirmation is for this election and this end, and for a day', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const first = await anExtension(at);
    const later = await anExtension(at, first, 2 * hour);
    const other = await anExtension(at);
    await decide(at.db, bob, await askFor(at, ada, first.gated), 'confirmed');
    for (const { extend } of [later, other]) expect(await extend(ada)).toEqual(needed);
    expect(await isApproved(at.db, ada, { ...first.gated, deed: 'deliberate' })).toBe(false);
    at.clockOffsetMs += approvalHours * hour + 1000;
    expect(await isApproved(at.db, ada, first.gated)).toBe(false);
    expect(await at.db.write((tx) => spendApproval(at.db, tx, ada, first.gated))).toBe(false);
    const late = await anExtension(at);
    const request = await askFor(at, ada, late.gated);
    at.clockOffsetMs += approvalHours * hour + 1000;
    expect(await decide(at.db, bob, request, 'confirmed')).toMatchObject({ reason: 'approval-over' });
    at.clockOffsetMs = 0;
  });

  test('refused and withdrawn requests open nothing, and stay what they are', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const { gated, extend } = await anExtension(at);
    const refused = await askFor(at, ada, gated);
    await decide(at.db, bob, refused, 'refused');
    expect(await decide(at.db, bob, refused, 'confirmed')).toMatchObject({ reason: 'approval-over' });
    const withdrawn = await askFor(at, ada, gated);
    await decide(at.db, bob, withdrawn, 'confirmed');
    expect(await decide(at.db, ada, withdrawn, 'withdrawn')).toEqual({ ok: true });
    expect(await decide(at.db, bob, withdrawn, 'confirmed')).toMatchObject({ reason: 'approval-over' });
    expect(await extend(ada)).toEqual(needed);
    expect(await decide(at.db, bob, 'invented', 'confirmed')).toMatchObject({ reason: 'unknown-approval' });
  });

  test('whoever is no administrator any more neither asks, confirms nor counts', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const { gated, extend } = await anExtension(at);
    const demote = (id: string, role: 'observer' | 'admin') =>
      at.db.write((tx) => tx.updateTable('accounts').set({ role }).where('id', '=', id).execute());
    const request = await askFor(at, ada, gated);
    await demote(bob.accountId, 'observer');
    expect(await decide(at.db, bob, request, 'confirmed')).toMatchObject({ reason: 'role-required' });
    await demote(bob.accountId, 'admin');
    await demote(ada.accountId, 'observer');
    expect(await decide(at.db, bob, request, 'confirmed')).toMatchObject({ reason: 'approval-over' });
    expect(await ask(at.db, ada, { ...wishOf(gated), reason })).toMatchObject({ reason: 'role-required' });
    await demote(ada.accountId, 'admin');
    await decide(at.db, bob, request, 'confirmed');
    await demote(bob.accountId, 'observer');
    expect(await extend(ada)).toEqual(needed);
    await demote(bob.accountId, 'admin');
    expect(await extend(ada)).toEqual({ ok: true });
  });

  test('of many who use one confirmation at once, in two processes, one does the deed', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const { gated } = await anExtension(at);
    await decide(at.db, bob, await askFor(at, ada, gated), 'confirmed');
    const handles = [at.db, await at.another()];
    const spent = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        handles[n % 2]!.write((tx) => spendApproval(handles[n % 2]!, tx, ada, gated)),
      ),
    );
    expect(spent.filter((isSpent) => isSpent)).toHaveLength(1);
    const again = await askFor(at, ada, gated);
    const verdicts = await Promise.all(
      (['confirmed', 'refused', 'confirmed', 'refused'] as const).map((verdict, n) =>
        decide(handles[n % 2]!, bob, again, verdict),
      ),
    );
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('one administrator alone makes no second: no new one, no link, no address, no second step of another', async () => {
    const at = bench();
    const { ada, bob, accounts } = await aPair(at);
    const refusal = { ok: false, reason: 'two-person-rule' };
    const person = () => ({ name: 'Mallory', email: `${crypto.randomUUID()}@example.org` });
    expect(await addUser(at.db, ada, { ...person(), role: 'admin' })).toEqual(refusal);
    const added = await addUser(at.db, ada, { ...person(), role: 'technician' });
    const id = added.ok ? added.id : '';
    expect(await editUser(at.db, ada, id, { ...person(), role: 'admin' })).toEqual(refusal);
    expect(await editUser(at.db, ada, bob.accountId, { ...person(), role: 'admin' })).toEqual(refusal);
    expect(await renewUserLink(at.db, ada, bob.accountId)).toEqual(refusal);
    expect(await removeUser(at.db, ada, bob.accountId)).toEqual(refusal);
    // Bob, who has taken his second step away, confirms nothing, and no mail brings anybody into his account.
    await removeTotp({ db: at.db, vault, token: '' }, bob);
    const { gated } = await anExtension(at);
    const request = await askFor(at, ada, gated);
    expect(await decide(at.db, bob, request, 'confirmed')).toMatchObject({ reason: 'second-step-needed' });
    expect(await issueReset(at.db, accounts.bob.email)).toBeUndefined();
    expect(await issueReset(at.db, accounts.ada.email)).toBeDefined();
  });

  test('the rule wants two administrators with second steps, takes links away, and ends only by two', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at, { isOn: false });
    const { extend, gated } = await anExtension(at);
    expect(await isApproved(at.db, ada, gated)).toBe(true);
    expect(await ask(at.db, ada, { ...wishOf(gated), reason })).toMatchObject({ reason: 'rule-off' });
    const third = await anAccount(at.db, 'admin', 'Eve');
    expect(await ruleObstacle(at.db.reader)).toBe('second-step-needed');
    expect(await turnRuleOn(at.db, ada)).toMatchObject({ reason: 'second-step-needed' });
    await at.db.write((tx) => tx.deleteFrom('accounts').where('id', '=', third.id).execute());
    const { token } = await at.db.write(async (tx) => issueAccountLink(tx, bob.accountId, await at.db.now(tx)));
    expect(await turnRuleOn(at.db, ada)).toEqual({ ok: true });
    expect(await readAccountLink(at.db, token)).toBeUndefined();
    await ask(at.db, ada, { deed: 'rule-off', election_id: null, target: '', reason });
    const request = await latestId(at);
    expect(await decide(at.db, ada, request, 'confirmed')).toMatchObject({ reason: 'own-approval' });
    expect(await isTwoPersonRule(at.db.reader)).toBe(true);
    expect(await decide(at.db, bob, request, 'confirmed')).toEqual({ ok: true });
    expect(await isTwoPersonRule(at.db.reader)).toBe(false);
    expect(await extend(ada)).toEqual({ ok: true });
    await at.db.write((tx) =>
      tx.updateTable('accounts').set({ role: 'observer' }).where('id', '=', bob.accountId).execute(),
    );
    expect(await turnRuleOn(at.db, ada)).toMatchObject({ reason: 'two-administrators-needed' });
  });

  test('arming is for the ballot paper that was confirmed; a rehearsal takes one; the box stays shut to one', async () => {
    const at = bench();
    const { ada, bob } = await aPair(at);
    const draft = (await readElection(at.db.reader, await anElection(at.db, { voters: 2 })))!;
    const seen = definitionHash(encodeDefinition(definitionOf(draft)));
    const arm: Gated = { deed: 'arm', election: draft, target: seen };
    await decide(at.db, bob, await askFor(at, ada, arm), 'confirmed');
    expect(await isApproved(at.db, ada, { ...arm, target: 'a'.repeat(64) })).toBe(false);
    expect(await isApproved(at.db, ada, arm)).toBe(true);
    const rehearsal = { ...arm, election: { id: draft.id, rehearsal_of: 'x' } };
    expect(await isApproved(at.db, bob, rehearsal)).toBe(true);
    const closed = await made(at, 'closed');
    expect(await readBox(at.db, ada, closed.id)).toEqual(needed);
    const election = (await readElection(at.db.reader, closed.id))!;
    const open: Gated = { deed: 'deliberate', election, target: election.box_hash! };
    await decide(at.db, bob, await askFor(at, ada, open), 'confirmed');
    expect(await readBox(at.db, ada, closed.id)).toMatchObject({ ok: true });
    expect(await readBox(at.db, bob, closed.id)).toEqual(needed);
    // A result that cannot be uses nothing up.
    const wrong = { tally: {}, invalidBallots: [], boxHash: election.box_hash! };
    expect(await recordDeliberation(at.db, ada, closed.id, wrong)).toMatchObject({ reason: 'wrong-tally' });
    expect(await isApproved(at.db, ada, open)).toBe(true);
  });
});
