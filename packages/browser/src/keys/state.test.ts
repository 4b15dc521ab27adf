// The arm wizard's rules without a page: the order of its stages, what each forgets, what it asks for.
import { makePassphrase } from '@votix/protocol';
import { expect, test } from 'vitest';
import type { Reply } from '../page/reply.ts';
import { reduce } from './reduce.ts';
import { firstState, isUnfinished, type KeysEvent, type KeysState } from './state.ts';

const passphrase = makePassphrase();
const publicPart = { publicKeyPem: 'public', fingerprint: 'f'.repeat(64), keyShares: null };
const keys = { ...publicPart, keyFile: 'sealed', papers: [passphrase] };
const toProof: readonly KeysEvent[] = [
  { type: 'make-pressed' },
  { type: 'made', keys },
  { type: 'save-pressed' },
  { type: 'saved-pressed' },
  { type: 'noted-pressed' },
];
const toConfirm: readonly KeysEvent[] = [
  ...toProof,
  { type: 'file-chosen', text: 'from disk' },
  { type: 'passphrase-typed', typed: passphrase.toLowerCase() },
  { type: 'prove-pressed' },
  { type: 'proven', publicPart },
];

function after(events: readonly KeysEvent[], start: KeysState = firstState('Student  Council')) {
  return events.reduce((step, event) => reduce(step.state, event), { state: start, effects: [] } as ReturnType<
    typeof reduce
  >);
}

test('every stage waits for its own act', () => {
  const skips: readonly KeysEvent[] = [
    { type: 'saved-pressed' },
    { type: 'noted-pressed' },
    { type: 'proven', publicPart },
    { type: 'arm-pressed' },
    { type: 'arm-answered', reply: { kind: 'ok', body: { status: 'armed' } } },
  ];
  expect(after(skips).state.stage).toBe('explain');
  expect(after([...toProof.slice(0, 2), ...skips]).state.stage).toBe('save');
  expect(after([...toProof, { type: 'arm-pressed' }]).state.stage).toBe('prove');
});

test('the proof uses the file from disk and the passphrase as typed, never the ones in memory', () => {
  const step = after(toConfirm.slice(0, -1));
  const given = { kind: 'passphrase', passphrase };
  expect(step.effects).toEqual([{ type: 'prove', keyFile: 'from disk', given, expected: publicPart }]);
});

test('a proof without a file, or with a short passphrase, is not tried', () => {
  expect(after([...toProof, { type: 'prove-pressed' }]).state.proofProblem).toBe('no-file');
  const short: readonly KeysEvent[] = [
    { type: 'file-chosen', text: 'x' },
    { type: 'passphrase-typed', typed: 'abc' },
    { type: 'prove-pressed' },
  ];
  expect(after([...toProof, ...short]).state.proofProblem).toBe('malformed-passphrase');
});

test('whoever goes back to the passphrase gives file and passphrase anew, as the fields then show', () => {
  const { state } = after([...toConfirm.slice(0, -2), { type: 'passphrase-wanted' }, { type: 'noted-pressed' }]);
  expect(state).toMatchObject({ stage: 'prove', chosenFile: null, typedPassphrase: '' });
});

test('nothing secret is left once possession is proven', () => {
  const { state } = after(toConfirm);
  expect(state.stage).toBe('confirm');
  expect(JSON.stringify(state)).not.toContain(passphrase);
  expect(JSON.stringify(state)).not.toContain('sealed');
  expect(state.publicPart).toEqual(publicPart);
});

test('arming asks for the name, whatever its capitals and spaces', () => {
  expect(after([...toConfirm, { type: 'name-typed', typed: 'another' }, { type: 'arm-pressed' }]).effects).toEqual([
    { type: 'focus', id: 'election-name' },
  ]);
  const step = after([...toConfirm, { type: 'name-typed', typed: ' student council ' }, { type: 'arm-pressed' }]);
  expect(step.effects.map(({ type }) => type)).toEqual(['arm']);
  expect(after([{ type: 'arm-pressed' }], step.state).effects).toEqual([]);
});

test('a refused or lost arming keeps everything for the next try', () => {
  const sent = after([...toConfirm, { type: 'name-typed', typed: 'Student Council' }, { type: 'arm-pressed' }]).state;
  const lost = after([{ type: 'arm-answered', reply: { kind: 'no-answer' } }], sent);
  expect(lost.state).toMatchObject({ stage: 'confirm', armProblem: { kind: 'no-answer' } });
  const problem = { status: 401, reason: 'reauthentication-required', title: '', detail: '', reauthenticateUrl: '/re' };
  const reply: Reply = { kind: 'problem', problem };
  const refused = after([{ type: 'arm-pressed' }, { type: 'arm-answered', reply }], lost.state);
  expect(refused.state.armProblem).toEqual({ kind: 'problem', problem });
  const armed: KeysEvent = { type: 'arm-answered', reply: { kind: 'ok', body: { status: 'armed' } } };
  expect(after([{ type: 'arm-pressed' }, armed], refused.state).state.stage).toBe('done');
});

test('leaving is asked about from the first key to the armed election', () => {
  expect(isUnfinished(after([]).state)).toBe(false);
  expect(isUnfinished(after(toProof.slice(0, 2)).state)).toBe(true);
  expect(isUnfinished(after(toConfirm).state)).toBe(true);
  expect(isUnfinished({ ...after(toConfirm).state, stage: 'done' })).toBe(false);
});

test('starting again forgets the key', () => {
  expect(after([...toProof, { type: 'start-over-pressed' }]).state).toEqual(firstState('Student  Council'));
});

const keyShares = { holders: 3, needed: 2, hashes: ['a', 'b', 'c'] };
const sharedKeys = { ...keys, papers: ['first', 'second', 'third'], keyShares };
const toSharedProof: readonly KeysEvent[] = [
  { type: 'way-chosen', way: 'split' },
  { type: 'make-pressed' },
  { type: 'made', keys: sharedKeys },
  { type: 'save-pressed' },
  { type: 'saved-pressed' },
  { type: 'noted-pressed' },
  { type: 'noted-pressed' },
  { type: 'noted-pressed' },
];

test('a split asks for numbers that make sense before a key is made', () => {
  const wish = (holders: string, needed: string): readonly KeysEvent[] => [
    { type: 'way-chosen', way: 'split' },
    { type: 'holders-typed', typed: holders },
    { type: 'needed-typed', typed: needed },
    { type: 'make-pressed' },
  ];
  for (const [holders, needed] of [
    ['', '2'],
    ['3', '4'],
    ['11', '2'],
    ['3', '1'],
    ['2.5', '2'],
  ] as const)
    expect(after(wish(holders, needed)), `${holders} ${needed}`).toMatchObject({
      state: { stage: 'explain', isBusy: false, isWrongSplit: true },
      effects: [{ type: 'focus', id: 'holders' }],
    });
  expect(after(wish('5', '3')).effects).toEqual([{ type: 'make', split: { holders: 5, needed: 3 } }]);
  expect(after([{ type: 'make-pressed' }]).effects).toEqual([{ type: 'make', split: null }]);
});

test('the sheets are shown one after the other, and each can be shown again', () => {
  const first = after(toSharedProof.slice(0, 5)).state;
  expect(first).toMatchObject({ stage: 'passphrase', paper: 0 });
  const third = after([{ type: 'noted-pressed' }, { type: 'noted-pressed' }], first).state;
  expect(after([{ type: 'copy-pressed' }], third).effects).toEqual([{ type: 'copy', text: 'third' }]);
  expect(after([{ type: 'former-paper-pressed' }], third).state).toMatchObject({ stage: 'passphrase', paper: 1 });
  expect(after([{ type: 'noted-pressed' }], third).state).toMatchObject({ stage: 'prove', typedShares: ['', '', ''] });
});

test('every share is typed back; a refused one keeps the others', () => {
  const typed = after([
    ...toSharedProof,
    { type: 'file-chosen', text: 'from disk' },
    { type: 'share-typed', at: 0, typed: 'one' },
    { type: 'share-typed', at: 2, typed: 'three' },
    { type: 'prove-pressed' },
  ]);
  const given = { kind: 'shares', typed: ['one', '', 'three'] };
  expect(typed.effects).toEqual([
    { type: 'prove', keyFile: 'from disk', given, expected: { ...publicPart, keyShares } },
  ]);
  const wrong = after([{ type: 'shares-refused', problem: { reason: 'mistyped-share', at: 2 } }], typed.state);
  expect(wrong).toMatchObject({ state: { typedShares: given.typed }, effects: [{ type: 'focus', id: 'share-2' }] });
  const few = { reason: 'too-few-shares', given: 2, needed: 3 } as const;
  expect(after([{ type: 'shares-refused', problem: few }], typed.state).effects).toEqual([
    { type: 'focus', id: 'share-1' },
  ]);
  const proven = after([{ type: 'proven', publicPart: { ...publicPart, keyShares } }], typed.state).state;
  expect(proven).toMatchObject({ stage: 'confirm', typedShares: [], secrets: null, publicPart: { keyShares } });
});

test('a key made elsewhere is proven without making one', () => {
  const own = after([{ type: 'way-chosen', way: 'own' }, { type: 'make-pressed' }]).state;
  expect(own).toMatchObject({ stage: 'prove', secrets: null });
  const step = after(toConfirm.slice(5, 8), own);
  expect(step.effects).toMatchObject([{ type: 'prove', keyFile: 'from disk', expected: null }]);
  expect(after([{ type: 'passphrase-wanted' }], own).state.stage).toBe('prove');
  expect(after([{ type: 'proven', publicPart }], step.state).state).toMatchObject({ stage: 'confirm', publicPart });
});
