// The arm wizard's rules without a page: the order of its stages, what each forgets, what it asks for.
import { makePassphrase } from '@votix/protocol';
import { expect, test } from 'vitest';
import type { Reply } from '../page/reply.ts';
import { reduce } from './reduce.ts';
import { firstState, isUnfinished, type KeysEvent, type KeysState } from './state.ts';

const passphrase = makePassphrase();
const keys = { keyFile: 'sealed', passphrase, publicKeyPem: 'public', fingerprint: 'f'.repeat(64) };
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
  { type: 'proven' },
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
    { type: 'proven' },
    { type: 'arm-pressed' },
    { type: 'arm-answered', reply: { kind: 'ok', body: { status: 'armed' } } },
  ];
  expect(after(skips).state.stage).toBe('explain');
  expect(after([...toProof.slice(0, 2), ...skips]).state.stage).toBe('save');
  expect(after([...toProof, { type: 'arm-pressed' }]).state.stage).toBe('prove');
});

test('the proof uses the file from disk and the passphrase as typed, never the ones in memory', () => {
  const step = after(toConfirm.slice(0, -1));
  expect(step.effects).toEqual([{ type: 'prove', keyFile: 'from disk', passphrase, fingerprint: keys.fingerprint }]);
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

test('nothing secret is left once possession is proven', () => {
  const { state } = after(toConfirm);
  expect(state.stage).toBe('confirm');
  expect(JSON.stringify(state)).not.toContain(passphrase);
  expect(JSON.stringify(state)).not.toContain('sealed');
  expect(state.publicPart).toEqual({ publicKeyPem: 'public', fingerprint: keys.fingerprint });
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
  expect(refused.state.armProblem).toEqual({ kind: 'told', problem });
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
