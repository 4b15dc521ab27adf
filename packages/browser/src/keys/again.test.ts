// The rules of a key proven again without a page: what is asked, what is forgotten, what is recorded.
import { makePassphrase } from '@votix/protocol';
import { expect, test } from 'vitest';
import type { KeyShares } from '../page/shares.ts';
import { reduceAgain } from './again-reduce.ts';
import { type AgainEvent, firstAgain } from './again-state.ts';

const passphrase = makePassphrase();
const publicPart = { publicKeyPem: '', fingerprint: 'f', keyShares: null };
const proven: readonly AgainEvent[] = [
  { type: 'file-chosen', text: 'from disk' },
  { type: 'passphrase-typed', typed: passphrase.toLowerCase() },
  { type: 'prove-pressed' },
  { type: 'proven', publicPart },
];
const after = (events: readonly AgainEvent[], keyShares: KeyShares | null = null) =>
  events.reduce((step, event) => reduceAgain(step.state, event), {
    state: firstAgain(keyShares),
    effects: [],
  } as ReturnType<typeof reduceAgain>);

test('nothing is recorded before the proof, whatever arrives', () => {
  const skips: readonly AgainEvent[] = [
    { type: 'record-pressed' },
    { type: 'record-answered', reply: { kind: 'ok', body: { status: 'proven' } } },
  ];
  expect(after(skips)).toEqual({ state: firstAgain(null), effects: [] });
});

test('the proof is recorded at once, and what made it is forgotten before', () => {
  expect(after(proven.slice(0, 3)).effects).toEqual([
    { type: 'prove', keyFile: 'from disk', given: { kind: 'passphrase', passphrase } },
  ]);
  const { state, effects } = after(proven);
  expect(effects).toEqual([{ type: 'focus-heading' }, { type: 'record' }]);
  expect(JSON.stringify(state)).not.toMatch(new RegExp(`from disk|${passphrase}`, 'i'));
});

test('only the word of the server ends it; a lost answer or a refusal keeps the proof and asks again', () => {
  const refusal = { status: 409, reason: 'key-replaced', title: '', detail: '', reauthenticateUrl: null };
  const answers = [
    { kind: 'no-answer' },
    { kind: 'ok', body: { status: 'armed' } },
    { kind: 'problem', problem: refusal },
  ] as const;
  for (const reply of answers) {
    const { state, effects } = after([...proven, { type: 'record-answered', reply }]);
    expect([state.stage, state.isBusy, effects]).toEqual(['record', false, [{ type: 'focus', id: 'record-problem' }]]);
    expect(reduceAgain(state, { type: 'record-pressed' }).effects).toEqual([{ type: 'record' }]);
  }
  const taken = { kind: 'ok', body: { status: 'proven' } } as const;
  expect(after([...proven, { type: 'record-answered', reply: taken }]).state.stage).toBe('done');
});

test('a second press while it computes or waits does nothing', () => {
  expect(after([...proven.slice(0, 3), { type: 'prove-pressed' }]).effects).toEqual([]);
  expect(after([...proven, { type: 'record-pressed' }]).effects).toEqual([]);
});

test('of a split passphrase every holder has a field, and a wrong share takes the focus', () => {
  const split = { holders: 3, needed: 2, hashes: [] };
  const typed: readonly AgainEvent[] = [
    { type: 'file-chosen', text: 'from disk' },
    { type: 'share-typed', at: 2, typed: 'share' },
    { type: 'prove-pressed' },
  ];
  const given = { kind: 'shares', typed: ['', '', 'share'] };
  expect(after(typed, split).effects).toEqual([{ type: 'prove', keyFile: 'from disk', given }]);
  const refused = { type: 'shares-refused', problem: { reason: 'malformed-share', at: 2 } } as const;
  expect(after([...typed, refused], split).effects).toEqual([{ type: 'focus', id: 'share-2' }]);
});
