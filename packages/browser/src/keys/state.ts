// The arm wizard as values: its stages in order, what is held at each, what can happen. The private key is not among
// them: it exists only inside the effect that makes and seals it.
import type { PossessionProblem } from '@votix/protocol';
import type { Problem, Reply } from '../page/reply.ts';

export const STAGES = ['explain', 'save', 'passphrase', 'prove', 'confirm', 'done'] as const;
export type Stage = (typeof STAGES)[number];

export interface MadeKeys {
  readonly keyFile: string;
  readonly passphrase: string;
  readonly publicKeyPem: string;
  readonly fingerprint: string;
}

/** What is left of the keys once possession is proven: nothing secret. */
export type PublicPart = Pick<MadeKeys, 'publicKeyPem' | 'fingerprint'>;

export type ProofProblem = PossessionProblem | 'no-file' | 'malformed-passphrase';

export type ArmProblem = { readonly kind: 'no-answer' } | { readonly kind: 'told'; readonly problem: Problem };

export interface KeysState {
  readonly electionName: string;
  readonly stage: Stage;
  /** The page is computing or waiting for the server: its buttons rest. */
  readonly isBusy: boolean;
  readonly makingFailed: boolean;
  readonly secrets: MadeKeys | null;
  readonly publicPart: PublicPart | null;
  readonly isSaved: boolean;
  readonly chosenFile: string | null;
  readonly typedPassphrase: string;
  readonly proofProblem: ProofProblem | null;
  readonly typedName: string;
  readonly isOtherName: boolean;
  readonly armProblem: ArmProblem | null;
  readonly copied: 'yes' | 'no' | null;
}

export type KeysEvent =
  | { readonly type: 'make-pressed' }
  | { readonly type: 'made'; readonly keys: MadeKeys }
  | { readonly type: 'making-failed' }
  | { readonly type: 'save-pressed' }
  | { readonly type: 'saved-pressed' }
  | { readonly type: 'copy-pressed' }
  | { readonly type: 'copied'; readonly worked: boolean }
  | { readonly type: 'print-pressed' }
  | { readonly type: 'noted-pressed' }
  | { readonly type: 'passphrase-wanted' }
  | { readonly type: 'start-over-pressed' }
  | { readonly type: 'file-chosen'; readonly text: string }
  | { readonly type: 'passphrase-typed'; readonly typed: string }
  | { readonly type: 'prove-pressed' }
  | { readonly type: 'proven' }
  | { readonly type: 'not-proven'; readonly problem: ProofProblem }
  | { readonly type: 'name-typed'; readonly typed: string }
  | { readonly type: 'arm-pressed' }
  | { readonly type: 'arm-answered'; readonly reply: Reply };

export type KeysEffect =
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'make' }
  | { readonly type: 'save'; readonly keyFile: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'print' }
  | { readonly type: 'prove'; readonly keyFile: string; readonly passphrase: string; readonly fingerprint: string }
  | { readonly type: 'arm'; readonly publicPart: PublicPart };

export function firstState(electionName: string): KeysState {
  return {
    electionName,
    stage: 'explain',
    isBusy: false,
    makingFailed: false,
    secrets: null,
    publicPart: null,
    isSaved: false,
    chosenFile: null,
    typedPassphrase: '',
    proofProblem: null,
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
