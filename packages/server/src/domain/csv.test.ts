import { expect, test } from 'vitest';
import { csvLine, csvStyle } from './csv.ts';

const line = (...cells: (string | number)[]) => csvLine(cells, csvStyle('en'));

test('what a spreadsheet would run is marked as text, whatever stands before it', () => {
  const starts = [
    '=',
    '+',
    '-',
    '@',
    ' =',
    '\u00A0=',
    '"=',
    "'=",
    '\u200B=',
    '\uFEFF=',
    '|',
    '\uFF1D',
    '\t',
    '\r',
    '\n',
  ];
  for (const start of starts) expect(line(`${start}1`)).toBe(`"'${start.replaceAll('"', '""')}1"\r\n`);
  for (const plain of ['Zoé', '1=1', 'a-b', '', '’']) expect(line(plain)).toBe(`"${plain}"\r\n`);
});

test('a number is a number, with the decimal sign of the language', () => {
  expect(line(-1, 0.5)).toBe('-1,0.5\r\n');
  expect(csvLine([-1, 0.5], csvStyle('fr'))).toBe('-1;0,5\r\n');
});
