// The booth's rules without a page: what each event makes of the state, and what it asks of the outside world.
import type { Contest } from '@votix/protocol';
import { expect, test } from 'vitest';
import { readReply } from '../page/reply.ts';
import { readCastReply } from './cast.ts';
import { parseCode } from './code.ts';
import { credentialInAddress } from './credential.ts';
import { reduce, type BoothStep } from './reduce.ts';
import { RETRY_WAITS_MS } from './reduce-sending.ts';
import { boothTitle } from './view.ts';
import { firstState, isCommitted, type BoothEvent, type BoothState, type CastAnswer } from './state.ts';

const names = ['Ada', 'Blaise', 'Chen'];
const candidates = names.map((name) => ({ id: name.toLowerCase(), name }));
const rules = { minChoices: 1, maxChoices: 1, blank: true, seats: 1, order: 'fixed', seed: '' } as const;
const chooseOne: Contest = { id: 'c1', title: 'Chair', ...rules, candidates };
const chooseTwo: Contest = { ...chooseOne, id: 'c2', title: 'Board', minChoices: 2, maxChoices: 2 };

const vote = { ballot: 'sealed-ballot', receipt: 'R'.repeat(32) };
const recorded: CastAnswer = { kind: 'recorded', receipt: vote.receipt, recordedAt: 'today', head: null };
const lost: CastAnswer = { kind: 'no-answer' };
const refused = (reason: string): CastAnswer => ({ kind: 'refused', reason, title: 'Title', detail: 'Detail' });

const candidate = (index: number, contest = 0): BoothEvent => ({
  type: 'candidate-toggled',
  contest,
  candidate: index,
});
const next: BoothEvent = { type: 'next-pressed' };
const record: BoothEvent = { type: 'record-pressed' };
const sealed: BoothEvent = { type: 'sealed', vote };
const typed = (code: string): BoothEvent => ({ type: 'code-typed', code });
const answered = (answer: CastAnswer): BoothEvent => ({ type: 'answered', answer });
const toSending = [candidate(1), next, typed('12 34'), record, sealed];

function after(events: readonly BoothEvent[], start: BoothState = firstState([chooseOne], null)): BoothStep {
  return events.reduce<BoothStep>((step, event) => reduce(step.state, event), { state: start, effects: [] });
}

const kinds = (step: BoothStep) => step.effects.map(({ type }) => type);

test('nothing is chosen at first', () => {
  const { picks, screen } = firstState([chooseOne], null);
  expect({ picks, screen }).toEqual({ picks: [{ candidates: [], blank: false }], screen: 'choose' });
});

test('next without a choice stays and moves the focus to what is missing', () => {
  const step = after([next]);
  expect(step.state).toMatchObject({ screen: 'choose', shortfalls: ['nothing'] });
  expect(step.effects).toEqual([{ type: 'focus', id: 'problems' }]);
});

test('the complaint goes away when it is answered', () => {
  expect(after([next, candidate(0)]).state.shortfalls).toEqual([null]);
});

test('a second radio replaces the first, blank replaces both', () => {
  expect(after([candidate(0), candidate(2)]).state.picks[0]).toEqual({ candidates: [2], blank: false });
  expect(after([candidate(0), { type: 'blank-toggled', contest: 0 }]).state.picks[0]).toEqual({
    candidates: [],
    blank: true,
  });
});

test('several choices toggle, stay in order, and are counted against the rules', () => {
  const start = firstState([chooseTwo], null);
  expect(after([candidate(2), candidate(0)], start).state.picks[0]?.candidates).toEqual([0, 2]);
  expect(after([candidate(2), next], start).state.shortfalls).toEqual(['too-few']);
  expect(after([candidate(2), candidate(0), candidate(1), next], start).state.shortfalls).toEqual(['too-many']);
  expect(after([candidate(2), candidate(2)], start).state.picks[0]?.candidates).toEqual([]);
});

test('a blank vote is sealed as an empty selection', () => {
  const step = after([{ type: 'blank-toggled', contest: 0 }, next, typed('1234'), record]);
  expect(step.effects).toEqual([{ type: 'seal', selections: [[]], credential: '' }]);
});

test.each(['1234', ' 12 34 ', '12-34', '12–34', '１２３４', '12.34'])('the code %j is understood', (code) => {
  expect(parseCode(code)).toBe('1234');
});

test.each(['', '123', '12345', 'abcd', '12a4'])('the code %j is asked again', (code) => {
  expect(parseCode(code)).toBeNull();
  const step = after([candidate(0), next, typed(code), record]);
  expect(step.state.codeProblem).toEqual({ kind: 'malformed' });
  expect(step.effects).toEqual([{ type: 'focus', id: 'code' }]);
});

test('the ballot is remembered before it is sent', () => {
  const step = after(toSending);
  expect(step.effects).toEqual([
    { type: 'remember', vote },
    { type: 'send', ballot: vote.ballot, code: '1234' },
  ]);
});

test('a second press while sealing or sending does nothing', () => {
  expect(after([candidate(1), next, typed('1234'), record, record]).effects).toEqual([]);
  expect(after([...toSending, record]).effects).toEqual([]);
});

test('the code field is locked while sending', () => {
  expect(after([...toSending, typed('9999')]).state.code).toBe('12 34');
});

test('recorded is said only for the receipt of the ballot that was sent', () => {
  expect(after([...toSending, answered(recorded)]).state).toMatchObject({
    screen: 'recorded',
    recorded: { receipt: vote.receipt, recordedAt: 'today' },
  });
  const other = after([...toSending, answered({ ...recorded, receipt: 'S'.repeat(32) })]);
  expect(other.state).toMatchObject({ screen: 'refused', refusal: { kind: 'other-receipt', receipt: vote.receipt } });
});

test('nothing of the vote is left in the state once it is recorded', () => {
  const { picks, code, sealed: left } = after([...toSending, answered(recorded)]).state;
  expect({ picks, code, left }).toEqual({ picks: [{ candidates: [], blank: false }], code: '', left: null });
});

test('a lost answer is retried with the same ballot, later and later, then waits for the voter', () => {
  let step = after(toSending);
  for (const milliseconds of RETRY_WAITS_MS) {
    step = reduce(step.state, answered(lost));
    expect(step.effects).toEqual([{ type: 'wait', milliseconds }]);
    step = reduce(step.state, { type: 'retry-due' });
    expect(step.effects).toContainEqual({ type: 'send', ballot: vote.ballot, code: '1234' });
  }
  step = reduce(step.state, answered(lost));
  expect(step.state.sending).toBe('stuck');
  step = reduce(step.state, record);
  expect(step.effects).toContainEqual({ type: 'send', ballot: vote.ballot, code: '1234' });
});

test('after a lost answer the choice stands', () => {
  const { state } = after([...toSending, answered(lost)]);
  expect(isCommitted(state)).toBe(true);
  expect(after([{ type: 'change-pressed' }], state).effects).toEqual([]);
  expect(after([{ type: 'went-back' }], state).state.screen).toBe('review');
});

test('a wrong code keeps the ballot on the screen, and nothing in storage', () => {
  const step = after([...toSending, answered(refused('wrong-code'))]);
  expect(step.state).toMatchObject({
    screen: 'review',
    codeProblem: { kind: 'wrong', detail: 'Detail' },
    sealed: vote,
  });
  expect(kinds(step)).toEqual(['forget', 'focus']);
  expect(kinds(after([typed('4321'), record], step.state))).toEqual(['remember', 'send']);
});

test('a wrong code settles earlier lost attempts with the same code only', () => {
  const lostOnce = [...toSending, answered(lost), { type: 'retry-due' } as const];
  expect(isCommitted(after([...lostOnce, answered(refused('wrong-code'))]).state)).toBe(false);
  const stuck = { ...after([...toSending, answered(lost)]).state, sending: 'stuck' as const };
  const otherCode = after([typed('9999'), record, answered(refused('wrong-code'))], stuck);
  expect(isCommitted(otherCode.state)).toBe(true);
  expect(kinds(otherCode)).not.toContain('forget');
});

test('going back after a wrong code drops the sealed ballot, so that a new choice is sealed anew', () => {
  const step = after([...toSending, answered(refused('wrong-code')), { type: 'went-back' }]);
  expect(step.state).toMatchObject({ screen: 'choose', sealed: null, code: '' });
  expect(kinds(after([candidate(2), next, typed('1234'), record], step.state))).toEqual(['seal']);
});

test.each(['already-voted', 'too-early', 'too-late', 'unknown-link', 'replaced-link', 'code-locked'])(
  '%s is the end of this page, and forgets the ballot',
  (reason) => {
    const step = after([...toSending, answered(refused(reason))]);
    expect(step.state).toMatchObject({ screen: 'refused', refusal: { title: 'Title', receipt: null }, sealed: null });
    expect(kinds(step)).toContain('forget');
  },
);

test('too late after a lost attempt still gives the receipt to check', () => {
  const step = after([...toSending, answered(lost), { type: 'retry-due' }, answered(refused('too-late'))]);
  expect(step.state.refusal).toMatchObject({ receipt: vote.receipt });
});

test('a pause after a lost attempt keeps the ballot for the return', () => {
  const step = after([...toSending, answered(lost), { type: 'retry-due' }, answered(refused('code-locked'))]);
  expect(kinds(step)).not.toContain('forget');
});

test('after a reload the same ballot is sent again and the choice is not asked', () => {
  const start = firstState([chooseOne], vote);
  expect(start).toMatchObject({ screen: 'review', resumed: true });
  expect(after([{ type: 'went-back' }], start).state.screen).toBe('review');
  expect(after([typed('1234'), record], start).effects).toContainEqual({
    type: 'send',
    ballot: vote.ballot,
    code: '1234',
  });
});

test('after recorded there is no way back to a form', () => {
  const { state } = after([...toSending, answered(recorded)]);
  for (const event of [{ type: 'went-back' }, { type: 'went-forward' }, next, record] as const) {
    expect(reduce(state, event).state.screen).toBe('recorded');
  }
});

test('finish forgets everything', () => {
  const step = after([...toSending, answered(recorded), { type: 'finish-pressed' }]);
  expect(step.state).toMatchObject({ screen: 'finished', recorded: null, sealed: null });
  expect(kinds(step)).toContain('forget');
});

test('a late answer, a late timer or a failed sealing cannot undo the end', () => {
  const { state } = after([...toSending, answered(recorded)]);
  expect(reduce(state, answered(lost)).state).toBe(state);
  expect(reduce(state, { type: 'retry-due' }).state).toBe(state);
  expect(after([candidate(0), next, typed('1234'), record, { type: 'sealing-failed' }]).state.refusal).toEqual({
    kind: 'unsealable',
  });
});

test.each([
  [503, 'application/problem+json', '{"reason":"busy"}'],
  [429, 'text/html', '<h1>Too many requests</h1>'],
  [200, 'text/html', '<h1>Welcome to our wireless network</h1>'],
  [200, 'application/json', '[]'],
  [200, 'application/json', '{"status":"recorded"}'],
  [403, 'text/html', '<h1>Forbidden</h1>'],
])('status %i with %s %s is no answer', (status, contentType, text) => {
  expect(readCastReply(readReply(status, contentType, text))).toEqual({ kind: 'no-answer' });
});

test('a locked code is an answer, whatever its status', () => {
  const text = '{"reason":"code-locked","title":"Title","detail":"Detail"}';
  expect(readCastReply(readReply(429, 'application/problem+json', text))).toEqual(refused('code-locked'));
});

const credential = 'ABCDE-fghijk-23456-mnopqr';
const asking = firstState([chooseOne], null, true);
const typedCredential = (text: string): BoothEvent => ({ type: 'credential-typed', credential: text });

test('a link without a credential asks for it, and nothing is sealed with what can be none', () => {
  const step = after([candidate(1), next, typed('1234'), typedCredential('ABC'), record], asking);
  expect(step.state).toMatchObject({ isWrongCredential: true, sending: 'idle', screen: 'review' });
  expect(step.effects).toEqual([{ type: 'focus', id: 'credential' }]);
  const again = after([typedCredential(`https://vote.example/vote/x#${credential}`), record], step.state);
  expect(again.effects).toEqual([{ type: 'seal', selections: [[1]], credential }]);
  expect(again.state.isWrongCredential).toBe(false);
});

test('the window says that something is wrong where the screen does, and gives the same reason', () => {
  const say = (key: string, values: object = {}) => [key, ...Object.values(values)].join(' ');
  const titleOf = (state: BoothState) => boothTitle({ say, definition: { name: 'Board' } }, state);
  const review = after([candidate(1), next, typed('1234'), typedCredential('ABC')], asking).state;
  expect(titleOf(review)).toBe('review-title – Board');
  const asked = after([record], review).state;
  expect(titleOf(asked)).toBe('error-title review-title – Board');
  expect(titleOf(after([{ type: 'went-back' }], asked).state)).toBe('choose-title – Board');
  const unsealable = after([...toSending.slice(0, 4), { type: 'sealing-failed' }]).state;
  expect(titleOf(unsealable)).toBe('unready-title – Board');
});

test('a ballot that was sealed before a reload asks for no credential again', () => {
  expect(firstState([chooseOne], vote, true).credential).toBeNull();
});

test('the typed credential goes with the vote', () => {
  const state = after([candidate(1), next, typed('1234'), typedCredential(credential), record, sealed], asking).state;
  expect(after([answered(recorded)], state).state.credential).toBeNull();
});

test.each([
  [`#${credential}`, '/vote/x', credential],
  [`#${credential.replaceAll('-', '')}`, '/vote/x', credential],
  [`#${credential}.`, '/vote/x', credential],
  ['', `/vote/x%23${credential}`, credential],
  ['', '/vote/x', null],
  ['#top', '/vote/x', null],
  [`#${credential}x`, '/vote/x', null],
  [`#${credential.toLowerCase().replace('a', '0')}`, '/vote/x', null],
])('the credential in %s%s', (hash, pathname, found) => {
  expect(credentialInAddress({ hash, pathname })).toBe(found);
});

test('the head of the public board is part of the receipt; what is no head is left out, the vote is recorded', () => {
  const head = { height: 12, hash: 'ab'.repeat(32) };
  const body = { status: 'recorded', receipt: vote.receipt, recordedAt: 'today' };
  const told = (more: object) => readCastReply({ kind: 'ok', body: { ...body, ...more } });
  expect(told({ head })).toMatchObject({ kind: 'recorded', head });
  for (const no of [undefined, null, 'x', { height: '1', hash: head.hash }, { height: 1, hash: 'AB' }])
    expect(told({ head: no })).toMatchObject({ kind: 'recorded', head: null });
  const { state } = after([...toSending, answered({ ...recorded, head })]);
  expect(state.recorded).toEqual({ receipt: vote.receipt, recordedAt: 'today', head });
  expect(after([{ type: 'save-pressed' }], state).effects).toEqual([{ type: 'save', recorded: state.recorded }]);
});
