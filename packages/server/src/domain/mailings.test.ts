// Who gets a mail and who does not: parts of the roll, late voters, one voter, a second press, a corrected address.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, hour, vault } from '../../../../tests/support/elections.ts';
import type { Database } from '../storage/database.ts';
import type { DeliveryRow } from '../storage/deliveries.ts';
import { listVoters } from '../storage/voters.ts';
import { listBuildings } from '../storage/buildings.ts';
import { listUndelivered } from '../storage/recipients.ts';
import { openAccesses, readHolder } from './links.ts';
import { setCodeChannel } from './code-channel.ts';
import {
  countDeadAddresses,
  countRecipients,
  findMailing,
  listDeliveries,
  listDeliveriesOfVoter,
  listRecipients,
  countUndelivered,
  startMailing,
} from './mailings.ts';
import { addVoter, editVoter } from './roll-changes.ts';
import { noRules } from './voter-rules.ts';

const conditions = { secure: true, mailReady: true };
const page = { limit: 1000, offset: 0 };
const reason = 'A typing mistake.';

const rowsOf = async (db: Database, id: string) => listDeliveries(db.reader, id, page);

async function started(db: Database, start: Parameters<typeof startMailing>[2]): Promise<string> {
  const outcome = await startMailing(db, admin, start, conditions);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.mailingId;
}

/** As the postman would write it. */
const became = (db: Database, mailingId: string, status: DeliveryRow['status'], voterId?: string, cause = '') =>
  db.write(async (tx) => {
    let query = tx.updateTable('deliveries').set({ status, cause, attempts: 1 }).where('mailing_id', '=', mailingId);
    if (voterId !== undefined) query = query.where('voter_id', '=', voterId);
    await query.execute();
    await tx.updateTable('mailings').set({ state: 'finished' }).where('id', '=', mailingId).execute();
  });

onBothDatabases((bench) => {
  test('a building, a promotion, both, or those without: the count is the number of mails', async () => {
    const { db } = bench();
    const { id } = await anArmedElection(db, { voters: 12 });
    const perrault = (await listBuildings(db.reader)).find(({ name }) => name === 'Perrault')!.id;
    const wishes = [
      [{}, 12],
      [{ building: perrault }, 6],
      [{ building: null }, 6],
      [{ promotion: 'E0' }, 4],
      [{ promotion: 'E0', building: perrault }, 2],
      [{ promotion: '' }, 0],
      [{ promotion: 'nobody' }, 0],
    ] as const;
    for (const [audience, expected] of wishes) {
      expect(await countRecipients(db.reader, id, 'link', audience)).toBe(expected);
      expect(await listRecipients(db.reader, id, 'link', audience)).toHaveLength(expected);
    }
    const part = await started(db, { electionId: id, kind: 'link', audience: { promotion: 'E0', building: perrault } });
    expect((await rowsOf(db, part)).map(({ email }) => email).toSorted()).toEqual([
      'alice3@example.org',
      'alice9@example.org',
    ]);
    expect(await countRecipients(db.reader, id, 'link')).toBe(10);
    const none = { electionId: id, kind: 'link', audience: { promotion: 'nobody' } } as const;
    await became(db, part, 'accepted');
    expect(await startMailing(db, admin, none, conditions)).toEqual({ ok: false, reason: 'nobody-to-mail' });
  });

  test('who came late gets theirs while the others still wait; who was refused is not late', async () => {
    const { db } = bench();
    const { id } = await anArmedElection(db, { voters: 3 });
    const first = await started(db, { electionId: id, kind: 'link' });
    const [refused] = await rowsOf(db, first);
    await db.write((tx) =>
      tx.updateTable('deliveries').set({ status: 'rejected' }).where('id', '=', refused!.id).execute(),
    );
    const draft = { lastName: 'Late', firstName: 'Lou', email: 'lou@example.org', promotion: 'E1', building: '' };
    const added = await addVoter(db, vault, admin, { electionId: id, reason, rules: noRules }, draft);
    const late = { electionId: id, kind: 'link', audience: { late: true } } as const;
    expect(await countRecipients(db.reader, id, 'link', { late: true })).toBe(1);
    expect(await countRecipients(db.reader, id, 'link')).toBe(2);
    const second = await started(db, late);
    expect((await rowsOf(db, second)).map(({ voter_id }) => voter_id)).toEqual([added.ok && added.id]);
    expect(await startMailing(db, admin, late, conditions)).toEqual({ ok: false, reason: 'nobody-to-mail' });
  });

  test('"send again" pressed twice, or at the same time, sends again once', async () => {
    const { db } = bench();
    const { id } = await anArmedElection(db, { voters: 4 });
    const first = await started(db, { electionId: id, kind: 'link' });
    const [a, b] = await rowsOf(db, first);
    await became(db, first, 'accepted');
    await became(db, first, 'unknown', a!.voter_id);
    await became(db, first, 'rejected', b!.voter_id);
    const again = { electionId: id, kind: 'link', again: first } as const;
    const pressed = await Promise.all([1, 2].map(() => startMailing(db, admin, again, conditions)));
    expect(pressed.filter(({ ok }) => ok)).toHaveLength(1);
    const second = pressed.find((outcome) => outcome.ok)!;
    if (!second.ok) return;
    expect((await rowsOf(db, second.mailingId)).map(({ voter_id }) => voter_id).toSorted()).toEqual(
      [a!.voter_id, b!.voter_id].toSorted(),
    );
    await became(db, second.mailingId, 'accepted', a!.voter_id);
    await became(db, second.mailingId, 'rejected', b!.voter_id);
    const third = await started(db, again);
    expect((await rowsOf(db, third)).map(({ voter_id }) => voter_id)).toEqual([b!.voter_id]);
  });

  test('one voter gets it again on purpose, but not while it is on its way to them', async () => {
    const { db } = bench();
    const { id, voters } = await anArmedElection(db, { voters: 2 });
    const one = { electionId: id, kind: 'link', voterIds: [voters[0]!.id] } as const;
    const first = await started(db, one);
    expect(await startMailing(db, admin, one, conditions)).toEqual({ ok: false, reason: 'nobody-to-mail' });
    await became(db, first, 'accepted');
    expect(await rowsOf(db, await started(db, one))).toMatchObject([{ voter_id: voters[0]!.id, round: 2 }]);
  });

  const correct = (db: Database, electionId: string, voterId: string, email: string, able = conditions) =>
    listVoters(db.reader, electionId, page).then((rows) => {
      const row = rows.find((voter) => voter.id === voterId)!;
      const draft = { lastName: row.last_name, firstName: row.first_name, email, promotion: row.promotion };
      const change = { electionId, voterId, reason, rules: noRules, conditions: able };
      return editVoter(db, vault, admin, change, { ...draft, building: row.building ?? '' });
    });

  test('a corrected address: the old link and code die, and what went there goes out again', async () => {
    const { db } = bench();
    const { id, voters } = await anArmedElection(db, { voters: 2 });
    const [voter, other] = voters;
    const first = await started(db, { electionId: id, kind: 'link' });
    await became(db, first, 'accepted');
    await became(db, first, 'deferred', voter!.id);
    const corrected = await correct(db, id, voter!.id, 'right@example.org');
    expect(corrected).toEqual({ ok: true, correction: { resent: ['link'], linkReplaced: true } });
    const mine = await listDeliveriesOfVoter(db.reader, voter!.id);
    expect(mine.map(({ status, cause, round }) => [status, cause, round])).toEqual([
      ['queued', '', 2],
      ['cancelled', 'address-changed', 1],
    ]);
    expect(await findMailing(db.reader, mine[0]!.mailing_id)).toMatchObject({ state: 'running', kind: 'link' });
    expect(await readHolder(db.reader, vault, voter!.link)).toMatchObject({ ok: false, reason: 'replaced-link' });
    const access = (await openAccesses(db, vault, [voter!.id])).get(voter!.id)!;
    expect(access.link).not.toBe(voter!.link);
    expect(access.key).not.toBe(voter!.key);
    expect(await readHolder(db.reader, vault, access.link)).toMatchObject({ ok: true });
    expect(await readHolder(db.reader, vault, other!.link)).toMatchObject({ ok: true });
    const log = await db.reader.selectFrom('audit_log').selectAll().where('subject', '=', voter!.id).execute();
    expect(log.map(({ action }) => action)).toEqual([
      'voter-edited',
      'link-replaced',
      'code-replaced',
      'mailing-started',
    ]);
  });

  test('a code on paper stays; what only waits is left to its turn; without a mail server the link dies all the same', async () => {
    const { db } = bench();
    const { id, voters } = await anArmedElection(db, { voters: 3 });
    await setCodeChannel(db, admin, id, 'paper');
    const [sent, waiting, silent] = voters;
    const first = await started(db, { electionId: id, kind: 'link' });
    await became(db, first, 'accepted', sent!.id);
    expect(await correct(db, id, waiting!.id, 'waiting@example.org')).toEqual({ ok: true });
    expect(await readHolder(db.reader, vault, waiting!.link)).toMatchObject({ ok: true });
    expect(await listDeliveriesOfVoter(db.reader, waiting!.id)).toMatchObject([{ status: 'queued', round: 1 }]);
    await correct(db, id, sent!.id, 'sent@example.org');
    const access = await openAccesses(db, vault, [sent!.id]);
    expect(access.get(sent!.id)).toMatchObject({ code: sent!.code });
    expect(access.get(sent!.id)!.link).not.toBe(sent!.link);
    await became(db, first, 'accepted', silent!.id);
    const able = { secure: true, mailReady: false };
    expect(await correct(db, id, silent!.id, 'silent@example.org', able)).toEqual({
      ok: true,
      correction: { resent: [], linkReplaced: true },
    });
    expect(await readHolder(db.reader, vault, silent!.link)).toMatchObject({ ok: false, reason: 'replaced-link' });
  });

  test('a corrected address gets what its voter still needs: the link says all that the invitation said', async () => {
    const { db } = bench();
    const { id, voters } = await anArmedElection(db, { voters: 2 });
    const [voter, waiting] = voters;
    await became(db, await started(db, { electionId: id, kind: 'invitation' }), 'rejected');
    const links = await started(db, { electionId: id, kind: 'link' });
    await became(db, links, 'rejected', voter!.id);
    await became(db, await started(db, { electionId: id, kind: 'reminder' }), 'accepted', voter!.id);
    expect(await correct(db, id, voter!.id, 'right@example.org')).toEqual({
      ok: true,
      correction: { resent: ['link'], linkReplaced: true },
    });
    const coming = (await listDeliveriesOfVoter(db.reader, voter!.id)).filter(({ status }) => status === 'queued');
    expect(coming.map(({ kind, round }) => [kind, round])).toEqual([['link', 2]]);
    expect(await readHolder(db.reader, vault, voter!.link)).toMatchObject({ ok: false, reason: 'replaced-link' });
    // Whose link only waits gets it in its turn: no second mail beside it.
    expect(await correct(db, id, waiting!.id, 'other@example.org')).toEqual({ ok: true });
  });

  test('an address that does not exist gets no mail to all, of no kind, until it is corrected', async () => {
    const { db } = bench();
    const { id, voters } = await anArmedElection(db, { voters: 3 });
    const [dead, full, fine] = voters.map((voter) => voter.id);
    const links = await started(db, { electionId: id, kind: 'link' });
    await became(db, links, 'accepted', fine);
    await became(db, links, 'rejected', full, 'mailbox-full');
    await became(db, links, 'rejected', dead, 'no-such-address');
    expect(await listRecipients(db.reader, id, 'link')).toEqual([full]);
    expect(await listRecipients(db.reader, id, 'reminder')).toEqual([full!, fine!].toSorted());
    expect(await listRecipients(db.reader, id, 'invitation')).toEqual([full!, fine!].toSorted());
    const link = { id: links, election_id: id };
    expect([await countDeadAddresses(db.reader, id), await listUndelivered(db.reader, link)]).toEqual([1, [full]]);
    // Somebody knows better: one mail on purpose, which arrives.
    const one = await started(db, { electionId: id, kind: 'link', voterIds: [dead!] });
    await became(db, one, 'accepted', dead);
    await db.write((tx) =>
      tx.updateTable('deliveries').set({ changed_at: 2e15 }).where('mailing_id', '=', one).execute(),
    );
    expect([await countDeadAddresses(db.reader, id), await listUndelivered(db.reader, link)]).toEqual([0, [full]]);
    expect(await countUndelivered(db.reader, link)).toBe(1);
    await became(db, one, 'rejected', dead, 'no-such-address');
    expect(await countDeadAddresses(db.reader, id)).toBe(1);
    const able = { secure: true, mailReady: false }; // no mail follows by itself
    await correct(db, id, dead!, 'right@example.org', able);
    expect(await countDeadAddresses(db.reader, id)).toBe(0);
    expect(await listRecipients(db.reader, id, 'link')).toEqual([dead!, full!].toSorted());
    const kept = (await listDeliveriesOfVoter(db.reader, dead!)).map(({ status, cause }) => [status, cause]);
    expect(kept).toEqual([
      ['cancelled', 'address-changed'],
      ['cancelled', 'address-changed'],
    ]);
  });

  test('in a draft an invitation follows the address, and the link, which nobody has seen, stays', async () => {
    const { db } = bench();
    const id = await anElection(db, { voters: 1, opensIn: hour, closesIn: 2 * hour });
    const [voter] = await listVoters(db.reader, id, page);
    await became(db, await started(db, { electionId: id, kind: 'invitation' }), 'rejected');
    const before = await openAccesses(db, vault, [voter!.id]);
    expect(await correct(db, id, voter!.id, 'right@example.org')).toEqual({
      ok: true,
      correction: { resent: ['invitation'], linkReplaced: false },
    });
    expect(await openAccesses(db, vault, [voter!.id])).toEqual(before);
  });
});
