import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { anArmedElection, hour, type TestVoter } from '../../../../tests/support/elections.ts';
import { caster, counts, judgedBy, minute, same, wrong } from '../../../../tests/support/casts.ts';
import { castBallots, type ReadyBallot } from './ballots.ts';
import { sealBox } from './boxes.ts';

onBothDatabases((bench) => {
  test('a voter with the right code is recorded once, and the same ballot again is the same answer', async () => {
    const { db } = bench();
    const [election, cast] = [await anArmedElection(db), caster(db)];
    const { ballot, receipt } = await election.seal([1]);
    expect(await cast(election.voters[0]!, ballot)).toMatchObject({ ok: true, receipt });
    const again = await cast(election.voters[0]!, ballot);
    expect(again).toMatchObject({ ok: true, receipt, recordedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(again).not.toHaveProperty('recordedAt');
    expect(await counts(db, election)).toEqual(same(1));
  });

  test('another ballot of a voter who has voted is refused with the day only', async () => {
    const { db } = bench();
    const [election, cast] = [await anArmedElection(db), caster(db)];
    await cast(election.voters[0]!, (await election.seal([0])).ballot);
    const second = await cast(election.voters[0]!, (await election.seal([1])).ballot);
    expect(second).toMatchObject({ ok: false, reason: 'already-voted', signedOn: expect.any(String) });
    expect(await counts(db, election)).toEqual(same(1));
  });

  test("another voter's ballot is refused as a copy and signs nobody", async () => {
    const { db } = bench();
    const [election, cast] = [await anArmedElection(db), caster(db)];
    const { ballot } = await election.seal([2]);
    await cast(election.voters[0]!, ballot);
    expect(await cast(election.voters[1]!, ballot)).toMatchObject({ ok: false, reason: 'copied-ballot' });
    expect(await counts(db, election)).toEqual(same(1));
  });

  test('fifty requests at once of one voter leave exactly one ballot', async () => {
    const { db, another } = bench();
    const [election, cast, elsewhere] = [await anArmedElection(db), caster(db), caster(await another())];
    const ballots = await Promise.all(Array.from({ length: 50 }, () => election.seal([0])));
    const answers = await Promise.all(
      ballots.map(({ ballot }, index) => (index % 2 ? cast : elsewhere)(election.voters[0]!, ballot)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'already-voted')).toHaveLength(49);
    expect(await counts(db, election)).toEqual(same(1));
  });

  test('one ballot sent at once by many voters is recorded for one of them', async () => {
    const { db, another } = bench();
    const election = await anArmedElection(db, { voters: 20 });
    const [here, there] = [caster(db), caster(await another())];
    const { ballot } = await election.seal([0]);
    const answers = await Promise.all(election.voters.map((voter, index) => (index % 2 ? here : there)(voter, ballot)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await counts(db, election)).toEqual(same(1));
  });

  test('five wrong codes pause for 15 minutes, then 30, and a right code in the pause is refused', async () => {
    const at = bench();
    const [election, cast] = [await anArmedElection(at.db, { closesIn: 9 * hour }), caster(at.db)];
    const [voter, other] = election.voters as [TestVoter, TestVoter];
    const { ballot } = await election.seal([0]);
    const bad = { ...voter, code: wrong(voter.code) };
    for (const triesLeft of [4, 3, 2, 1])
      expect(await cast(bad, ballot)).toMatchObject({ ok: false, reason: 'wrong-code', triesLeft });
    expect(await cast(bad, ballot)).toMatchObject({ ok: false, reason: 'code-locked' });
    expect(await cast(voter, ballot)).toMatchObject({ ok: false, reason: 'code-locked' });
    expect(await cast(other, (await election.seal([1])).ballot)).toMatchObject({ ok: true });
    at.clockOffsetMs = 15 * minute + 1000;
    for (let tries = 1; tries < 5; tries++) await cast(bad, ballot);
    const now = await at.db.now();
    const second = await cast(bad, ballot);
    expect(second).toMatchObject({ reason: 'code-locked' });
    expect(Math.round(('until' in second ? second.until - now : 0) / minute)).toBe(30);
    at.clockOffsetMs = 46 * minute + 2000;
    expect(await cast(voter, ballot)).toMatchObject({ ok: true });
    expect(await at.db.reader.selectFrom('code_failures').selectAll().execute()).toEqual([]);
    expect(await counts(at.db, election)).toEqual(same(2));
  });

  test('a thousand guesses at once get no more than five tries', async () => {
    const { db, another } = bench();
    const [election, cast, elsewhere] = [await anArmedElection(db), caster(db), caster(await another())];
    const voter = election.voters[0]!;
    const { ballot } = await election.seal([0]);
    const guesses = Array.from({ length: 1000 }, (_, n) => String(n).padStart(4, '0')).filter((c) => c !== voter.code);
    guesses.splice(500, 0, voter.code);
    const answers = await Promise.all(
      guesses.map((code, index) => (index % 2 ? cast : elsewhere)({ link: voter.link, code }, ballot)),
    );
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'wrong-code')).toHaveLength(4);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(0);
    expect(await counts(db, election)).toEqual(same(0));
  });

  test('the window is kept to the very second, and one refusal rolls back nobody else', async () => {
    const at = bench();
    const election = await anArmedElection(at.db, { opensIn: 10 * minute, closesIn: 20 * minute });
    const [cast, voters] = [caster(at.db), election.voters];
    const ballots = await Promise.all(voters.map(() => election.seal([0])));
    expect(await cast(voters[0]!, ballots[0]!.ballot)).toMatchObject({ reason: 'too-early' });
    at.clockOffsetMs = 10 * minute + 1000;
    const bad = { ...voters[1]!, code: wrong(voters[1]!.code) };
    const answers = await Promise.all([cast(voters[0]!, ballots[0]!.ballot), cast(bad, ballots[1]!.ballot)]);
    expect(answers.map((answer) => answer.ok)).toEqual([true, false]);
    at.clockOffsetMs = 20 * minute;
    expect(await cast(voters[1]!, ballots[1]!.ballot)).toMatchObject({ reason: 'too-late' });
    expect(await cast(voters[0]!, ballots[0]!.ballot)).toMatchObject({ ok: true, recordedOn: expect.any(String) });
    const guess = { ...voters[0]!, code: wrong(voters[0]!.code) }; // after the end no code can be guessed by the answer
    expect(await cast(guess, ballots[0]!.ballot)).toMatchObject({ ok: true, recordedOn: expect.any(String) });
    await sealBox(at.db, election.id);
    expect(await cast(voters[2]!, ballots[2]!.ballot)).toMatchObject({ reason: 'too-late' });
    expect(await cast(voters[0]!, ballots[0]!.ballot)).toMatchObject({ ok: true });
    expect(await counts(at.db, election)).toEqual(same(1));
  });

  test('in one commit, a right code forgives the wrong ones before it, not those after it', async () => {
    const { db } = bench();
    const { id, voters, seal } = await anArmedElection(db);
    const voterId = voters[0]!.id;
    const right = { ...(await seal([0])), ...judgedBy(voters[0]!), codeMatches: true };
    const bad = { ...(await seal([1])), ...judgedBy(voters[0]!), codeMatches: false };
    const castAll = (batch: readonly ReadyBallot[]) => db.write((tx) => castBallots(db, tx, id, batch));
    expect(await castAll([bad, bad])).toMatchObject([{ triesLeft: 4 }, { triesLeft: 3 }]);
    expect(await castAll([bad, right, bad])).toMatchObject([{ triesLeft: 2 }, { ok: true }, { triesLeft: 4 }]);
    expect(await castAll([bad])).toMatchObject([{ triesLeft: 3 }]);
    expect(await castAll([bad, right])).toMatchObject([{ triesLeft: 2 }, { ok: true }]);
    expect(await db.reader.selectFrom('code_failures').selectAll().where('voter_id', '=', voterId).execute()).toEqual(
      [],
    );
  });

  test('links that are unknown, ballots that are not of this election, and texts that are no ballots record nothing', async () => {
    const { db } = bench();
    const [election, foreign, cast] = [await anArmedElection(db), await anArmedElection(db), caster(db)];
    const voter = election.voters[0]!;
    const { ballot } = await election.seal([0]);
    const nobody = { link: '00000000-0000-4000-8000-000000000000', code: '0000' };
    expect(await cast(nobody, ballot)).toMatchObject({ reason: 'unknown-link' });
    expect(await cast({ ...voter, link: 'x' }, ballot)).toMatchObject({ reason: 'unknown-link' });
    expect(await cast(voter, (await foreign.seal([0])).ballot)).toMatchObject({ reason: 'other-election' });
    for (const text of ['', ballot.slice(0, -2), `${ballot}A`, ballot.replace(/.$/, '*'), 7, null])
      expect(await cast(voter, text)).toMatchObject({ reason: 'malformed-ballot' });
    expect(await cast(voter, 'x'.repeat(20_000))).toMatchObject({ reason: 'oversized-ballot' });
    expect(await cast({ ...voter, code: '12 3' }, ballot)).toMatchObject({ reason: 'malformed-code' });
    expect(await counts(db, election)).toEqual(same(0));
  });

  test('a link is read as scanners and people write it', async () => {
    const { db } = bench();
    const [election, cast] = [await anArmedElection(db), caster(db)];
    const voter = election.voters[0]!;
    const { ballot } = await election.seal([]);
    const code = `${voter.code.slice(0, 2)} ${voter.code.slice(2)}`;
    expect(await cast({ link: ` ${voter.link.toUpperCase()}.#x`, code }, ballot)).toMatchObject({ ok: true });
  });
});
