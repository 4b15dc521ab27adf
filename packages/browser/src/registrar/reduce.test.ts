// The registrar's page without a page: nothing goes to the server before the file was saved and opened again, only public parts
// ever go, nothing is lost on the way, and the letters are of those who count.
import { expect, test } from 'vitest';
import type { Given, Seat } from './data.ts';
import { choose, lettersOf, lettersPerPrint, listOf, promotionsOf } from './letters.ts';
import { reduce } from './reduce.ts';
import {
  firstState,
  isUnfinished,
  type Made,
  type RegistrarEffect,
  type RegistrarEvent,
  type RegistrarState,
} from './state.ts';

const voter = (n: number, more: object = {}) => ({
  id: `v${n}`,
  lastName: `Dupont${n}`,
  firstName: 'Zoé',
  email: `v${n}@example.org`,
  promotion: `E${n % 2}`,
  building: '',
  credential: `secret-${n}`,
  ...more,
});
const file = {
  group: 'Ed25519' as const,
  uuid: 'u',
  attempt: 'a',
  voters: [voter(2), voter(1), voter(3)],
  reserve: ['reserve-1', 'reserve-2'],
};
const made: Made = {
  file,
  text: 'sealed',
  passphrase: 'A-B',
  pairs: [['v2', 'p2']],
  reserve: ['r1'],
};
const seat: Seat = {
  groupName: 'Ed25519',
  uuid: 'u',
  stage: 'making',
  voters: 3,
  reserve: 2,
  attempt: null,
  uncovered: 0,
  given: [],
};
const read = (change: Partial<Seat> = {}): RegistrarEvent => ({
  type: 'seat-read',
  reply: { kind: 'ok', body: { ...seat, ...change } },
});
const problem = { status: 409, reason: 'x', title: 'T', detail: 'D', reauthenticateUrl: null };

function after(events: readonly RegistrarEvent[], start: RegistrarState = firstState) {
  return events.reduce((step, event) => reduce(step.state, event), { state: start, effects: [] } as ReturnType<
    typeof reduce
  >);
}
const kinds = ({ effects }: { readonly effects: readonly RegistrarEffect[] }) => effects.map(({ type }) => type);
const toProof: readonly RegistrarEvent[] = [
  read(),
  { type: 'make-pressed' },
  { type: 'made', made },
  { type: 'save-pressed' },
  { type: 'saved-pressed' },
  { type: 'noted-pressed' },
];

test('the codes are made once, then saved, noted and proven before anything is handed in', () => {
  const asked = after([read(), { type: 'make-pressed' }]);
  expect([kinds(asked), kinds(reduce(asked.state, { type: 'make-pressed' }))]).toEqual([['make'], []]);
  const there = after([{ type: 'made', made }], asked.state);
  expect([there.state.screen, isUnfinished(there.state)]).toEqual(['save', true]);
  expect(after([{ type: 'saved-pressed' }], there.state).state.screen).toBe('save'); // not saved yet
  const proving = after(toProof).state;
  expect(proving.screen).toBe('prove');
  const none = after([{ type: 'prove-pressed' }], proving);
  expect([none.state.fileProblem, kinds(none)]).toEqual(['no-file', ['focus']]);
  const opening = after([{ type: 'file-chosen', text: 'sealed' }, { type: 'prove-pressed' }], proving);
  expect(kinds(opening)).toEqual(['open']);
  const other = after([{ type: 'opened', file: { ...file, attempt: 'b' } }], opening.state);
  expect([other.state.fileProblem, kinds(other)]).toEqual(['other-file', ['focus']]);
  const proven = after([{ type: 'opened', file }], opening.state);
  expect(proven.effects).toEqual([{ type: 'hand-in', made }]);
});

test('who cannot prove it goes back to the passphrase, or saves the file again', () => {
  const proving = after([...toProof, { type: 'passphrase-typed', typed: 'wrong' }]).state;
  expect(after([{ type: 'save-pressed' }], proving).effects).toEqual([{ type: 'save', text: 'sealed' }]);
  expect(after([{ type: 'passphrase-wanted' }], proving).state).toMatchObject({ screen: 'paper', typedPassphrase: '' });
  expect(after([{ type: 'passphrase-wanted' }], { ...proving, isBusy: true }).state.screen).toBe('prove');
});

test('a lost answer, or a refusal, keeps what was made: the same is handed in again', () => {
  const proven = after([
    ...toProof,
    { type: 'file-chosen', text: 'x' },
    { type: 'prove-pressed' },
    { type: 'opened', file },
  ]);
  for (const reply of [{ kind: 'no-answer' } as const, { kind: 'problem', problem } as const]) {
    const stopped = after([{ type: 'stopped', reply }], proven.state).state;
    expect([stopped.made, stopped.isBusy, stopped.problem?.kind]).toEqual([made, false, reply.kind]);
    expect(after([{ type: 'prove-pressed' }], stopped).effects).toEqual([{ type: 'hand-in', made }]);
  }
  const done = after([{ type: 'handed-in' }], proven.state);
  expect([done.state.screen, done.state.made, isUnfinished(done.state), kinds(done)]).toEqual([
    'letters',
    null,
    false,
    ['read-seat', 'focus-heading'],
  ]);
});

test('later the file opens the letters, one of other codes does not', () => {
  const start = after([
    read({ stage: 'armed', attempt: 'a' }),
    { type: 'file-chosen', text: 'x' },
    { type: 'open-pressed' },
  ]);
  expect(kinds(start)).toEqual(['open']);
  expect(after([{ type: 'opened', file: { ...file, uuid: 'w' } }], start.state).state.fileProblem).toBe('other-file');
  expect(after([{ type: 'opened', file: { ...file, attempt: 'old' } }], start.state).state.fileProblem).toBe(
    'other-file',
  );
  const wrong = after([{ type: 'failed', problem: 'wrong-passphrase' }], start.state);
  expect([wrong.state.fileProblem, wrong.state.chosenFile]).toEqual(['wrong-passphrase', 'x']);
  expect(after([{ type: 'opened', file }], start.state).state.screen).toBe('letters');
});

const given = (n: number, number: number, how: 'late' | 'replaced'): Given => {
  const { id, credential: _, ...names } = voter(n);
  return { ...names, number, given: how, voterId: id };
};

test('letters: sorted; a lost code is in none, its successor is; who came late has one', () => {
  const letters = lettersOf(file, [given(1, 2, 'replaced'), given(9, 1, 'late')]);
  expect(letters.map(({ voterId, credential, number }) => [voterId, credential, number])).toEqual([
    ['v2', 'secret-2', null],
    ['v3', 'secret-3', null],
    ['v1', 'reserve-2', 2],
    ['v9', 'reserve-1', 1],
  ]);
  expect(lettersOf(file, [given(9, 7, 'late')]).map(({ voterId }) => voterId)).not.toContain('v9');
});

test('letters are chosen by promotion and name, without accents, and printed in parts', () => {
  const letters = lettersOf({ ...file, voters: Array.from({ length: 900 }, (_, n) => voter(n)) }, []);
  expect(promotionsOf(letters)).toEqual(['E0', 'E1']);
  const all = choose(letters, { promotion: null, name: '', part: 2 });
  expect([all.letters.length, all.parts, all.shown.length]).toEqual([900, 3, 900 - 2 * lettersPerPrint]);
  expect(choose(letters, { promotion: 'E1', name: '', part: 0 }).letters).toHaveLength(450);
  expect(choose(letters, { promotion: null, name: 'ZOE dupont899', part: 0 }).shown).toHaveLength(1);
  expect(choose(letters, { promotion: null, name: 'nobody', part: 0 })).toMatchObject({ shown: [], parts: 1 });
});

test('the list opens in spreadsheets of either language and runs nothing', () => {
  const letters = lettersOf({ ...file, voters: [voter(1, { lastName: '=SUM(A1)', firstName: 'O"Neil' })] }, []);
  expect(listOf(letters, 'en')).toBe(
    '\uFEFFlast_name,first_name,email,promotion,building,voter_code\r\n"\'=SUM(A1)","O""Neil","v1@example.org","E1","","secret-1"\r\n',
  );
  expect(listOf(letters, 'fr')).toContain('"E1";"";"secret-1"');
  const opened: RegistrarState = { ...after([read({ attempt: 'a' })]).state, file, screen: 'letters' };
  const saved = reduce(opened, { type: 'list-pressed' }, 'fr');
  expect(saved.effects).toEqual([{ type: 'save-list', text: listOf(lettersOf(file, []), 'fr') }]);
});
