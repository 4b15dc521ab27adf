// The half of the reducer between "Record my vote" and the server's word: sealing once, sending, waiting, believing.
import type { Contest } from '@votix/protocol';
import type { Step } from '../page/program.ts';
import { parseCode } from './code.ts';
import { readCredential } from './credential.ts';
import { NO_PICK, selectionOf } from './picks.ts';
import {
  firstState,
  isBusy,
  type BoothEffect,
  type BoothEvent,
  type BoothState,
  type CastAnswer,
  type Refusal,
  type SealedVote,
} from './state.ts';

type SendingStep = Step<BoothState, BoothEffect>;
type SendingEvent = Extract<
  BoothEvent,
  { type: 'record-pressed' | 'sealed' | 'sealing-failed' | 'answered' | 'retry-due' }
>;

/** Waits between attempts that got no answer; after the last one the voter decides. */
export const RETRY_WAITS_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000];

export function reduceSending(state: BoothState, event: SendingEvent): SendingStep {
  switch (event.type) {
    case 'record-pressed':
      return record(state);
    case 'sealed':
      return state.sending === 'sealing' ? send({ ...state, sealed: event.vote }, event.vote) : stay(state);
    case 'sealing-failed':
      return state.sending === 'sealing' ? refuse(state, { kind: 'unsealable' }) : stay(state);
    case 'retry-due':
      return state.sending === 'waiting' && state.sealed !== null ? send(state, state.sealed) : stay(state);
    case 'answered':
      return state.sending === 'sending' && state.sealed !== null
        ? believe(state, state.sealed, event.answer)
        : stay(state);
  }
}

/**
 * The steps from the press to the sending, for nobody and thrown away: what a browser has run once it need not read again when
 * the voter records.
 */
export function rehearseSending(contests: readonly Contest[]): void {
  const asked = { ...firstState(contests, null), screen: 'review', code: '0000' } as const;
  const { state } = reduceSending(asked, { type: 'record-pressed' });
  reduceSending(state, { type: 'sealed', vote: { ballot: '', receipt: '' } });
}

/** Everything that could tell the choice or let it be sent again. */
export function withoutVote(state: BoothState): BoothState {
  const picks = state.contests.map(() => NO_PICK);
  return {
    ...state,
    picks,
    sealed: null,
    code: '',
    codeProblem: null,
    credential: null,
    sending: 'idle',
    unanswered: [],
  };
}

function stay(state: BoothState): SendingStep {
  return { state, effects: [] };
}

function record(state: BoothState): SendingStep {
  if (state.screen !== 'review' || isBusy(state)) return stay(state);
  if (parseCode(state.code) === null) {
    return { state: { ...state, codeProblem: { kind: 'malformed' } }, effects: [{ type: 'focus', id: 'code' }] };
  }
  const credential = state.credential === null ? '' : readCredential(state.credential);
  if (state.sealed === null && credential === null) {
    const asked = { ...state, codeProblem: null, isWrongCredential: true };
    return { state: asked, effects: [{ type: 'focus', id: 'credential' }] };
  }
  const ready: BoothState = { ...state, attempts: 0, codeProblem: null, isWrongCredential: false };
  if (state.sealed !== null) return send(ready, state.sealed);
  const selections = state.picks.map(selectionOf);
  return {
    state: { ...ready, sending: 'sealing' },
    effects: [{ type: 'seal', selections, credential: credential ?? '' }],
  };
}

function send(state: BoothState, vote: SealedVote): SendingStep {
  const code = parseCode(state.code) ?? '';
  return {
    state: { ...state, sending: 'sending', attempts: state.attempts + 1 },
    effects: [
      { type: 'remember', vote },
      { type: 'send', ballot: vote.ballot, code },
    ],
  };
}

function believe(state: BoothState, vote: SealedVote, answer: CastAnswer): SendingStep {
  if (answer.kind === 'no-answer') return waitOrStop(state);
  if (answer.kind === 'refused') {
    return answer.reason === 'wrong-code' ? askCodeAgain(state, answer.detail) : refuseAsTold(state, vote, answer);
  }
  // The server must name the very ballot this page sealed; anything else is no confirmation.
  const { receipt, recordedAt, head } = answer;
  if (receipt !== vote.receipt) return refuse(state, { kind: 'other-receipt', receipt: vote.receipt });
  return {
    state: { ...withoutVote(state), screen: 'recorded', recorded: { receipt, recordedAt, head } },
    effects: [{ type: 'close-form' }, { type: 'focus-heading' }],
  };
}

function waitOrStop(state: BoothState): SendingStep {
  const unanswered = [...new Set([...state.unanswered, parseCode(state.code) ?? ''])];
  const milliseconds = RETRY_WAITS_MS[state.attempts - 1];
  if (milliseconds === undefined) return { state: { ...state, sending: 'stuck', unanswered }, effects: [] };
  return { state: { ...state, sending: 'waiting', unanswered }, effects: [{ type: 'wait', milliseconds }] };
}

/** A wrong code also settles earlier lost attempts with that code: none of them can have been recorded. */
function askCodeAgain(state: BoothState, detail: string): SendingStep {
  const wrong = parseCode(state.code);
  const unanswered = state.unanswered.filter((code) => code !== wrong);
  const effects: BoothEffect[] = unanswered.length === 0 ? [{ type: 'forget' }] : [];
  return {
    state: { ...state, sending: 'idle', codeProblem: { kind: 'wrong', detail }, unanswered },
    effects: [...effects, { type: 'focus', id: 'code' }],
  };
}

function refuseAsTold(
  state: BoothState,
  vote: SealedVote,
  answer: Extract<CastAnswer, { kind: 'refused' }>,
): SendingStep {
  const { reason, title, detail } = answer;
  const mayBeRecorded = state.unanswered.length > 0;
  const isPause = reason === 'code-locked';
  const receipt = mayBeRecorded && !isPause && reason !== 'already-voted' ? vote.receipt : null;
  const step = refuse(state, { kind: 'server', title, detail, receipt });
  // After a pause the voter comes back by the link; a ballot that may have arrived must then be the one sent again.
  return isPause && mayBeRecorded ? { ...step, effects: step.effects.filter(({ type }) => type !== 'forget') } : step;
}

function refuse(state: BoothState, refusal: Refusal): SendingStep {
  return {
    state: { ...withoutVote(state), screen: 'refused', refusal },
    effects: [{ type: 'forget' }, { type: 'close-form' }, { type: 'focus-heading' }],
  };
}
