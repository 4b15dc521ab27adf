// The bars are a picture of the table: every number drawn stands in a row, and no row is missing.
import { expect, test } from 'vitest';
import { aPage, markupOf } from '../../../../tests/support/view-page.ts';
import { labelLines } from './chart.ts';
import { grouped, resultSection, rowsOf, type ResultView } from './tally.ts';

const result: ResultView = {
  contests: [
    {
      id: 'k',
      title: 'Who?',
      candidates: [
        { id: 'a', name: 'Ada', votes: 30 },
        { id: 'b', name: 'Bo', votes: 60 },
        { id: 'c', name: 'Cy', votes: 30 },
        { id: 'd', name: 'Di', votes: 0 },
      ],
      blank: 5,
    },
  ],
  ballots: 126,
  valid: 125,
  signatures: 126,
  registered: 250,
  fingerprint: 'f',
  boxHash: 'b',
  invalidBallots: [{ receipt: 'ABCD1234', reason: 'bad' }],
};

const all = (markup: string, pattern: RegExp) => [...markup.matchAll(pattern)].map(([, text = '']) => text.trim());

test('the bars carry the numbers of the table, in its order', async () => {
  const markup = await markupOf(resultSection(aPage(), result));
  const drawn = all(markup, /<text class="bar-value"[^>]*>([^<]*)</g);
  const votes = all(markup, /<td class="number" data-label="Votes">([^<]*)</g);
  const shares = all(markup, /<td class="number" data-label="Of valid ballots">([^<]*)</g);
  expect(votes).toEqual(['60', '30', '30', '0', '5']);
  expect(drawn).toEqual(votes.map((count, index) => `${count} · ${shares[index]}`));
  expect(shares).toEqual(['48%', '24%', '24%', '0%', '4%']);
});

test('lengths are in proportion to the votes', async () => {
  const markup = await markupOf(resultSection(aPage(), result));
  const [first = 0, second, , none, blank] = all(markup, /<rect class="bar-fill"[^>]* width="([\d.]+)%"/g).map(Number);
  expect(second).toBeCloseTo(first / 2, 1);
  expect(none).toBe(0);
  expect(blank).toBeCloseTo(first / 12, 1);
});

test('equal numbers keep the order of the ballot paper, and the blank vote comes last however many', () => {
  const contest = { ...result.contests[0]!, blank: 999 };
  expect(rowsOf(aPage(), contest).map(({ name }) => name)).toEqual(['Bo', 'Ada', 'Cy', 'Di', 'Blank vote']);
});

test('without a blank vote in the rules there is no such row', () => {
  const { blank: _, ...contest } = result.contests[0]!;
  expect(rowsOf(aPage(), contest)).toHaveLength(4);
});

test('a box nobody voted in is drawn, not divided by', async () => {
  const candidates = [{ id: 'a', name: 'Ada', votes: 0 }];
  const empty = { ...result, contests: [{ id: 'k', title: 'Who?', candidates }], valid: 0, registered: 0 };
  expect(await markupOf(resultSection(aPage(), empty))).not.toMatch(/NaN|Infinity/);
});

test('ballots and signatures that differ are said to differ', async () => {
  const markup = await markupOf(resultSection(aPage(), { ...result, signatures: 125 }));
  expect(markup).toContain('do not agree');
  expect(markup).toContain('verdict--bad');
});

test('long names take two lines of the chart at most', () => {
  expect(labelLines('Ada')).toEqual(['Ada']);
  expect(labelLines('Noémie Lefebvre-Delacroix & Barthélemy Vandenberghe')).toHaveLength(2);
  expect(labelLines('word '.repeat(40).trim()).join(' ').length).toBeLessThan(75);
  expect(labelLines('x'.repeat(300))[0]!.length).toBeLessThan(40);
});

test('receipts are read in groups of four', () => {
  expect(grouped('7K3MZQ0X9V2B')).toBe('7K3M ZQ0X 9V2B');
});
