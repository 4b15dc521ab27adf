import { expect, test } from 'vitest';
import { parseVoterCsv } from './voter-csv.ts';

const header = 'last_name,first_name,email,promotion,building';
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (...lines: readonly string[]) => parseVoterCsv(bytes(lines.join('\n')));
const ada = { lastName: 'Lovelace', firstName: 'Ada', email: 'ada@example.org', promotion: 'E1', building: 'Perrault' };

test('the header of the specification is read', () => {
  expect(read(header, 'Lovelace,Ada,ada@example.org,E1,Perrault')).toEqual({ ok: true, voters: [ada] });
});

test.each([',', ';', '\t'])('the separator %j is found by itself', (separator) => {
  const row = ['Lovelace', 'Ada', 'ada@example.org', 'E1', 'Perrault'].join(separator);
  expect(read(header.replaceAll(',', separator), row)).toEqual({ ok: true, voters: [ada] });
});

test('a byte order mark, Windows line ends and a missing last line end are no problem', () => {
  const text = `\uFEFF${header}\r\nLovelace,Ada,ada@example.org,E1,Perrault\r\nPascal,Blaise,b@example.org,,`;
  const blaise = { lastName: 'Pascal', firstName: 'Blaise', email: 'b@example.org', promotion: '', building: '' };
  expect(parseVoterCsv(bytes(text))).toEqual({ ok: true, voters: [ada, blaise] });
});

test('header spellings, order of columns and columns of others do not matter', () => {
  const lines = ['Building,E-Mail,phone,FIRST NAME,last-name', 'Perrault,ada@example.org,123,Ada,Lovelace'];
  expect(read(...lines)).toEqual({ ok: false, problems: [{ line: 1, reason: 'csv-columns', detail: 'email' }] });
  expect(read(lines[0]!.replace('E-Mail', ' Email '), lines[1]!)).toEqual({
    ok: true,
    voters: [{ ...ada, promotion: '' }],
  });
});

test('promotion and building may be left out, the other columns are named when they are missing', () => {
  expect(read('email,last_name,first_name', 'ada@example.org,Lovelace,Ada')).toMatchObject({ ok: true });
  expect(read('email', 'ada@example.org')).toEqual({
    ok: false,
    problems: [{ line: 1, reason: 'csv-columns', detail: 'last_name, first_name' }],
  });
});

test('quoted commas, quotes and line breaks belong to the value, on one line', () => {
  const found = read(header, '"Lovelace, Countess","Ada ""A."" ",ada@example.org,"E1\nE2",Perrault');
  expect(found).toMatchObject({
    ok: true,
    voters: [{ lastName: 'Lovelace, Countess', firstName: 'Ada "A."', promotion: 'E1 E2' }],
  });
});

test('surrounding spaces are cut, accents are kept, case of the address is kept', () => {
  const found = read(header, '  Éluard ; Zoë , Paul ,  Paul.Eluard@Example.org , E1 , ');
  expect(found).toMatchObject({
    voters: [{ lastName: 'Éluard ; Zoë', firstName: 'Paul', email: 'Paul.Eluard@Example.org' }],
  });
});

test('empty lines and lines of empty cells are passed over', () => {
  const found = read(header, '', 'Lovelace,Ada,ada@example.org,E1,Perrault', ',,,,', '', '');
  expect(found).toEqual({ ok: true, voters: [ada] });
});

test('every error is said at once, with the line where its row begins', () => {
  const found = read(
    header, // line 1
    'Lovelace,Ada,ada@example.org,E1,Perrault', // 2
    ',Blaise,blaise@example.org,,', // 3
    '', // 4
    '"Noether\nEmmy",Emmy,not-an-address,,', // 5 and 6
    'Curie,,,,', // 7
    '', // 8
    '"Ampère\n\n",André,ADA@example.org,,', // 9 to 11
    `Hopper,Grace,grace@example.org,${'x'.repeat(61)},${'y'.repeat(121)}`, // 12
  );
  expect(found).toEqual({
    ok: false,
    problems: [
      { line: 3, reason: 'csv-last-name' },
      { line: 5, reason: 'csv-email' },
      { line: 7, reason: 'csv-first-name' },
      { line: 7, reason: 'csv-email' },
      { line: 9, reason: 'csv-duplicate', detail: '2' },
      { line: 12, reason: 'csv-promotion' },
      { line: 12, reason: 'csv-building' },
    ],
  });
});

test('line numbers hold with Windows line ends', () => {
  const text = [header, 'Lovelace,Ada,ada@example.org,E1,P', '"a\r\nb",B,bad,,', 'C,D,worse,,'].join('\r\n');
  expect(parseVoterCsv(bytes(text))).toMatchObject({ problems: [{ line: 3 }, { line: 5 }] });
});

test.each(['ada', 'ada@', '@example.org', 'a da@example.org', 'ada@example..org', 'ada@example.org, b@example.org'])(
  '%j is no address',
  (email) => {
    expect(read(header, `Lovelace,Ada,"${email}",E1,Perrault`)).toEqual({
      ok: false,
      problems: [{ line: 2, reason: 'csv-email' }],
    });
  },
);

test('a quote that never ends, and a row with too many cells, are errors of their line', () => {
  const good = 'Lovelace,Ada,ada@example.org,E1,Perrault';
  expect(read(header, good, '', 'Pascal,"Blaise,b@example.org,,', good, good)).toMatchObject({
    problems: [{ line: 4, reason: 'csv-syntax' }],
  });
  expect(read(header, `${good},more`)).toMatchObject({
    problems: [{ line: 2, reason: 'csv-syntax' }],
  });
});

test('bytes that are not UTF-8 are said to be so', () => {
  const row = [0xc9, ...bytes('luard,Paul,paul@example.org,,')]; // É in Windows-1252
  expect(parseVoterCsv(Uint8Array.from([...bytes(`${header}\n`), ...row]))).toEqual({
    ok: false,
    problems: [{ line: 1, reason: 'csv-not-utf8' }],
  });
});

test.each(['', '   \n\n ', '\uFEFF', header, `${header}\n\n,,,,\n`])('%j holds no voter', (text) => {
  expect(parseVoterCsv(bytes(text))).toEqual({ ok: false, problems: [{ line: 1, reason: 'csv-empty' }] });
});

test('control characters, which PostgreSQL cannot hold and a printed sheet cannot show, are refused', () => {
  expect(read(header, 'Love\u0000lace,Ada,ada@example.org,E1,Perrault')).toEqual({
    ok: false,
    problems: [{ line: 2, reason: 'csv-last-name' }],
  });
});

test('more than a hundred thousand rows are refused', () => {
  const rows = Array.from({ length: 100_001 }, (_, n) => `A,B,a${n}@example.org`);
  const found = read('last_name,first_name,email', ...rows);
  expect(found).toEqual({ ok: false, problems: [{ line: 100_002, reason: 'csv-too-many' }] });
});

test('two hundred problems are enough', () => {
  const found = read(header, ...Array.from({ length: 500 }, () => 'A,B,bad,,'));
  expect(found.ok ? [] : found.problems).toHaveLength(200);
});
