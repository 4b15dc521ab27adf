// Forms as no browser sends them: files for texts, fields twice, broken boundaries, other bodies. Nothing half-done.

import { expect, test } from 'vitest';
import { location } from '../../../../tests/support/answers.ts';
import { anApp, oneDatabase, type TestApp } from '../../../../tests/support/app.ts';
import { contentsOf } from '../../../../tests/support/contents.ts';
import { anElection } from '../../../../tests/support/elections.ts';
import { listCandidates } from '../storage/candidates.ts';
import { listVoters } from '../storage/voters.ts';

const bench = oneDatabase();
const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' } as const;

async function aDraft() {
  const at = await anApp({ bench: bench() });
  const id = await anElection(at.db, { candidates: [], voters: 1 });
  const path = `/console/elections/${id}/candidates`;
  return { at, id, path, admin: await at.admin() };
}

test.each<[string, Record<string, string>, () => RequestInit['body']]>([
  ['no body', {}, () => undefined],
  ['a boundary that never comes', { 'Content-Type': 'multipart/form-data; boundary=x' }, () => 'name=Ada'],
  ['no boundary', { 'Content-Type': 'multipart/form-data' }, () => 'name=Ada'],
  [
    'half a part',
    { 'Content-Type': 'multipart/form-data; boundary=x' },
    () => '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda',
  ],
  ['JSON', { 'Content-Type': 'application/json' }, () => '{"name":"Ada"}'],
  ['plain text', { 'Content-Type': 'text/plain' }, () => 'name=Ada'],
  ['bytes', {}, () => Buffer.from([0xff, 0xfe, 0x00])],
  ['a name of nothing but spaces', urlencoded, () => 'name=+%09+'],
  ['a name with U+0000', urlencoded, () => 'name=A%00da'],
  ['a name with a hidden line', urlencoded, () => 'name=A%1bda'],
  ['names in a list', urlencoded, () => 'name[]=Ada&name[0]=Eve&name.x=Bob'],
  ['prototypes', urlencoded, () => '__proto__[name]=Ada&constructor.name=Eve'],
])('a form with %s adds nobody and says what is missing', async (_what, headers, body) => {
  const { at, path, admin } = await aDraft();
  const before = await contentsOf(at.db);
  const answer = await admin.send('POST', path, { headers, body: body() ?? null });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('id="name-problem"')]);
  expect(await contentsOf(at.db)).toBe(before);
  expect(at.failures()).toEqual([]);
});

test('a file in the place of a text is no text, and a field sent twice keeps its last value', async () => {
  const { at, id, path, admin } = await aDraft();
  const file = new FormData();
  file.set('name', new File(['Ada'], 'Ada'));
  expect((await admin.send('POST', path, { body: file })).status).toBe(400);
  expect((await admin.send('POST', path, { headers: urlencoded, body: 'name=Ada&text=x&name=Blaise' })).status).toBe(
    303,
  );
  expect((await listCandidates(at.db.reader, id)).map(({ name }) => name)).toEqual(['Blaise']);
});

test('a member that the form does not have is not taken over', async () => {
  const { at, id, path, admin } = await aDraft();
  const fields = { name: 'Ada', text: '', id: 'chosen', position: '-1', contest_id: 'chosen', published_at: '1' };
  expect((await admin.post(path, fields)).status).toBe(303);
  expect(await listCandidates(at.db.reader, id)).toEqual([
    expect.objectContaining({ name: 'Ada', position: 1, id: expect.stringMatching(/-/) }),
  ]);
});

test.each(['0', '-1', '1e9', 'NaN', 'Infinity', '2.5', '', '%00', "1' OR '1'='1", '9'.repeat(400)])(
  'page %j of the roll is a page',
  async (page) => {
    const { id, admin } = await aDraft();
    const answer = await admin.get(`/console/elections/${id}/voters?page=${page.replace('%00', '')}`);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Dupont0')]);
  },
);

const votersIn = (at: TestApp) => at.db.reader.selectFrom('voters').selectAll().orderBy('id').execute();

test('a spreadsheet in the wrong shape imports nobody and is not repeated to the reader as markup', async () => {
  const { at, id, admin } = await aDraft();
  const path = `/console/elections/${id}/voters/import`;
  const before = await votersIn(at);
  for (const text of [
    '',
    '\u0000',
    'a\n'.repeat(10_000),
    `${'a,'.repeat(5000)}\n`,
    '"',
    'last_name,first_name,email\n"a,b,c',
    '{"voters":[]}',
  ]) {
    const sent = await admin.upload(path, text);
    const page = sent.status === 303 ? await admin.get(location(sent)) : sent;
    const said = await page.text();
    expect([text, said.includes('error-summary')]).toEqual([text, true]);
    expect(said).not.toContain('<b>');
    if (sent.status === 303) expect((await admin.post(location(sent))).status).toBe(409);
    else expect(sent.status).toBe(400);
  }
  expect(await votersIn(at)).toEqual(before);
  expect(await listVoters(at.db.reader, id, { limit: 10, offset: 0 })).toHaveLength(1);
  expect(at.failures()).toEqual([]);
});
