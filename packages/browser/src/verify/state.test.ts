// The check as values: what leads where, and that a late word changes nothing.
import { expect, test } from 'vitest';
import type { ListedElection } from './data.ts';
import { bounded, boundedMembers, boundedQuestions } from './bounded.ts';
import { reduce } from './reduce.ts';
import type { Report } from './report.ts';
import { firstState, type VerifyEvent, type VerifyState } from './state.ts';

const election: ListedElection = { id: '1', name: 'Board', when: '', fileName: 'f', fileUrl: '/f', strictUrl: null };
const file = { name: 'a.bel', content: new Blob(['x']) };
const report: Report = {
  kind: 'record',
  fileName: 'a',
  ok: true,
  checks: [],
  notChecked: [],
  unknownMembers: [],
  election: null,
  facts: [],
  comparisons: [],
  questions: [],
  isShortened: false,
  milliseconds: 1,
  json: '{}',
};

const start = firstState({ locale: 'en', election: '1' });
const after = (...events: readonly VerifyEvent[]): VerifyState =>
  events.reduce((state, event) => reduce(state, event).state, start);
const effectsOf = (state: VerifyState, event: VerifyEvent) => reduce(state, event).effects.map(({ type }) => type);

const given: VerifyEvent = { type: 'files-given', files: [file] };
const reported: VerifyEvent = { type: 'reported', report, at: 5 };

test('a file is checked as soon as it is given, an election when its button is pressed', () => {
  expect(effectsOf(start, given)).toEqual(['focus-heading', 'check']);
  expect(effectsOf(start, { type: 'election-pressed', elections: [election] })).toEqual(['focus-heading', 'fetch']);
  expect(effectsOf({ ...start, election: 'gone' }, { type: 'election-pressed', elections: [election] })).toEqual([]);
  expect(after(given)).toMatchObject({ stage: 'checking', problem: null });
  expect(after(given, reported)).toMatchObject({ stage: 'report', report, checkedAt: 5 });
});

test('no file is said in words; a trouble ends the workers and keeps what was chosen', () => {
  expect(after({ type: 'files-given', files: [] })).toMatchObject({
    stage: 'choose',
    problem: { kind: 'file', problem: 'nothing' },
  });
  const failed: VerifyEvent = { type: 'failed', problem: { kind: 'workers' } };
  expect(effectsOf(after(given), failed)).toEqual(['stop', 'focus']);
  expect(after({ type: 'election-chosen', id: '2' }, given, failed)).toMatchObject({
    stage: 'choose',
    election: '2',
    problem: { kind: 'workers' },
  });
});

test('stopped is stopped: what comes late finds nobody who listens', () => {
  expect(effectsOf(after(given), { type: 'cancel-pressed' })).toEqual(['stop', 'focus-heading']);
  const stopped = after(given, { type: 'cancel-pressed' });
  expect(reduce(stopped, reported)).toEqual({ state: stopped, effects: [] });
  expect(reduce(start, { type: 'receipt-pressed' })).toEqual({ state: start, effects: [] });
});

test('while one file is checked another one dropped is left alone; on the report it is the next', () => {
  const checking = after(given);
  expect(reduce(checking, given)).toEqual({ state: checking, effects: [] });
  expect(effectsOf(after(given, reported), given)).toEqual(['stop', 'focus-heading', 'check']);
  expect(after(given, reported, { type: 'files-given', files: [] }).stage).toBe('report');
});

test('an answer to a receipt goes when another one is typed; a misspelt one asks for its field', () => {
  const answered = after(
    given,
    reported,
    { type: 'receipt-typed', typed: 'X' },
    { type: 'receipt-answered', answer: { kind: 'missing' } },
  );
  expect(answered).toMatchObject({ typedReceipt: 'X', receiptAnswer: { kind: 'missing' } });
  expect(reduce(answered, { type: 'receipt-typed', typed: 'XY' }).state.receiptAnswer).toBeNull();
  expect(effectsOf(answered, { type: 'receipt-answered', answer: { kind: 'malformed' } })).toEqual(['focus']);
});

test('the language changes anywhere, and nothing else with it', () => {
  const inFrench = after(given, reported, { type: 'language-chosen', locale: 'fr' });
  expect(inFrench).toEqual({ ...after(given, reported), locale: 'fr' });
  expect(reduce(inFrench, { type: 'again-pressed' }).state).toEqual(firstState({ locale: 'fr', election: '1' }));
});

test('what a hostile file says is cut to what a page can draw', () => {
  expect(bounded('x'.repeat(5_000_000))).toHaveLength(1001);
  expect(boundedMembers(Array.from({ length: 100_000 }, (_, n) => `m.${n}`))).toHaveLength(31);
  const rows = Array.from({ length: 1000 }, (_, n) => ({ name: `${n}`, votes: n }));
  const { questions, isShortened } = boundedQuestions(
    Array.from({ length: 100 }, () => ({ title: 't', rows, blank: 1 })),
  );
  expect(questions.reduce((sum, one) => sum + one.rows.length, 0)).toBe(2000);
  expect(isShortened).toBe(true);
  expect(boundedQuestions([{ title: 't', rows: rows.slice(0, 3), blank: null }]).isShortened).toBe(false);
});
