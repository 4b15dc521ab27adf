// Everything the booth knows, as values: the screens, what can happen, and what is asked of the outside world.
// Nothing here touches the page; reduce.ts moves from one state to the next.
import type { Contest, Selections } from '@votix/protocol';
import { NO_PICK, type Pick, type Shortfall } from './picks.ts';

export interface SealedVote {
  readonly ballot: string;
  readonly receipt: string;
}

/** The end of the public board: number and fingerprint of its last event. */
export interface Head {
  readonly height: number;
  readonly hash: string;
}

export interface Recorded {
  readonly receipt: string;
  readonly recordedAt: string;
  /** Null where the election has no public board. */
  readonly head: Head | null;
}

export type CastAnswer =
  | ({ readonly kind: 'recorded' } & Recorded)
  | { readonly kind: 'refused'; readonly reason: string; readonly title: string; readonly detail: string }
  | { readonly kind: 'no-answer' };

/** Why this page ends without "recorded". `receipt` is set when an earlier attempt may have arrived all the same. */
export type Refusal =
  | { readonly kind: 'server'; readonly title: string; readonly detail: string; readonly receipt: string | null }
  | { readonly kind: 'other-receipt'; readonly receipt: string }
  | { readonly kind: 'unsealable' };

export type CodeProblem = { readonly kind: 'malformed' } | { readonly kind: 'wrong'; readonly detail: string };

/** `waiting`: a lost attempt will be repeated by itself. `stuck`: it will be when the voter asks. */
export type Sending = 'idle' | 'sealing' | 'sending' | 'waiting' | 'stuck';

export interface BoothState {
  readonly contests: readonly Contest[];
  readonly screen: 'choose' | 'review' | 'recorded' | 'refused' | 'finished';
  readonly picks: readonly Pick[];
  readonly shortfalls: readonly (Shortfall | null)[];
  /** After a reload only the sealed ballot is left; nobody can tell what is in it. */
  readonly resumed: boolean;
  readonly code: string;
  readonly codeProblem: CodeProblem | null;
  /** What was typed where the link brought no credential; null where none is asked for. */
  readonly credential: string | null;
  readonly isWrongCredential: boolean;
  readonly sending: Sending;
  readonly attempts: number;
  readonly sealed: SealedVote | null;
  /** Codes of attempts without an answer. While there is one, the ballot may be in the box and must not be replaced. */
  readonly unanswered: readonly string[];
  readonly recorded: Recorded | null;
  readonly refusal: Refusal | null;
  readonly copied: 'yes' | 'no' | null;
  /** Drawn only when it is looked at: on a phone it takes longer than everything else of its screen. */
  readonly isQrShown: boolean;
}

export type BoothEvent =
  | { readonly type: 'candidate-toggled'; readonly contest: number; readonly candidate: number }
  | { readonly type: 'blank-toggled'; readonly contest: number }
  | { readonly type: 'next-pressed' }
  | { readonly type: 'change-pressed' }
  | { readonly type: 'went-back' }
  | { readonly type: 'went-forward' }
  | { readonly type: 'code-typed'; readonly code: string }
  | { readonly type: 'credential-typed'; readonly credential: string }
  | { readonly type: 'record-pressed' }
  | { readonly type: 'sealed'; readonly vote: SealedVote }
  | { readonly type: 'sealing-failed' }
  | { readonly type: 'answered'; readonly answer: CastAnswer }
  | { readonly type: 'retry-due' }
  | { readonly type: 'copy-pressed' }
  | { readonly type: 'copied'; readonly worked: boolean }
  | { readonly type: 'save-pressed' }
  | { readonly type: 'qr-opened' }
  | { readonly type: 'finish-pressed' };

export type BoothEffect =
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'enter-review' }
  | { readonly type: 'leave-review' }
  | { readonly type: 'close-form' }
  | { readonly type: 'seal'; readonly selections: Selections; readonly credential: string }
  | { readonly type: 'remember'; readonly vote: SealedVote }
  | { readonly type: 'forget' }
  | { readonly type: 'copy'; readonly receipt: string }
  | { readonly type: 'save'; readonly recorded: Recorded }
  | { readonly type: 'send'; readonly ballot: string; readonly code: string }
  | { readonly type: 'wait'; readonly milliseconds: number };

/** Stands for the code of an attempt made before a reload: codes are never kept. */
const UNKNOWN_CODE = '';

export function firstState(
  contests: readonly Contest[],
  remembered: SealedVote | null,
  asksCredential = false,
): BoothState {
  return {
    contests,
    screen: remembered === null ? 'choose' : 'review',
    picks: contests.map(() => NO_PICK),
    shortfalls: contests.map(() => null),
    resumed: remembered !== null,
    code: '',
    codeProblem: null,
    credential: asksCredential && remembered === null ? '' : null,
    isWrongCredential: false,
    sending: 'idle',
    attempts: 0,
    sealed: remembered,
    unanswered: remembered === null ? [] : [UNKNOWN_CODE],
    recorded: null,
    refusal: null,
    copied: null,
    isQrShown: false,
  };
}

/** While the ballot may already be in the box, only the same ballot may be sent and the choice stands. */
export function isCommitted(state: BoothState): boolean {
  return state.unanswered.length > 0 || isBusy(state);
}

export function isBusy(state: BoothState): boolean {
  return state.sending !== 'idle' && state.sending !== 'stuck';
}
