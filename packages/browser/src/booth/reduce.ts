// The one place where the booth moves from state to state. Pure: what must happen outside is returned as effects.
// The rule behind most of it: once a ballot may have reached the server, only that same ballot is ever sent again.
import type { Step } from '../page/program.ts';
import { findShortfall, toggleBlank, toggleCandidate, type Pick } from './picks.ts';
import { reduceSending, withoutVote } from './reduce-sending.ts';
import { isBusy, isCommitted, type BoothEffect, type BoothEvent, type BoothState } from './state.ts';

export type BoothStep = Step<BoothState, BoothEffect>;

export function reduce(state: BoothState, event: BoothEvent): BoothStep {
  switch (event.type) {
    case 'candidate-toggled':
      return repick(state, event.contest, (contest, pick) => toggleCandidate(contest, pick, event.candidate));
    case 'blank-toggled':
      return repick(state, event.contest, toggleBlank);
    case 'next-pressed':
      return goForward(state, [{ type: 'enter-review' }, { type: 'focus-heading' }]);
    case 'went-forward':
      return goForward(state, [{ type: 'focus-heading' }]);
    case 'change-pressed':
      return { state, effects: isCommitted(state) ? [] : [{ type: 'leave-review' }] };
    case 'went-back':
      return goBack(state);
    case 'code-typed':
      return { state: isBusy(state) ? state : { ...state, code: event.code }, effects: [] };
    case 'credential-typed': {
      const { credential } = event;
      return { state: isBusy(state) ? state : { ...state, credential }, effects: [] };
    }
    case 'copy-pressed':
    case 'copied':
    case 'save-pressed':
    case 'qr-opened':
    case 'finish-pressed':
      return reduceReceipt(state, event);
    case 'record-pressed':
    case 'sealed':
    case 'sealing-failed':
    case 'answered':
    case 'retry-due':
      return reduceSending(state, event);
  }
}

/** What each contest still lacks; all null when the ballot can be reviewed. */
export function findShortfalls(state: BoothState) {
  return state.contests.map((contest, index) => findShortfall(contest, state.picks[index]!));
}

function repick(
  state: BoothState,
  contest: number,
  change: (contest: BoothState['contests'][number], pick: Pick) => Pick,
): BoothStep {
  if (state.screen !== 'choose') return { state, effects: [] };
  const picks = state.picks.map((pick, index) => (index === contest ? change(state.contests[index]!, pick) : pick));
  // A complaint stays until it is answered, so that it does not vanish under the voter's eyes while still true.
  const shortfalls = state.shortfalls.map((known, index) =>
    known === null ? null : findShortfall(state.contests[index]!, picks[index]!),
  );
  return { state: { ...state, picks, shortfalls }, effects: [] };
}

function goForward(state: BoothState, effects: readonly BoothEffect[]): BoothStep {
  if (state.screen !== 'choose') return { state, effects: [] };
  const shortfalls = findShortfalls(state);
  const isComplete = shortfalls.every((shortfall) => shortfall === null);
  if (!isComplete) return { state: { ...state, shortfalls }, effects: [{ type: 'focus', id: 'problems' }] };
  return { state: { ...state, shortfalls, screen: 'review' }, effects };
}

const noComplaint = { codeProblem: null, isWrongCredential: false } as const;

/** The sealed ballot goes with the choice it holds: changing the choice makes a new one. */
function goBack(state: BoothState): BoothStep {
  if (state.screen !== 'review' || isCommitted(state)) return { state, effects: [] };
  return {
    state: { ...state, ...noComplaint, screen: 'choose', sealed: null, code: '', sending: 'idle' },
    effects: [{ type: 'forget' }, { type: 'focus-heading' }],
  };
}

type ReceiptEvent = Extract<
  BoothEvent,
  { type: 'copy-pressed' | 'copied' | 'save-pressed' | 'qr-opened' | 'finish-pressed' }
>;

function reduceReceipt(state: BoothState, event: ReceiptEvent): BoothStep {
  if (state.recorded === null) return { state, effects: [] };
  switch (event.type) {
    case 'copy-pressed':
      return { state: { ...state, copied: null }, effects: [{ type: 'copy', receipt: state.recorded.receipt }] };
    case 'copied':
      return { state: { ...state, copied: event.worked ? 'yes' : 'no' }, effects: [] };
    case 'save-pressed':
      return { state, effects: [{ type: 'save', recorded: state.recorded }] };
    case 'qr-opened':
      return { state: { ...state, isQrShown: true }, effects: [] };
    case 'finish-pressed':
      return finish(state);
  }
}

function finish(state: BoothState): BoothStep {
  return {
    state: { ...withoutVote(state), screen: 'finished', recorded: null, refusal: null },
    effects: [{ type: 'forget' }, { type: 'focus-heading' }],
  };
}
