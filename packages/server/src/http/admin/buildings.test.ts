import { expect, test } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import { listBuildings } from '../../storage/buildings.ts';

const path = '/console/buildings/new';
const form = { name: 'Carnot', icon: 'building', colour: '#1f7a8c', typedColour: '', search: '' };

const checkedIcon = (page: string) => /value="([^"]*)" checked/.exec(page)?.[1];

test('a search for an icon asks for the page again, and nothing that was typed is lost', async () => {
  const at = await anApp();
  const browser = await at.as('technician');
  const query = new URLSearchParams({ ...form, name: 'L’<b>', icon: 'tree', typedColour: '#ABC', search: 'maison' });
  const page = await (await browser.get(`${path}?${query.toString()}`)).text();
  expect(page).toContain('value="L’&lt;b&gt;"');
  expect(page).toContain('value="#ABC"');
  expect(page).toContain('value="maison"');
  expect([...page.matchAll(/type="radio" name="icon" value="([^"]*)"/g)].map(([, name]) => name)).toEqual([
    'tree', // chosen before, and still
    'house',
    'house-door',
  ]);
  expect(checkedIcon(page)).toBe('tree');
  expect(await listBuildings(at.db.reader)).toEqual([]);
});

test('the same search answers a program, in the language of its page', async () => {
  const browser = await (await anApp()).as('technician');
  const answer = await browser.get('/api/icons?search=bi-house&icon=tree', french);
  expect(await answer.json()).toEqual({
    icons: ['tree', 'house', 'house-door'].map((name) => ({ name, url: `/assets/icons-aa.0a1b.svg#${name}` })),
    summary: '2 icônes sur 2',
  });
});

test('wrong fields come back with what was typed, each with its sentence', async () => {
  const at = await anApp();
  const browser = await at.admin();
  const answer = await browser.post(path, { ...form, name: '', icon: 'nothing', typedColour: 'red' });
  const page = await answer.text();
  expect(answer.status).toBe(400);
  for (const sentence of ['Enter the name of the building', 'Choose a colour', 'value="red"'])
    expect(page).toContain(sentence);
  expect(textOf(await (await browser.post(path, { ...form, icon: 'nothing' })).text())).toContain('Choose an icon');
  expect(await listBuildings(at.db.reader)).toEqual([]);
});

test('a typed colour counts, class names of Bootstrap are taken, and a name that is there is refused in words', async () => {
  const at = await anApp();
  const browser = await at.admin();
  await browser.post(path, { ...form, icon: 'bi bi-house', typedColour: 'FA0' });
  expect(await listBuildings(at.db.reader)).toMatchObject([{ name: 'Carnot', icon: 'house', colour: '#ffaa00' }]);
  const answer = await browser.post(path, { ...form, name: 'CARNOT' });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('of this name already')]);
});

test('a building that an election uses says where, and its page offers what to do', async () => {
  const at = await anApp();
  const browser = await at.admin();
  await browser.post(path, form);
  const { id } = (await listBuildings(at.db.reader))[0]!;
  expect(textOf(await (await browser.get(`/console/buildings/${id}`)).text())).toContain('No voter belongs to it.');
  const observed = await (await (await at.as('observer')).get('/console/buildings')).text();
  expect(observed).toContain('Carnot');
  expect(observed).not.toContain(`/console/buildings/${id}`);
  expect(observed).not.toContain(path);
});
