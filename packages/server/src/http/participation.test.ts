import { expect, test } from 'vitest';
import { textOf } from '../../../../tests/support/answers.ts';
import { anApp, type TestApp } from '../../../../tests/support/app.ts';
import { caster } from '../../../../tests/support/casts.ts';
import {
  admin,
  anArmedElection,
  anElection,
  armed,
  type ArmedElection,
  hour,
} from '../../../../tests/support/elections.ts';
import { close, theDeliberation } from '../../../../tests/support/phases.ts';
import { publishResult, recordDeliberation } from '../domain/deliberations.ts';
import { addVoters } from '../domain/voters.ts';

/** Twenty voters, ten of them in Perrault: all of these have voted, and two of the others. */
async function nearlyComplete(): Promise<{ at: TestApp; id: string }> {
  const at = await anApp();
  const election = await anArmedElection(at.db, { voters: 20 });
  const rows = await at.db.reader.selectFrom('voters').select(['id', 'building_id']).execute();
  const inPerrault = new Set(rows.filter((row) => row.building_id !== null).map((row) => row.id));
  const [there, elsewhere] = [true, false].map((is) => election.voters.filter(({ id }) => inPerrault.has(id) === is));
  const cast = caster(at.db);
  for (const voter of [...there!, ...elsewhere!.slice(0, 2)]) {
    const answer = await cast(voter, (await election.seal([0])).ballot);
    if (!answer.ok) throw new Error(answer.reason);
  }
  return { at, id: election.id };
}

test('no page and no file tells how many of the last have voted while voting is open, to administrators neither', async () => {
  const { at, id } = await nearlyComplete();
  const [nobody, admin] = [at.visitor(), await at.admin()];
  const console = `/console/elections/${id}`;
  const answers = await Promise.all([
    nobody.get('/'),
    nobody.get(`/elections/${id}`),
    admin.get(console),
    admin.get(`${console}/participation`),
    admin.get(`${console}/participation/csv`),
    nobody.get('/screen'),
    nobody.get(`/screen/${id}`),
    nobody.get('/screen.json'),
    nobody.get(`/screen.json?election=${id}`),
    nobody.get('/api/live/en'),
  ]);
  for (const answer of answers) {
    const text = textOf(await answer.text());
    expect(answer.status).toBe(200);
    expect(text).not.toMatch(/\b(10 of 10|12 of 20|12 people|60 ?%)|"voted":1[02]\b/);
    expect(text).toMatch(/At least|,yes|"yes"|"atLeast":true/);
  }
  const page = textOf(await (await nobody.get(`/elections/${id}`)).text());
  for (const words of ['At least 7 of 10', 'At least 2 of 10', 'Not assigned', 'Per promotion Shown after the close'])
    expect(page).toContain(words);
});

test('after the close the numbers are exact, everywhere', async () => {
  const { at, id } = await nearlyComplete();
  at.bench.clockOffsetMs = 2 * hour;
  const page = textOf(await (await at.visitor().get(`/elections/${id}`)).text());
  for (const words of ['10 of 10 (100', '2 of 10 (20', 'E0', 'E1', 'E2']) expect(page).toContain(words);
  expect(page).not.toContain('At least');
  const csv = await (await (await at.as('observer')).get(`/console/elections/${id}/participation/csv`)).text();
  expect(csv).toMatch(/"total","","","",12,20,"no"/);
  expect(csv).toMatch(/"building","Perrault","","",10,10,"no"/);
});

/** Eight voters in Perrault, eight nowhere, two and three in small buildings, a promotion of two. All but one have voted. */
async function withSmallGroups(): Promise<{ at: TestApp; election: ArmedElection }> {
  const at = await anApp();
  const id = await anElection(at.db, { voters: 16 });
  const few = ['Chapel', 'Chapel', 'Tower', 'Tower', 'Tower'].map((building, index) => ({
    lastName: `Petit${index}`,
    firstName: 'Bob',
    email: `bob${index}@example.org`,
    promotion: index < 2 ? 'Doctorate' : 'E0',
    building,
  }));
  await addVoters(at.db, admin, id, few);
  const election = await armed(at.db, id);
  const cast = caster(at.db);
  for (const voter of election.voters.slice(1)) {
    const answer = await cast(voter, (await election.seal([0])).ballot);
    if (!answer.ok) throw new Error(answer.reason);
  }
  return { at, election };
}

test('no list, file, program or printed page names a group of fewer than five, while voting is open and after', async () => {
  const { at, election } = await withSmallGroups();
  const { id } = election;
  const nobody = at.visitor();
  const console = `/console/elections/${id}`;
  const read = async (paths: readonly string[]) => {
    const observer = await at.as('observer');
    const answers = await Promise.all(paths.map((path) => (path.startsWith('/console') ? observer : nobody).get(path)));
    for (const [index, answer] of answers.entries()) {
      expect([paths[index], answer.status]).toEqual([paths[index], 200]);
      const text = await answer.text();
      for (const name of ['Chapel', 'Tower', 'Doctorate'])
        expect([paths[index], name, text.includes(name)]).toEqual([paths[index], name, false]);
      if (!paths[index]!.includes('live'))
        expect([paths[index], text]).toEqual([paths[index], expect.stringContaining('Perrault')]);
    }
  };
  // Participation is printed from its own page.
  const open = ['/', `/elections/${id}`, `/screen/${id}`, `/screen.json?election=${id}`, '/api/live/en'];
  const inConsole = ['/participation', '/participation/csv'].map((path) => console + path);
  await read([...open, ...inConsole]);
  at.bench.clockOffsetMs = 2 * hour;
  await close(at.db, id);
  const counted = await theDeliberation(at.db, election);
  const tally = {
    ...counted.tally,
    ballots: 20,
    valid: 20,
    contests: [{ ...counted.tally.contests[0]!, votes: [20, 0, 0] }],
  };
  expect(await recordDeliberation(at.db, admin, id, { ...counted, tally })).toMatchObject({ ok: true });
  await publishResult(at.db, admin, id);
  await read([`/elections/${id}`, ...inConsole]);
  const observer = await at.as('observer');
  for (const path of ['/minutes', '/minutes.json', '/result'])
    expect(await (await observer.get(console + path)).text()).not.toMatch(/Chapel|Tower|Doctorate/);
  for (const path of ['result.csv', 'result.json'])
    expect(await (await nobody.get(`/elections/${id}/${path}`)).text()).not.toMatch(/Chapel|Tower|Doctorate/);
});

test('before the opening there is nothing to tell', async () => {
  const at = await anApp();
  const { id } = await anArmedElection(at.db, { opensIn: hour, closesIn: 2 * hour, voters: 8 });
  const admin = await at.admin();
  const path = `/console/elections/${id}/participation`;
  expect(textOf(await (await admin.get(path)).text())).toContain('Voting has not opened yet');
  expect((await (await admin.get(`${path}/csv`)).text()).trim().split('\n')).toHaveLength(1);
  expect(textOf(await (await at.visitor().get('/')).text())).not.toMatch(/of 8/);
});

test('without buildings one number stands for all of them', async () => {
  const at = await anApp();
  await anArmedElection(at.db, { voters: 1 });
  const page = await (await at.visitor().get('/')).text();
  expect(page).not.toContain('group-card');
  expect(textOf(page)).toContain('At least 0 of 1');
});

test('every page leads to the privacy page and the accessibility statement, in both languages', async () => {
  const at = await anApp({ organisation: { retentionDays: 30 } });
  const home = await (await at.visitor().get('/')).text();
  for (const path of ['/privacy', '/accessibility']) expect(home).toContain(`href="${path}"`);
  const privacy = textOf(await (await at.visitor().get('/privacy')).text());
  for (const words of ['30 days after a published election has ended', 'Amicale des Jonquilles', 'claire@example.org'])
    expect(privacy).toContain(words);
  expect(textOf(await (await at.visitor().get('/accessibility?lang=fr')).text())).toContain('WCAG');
});
