// Changes of the roll beside casts and the sealing: two transactions at the same moment, each step in the order that hurts
// most; on SQLite the second one waits for the first.

import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { caster, close, counts, judgedBy, minute, same } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, vault } from '../../../../tests/support/elections.ts';
import { held } from '../../../../tests/support/transactions.ts';
import { lockElection } from '../storage/elections.ts';
import { castBallots } from './ballots.ts';
import { createBallotQueue } from './ballot-queue.ts';
import { sealBox } from './boxes.ts';
import { addVoter, editVoter } from './roll-changes.ts';
import { replaceCode, replaceLink } from './voter-access.ts';
import { noRules } from './voter-rules.ts';
import { countVoters, type VoterDraft } from './voters.ts';

const time = 150; // for the other transaction to come as far as it can
const emmy: VoterDraft = {
  lastName: 'Noether',
  firstName: 'Emmy',
  email: 'emmy@example.org',
  promotion: 'E1',
  building: 'Curie',
};
const reason = 'She was forgotten.';

onBothDatabases((bench) => {
  test('a link that is replaced while a ballot is on its way: the ballot that was judged by the old one is refused', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const voter = election.voters[0]!;
    const ballot = { ...(await election.seal([0])), ...judgedBy(voter), codeMatches: true };
    await replaceLink(at.db, vault, admin, { electionId: election.id, voterId: voter.id, reason });
    const cast = await createBallotQueue(at.db).submit(election.id, ballot);
    expect(cast).toEqual({ ok: false, reason: 'replaced-link' });
    expect(await counts(at.db, election)).toEqual(same(0));
  });

  test('a code that is replaced while a ballot is on its way is a wrong code', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const voter = election.voters[0]!;
    const ballot = { ...(await election.seal([0])), ...judgedBy(voter), codeMatches: true };
    await replaceCode(at.db, vault, admin, { electionId: election.id, voterId: voter.id, reason });
    const cast = await createBallotQueue(at.db).submit(election.id, ballot);
    expect(cast).toMatchObject({ ok: false, reason: 'wrong-code' });
  });

  test('a cast that holds the election comes first: its voter has voted when the link is to be replaced', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const voter = election.voters[0]!;
    const ballot = { ...(await election.seal([0])), ...judgedBy(voter), codeMatches: true };
    const casting = await held(at.db, (tx) => castBallots(at.db, tx, election.id, [ballot]));
    const there = await at.another();
    const conditions = { secure: true, mailReady: true };
    const change = { electionId: election.id, voterId: voter.id, reason, rules: noRules, conditions };
    const replacing = replaceLink(there, vault, admin, change);
    const moving = editVoter(there, vault, admin, change, emmy);
    await pause(time);
    expect(await casting.commit()).toMatchObject([{ ok: true }]);
    expect(await replacing).toEqual({ ok: false, reason: 'voter-has-voted' });
    expect(await moving).toEqual({ ok: false, reason: 'voter-has-voted' });
  });

  test('a link that is being replaced keeps the cast waiting, and then out', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const voter = election.voters[0]!;
    const { ballot } = await election.seal([0]);
    const changes = Array.from({ length: 5 }, () =>
      replaceLink(at.db, vault, admin, { electionId: election.id, voterId: voter.id, reason }),
    );
    const there = await at.another();
    const casts = Array.from({ length: 5 }, () => caster(there)(voter, ballot));
    const [changed, answers] = [await Promise.all(changes), await Promise.all(casts)];
    const { signatures } = await counts(at.db, election);
    expect(answers.filter(({ ok }) => ok).length > 0).toBe(signatures === 1);
    // Whichever came first, no link was given to somebody who had voted, and exactly one is in force.
    if (signatures === 1) expect(changed.at(-1)).toMatchObject({ ok: false, reason: 'voter-has-voted' });
    const current = at.db.reader.selectFrom('links').select('link_hash').where('voter_id', '=', voter.id);
    expect(await current.where('replaced_at', 'is', null).execute()).toHaveLength(1);
  });

  test('a voter who is added at the very end is added before it or not at all: the sealed roll stays as it was', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { closesIn: 10 * minute });
    const change = { electionId: election.id, reason, rules: noRules };
    const holder = await held(at.db, (tx) => lockElection(at.db, tx, election.id));
    const adding = addVoter(await at.another(), vault, admin, change, emmy);
    await pause(time);
    at.clockOffsetMs = 10 * minute; // the end comes while it waits for the election
    await holder.commit();
    expect(await adding).toEqual({ ok: false, reason: 'roll-closed' });
    await sealBox(at.db, election.id);
    expect(await countVoters(at.db.reader, election.id)).toBe(election.voters.length);
  });

  test('adding voters and sealing at the same moment: who was told yes is on the roll, who was told no is not', async () => {
    const at = bench();
    const election = await anArmedElection(at.db);
    const change = { electionId: election.id, reason, rules: noRules };
    const there = await at.another();
    const adding = Array.from({ length: 8 }, (_, n) =>
      addVoter(there, vault, admin, change, { ...emmy, email: `emmy${n}@example.org` }),
    );
    await close(at, election);
    const added = (await Promise.all(adding)).filter(({ ok }) => ok).length;
    expect(await countVoters(at.db.reader, election.id)).toBe(election.voters.length + added);
    const late = await addVoter(at.db, vault, admin, change, { ...emmy, email: 'late@example.org' });
    expect(late).toEqual({ ok: false, reason: 'roll-closed' });
  });

  test('the same address added twice at once is there once', async () => {
    const at = bench();
    const electionId = await anElection(at.db);
    const change = { electionId, reason: '', rules: noRules };
    const answers = await Promise.all([
      addVoter(at.db, vault, admin, change, emmy),
      addVoter(await at.another(), vault, admin, change, { ...emmy, email: 'Emmy@example.org' }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'known-email' });
  });
});
