import { expect, test } from 'vitest';
import { caster } from '../../../../tests/support/casts.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anElection, vault } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { listRollCounts } from '../storage/roll-counts.ts';
import { readHolder } from './links.ts';
import { addVoter, clearRoll, editVoter, removeVoter } from './roll-changes.ts';
import { replaceCode, replaceLink, showAccess } from './voter-access.ts';
import { noRules } from './voter-rules.ts';
import { countVoters, findVoter, listVoters, type VoterDraft, type VoterRow } from './voters.ts';

const emmy: VoterDraft = {
  lastName: 'Noether',
  firstName: 'Emmy',
  email: 'emmy@example.org',
  promotion: 'E1',
  building: 'Curie',
};
const reason = 'She was forgotten.';
const conditions = { secure: true, mailReady: true };
const all = { limit: 1000, offset: 0 };

const draftOf = ({ last_name, first_name, email, promotion }: VoterRow, building = ''): VoterDraft => ({
  lastName: last_name,
  firstName: first_name,
  email,
  promotion,
  building,
});

const entriesOf = ({ db }: TestBench, election: string) =>
  db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', election).orderBy('position').execute();

const lastEntry = async (at: TestBench, election: string) => (await entriesOf(at, election)).at(-1);

onBothDatabases((bench) => {
  test('before arming a voter is added, edited and removed without a reason; each deed is in the log', async () => {
    const { db } = bench();
    const electionId = await anElection(db);
    const change = { electionId, reason: '', rules: noRules, conditions };
    const added = await addVoter(db, vault, admin, change, emmy);
    if (!added.ok) throw new Error(added.reason);
    const voterId = added.id;
    const edited = { ...emmy, lastName: 'Nöther', building: 'Curie' };
    expect(await editVoter(db, vault, admin, { ...change, voterId }, edited)).toEqual({ ok: true });
    const voter = await findVoter(db.reader, electionId, voterId);
    expect(voter).toMatchObject({ last_name: 'Nöther', sort_key: 'nother\u0001emmy' });
    expect(voter?.search_key).toBe('nother emmy emmy@example.org');
    expect(await removeVoter(db, admin, { electionId, voterId })).toEqual({ ok: true });
    const links = db.reader.selectFrom('links').selectAll().where('voter_id', '=', voterId);
    expect(await links.execute()).toEqual([]);
    const mine = (await entriesOf(bench(), electionId)).filter(({ subject }) => subject === voterId);
    expect(mine.map(({ action, details }) => [action, details])).toEqual([
      ['voter-added', '{}'],
      ['voter-edited', '{"fields":"lastName"}'],
      ['voter-removed', '{}'],
    ]);
    expect(JSON.stringify(mine)).not.toMatch(/Emmy|Noether|emmy@/);
  });

  test('saving a voter as they are changes nothing and is no deed', async () => {
    const { db } = bench();
    const electionId = await anElection(db);
    const [voter] = await listVoters(db.reader, electionId, all);
    const before = await entriesOf(bench(), electionId);
    const change = { electionId, voterId: voter!.id, reason: '', rules: noRules, conditions };
    expect(await editVoter(db, vault, admin, change, draftOf(voter!))).toEqual({ ok: true });
    expect(await entriesOf(bench(), electionId)).toEqual(before);
  });

  test('an address that is on the roll already is refused, in whatever case', async () => {
    const { db } = bench();
    const electionId = await anElection(db);
    const change = { electionId, reason: '', rules: noRules, conditions };
    const twin = { ...emmy, email: 'ALICE0@Example.org' };
    expect(await addVoter(db, vault, admin, change, twin)).toEqual({ ok: false, reason: 'known-email' });
    const [, second] = await listVoters(db.reader, electionId, all);
    const taken = await editVoter(db, vault, admin, { ...change, voterId: second!.id }, twin);
    expect(taken).toEqual({ ok: false, reason: 'known-email' });
  });

  test.each(['armed', 'open'] as const)('while %s a voter may be added, with a reason that is kept', async (phase) => {
    const at = bench();
    const { id: electionId, seal } = await anElectionIn(at.db, phase);
    const change = { electionId, reason: '', rules: noRules, conditions };
    expect(await addVoter(at.db, vault, admin, change, emmy)).toEqual({ ok: false, reason: 'reason-missing' });
    const added = await addVoter(at.db, vault, admin, { ...change, reason }, emmy);
    if (!added.ok) throw new Error(added.reason);
    expect(await lastEntry(at, electionId)).toMatchObject({ action: 'voter-added', subject: added.id, reason });
    const shown = await showAccess(at.db, vault, admin, { electionId, voterId: added.id, reason });
    if (!shown.ok || phase === 'armed') return expect(shown.ok).toBe(true);
    expect(await caster(at.db)({ ...shown.access }, (await seal([0])).ballot)).toMatchObject({ ok: true });
  });

  test.each(['armed', 'open'] as const)(
    'while %s only the address of a voter may change, with a reason',
    async (phase) => {
      const at = bench();
      const { id: electionId, voters } = await anElectionIn(at.db, phase);
      const voterId = voters[2]!.id;
      const voter = (await findVoter(at.db.reader, electionId, voterId))!;
      const change = { electionId, voterId, reason, rules: noRules, conditions };
      const moved = { ...draftOf(voter), email: 'moved@example.org' };
      for (const other of [{ lastName: 'X' }, { firstName: 'X' }, { promotion: 'X' }])
        expect(await editVoter(at.db, vault, admin, change, { ...moved, ...other })).toEqual({
          ok: false,
          reason: 'election-armed',
        });
      const silent = await editVoter(at.db, vault, admin, { ...change, reason: '' }, moved);
      expect(silent).toEqual({ ok: false, reason: 'reason-missing' });
      expect(await editVoter(at.db, vault, admin, change, moved)).toEqual({ ok: true });
      const after = await findVoter(at.db.reader, electionId, voterId);
      expect(after).toEqual({
        ...voter,
        email: 'moved@example.org',
        email_key: 'moved@example.org',
        search_key: 'dupont2 alice moved@example.org',
      });
      expect(await lastEntry(at, electionId)).toMatchObject({ action: 'voter-edited', subject: voterId, reason });
    },
  );

  test('after arming nobody is removed, one by one or many', async () => {
    const { db } = bench();
    for (const phase of ['armed', 'open', 'closed'] as const) {
      const { id: electionId, voters } = await anElectionIn(db, phase);
      const refused = { ok: false, reason: 'election-armed' };
      expect(await removeVoter(db, admin, { electionId, voterId: voters[0]!.id })).toEqual(refused);
      const filter = { words: [] };
      expect(await clearRoll(db, admin, electionId, { filter, expected: voters.length })).toEqual(refused);
      expect(await countVoters(db.reader, electionId)).toBe(voters.length);
    }
  });

  test('after the close nothing of the roll changes any more, with whatever reason', async () => {
    const { db } = bench();
    for (const phase of ['closed', 'deliberated', 'published'] as const) {
      const { id: electionId, voters } = await anElectionIn(db, phase);
      const voterId = voters[2]!.id;
      const change = { electionId, voterId, reason, rules: noRules, conditions };
      const roll = await listVoters(db.reader, electionId, all);
      const before = await entriesOf(bench(), electionId);
      const refused = { ok: false, reason: 'roll-closed' };
      expect(await addVoter(db, vault, admin, change, emmy)).toEqual(refused);
      expect(await editVoter(db, vault, admin, change, emmy)).toEqual(refused);
      expect(await replaceLink(db, vault, admin, change)).toEqual(refused);
      expect(await replaceCode(db, vault, admin, change)).toEqual(refused);
      expect(await showAccess(db, vault, admin, change)).toEqual(refused);
      expect(await listVoters(db.reader, electionId, all)).toEqual(roll);
      expect(await entriesOf(bench(), electionId)).toEqual(before);
    }
  });

  test('who has voted keeps address, link and code, and nobody is shown them', async () => {
    const { db } = bench();
    const { id: electionId, voters } = await anElectionIn(db, 'open');
    const voterId = voters[0]!.id;
    const change = { electionId, voterId, reason, rules: noRules, conditions };
    const refused = { ok: false, reason: 'voter-has-voted' };
    expect(await editVoter(db, vault, admin, change, emmy)).toEqual(refused);
    expect(await replaceLink(db, vault, admin, change)).toEqual(refused);
    expect(await replaceCode(db, vault, admin, change)).toEqual(refused);
    expect(await showAccess(db, vault, admin, change)).toEqual(refused);
    expect(await readHolder(db.reader, vault, voters[0]!.link)).toMatchObject({ ok: true });
  });

  test('a voter of another election is nobody here', async () => {
    const { db } = bench();
    const [one, other] = [await anElection(db), await anElectionIn(db, 'open')];
    const change = { electionId: one, voterId: other.voters[1]!.id, reason, rules: noRules, conditions };
    const refused = { ok: false, reason: 'unknown-voter' };
    expect(await editVoter(db, vault, admin, change, emmy)).toEqual(refused);
    expect(await removeVoter(db, admin, change)).toEqual(refused);
    expect(await replaceLink(db, vault, admin, change)).toEqual(refused);
    expect(await showAccess(db, vault, admin, change)).toEqual(refused);
    expect(await readHolder(db.reader, vault, other.voters[1]!.link)).toMatchObject({ ok: true });
  });

  test('a replaced link opens the door that says so, and the ballot cast with it is refused', async () => {
    const at = bench();
    const { id: electionId, voters, seal } = await anElectionIn(at.db, 'open');
    const voter = voters[1]!;
    const change = { electionId, voterId: voter.id, reason };
    expect(await replaceLink(at.db, vault, admin, change)).toEqual({ ok: true });
    expect(await readHolder(at.db.reader, vault, voter.link)).toMatchObject({ ok: false, reason: 'replaced-link' });
    const cast = caster(at.db);
    expect(await cast(voter, (await seal([0])).ballot)).toMatchObject({ ok: false, reason: 'replaced-link' });
    const shown = await showAccess(at.db, vault, admin, change);
    if (!shown.ok) throw new Error(shown.reason);
    expect(shown.access.key).not.toBe(voter.key);
    expect(shown.access.code).toBe(voter.code);
    expect(await cast(shown.access, (await seal([0])).ballot)).toMatchObject({ ok: true });
  });

  test('a new code ends the pause, and the former code is wrong', async () => {
    const at = bench();
    const { id: electionId, voters, seal } = await anElectionIn(at.db, 'open');
    const [voter, cast] = [voters[1]!, caster(at.db)];
    const { ballot } = await seal([0]);
    const guess = String((Number(voter.code) + 1) % 10_000).padStart(4, '0');
    for (let n = 0; n < 5; n++) await cast({ ...voter, code: guess }, ballot);
    expect(await cast(voter, ballot)).toMatchObject({ ok: false, reason: 'code-locked' });
    const change = { electionId, voterId: voter.id, reason };
    let code = voter.code;
    while (code === voter.code) {
      await replaceCode(at.db, vault, admin, change); // one in ten thousand is the same by chance
      const shown = await showAccess(at.db, vault, admin, change);
      code = shown.ok ? shown.access.code : '';
    }
    expect(await cast(voter, ballot)).toMatchObject({ ok: false, reason: 'wrong-code', triesLeft: 4 });
    expect(await cast({ ...voter, code }, ballot)).toMatchObject({ ok: true });
  });

  test('a set that matches a filter is removed as a whole, or not at all when it is no longer as large as was shown', async () => {
    const { db } = bench();
    const electionId = await anElection(db, { voters: 30 });
    const filter = { words: [], promotion: 'E1' };
    const wrongCount = await clearRoll(db, admin, electionId, { filter, expected: 11 });
    expect(wrongCount).toEqual({ ok: false, reason: 'roll-changed' });
    expect(await countVoters(db.reader, electionId)).toBe(30);
    expect(await clearRoll(db, admin, electionId, { filter, expected: 10 })).toEqual({ ok: true, removed: 10 });
    const left = await listVoters(db.reader, electionId, all);
    expect(left).toHaveLength(20);
    expect(left.some(({ promotion }) => promotion === 'E1')).toBe(false);
    expect(await lastEntry(bench(), electionId)).toMatchObject({ action: 'voters-removed', details: '{"removed":10}' });
  });
});

onBothDatabases((bench) => {
  test('the counts of the roll follow every change', async () => {
    const { db } = bench();
    const electionId = await anElection(db, { voters: 6 });
    const change = { electionId, reason: '', rules: noRules, conditions };
    const counted = async () => {
      const rows = await listRollCounts(db.reader, electionId);
      return Object.fromEntries(rows.filter(({ kind }) => kind !== 'building').map((row) => [row.name, row.voters]));
    };
    const added = await addVoter(db, vault, admin, change, { ...emmy, promotion: 'E9' });
    expect(await counted()).toEqual({ '': 7, E0: 2, E1: 2, E2: 2, E9: 1 });
    const voterId = added.ok ? added.id : '';
    await editVoter(db, vault, admin, { ...change, voterId }, { ...emmy, promotion: 'E0' });
    expect(await counted()).toEqual({ '': 7, E0: 3, E1: 2, E2: 2 });
    await removeVoter(db, admin, { electionId, voterId });
    await clearRoll(db, admin, electionId, { filter: { words: [], promotion: 'E1' }, expected: 2 });
    expect(await counted()).toEqual({ '': 4, E0: 2, E2: 2 });
  });
});
