import { expect, test } from 'vitest';
import { decodeWhole, readWhole } from '../../../../tests/support/voter-files.ts';
import { type CsvProblem, type CsvSource, piecesOf, readVoterCsv, sourceOf } from './voter-csv.ts';

const header = 'last_name,first_name,email,promotion,building';
const bytes = (text: string) => new TextEncoder().encode(text);

const withoutValue = ({ line, reason, detail }: CsvProblem) =>
  detail === undefined ? { line, reason } : { line, reason, detail };

/** As the tests say it: the voters, or the problems without what stands there. */
async function readText(text: string) {
  const decoded = await decodeWhole(bytes(text));
  if (!decoded.ok) return { ok: false, problems: [{ line: 1, reason: decoded.reason }] };
  const { voters, problems } = await readWhole(decoded.text);
  if (problems.length > 0) return { ok: false, problems: problems.map((problem) => withoutValue(problem)) };
  return { ok: true, voters: voters.map(({ draft }) => draft) };
}
const read = (...lines: readonly string[]) => readText(lines.join('\n'));
const ada = { lastName: 'Lovelace', firstName: 'Ada', email: 'ada@example.org', promotion: 'E1', building: 'Perrault' };

test('the header of the specification is read', async () => {
  expect(await read(header, 'Lovelace,Ada,ada@example.org,E1,Perrault')).toEqual({ ok: true, voters: [ada] });
});

test.each([',', ';', '\t'])('the separator %j is found by itself', async (separator) => {
  const row = ['Lovelace', 'Ada', 'ada@example.org', 'E1', 'Perrault'].join(separator);
  expect(await read(header.replaceAll(',', separator), row)).toEqual({ ok: true, voters: [ada] });
});

test('a byte order mark, Windows line ends and a missing last line end are no problem', async () => {
  const text = `\uFEFF${header}\r\nLovelace,Ada,ada@example.org,E1,Perrault\r\nPascal,Blaise,b@example.org,,`;
  const blaise = { lastName: 'Pascal', firstName: 'Blaise', email: 'b@example.org', promotion: '', building: '' };
  expect(await readText(text)).toEqual({ ok: true, voters: [ada, blaise] });
});

test('header spellings, order of columns and columns of others do not matter', async () => {
  const rows = ['Bâtiment,Adresse e-mail,phone,PRÉNOM,nom de famille', 'Perrault,ada@example.org,123,Ada,Lovelace'];
  expect(await read(...rows)).toEqual({ ok: true, voters: [{ ...ada, promotion: '' }] });
  expect(await read(rows[0]!.replace('Adresse e-mail', 'Contact'), rows[1]!)).toEqual({
    ok: false,
    problems: [{ line: 1, reason: 'csv-columns', detail: 'email' }],
  });
  expect(await read('Nom,Prénom,Email,Email', 'Lovelace,Ada,ada@example.org,x@example.org')).toEqual({
    ok: false,
    problems: [{ line: 1, reason: 'csv-column-twice', detail: 'Email' }],
  });
});

test('promotion and building may be left out, the other columns are named when they are missing', async () => {
  expect(await read('email,last_name,first_name', 'ada@example.org,Lovelace,Ada')).toMatchObject({ ok: true });
  expect(await read('email', 'ada@example.org')).toEqual({
    ok: false,
    problems: [{ line: 1, reason: 'csv-columns', detail: 'last_name, first_name' }],
  });
});

test('quoted commas, quotes and line breaks belong to the value, on one line', async () => {
  const found = await read(header, '"Lovelace, Countess","Ada ""A."" ",ada@example.org,"E1\nE2",Perrault');
  expect(found).toMatchObject({
    ok: true,
    voters: [{ lastName: 'Lovelace, Countess', firstName: 'Ada "A."', promotion: 'E1 E2' }],
  });
});

test('surrounding spaces are cut, accents are kept, case of the address is kept', async () => {
  const found = await read(header, '  Éluard ; Zoë , Paul ,  Paul.Eluard@Example.org , E1 , ');
  expect(found).toMatchObject({
    voters: [{ lastName: 'Éluard ; Zoë', firstName: 'Paul', email: 'Paul.Eluard@Example.org' }],
  });
});

test('empty lines and lines of empty cells are passed over', async () => {
  const found = await read(header, '', 'Lovelace,Ada,ada@example.org,E1,Perrault', ',,,,', '', '');
  expect(found).toEqual({ ok: true, voters: [ada] });
});

test('every error is said at once, with the line where its row begins', async () => {
  const found = await read(
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

test('the language of mails is read however it is written, and anything else is an error of its line', async () => {
  const written = ['fr', 'FR', 'Français', 'fr-CH', 'fre', 'en', 'Anglais', 'en_GB.UTF-8', 'English', ''];
  const lines = written.map((language, n) => `Voter${n},V,v${n}@example.org,,,${language}`);
  for (const name of ['language', 'Langue', 'LANG']) {
    const { voters } = await readWhole([`${header},${name}`, ...lines].join('\n'));
    expect(voters.map(({ draft }) => draft.language)).toEqual([
      ...'fr '.repeat(5).trim().split(' '),
      'en',
      'en',
      'en',
      'en',
      '',
    ]);
  }
  const wrong = [
    `${header},language`,
    lines[0],
    'Curie,Marie,m@example.org,,,Klingon',
    'Noether,Emmy,e@example.org,,,fr fr',
  ];
  expect((await readWhole(wrong.join('\n'))).problems).toEqual([
    { line: 3, reason: 'csv-language', value: 'Klingon' },
    { line: 4, reason: 'csv-language', value: 'fr fr' },
  ]);
});

test('line numbers hold with Windows line ends', async () => {
  const text = [header, 'Lovelace,Ada,ada@example.org,E1,P', '"a\r\nb",B,bad,,', 'C,D,worse,,'].join('\r\n');
  expect(await readText(text)).toMatchObject({ problems: [{ line: 3 }, { line: 5 }] });
});

test.each(['ada', 'ada@', '@example.org', 'a da@example.org', 'ada@example..org', 'ada@example.org, b@example.org'])(
  '%j is no address',
  async (email) => {
    expect(await read(header, `Lovelace,Ada,"${email}",E1,Perrault`)).toEqual({
      ok: false,
      problems: [{ line: 2, reason: 'csv-email' }],
    });
  },
);

test('a quote that never ends, and a row with too many cells, are errors of their line', async () => {
  const good = 'Lovelace,Ada,ada@example.org,E1,Perrault';
  expect(await read(header, good, '', 'Pascal,"Blaise,b@example.org,,', good, good)).toMatchObject({
    problems: [{ line: 4, reason: 'csv-syntax' }],
  });
  expect(await read(header, `${good},more`)).toMatchObject({ problems: [{ line: 2, reason: 'csv-too-wide' }] });
});

test.each(['', '   \n\n ', '\uFEFF', header, `${header}\n\n,,,,\n`])('%j holds no voter', async (text) => {
  expect(await readText(text)).toEqual({ ok: false, problems: [{ line: 1, reason: 'csv-empty' }] });
});

test('control characters, which PostgreSQL cannot hold and a printed sheet cannot show, are refused', async () => {
  expect(await read(header, 'Love\u0001lace,Ada,ada@example.org,E1,Perrault')).toEqual({
    ok: false,
    problems: [{ line: 2, reason: 'csv-last-name' }],
  });
});

test('more than a hundred thousand rows are refused', async () => {
  const rows = Array.from({ length: 100_001 }, (_, n) => `A,B,a${n}@example.org`);
  const found = await read('last_name,first_name,email', ...rows);
  expect(found).toEqual({ ok: false, problems: [{ line: 100_002, reason: 'csv-too-many' }] });
});

test('a file comes in slices, and no character is cut in two wherever its pieces end', async () => {
  const lines = Array.from({ length: 1000 }, (_, n) => `${'😀'.repeat(1 + (n % 40))},V,v${n}@example.org,,`);
  const text = [header, ...lines].join('\n');
  const pieces = [...piecesOf(text, 999)];
  expect(pieces.join('')).toBe(text);
  expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= 1000)).toBe(true);
  const sizes: number[] = [];
  for await (const { voters } of readVoterCsv(sourceOf(text))) sizes.push(voters.length);
  expect(sizes).toEqual([200, 200, 200, 200, 200, 0]);
  const names = (await readWhole(text)).voters.map(({ draft }) => draft.lastName);
  expect(names).toEqual(lines.map((line) => line.split(',')[0]));
});

test('who wants no more of a file ends its reading', async () => {
  let isEnded = false;
  const endless: CsvSource = async function* () {
    try {
      yield `${header}\n`;
      for (let n = 0; ; n++) {
        await new Promise((resolve) => setImmediate(resolve));
        yield `V,V,v${n}@example.org,,\n`;
      }
    } finally {
      isEnded = true;
    }
  };
  for await (const { voters } of readVoterCsv(endless)) {
    expect(voters).toHaveLength(200);
    break;
  }
  await expect.poll(() => isEnded).toBe(true);
});

test('what a source throws is thrown, and none of it is called a mistake of the file', async () => {
  const broken: CsvSource = async function* () {
    yield `${header}\n`;
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('The disk is gone.');
  };
  const slices = readVoterCsv(broken);
  await expect(slices.next()).rejects.toThrow('The disk is gone.');
});
