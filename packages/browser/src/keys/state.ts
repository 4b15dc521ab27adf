// The arm wizard as values: its stages in order, what is held at each, what can happen. The private key is not among
// them: it exists only inside the effect that makes and seals it.
import type { PossessionProblem, SharesProblem } from '@votix/protocol';
import type { Failure, Reply } from '../page/reply.ts';
import type { KeyShares } from '../page/shares.ts';

export const STAGES = ['explain', 'save', 'passphrase', 'prove', 'confirm', 'done'] as const;
export type Stage = (typeof STAGES)[number];

/** A new key under one passphrase, a new key whose passphrase is split, or a key made elsewhere. */
export type Way = 'one' | 'split' | 'own';

export interface Split {
  readonly holders: number;
  readonly needed: number;
}

export interface MadeKeys {
  readonly keyFile: string;
  /** What is shown once to be kept on paper: one passphrase, or a share for each holder. */
  readonly papers: readonly string[];
  /** Null when there is one passphrase. */
  readonly keyShares: KeyShares | null;
  readonly publicKeyPem: string;
  readonly fingerprint: string;
}

/** What is left of the keys once possession is proven: nothing secret. */
export type PublicPart = Pick<MadeKeys, 'publicKeyPem' | 'fingerprint' | 'keyShares'>;

export type ProofProblem = PossessionProblem | 'no-file' | 'malformed-passphrase' | 'other-file';

export interface KeysState {
  readonly electionName: string;
  readonly stage: Stage;
  /** The page is computing or waiting for the server: its buttons rest. */
  readonly isBusy: boolean;
  readonly makingFailed: boolean;
  readonly way: Way;
  readonly typedHolders: string;
  readonly typedNeeded: string;
  readonly isWrongSplit: boolean;
  /** Which of the papers is shown. */
  readonly paper: number;
  readonly secrets: MadeKeys | null;
  readonly publicPart: PublicPart | null;
  readonly isSaved: boolean;
  readonly chosenFile: string | null;
  readonly typedPassphrase: string;
  readonly typedShares: readonly string[];
  readonly proofProblem: ProofProblem | null;
  readonly sharesProblem: SharesProblem | null;
  readonly typedName: string;
  readonly isOtherName: boolean;
  readonly armProblem: Failure | null;
  readonly copied: 'yes' | 'no' | null;
}

export type KeysEvent =
  | { readonly type: 'way-chosen'; readonly way: Way }
  | { readonly type: 'holders-typed'; readonly typed: string }
  | { readonly type: 'needed-typed'; readonly typed: string }
  | { readonly type: 'make-pressed' }
  | { readonly type: 'made'; readonly keys: MadeKeys }
  | { readonly type: 'making-failed' }
  | { readonly type: 'save-pressed' }
  | { readonly type: 'saved-pressed' }
  | { readonly type: 'copy-pressed' }
  | { readonly type: 'copied'; readonly worked: boolean }
  | { readonly type: 'print-pressed' }
  | { readonly type: 'noted-pressed' }
  | { readonly type: 'former-paper-pressed' }
  | { readonly type: 'passphrase-wanted' }
  | { readonly type: 'start-over-pressed' }
  | { readonly type: 'file-chosen'; readonly text: string }
  | { readonly type: 'passphrase-typed'; readonly typed: string }
  | { readonly type: 'share-typed'; readonly at: number; readonly typed: string }
  | { readonly type: 'prove-pressed' }
  | { readonly type: 'proven'; readonly publicPart: PublicPart }
  | { readonly type: 'shares-refused'; readonly problem: SharesProblem }
  | { readonly type: 'not-proven'; readonly problem: ProofProblem }
  | { readonly type: 'name-typed'; readonly typed: string }
  | { readonly type: 'arm-pressed' }
  | { readonly type: 'arm-answered'; readonly reply: Reply };

/** What can happen where the holders give back what they kept, when the election is armed and again later. */
export type ProofEvent = Extract<
  KeysEvent,
  {
    type:
      'file-chosen' | 'passphrase-typed' | 'share-typed' | 'prove-pressed' | 'proven' | 'shares-refused' | 'not-proven';
  }
>;

export type KeysEffect =
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'make'; readonly split: Split | null }
  | { readonly type: 'save'; readonly keyFile: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'print' }
  | { readonly type: 'prove'; readonly keyFile: string; readonly given: Given; readonly expected: PublicPart | null }
  | { readonly type: 'arm'; readonly publicPart: PublicPart };

/** What the holders typed from their papers. */
export type Given =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'shares'; readonly typed: readonly string[] };

/** A field that is drawn anew is empty: what stood in it before does not count. */
export const nothingGiven = {
  chosenFile: null,
  typedPassphrase: '',
  proofProblem: null,
  sharesProblem: null,
} as const;

export function firstState(electionName: string): KeysState {
  return {
    ...nothingGiven,
    electionName,
    stage: 'explain',
    isBusy: false,
    makingFailed: false,
    way: 'one',
    typedHolders: '3',
    typedNeeded: '2',
    isWrongSplit: false,
    paper: 0,
    secrets: null,
    publicPart: null,
    isSaved: false,
    typedShares: [],
    typedName: '',
    isOtherName: false,
    armProblem: null,
    copied: null,
  };
}

/** From the first key to the armed election, leaving loses work. */
export function isUnfinished(state: KeysState): boolean {
  return state.stage !== 'done' && (state.secrets !== null || state.publicPart !== null);
}
