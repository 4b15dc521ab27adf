// The trustee's page without a page: nothing goes to the server before its key file was saved, and nothing is lost on the way.
import { expect, test, vi } from 'vitest';
import type { Seat, TrusteeData } from './data.ts';
import { performEffect } from './effects.ts';
import { reduce } from './reduce.ts';
import { firstState, isUnfinished, type Key, type TrusteeEvent, type TrusteeState, type Unsaved } from './state.ts';

const key: Key = { file: { group: 'Ed25519', secret: { kind: 'mandatory', x: 5n }, signed: [] }, passphrase: 'A-B' };
const seat: Seat = {
  groupName: 'Ed25519',
  threshold: 0,
  size: 1,
  index: 1,
  step: 'key',
  hasShare: false,
  stage: 'making',
  trustees: [{ name: 'Ada', step: 'key', hasShare: false }],
  certs: null,
  polynomials: null,
};
const first: Unsaved = { key, text: 'file', outgoing: { to: 'step', step: 'key', made: {} }, isNew: true };
const share: Unsaved = {
  key,
  text: 'file 2',
  outgoing: { to: 'share', handedOver: '{}', head: '7 abc' },
  isNew: false,
};

const read = (change: Partial<Seat> = {}): TrusteeEvent => ({
  type: 'seat-read',
  reply: { kind: 'ok', body: { ...seat, ...change } },
});
const ok: TrusteeEvent = { type: 'sent', reply: { kind: 'ok', body: {} } };

function after(events: readonly TrusteeEvent[], start: TrusteeState = firstState) {
  return events.reduce((step, event) => reduce(step.state, event), { state: start, effects: [] } as ReturnType<
    typeof reduce
  >);
}

const kinds = ({ effects }: ReturnType<typeof reduce>) => effects.map(({ type }) => type);

test('a first key is saved, noted and proven before anything is sent', () => {
  const made = after([read(), { type: 'make-pressed' }, { type: 'made', unsaved: first }]);
  expect([made.state.screen, isUnfinished(made.state)]).toEqual(['save', true]);
  expect(after([{ type: 'saved-pressed' }], made.state).state.screen).toBe('save'); // not saved yet
  const paper = after([{ type: 'save-pressed' }, { type: 'saved-pressed' }], made.state);
  expect(paper.state.screen).toBe('paper');
  const prove = after([{ type: 'noted-pressed' }, { type: 'prove-pressed' }], paper.state);
  expect([prove.state.keyProblem, kinds(prove)]).toEqual(['no-file', ['focus']]);
  const asked = after([{ type: 'file-chosen', text: 'file' }, { type: 'prove-pressed' }], prove.state);
  expect(kinds(asked)).toEqual(['prove']);
  const wrong = after([{ type: 'failed', problem: 'wrong-passphrase', faulty: null }], asked.state);
  expect([wrong.state.screen, isUnfinished(wrong.state)]).toEqual(['prove', true]);
  const sent = after([{ type: 'prove-pressed' }, { type: 'proven' }], wrong.state);
  expect(kinds(sent)).toEqual(['send']);
  const done = after([ok], sent.state);
  expect(done.state).toMatchObject({ screen: 'home', unsaved: null, key });
  expect(kinds(done)).toEqual(['read-seat', 'focus-heading']);
});

test('with the page left open the next step of a threshold key asks for nothing; a share waits for its trustee', () => {
  const start = { ...firstState, key };
  expect(kinds(after([read({ threshold: 2, size: 3, step: 'polynomial' })], start))).toEqual(['go-on']);
  const tallied = after([read({ stage: 'tallied', step: 'done' })], start);
  expect(kinds(tallied)).toEqual([]);
  expect(kinds(after([{ type: 'go-on-pressed' }], tallied.state))).toEqual(['go-on']);
});

test('a step whose key file stays the same is sent at once', () => {
  const step = after([{ type: 'made', unsaved: { ...first, text: '', isNew: false } }], { ...firstState, key });
  expect(kinds(step)).toEqual(['send']);
});

test('a share goes to the server only after the file that remembers it was saved; a lost answer loses nothing', () => {
  const made = after([read({ stage: 'tallied', step: 'done' }), { type: 'made', unsaved: share }]);
  expect([made.state.screen, kinds(made)]).toEqual(['save', ['focus-heading']]);
  const lost = after(
    [{ type: 'save-pressed' }, { type: 'saved-pressed' }, { type: 'sent', reply: { kind: 'no-answer' } }],
    made.state,
  );
  expect(lost.state).toMatchObject({ unsaved: share, problem: { kind: 'no-answer' }, isBusy: false });
  const again = after([{ type: 'saved-pressed' }], lost.state);
  expect(kinds(again)).toEqual(['send']);
  expect(after([ok], again.state).state).toMatchObject({ head: '7 abc', unsaved: null });
});

test('an archive that did not come accuses nobody: the key stays, and one press asks again', async () => {
  const tallied = after([read({ stage: 'tallied', step: 'done' }), { type: 'go-on-pressed' }], { ...firstState, key });
  const data = { archiveUrl: '/archive' } as TrusteeData;
  const heard: TrusteeEvent[] = [];
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));
  performEffect(data, {} as HTMLElement, tallied.effects[0]!, (event) => heard.push(event));
  await expect.poll(() => heard).toEqual([{ type: 'stopped', failure: { kind: 'no-answer' } }]);
  vi.unstubAllGlobals();
  const stopped = after(heard, tallied.state).state;
  expect(stopped).toMatchObject({ key, isBusy: false, problem: { kind: 'no-answer' }, keyProblem: null });
  expect(kinds(after([{ type: 'go-on-pressed' }], stopped))).toEqual(['go-on']);
});

test('who cannot prove it goes back to the passphrase, or saves the file again', () => {
  const proving = after([
    read(),
    { type: 'make-pressed' },
    { type: 'made', unsaved: first },
    { type: 'save-pressed' },
    { type: 'saved-pressed' },
    { type: 'noted-pressed' },
    { type: 'passphrase-typed', typed: 'wrong' },
  ]).state;
  expect(after([{ type: 'save-pressed' }], proving)).toMatchObject({
    state: { screen: 'prove', typedPassphrase: 'wrong' },
    effects: [{ type: 'save', text: 'file' }],
  });
  const back = after([{ type: 'passphrase-wanted' }], proving).state;
  expect(back).toMatchObject({ screen: 'paper', typedPassphrase: '', unsaved: first });
  expect(after([{ type: 'noted-pressed' }], back).state).toMatchObject({ screen: 'prove', chosenFile: null });
  expect(after([{ type: 'passphrase-wanted' }], { ...proving, isBusy: true }).state.screen).toBe('prove');
});

test('a page that waits for others looks again; one that has work to do does not', () => {
  expect(kinds(after([read({ step: 'waiting' })]))).toEqual(['read-seat-soon']);
  const other = { name: 'Bo', step: 'key', hasShare: false } as const;
  expect(kinds(after([read({ step: 'done', trustees: [other] })]))).toEqual(['read-seat-soon']);
  expect(kinds(after([read({ step: 'done', trustees: [{ ...other, step: 'done' }] })]))).toEqual([]);
  expect(kinds(after([read({ stage: 'closed' })]))).toEqual(['read-seat-soon']);
  expect(kinds(after([read({ stage: 'tallied', hasShare: true })]))).toEqual(['read-seat-soon']);
  expect(kinds(after([read({ stage: 'opened' })]))).toEqual([]);
  expect(kinds(after([{ type: 'seat-read', reply: { kind: 'no-answer' } }]))).toEqual(['read-seat-soon']);
});
