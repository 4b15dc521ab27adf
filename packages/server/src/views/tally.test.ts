// The bars are a picture of the table: every number drawn stands in a row, and no row is missing.
import { expect, test } from 'vitest';
import { aPage, markupOf } from '../../../../tests/support/view-page.ts';
import { labelLines } from './chart.ts';
import { resultSection, rowsOf, type ResultView } from './tally.ts';

const result: ResultView = {
  contests: [
    {
      id: 'k',
      title: 'Who?',
      candidates: [
        { id: 'b', name: 'Bo', votes: 60, standing: 'elected' },
        { id: 'a', name: 'Ada', votes: 30, standing: 'tied' },
        { id: 'c', name: 'Cy', votes: 30, standing: 'tied' },
        { id: 'd', name: 'Di', votes: 0, standing: 'not-elected' },
      ],
      blank: 5,
      seats: 3,
      vacant: 1,
      tie: { rule: 'announce', votes: 30, seats: 1, names: ['Ada', 'Cy'] },
    },
  ],
  ballots: 126,
  valid: 125,
  signatures: 126,
  registered: 250,
  fingerprint: 'f',
  boxHash: 'b',
  onBoard: false,
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

test('the blank vote comes last however many, and nobody is elected by it', () => {
  const contest = { ...result.contests[0]!, blank: 999 };
  expect(rowsOf(aPage(), contest).map(({ name }) => name)).toEqual(['Bo', 'Ada', 'Cy', 'Di', 'Blank vote']);
});

test('without a blank vote in the rules there is no such row', () => {
  const { blank: _, ...contest } = result.contests[0]!;
  expect(rowsOf(aPage(), contest)).toHaveLength(4);
});

test('a box nobody voted in is drawn, not divided by', async () => {
  const candidates = [{ id: 'a', name: 'Ada', votes: 0, standing: 'not-elected' as const }];
  const contest = { id: 'k', title: 'Who?', candidates, seats: 1, vacant: 1 };
  const empty = { ...result, contests: [contest], ballots: 0, valid: 0, registered: 0 };
  expect(await markupOf(resultSection(aPage(), empty))).not.toMatch(/NaN|Infinity/);
});

test('ballots and signatures that differ are said to differ', async () => {
  const markup = await markupOf(resultSection(aPage(), { ...result, signatures: 125 }));
  expect(markup).toContain('do not agree');
  expect(markup).toContain('verdict--bad');
  expect(markup.indexOf('notice--bad')).toBeLessThan(markup.indexOf('<svg')); // before anything else
});

test('who is elected, who shares equal votes and what decides stand beside the numbers', async () => {
  const markup = await markupOf(resultSection(aPage(), result));
  const outcomes = all(markup, /<td data-label="Outcome">\s*(?:<[^>]*>)?([^<]*)/g);
  expect(outcomes).toEqual(['Elected', 'Tied', 'Tied', 'Not elected', '–']);
  expect(markup).toContain('Equal votes (30) leave open one seat: Ada · Cy.');
  expect(markup).toContain('The organisation decides.');
  expect(markup).toContain('One seat stays vacant');
});

test('the quorum is said to be reached or missed, and turnout is of the roll', async () => {
  const quorum = { percent: 60, needed: 150, reached: false };
  const markup = await markupOf(resultSection(aPage(), { ...result, quorum }));
  expect(markup).toContain('Quorum not reached: 60% of the roll are 150 ballots.');
  expect(markup).toContain('126 people have voted, 50.4% of the 250 registered.');
});

test('long names take two lines of the chart at most', () => {
  expect(labelLines('Ada')).toEqual(['Ada']);
  expect(labelLines('Noémie Lefebvre-Delacroix & Barthélemy Vandenberghe')).toHaveLength(2);
  expect(labelLines('word '.repeat(40).trim()).join(' ').length).toBeLessThan(75);
  expect(labelLines('x'.repeat(300))[0]!.length).toBeLessThan(40);
});
