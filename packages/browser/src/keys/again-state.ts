// The key of an armed election proven again, as values: what the holders give back, then the proof recorded.
import type { SharesProblem } from '@votix/protocol';
import type { Failure, Reply } from '../page/reply.ts';
import { emptyFields, type KeyShares } from '../page/shares.ts';
import { type Given, nothingGiven, type ProofEvent, type ProofProblem } from './state.ts';

/** What the server writes into the page (the same names in views/prove.ts). */
export interface AgainData {
  readonly electionName: string;
  readonly fingerprint: string;
  /** How the passphrase was split when the election was armed; null when there is one. */
  readonly keyShares: KeyShares | null;
  readonly proofUrl: string;
  readonly doneUrl: string;
  readonly messages: Readonly<Record<string, string>>;
}

/** `record`: the proof is made, what made it is forgotten, the server has not taken it yet. */
export type AgainStage = 'key' | 'record' | 'done';

export interface AgainState {
  readonly stage: AgainStage;
  readonly isBusy: boolean;
  readonly keyShares: KeyShares | null;
  readonly chosenFile: string | null;
  readonly typedPassphrase: string;
  /** A field for each holder: those who are there type theirs. */
  readonly typedShares: readonly string[];
  readonly proofProblem: ProofProblem | null;
  readonly sharesProblem: SharesProblem | null;
  readonly recordProblem: Failure | null;
}

export type AgainEvent =
  ProofEvent | { readonly type: 'record-pressed' } | { readonly type: 'record-answered'; readonly reply: Reply };

export type AgainEffect =
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'prove'; readonly keyFile: string; readonly given: Given }
  | { readonly type: 'record' };

export function firstAgain(keyShares: KeyShares | null): AgainState {
  const typedShares = emptyFields(keyShares?.holders ?? 0);
  return { ...nothingGiven, stage: 'key', isBusy: false, keyShares, typedShares, recordProblem: null };
}

/** Nothing secret is left of it. */
export function forgotten(state: AgainState): AgainState {
  return { ...state, ...nothingGiven, typedShares: [] };
}
