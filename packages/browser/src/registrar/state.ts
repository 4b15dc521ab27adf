// The registrar's page as values: where the election stands, what is being made and kept, what can happen. The voter codes live
// here for as long as the page is open, and nowhere else.
import type { RegistrarFile } from '@votix/protocol/verifiable';
import type { Failure, Reply } from '../page/reply.ts';
import type { Seat } from './data.ts';
import type { Choice } from './letters.ts';

/** The codes of a new list, with what the server may know of them. */
export interface Made {
  readonly file: RegistrarFile;
  /** The file as it is saved. */
  readonly text: string;
  readonly passphrase: string;
  /** Voter and public part, in the file's order. */
  readonly pairs: readonly (readonly [voter: string, publicText: string])[];
  readonly reserve: readonly string[];
}

/** `home` says where things stand; then what was made is kept and proven, handed in, and printed. */
export type Screen = 'home' | 'save' | 'paper' | 'prove' | 'letters';

export type FileProblem = 'malformed-key-file' | 'wrong-passphrase' | 'no-file' | 'other-file' | 'unusable';

export interface RegistrarState {
  readonly seat: Seat | null;
  readonly screen: Screen;
  readonly isBusy: boolean;
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Made and not handed in yet. */
  readonly made: Made | null;
  readonly isSaved: boolean;
  readonly isProven: boolean;
  /** Of this election, opened or just made. */
  readonly file: RegistrarFile | null;
  readonly chosenFile: string | null;
  readonly typedPassphrase: string;
  readonly fileProblem: FileProblem | null;
  readonly problem: Failure | null;
  readonly copied: 'yes' | 'no' | null;
  readonly choice: Choice;
  readonly isListSaved: boolean;
  /** Only then are the letters drawn: hundreds of them, each with a square, at every key pressed would be slow. */
  readonly isPrinting: boolean;
}

export type RegistrarEvent =
  | { readonly type: 'seat-read'; readonly reply: Reply }
  | { readonly type: 'look-pressed' }
  | { readonly type: 'make-pressed' }
  | { readonly type: 'progressed'; readonly done: number; readonly total: number }
  | { readonly type: 'made'; readonly made: Made }
  | { readonly type: 'failed'; readonly problem: FileProblem }
  | { readonly type: 'stopped'; readonly reply: Reply }
  | { readonly type: 'save-pressed' }
  | { readonly type: 'saved-pressed' }
  | { readonly type: 'copy-pressed' }
  | { readonly type: 'copied'; readonly worked: boolean }
  | { readonly type: 'print-pressed' }
  | { readonly type: 'noted-pressed' }
  | { readonly type: 'file-chosen'; readonly text: string }
  | { readonly type: 'passphrase-typed'; readonly typed: string }
  | { readonly type: 'passphrase-wanted' }
  | { readonly type: 'prove-pressed' }
  | { readonly type: 'open-pressed' }
  | { readonly type: 'opened'; readonly file: RegistrarFile }
  | { readonly type: 'handed-in' }
  | { readonly type: 'choice-made'; readonly choice: Choice }
  | { readonly type: 'list-pressed' }
  | { readonly type: 'printing'; readonly begins: boolean };

export type RegistrarEffect =
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string }
  | { readonly type: 'read-seat' }
  | { readonly type: 'read-seat-soon' }
  | { readonly type: 'make'; readonly seat: Seat }
  | { readonly type: 'save'; readonly text: string }
  | { readonly type: 'save-list'; readonly text: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'print' }
  | { readonly type: 'open'; readonly text: string; readonly passphrase: string }
  | { readonly type: 'hand-in'; readonly made: Made };

const firstChoice: Choice = { promotion: null, name: '', part: 0 };

export const firstState: RegistrarState = {
  seat: null,
  screen: 'home',
  isBusy: false,
  progress: null,
  made: null,
  isSaved: false,
  isProven: false,
  file: null,
  chosenFile: null,
  typedPassphrase: '',
  fileProblem: null,
  problem: null,
  copied: null,
  choice: firstChoice,
  isListSaved: false,
  isPrinting: false,
};

/** What would be lost: codes that were made and not handed in. */
export const isUnfinished = ({ made, progress }: RegistrarState): boolean => made !== null || progress !== null;
