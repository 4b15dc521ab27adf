// The trustee's page as values: where the election stands, what is being made and kept, what can happen. Secrets live here for
// as long as the page is open, and nowhere else.
import type { TrusteeFile, TrusteeFileProblem } from '@votix/protocol/verifiable';
import type { Failure, Reply } from '../page/reply.ts';
import type { Seat } from './data.ts';

/** An opened key file, so that the later steps need no typing while the page stays open. */
export interface Key {
  readonly file: TrusteeFile;
  readonly passphrase: string;
}

/** Something for the server that must wait until its key file was saved. */
export type Outgoing =
  | { readonly to: 'step'; readonly step: string; readonly made: object }
  | { readonly to: 'share'; readonly handedOver: string; readonly head: string };

/** A key file to be saved, and what goes to the server afterwards. */
export interface Unsaved {
  readonly key: Key;
  readonly text: string;
  readonly outgoing: Outgoing;
  /** The first file of this trustee: its passphrase is new too, and it is proven by opening it again. */
  readonly isNew: boolean;
}

/** `home` shows where things stand; the others keep what was made. */
export type Screen = 'home' | 'save' | 'paper' | 'prove';

export type KeyProblem =
  | TrusteeFileProblem
  | 'no-file'
  | 'other-key'
  | 'member'
  | 'archive-does-not-hold'
  | 'no-tally-yet'
  | 'key-unfinished'
  | 'not-a-trustee'
  | 'other-tally'
  | 'unusable';

export interface TrusteeState {
  readonly seat: Seat | null;
  readonly screen: Screen;
  readonly isBusy: boolean;
  readonly key: Key | null;
  readonly unsaved: Unsaved | null;
  readonly isSaved: boolean;
  readonly chosenFile: string | null;
  readonly typedPassphrase: string;
  readonly keyProblem: KeyProblem | null;
  /** Whose message was wrong, by name. */
  readonly faulty: string | null;
  readonly problem: Failure | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** The head of the board that the last share was made from. */
  readonly head: string | null;
  readonly copied: 'yes' | 'no' | null;
}

export type TrusteeEvent =
  | { readonly type: 'seat-read'; readonly reply: Reply }
  | { readonly type: 'make-pressed' }
  | { readonly type: 'made'; readonly unsaved: Unsaved }
  | { readonly type: 'failed'; readonly problem: KeyProblem; readonly faulty: string | null }
  | { readonly type: 'save-pressed' }
  | { readonly type: 'saved-pressed' }
  | { readonly type: 'noted-pressed' }
  | { readonly type: 'copy-pressed' }
  | { readonly type: 'copied'; readonly worked: boolean }
  | { readonly type: 'print-pressed' }
  | { readonly type: 'file-chosen'; readonly text: string }
  | { readonly type: 'passphrase-typed'; readonly typed: string }
  | { readonly type: 'passphrase-wanted' }
  | { readonly type: 'prove-pressed' }
  | { readonly type: 'proven' }
  | { readonly type: 'go-on-pressed' }
  | { readonly type: 'opened'; readonly key: Key }
  | { readonly type: 'progressed'; readonly done: number; readonly total: number }
  /** The archive did not come; the key is kept. */
  | { readonly type: 'stopped'; readonly failure: Failure }
  | { readonly type: 'sent'; readonly reply: Reply };

export type TrusteeEffect =
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'read-seat' }
  | { readonly type: 'read-seat-soon' }
  | { readonly type: 'make'; readonly seat: Seat }
  | { readonly type: 'save'; readonly text: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'print' }
  | { readonly type: 'prove'; readonly text: string; readonly passphrase: string; readonly expected: Key }
  | { readonly type: 'open'; readonly text: string; readonly passphrase: string }
  | { readonly type: 'go-on'; readonly seat: Seat; readonly key: Key }
  | { readonly type: 'send'; readonly outgoing: Outgoing };

export const firstState: TrusteeState = {
  seat: null,
  screen: 'home',
  isBusy: false,
  key: null,
  unsaved: null,
  isSaved: false,
  chosenFile: null,
  typedPassphrase: '',
  keyProblem: null,
  faulty: null,
  problem: null,
  progress: null,
  head: null,
  copied: null,
};

/** What would be lost: a key that was made and not handed in. */
export const isUnfinished = (state: TrusteeState): boolean => state.unsaved !== null || state.progress !== null;

/** Whether the server waits for something that takes this trustee's key file. */
export function needsKey({ stage, step, hasShare }: Seat): boolean {
  if (stage === 'making') return step === 'polynomial' || step === 'member-key';
  return stage === 'tallied' && !hasShare;
}

/** Whether what this trustee waits for, or what the others still have to do, can change without them. */
export function isWaiting({ stage, step, hasShare, trustees }: Seat): boolean {
  if (stage === 'making') return step === 'waiting' || (step === 'done' && trustees.some((one) => one.step !== 'done'));
  return stage === 'closed' || (stage === 'tallied' && hasShare);
}
