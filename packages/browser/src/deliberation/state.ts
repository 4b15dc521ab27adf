// Opening the box, as values: from the key to the recorded result. All or nothing: there is a result of every ballot of
// the box that was sealed, or none.
import type { CryptoKey, InvalidBallot, KeyFileProblem, SharesProblem, Tally } from '@votix/protocol';
import type { Failure, Problem, Reply } from '../page/reply.ts';
import { emptyFields, type KeyShares } from '../page/shares.ts';

export type Stage = 'key' | 'opening' | 'failed' | 'result' | 'done';

export interface Progress {
  readonly doing: 'reading' | 'decrypting';
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

export interface Opened {
  readonly tally: Tally;
  readonly invalidBallots: readonly InvalidBallot[];
  readonly boxHash: string;
}

export type KeyProblem =
  | { readonly kind: KeyFileProblem | 'no-file' | 'malformed-passphrase' | 'other-file' | 'unusable' }
  | { readonly kind: 'shares'; readonly shares: SharesProblem }
  | { readonly kind: 'other-key'; readonly fingerprint: string };

/** Why there is no result yet. With the same box and key each can be tried again. */
export type BoxProblem =
  | { readonly kind: 'unreachable' | 'other-order' | 'other-hash' | 'workers' }
  | { readonly kind: 'other-number'; readonly found: number }
  | { readonly kind: 'told'; readonly problem: Problem };

export interface DeliberationState {
  readonly fingerprint: string;
  readonly stage: Stage;
  /** The key file is being opened, or the result is on its way. */
  readonly isBusy: boolean;
  readonly chosenFile: string | null;
  readonly typedPassphrase: string;
  /** Null when one passphrase opens the key file. */
  readonly keyShares: KeyShares | null;
  /** A field for each share that is needed. */
  readonly typedShares: readonly string[];
  readonly keyProblem: KeyProblem | null;
  /** Held from the key file to the last ballot, then dropped. */
  readonly privateKey: CryptoKey | null;
  readonly progress: Progress | null;
  readonly boxProblem: BoxProblem | null;
  readonly opened: Opened | null;
  readonly recordProblem: Failure | null;
}

export type DeliberationEvent =
  | { readonly type: 'file-chosen'; readonly text: string }
  | { readonly type: 'passphrase-typed'; readonly typed: string }
  | { readonly type: 'share-typed'; readonly at: number; readonly typed: string }
  | { readonly type: 'open-pressed' }
  | { readonly type: 'key-opened'; readonly privateKey: CryptoKey; readonly fingerprint: string }
  | { readonly type: 'key-refused'; readonly problem: KeyProblem }
  | { readonly type: 'progressed'; readonly progress: Progress }
  | { readonly type: 'box-opened'; readonly opened: Opened }
  | { readonly type: 'box-failed'; readonly problem: BoxProblem }
  | { readonly type: 'cancel-pressed' }
  | { readonly type: 'retry-pressed' }
  | { readonly type: 'record-pressed' }
  | { readonly type: 'record-answered'; readonly reply: Reply };

export type DeliberationEffect =
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'open-key'; readonly keyFile: string; readonly passphrase: string }
  | {
      readonly type: 'open-key-with-shares';
      readonly keyFile: string;
      readonly typed: readonly string[];
      readonly keyShares: KeyShares;
    }
  | { readonly type: 'open-box'; readonly privateKey: CryptoKey }
  | { readonly type: 'stop' }
  | { readonly type: 'record'; readonly opened: Opened };

export function firstState(fingerprint: string, keyShares: KeyShares | null = null): DeliberationState {
  return {
    fingerprint,
    stage: 'key',
    isBusy: false,
    chosenFile: null,
    typedPassphrase: '',
    keyShares,
    typedShares: emptyFields(keyShares?.needed ?? 0),
    keyProblem: null,
    privateKey: null,
    progress: null,
    boxProblem: null,
    opened: null,
    recordProblem: null,
  };
}

/** A key in memory or a result not yet recorded: leaving loses it, and only that. */
export function isUnfinished({ stage, privateKey }: DeliberationState): boolean {
  return privateKey !== null || stage === 'result';
}
