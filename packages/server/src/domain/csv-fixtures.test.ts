// The spreadsheets of tests/fixtures/csv: each is what some program writes, or what some volunteer did to it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeWhole, readWhole } from '../../../../tests/support/voter-files.ts';
import { csvLine, csvStyle } from './csv.ts';
import { judgeVoter } from './voter-rules.ts';

const folder = join(import.meta.dirname, '../../../../tests/fixtures/csv');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

async function read(name: string) {
  const decoded = await decodeWhole(bytesOf(name));
  if (!decoded.ok) throw new Error(decoded.reason);
  return { charset: decoded.charset, ...(await readWhole(decoded.text)) };
}

const ada = { lastName: 'Lovelace', firstName: 'Ada', email: 'ada@example.org', promotion: 'E1', building: 'Perrault' };
const paul = { lastName: 'Éluard', firstName: 'Paul', email: 'paul@example.org', promotion: 'E2', building: '' };

test('excel-french.csv: 300 voters in Windows-1252 with semicolons, every accent right', async () => {
  const file = await read('excel-french.csv');
  expect(file).toMatchObject({ charset: 'windows-1252', separator: ';', problems: [], ignored: [] });
  expect(file.voters).toHaveLength(300);
  expect(file.columns.map(({ header }) => header)).toEqual([
    'Nom de famille',
    'Prénom',
    'Courriel',
    'Promo',
    'Bâtiment',
  ]);
  const names = file.voters.map(({ draft }) => `${draft.lastName} ${draft.firstName} ${draft.building}`).join();
  for (const part of ['Lefèvre', 'Çelik', 'Œuvrard', 'Peña', 'D’Alembert', 'Maëlle', 'Bâtiment 2'])
    expect(names).toContain(part);
});

test('excel-french.csv: a line break or a separator inside a cell ends no row', async () => {
  const { voters } = await read('excel-french.csv');
  const names = voters.map(({ draft }) => `${draft.firstName} ${draft.lastName}`);
  expect(names.filter((name) => / Marie /.test(name))).toHaveLength(10);
  expect(names.filter((name) => name.endsWith(' de La Tour'))).toHaveLength(10);
  expect(names.filter((name) => name.endsWith('; dit "Le Grand"'))).toHaveLength(1);
});

test.each([
  ['seed.csv', 'utf-8', ','],
  ['utf8-bom.csv', 'utf-8', ','],
  ['excel-unicode-text.txt', 'utf-16le', '\t'],
  ['sep-line.csv', 'utf-8', ';'],
  ['tabs.csv', 'utf-8', '\t'],
  ['quoted-newlines.csv', 'utf-8', ','],
  ['trailing-columns.csv', 'utf-8', ';'],
])('%s is read', async (name, charset, separator) => {
  const file = await read(name);
  expect(file).toMatchObject({ charset, separator, problems: [] });
  const [first, second] = file.voters.map(({ draft }) => draft);
  expect(second).toEqual(paul);
  expect(first).toEqual(name === 'quoted-newlines.csv' ? { ...ada, lastName: 'Love lace', promotion: 'E 1' } : ada);
  expect(file.voters).toHaveLength(2);
});

test('spaces.csv: spaces that do not break, or have no width, are no part of a name or an address', async () => {
  const { voters, problems } = await read('spaces.csv');
  expect(problems).toEqual([]);
  expect(voters.map(({ draft }) => [draft.lastName, draft.firstName, draft.email])).toEqual([
    ['Lovelace', 'Ada', 'ada@example.org'],
    ['de la Tour', 'Jean Paul', 'jean@example.org'],
  ]);
});

test('mistakes.csv: every mistake has its line', async () => {
  const { problems } = await read('mistakes.csv');
  expect(problems.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
    [3, 'csv-last-name', undefined],
    [4, 'csv-email', undefined],
    [5, 'csv-duplicate', '2'],
  ]);
});

test('duplicates.csv: an address that comes again, in any case, names the line where it came first', async () => {
  const { problems, voters } = await read('duplicates.csv');
  expect(problems).toMatchObject([
    { line: 4, reason: 'csv-duplicate', detail: '2' },
    { line: 5, reason: 'csv-duplicate', detail: '3' },
  ]);
  expect(voters).toHaveLength(3);
});

test('bad-domains.csv: neither a likeness, nor a subdomain, nor a longer name is the domain that is taken', async () => {
  const { voters } = await read('bad-domains.csv');
  const rules = { validEmailDomains: ['example.org'], promotionList: [] };
  const refused = voters.filter(({ draft }) => !judgeVoter(rules, draft).ok);
  expect(refused.map(({ line }) => line)).toEqual([3, 4, 5]);
});

test('formulas.csv: a name that begins like a formula is a name, and no cell that we write runs it', async () => {
  const { voters, problems } = await read('formulas.csv');
  expect(problems).toEqual([]);
  const cells = voters.flatMap(({ draft }) => Object.values(draft).filter((cell) => cell !== undefined));
  for (const name of ['=HYPERLINK("https://evil.example")', '+33', '=1+1', '-E2', '@SUM(A1)', "=cmd|'/C calc'!A0"])
    expect(cells).toContain(name);
  for (const language of ['en', 'fr'] as const)
    expect(csvLine(cells, csvStyle(language))).not.toMatch(/(^|[,;\n])"?["\s]*[=+\-@]/);
});

test('open-quote.csv: the line that opens the quotation mark is named', async () => {
  expect((await read('open-quote.csv')).problems).toEqual([{ line: 3, reason: 'csv-syntax' }]);
});

test('workbook.xlsx.csv: a workbook that was only renamed is told apart', async () => {
  expect(await decodeWhole(bytesOf('workbook.xlsx.csv'))).toEqual({ ok: false, reason: 'csv-workbook' });
});

test('UTF-16 without a mark is found, and bytes that are no text are refused', async () => {
  const utf16 = new Uint8Array(Buffer.from('last_name,first_name,email', 'utf16le'));
  expect(await decodeWhole(utf16)).toMatchObject({ ok: true, charset: 'utf-16le' });
  expect(await decodeWhole(utf16.toReversed())).toMatchObject({ ok: true, charset: 'utf-16be' });
  expect(await decodeWhole(new Uint8Array([0x61, 0, 0, 0x62, 0, 0, 0, 1, 2, 3]))).toMatchObject({
    ok: false,
    reason: 'csv-no-text',
  });
  for (const text of ['', ' \n\t\r\n', '\uFEFF'])
    expect(await decodeWhole(new TextEncoder().encode(text))).toEqual({ ok: false, reason: 'csv-empty' });
});

test.each(['utf-8', 'utf-16le', 'latin1'] as const)(
  'a file in %s is the same text however its bytes come in pieces',
  async (encoding) => {
    const rows = Array.from(
      { length: 90 },
      (_, n) => `É${n},Zoé ${encoding === 'latin1' ? 'ü' : '😀'},z${n}@example.org`,
    );
    const text = ['last_name,first_name,email', ...rows].join('\n');
    const bytes = new Uint8Array(Buffer.from(text.replaceAll('\n', '\r\n'), encoding));
    const charset = encoding === 'latin1' ? 'windows-1252' : encoding;
    for (const size of [1, 2, 3, 7, 63, 64, 65, 5000])
      expect(await decodeWhole(bytes, size)).toEqual({ ok: true, charset, text });
  },
);

test('a byte at the very end that is no UTF-8 makes the file one of Windows-1252', async () => {
  const bytes = new Uint8Array([
    ...new TextEncoder().encode('last_name,first_name,email\na,b,c@example.org,Andr'),
    0xe9,
  ]);
  expect(await decodeWhole(bytes)).toMatchObject({ charset: 'windows-1252', text: expect.stringMatching(/André$/) });
});
