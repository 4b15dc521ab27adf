// Voters chosen by unit: page by page, with what stands in somebody's way said beforehand, through the import's dry run.

import { expect, test } from 'vitest';
import { location, textOf } from '../../../../../tests/support/answers.ts';
import { aConnectedApp, type DirectoryApp } from '../../../../../tests/support/directories.ts';
import { anElection } from '../../../../../tests/support/elections.ts';
import type { Visitor } from '../../../../../tests/support/visitors.ts';

type Fields = readonly (readonly [name: string, value: string])[];

const unescape = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

/** What a browser would send: hidden fields and ticked boxes. */
function fieldsOf(page: string): Fields {
  const form = /<form method="post" action="[^"]*\/units".*?<\/form>/s.exec(page)?.[0] ?? '';
  return [...form.matchAll(/<input\b[^>]*>/g)].flatMap(([input]) => {
    const [, name = ''] = /\sname="([^"]*)"/.exec(input) ?? [];
    const [, value = ''] = /\svalue="([^"]*)"/.exec(input) ?? [];
    if (!/type="(hidden|checkbox)"/.test(input)) return []; // what a test types itself
    return /type="checkbox"/.test(input) && !/\schecked/.test(input) ? [] : [[name, unescape(value)] as const];
  });
}

const picksOf = (fields: Fields) => fields.filter(([name]) => name === 'pick').map(([, value]) => value);

async function aUnitsPage(unit: string, given: Parameters<typeof anElection>[1] = { voters: 0 }) {
  const at = await aConnectedApp({ units: true });
  const id = await anElection(at.db, given);
  const path = `/console/elections/${id}/voters/units`;
  const technician = await at.as('technician');
  const page = await (await technician.get(`${path}?${new URLSearchParams({ unit }).toString()}`)).text();
  const send = (fields: Fields, go: string, more: Fields = []) =>
    technician.send('POST', path, {
      body: new URLSearchParams([...fields, ['go', go] as const, ...more].map(([a, b]): [string, string] => [a, b])),
    });
  return { at, id, path, technician, page, fields: fieldsOf(page), send };
}

const emailsOn = async ({ db }: DirectoryApp, id: string) =>
  (await db.reader.selectFrom('voters').select('email').where('election_id', '=', id).orderBy('email').execute()).map(
    ({ email }) => email,
  );

/** What a dry run, or its import, tells once it is read, or done. */
async function toldBy(browser: Visitor, dryRun: Response): Promise<string> {
  const tell = async () => textOf(await (await browser.get(location(dryRun))).text());
  await expect.poll(tell, { timeout: 30_000 }).not.toMatch(/This page renews itself|are imported so far/);
  return tell();
}

async function confirmed(browser: Visitor, dryRun: Response): Promise<string> {
  await toldBy(browser, dryRun);
  await browser.post(location(dryRun));
  return toldBy(browser, dryRun);
}

test('units are offered with everybody first, and only where they were granted', async () => {
  const { technician, path, id } = await aUnitsPage('/');
  const page = await (await technician.get(path)).text();
  const options = [...page.matchAll(/<option value="([^"]*)">([^<]*)/g)].map(([, value, name]) => [value, name]);
  expect(options.slice(0, 2)).toEqual([
    ['/', 'The whole organisation'],
    ['/Staff', 'Staff'],
  ]);
  expect(await (await technician.get(`/console/elections/${id}/voters`)).text()).toContain(`href="${path}"`);
  const less = await aConnectedApp();
  const other = `/console/elections/${await anElection(less.db)}/voters`;
  expect(await (await less.owner.get(other)).text()).not.toContain('/units"');
  expect(textOf(await (await less.owner.get(`${other}/units`)).text())).toContain('ticks every box');
});

test('who is on the list, of another domain, or without a name is said; the others are ticked', async () => {
  const { at, path, technician, id } = await aUnitsPage('/Staff');
  await at.owner.post('/console/configure/voting', { VALID_EMAIL_DOMAINS: 'example.org' });
  const voter = {
    lastName: 'Dupont',
    firstName: 'Alice',
    email: 'Alice.Dupont@example.org',
    promotion: '',
    building: '',
  };
  await technician.post(`/console/elections/${id}/voters`, { ...voter, reason: '' });
  const page = await (await technician.get(`${path}?unit=/Staff`)).text();
  expect(picksOf(fieldsOf(page))).toEqual([
    '["Benali","Aïcha","aicha.benali@example.org"]',
    '["O’Brien","Seán","sean.obrien@example.org"]',
  ]);
  const seen = textOf(page);
  for (const why of ['on the list already', 'an address of another domain', 'first or last name missing'])
    expect(seen).toContain(why);
});

test('what is chosen on two pages is looked at as an import, added as a whole, and can be undone', async () => {
  const { at, id, technician, fields, send } = await aUnitsPage('/Students/2026');
  expect(picksOf(fields)).toHaveLength(200);
  const few = fields.filter(([name, value]) => name !== 'pick' || value.includes('student00'));
  const second = await (await send(few, 'next')).text();
  expect(textOf(second)).toContain('51 people on this page. 10 chosen on other pages.');
  const dryRun = await send(fieldsOf(second), 'check', [
    ['promotion', 'E1'],
    ['building', 'Perrault'],
  ]);
  const shown = await toldBy(technician, dryRun);
  expect(shown).toContain('Nobody has been added yet');
  expect(shown).toContain('Take over 61 people');
  expect(shown).not.toMatch(/spreadsheet|last_name|line/i);
  expect(await emailsOn(at, id)).toEqual([]);
  expect(await confirmed(technician, dryRun)).toContain('61 voters were added');
  const added = await emailsOn(at, id);
  expect([added.length, added.includes('student010@example.org'), added.includes('student249@example.org')]).toEqual([
    61,
    false,
    true,
  ]);
  const one = await at.db.reader.selectFrom('voters').select('promotion').distinct().execute();
  expect(one).toEqual([{ promotion: 'E1' }]);
  const entries = await at.db.reader.selectFrom('audit_log').select(['action', 'details']).execute();
  expect(entries).toContainEqual({ action: 'voters-imported', details: '{"added":61,"changed":0}' });
  const job = location(dryRun).split('/').at(-1) ?? '';
  await technician.post(`/console/elections/${id}/voters/import/undo`, { import: job });
  expect(await emailsOn(at, id)).toEqual([]);
});

test('everybody on the pages that follow comes in one press, without those who cannot', async () => {
  const { at, id, technician, fields, send } = await aUnitsPage('/');
  const dryRun = await send(fields, 'all');
  expect(await confirmed(technician, dryRun)).toContain('255 voters were added');
  expect(await emailsOn(at, id)).not.toContain('reception@example.org');
  const again = await toldBy(technician, await send(fields, 'all'));
  expect(again).toContain('Everybody you chose is on the list already');
});

test('a name that has changed at Google changes here, when somebody who is on the list is chosen', async () => {
  const { at, id, technician, fields, send } = await aUnitsPage('/Staff');
  await confirmed(technician, await send(fields, 'check'));
  const index = at.google.people.findIndex(({ email }) => email === 'alice.dupont@example.org');
  at.google.people[index] = { ...at.google.people[index]!, family: 'Durand' };
  const pick: Fields = [['pick', '["Durand","Alice","alice.dupont@example.org"]']];
  const rest = fields.filter(([name]) => name !== 'pick');
  expect(await confirmed(technician, await send([...rest, ...pick], 'check'))).toContain('Nobody was added, 1 changed');
  expect((await emailsOn(at, id)).length).toBeGreaterThan(3);
});

test('an address outside the domains that somebody sends all the same is refused as in a spreadsheet', async () => {
  const { at, id, technician, send } = await aUnitsPage('/Staff');
  await at.owner.post('/console/configure/voting', { VALID_EMAIL_DOMAINS: 'example.org' });
  const dryRun = await send(
    [
      ['unit', '/Staff'],
      ['pick', '["X","Y","guest@elsewhere.example"]'],
      ['pick', '["=HYPERLINK(1)","Y\\"","y@example.org"]'],
    ],
    'check',
  );
  const shown = await toldBy(technician, dryRun);
  expect(shown).toContain('These people cannot be voters as they are');
  expect(shown).toContain('guest@elsewhere.example');
  expect(await emailsOn(at, id)).toEqual([]);
});

test('when Google does not answer, what was ticked is still there, and can be tried again', async () => {
  const { at, fields, send } = await aUnitsPage('/Students/2026');
  for (const [go, trouble, words] of [
    ['next', { status: 500 }, 'Google cannot answer at the moment'],
    ['all', { status: 429 }, 'Google asks for a pause'],
  ] as const) {
    at.google.fail({ path: '/admin/directory/v1/users', times: 1, ...trouble });
    const answer = await send(fields, go);
    const page = await answer.text();
    expect([answer.status >= 500, textOf(page)]).toEqual([true, expect.stringContaining(words)]);
    expect(picksOf(fieldsOf(page))).toHaveLength(200);
    if (go === 'all') continue;
    const again = await (await send(fieldsOf(page), 'again')).text();
    expect(textOf(again)).toContain('51 people on this page. 200 chosen on other pages.');
  }
  const nobody = await send(
    fields.filter(([name]) => name !== 'pick'),
    'check',
  );
  expect([nobody.status, textOf(await nobody.text())]).toEqual([
    400,
    expect.stringContaining('Tick at least one person'),
  ]);
});

test('what strangers typed, and what others send, is text or is refused', async () => {
  const hostile = `'"><script>alert(1)</script>`;
  const { at, technician, path, send } = await aUnitsPage('/');
  at.google.people.push({ given: hostile, family: 'H', email: 'h@example.org', unit: `/${hostile}` });
  for (const address of [path, `${path}?${new URLSearchParams({ unit: `/${hostile}` }).toString()}`]) {
    const page = await (await technician.get(address)).text();
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toContain('<script>alert');
  }
  const huge = Array.from({ length: 5001 }, (_, n) => ['pick', `["A","B","p${n}@example.org"]`] as const);
  for (const picks of [[['pick', '[]'] as const], [['pick', '["A","B","no address"]'] as const], huge])
    expect((await send([['unit', '/'], ...picks], 'check')).status).toBe(400);
});
