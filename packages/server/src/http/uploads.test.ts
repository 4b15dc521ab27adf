// A form with a file as programs and broken connections send it: whole, or refused with nothing left.

import { expect, test } from 'vitest';
import { anApp, oneDatabase } from '../../../../tests/support/app.ts';
import { anElection } from '../../../../tests/support/elections.ts';

const bench = oneDatabase();
const csv = 'last_name,first_name,email\nLovelace,Ada,ada@example.org\n';
const boundary = 'a-boundary';
const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };

const part = (name: string, file: string | undefined, text: string) =>
  [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}`,
    ...(file === undefined ? [] : ['Content-Type: text/csv']),
    '',
    text,
    '',
  ].join('\r\n');
const end = `--${boundary}--\r\n`;

async function anImport() {
  const at = await anApp({ bench: bench() });
  const id = await anElection(at.db, { voters: 0 });
  const technician = await at.as('technician');
  const path = `/console/elections/${id}/voters/import`;
  const send = (body: string, with_: Readonly<Record<string, string>> = headers) =>
    technician.send('POST', path, { headers: with_, body });
  const left = () => at.db.reader.selectFrom('voter_imports').select('state').where('election_id', '=', id).execute();
  return { technician, send, left };
}

test('the first file of a form is read, whatever stands before and after it', async () => {
  const { technician, send, left } = await anImport();
  const answer = await send(
    part('other', undefined, 'x') + part('file', 'é.csv', csv) + part('file', 'b.csv', 'b') + end,
  );
  expect(answer.status).toBe(303);
  expect(await left()).toEqual([{ state: 'ready' }]);
  const page = await technician.get(new URL(answer.headers.get('location')!, 'http://localhost').pathname);
  expect(await page.text()).toContain('Lovelace Ada');
});

test.each([
  ['no file was chosen', part('file', '', '') + end],
  ['there is no file in it', part('other', undefined, 'x') + end],
  ['it is cut off in its file', part('file', 'a.csv', csv + csv.repeat(50)).slice(0, -30)],
  ['it is cut off before its file', part('file', 'a.csv', csv).slice(0, 40)],
  ['it has no end', part('file', 'a.csv', csv)],
  ['it is empty', ''],
  ['it is something else', csv],
])('a form is asked for again where %s, and nothing stays', async (_, body) => {
  const { send, left } = await anImport();
  const answer = await send(body);
  expect([answer.status, await left()]).toEqual([400, []]);
  expect(await answer.text()).toContain('type="file"');
});

test.each([
  ['no boundary', 'multipart/form-data'],
  ['another kind', 'text/csv'],
  ['plain fields', 'application/x-www-form-urlencoded'],
])('a body that says %s is no file', async (_, type) => {
  const { send, left } = await anImport();
  const answer = await send(part('file', 'a.csv', csv) + end, { 'content-type': type });
  expect([answer.status, await left()]).toEqual([400, []]);
});
