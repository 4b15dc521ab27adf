// What a check comes to, as the page shows, prints and saves it. Made in the worker from what the protocol found; everything in
// it is of a size that a page can draw at once, whatever the file held.

export type RecordOrArchive = 'record' | 'archive';

/** One check. Places count from 1. */
export interface CheckLine {
  readonly name: string;
  readonly ok: boolean;
  readonly count: number;
  readonly reason?: string;
  readonly at?: number;
  readonly question?: number;
  readonly choice?: number;
}

export type Fact =
  | { readonly name: string; readonly as: 'number' | 'instant'; readonly value: number }
  | { readonly name: string; readonly as: 'text' | 'stage' | 'maker'; readonly value: string };

/** A number that other copies, people and papers have to show as well. */
export interface Comparison {
  readonly name: 'box-hash' | 'fingerprint' | 'head' | 'height' | 'election-fingerprint';
  readonly value: string;
}

export interface QuestionResult {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly votes: number }[];
  /** Null where a blank vote is not allowed. */
  readonly blank: number | null;
}

export interface Report {
  readonly kind: RecordOrArchive;
  readonly fileName: string;
  readonly ok: boolean;
  readonly checks: readonly CheckLine[];
  readonly notChecked: readonly string[];
  /** Members of an archive that this version does not know, and does not check. */
  readonly unknownMembers: readonly string[];
  /** Null when the file does not say it in a form that can be read. */
  readonly election: { readonly name: string; readonly id: string } | null;
  readonly facts: readonly Fact[];
  readonly comparisons: readonly Comparison[];
  /** Empty while there is no result. */
  readonly questions: readonly QuestionResult[];
  /** There were more questions and answers than a page can draw. */
  readonly isShortened: boolean;
  readonly milliseconds: number;
  /** What `votix-offline verify --json` prints. */
  readonly json: string;
}

/** Whether a receipt is among the ballots; `at` counts from 1. */
export type ReceiptAnswer =
  | { readonly kind: 'malformed' | 'missing' }
  | {
      readonly kind: 'found';
      readonly at: number;
      /** It does not count: replaced by a later ballot of its voter, or opened and found invalid. */
      readonly apart: 'replaced' | 'invalid' | null;
    };

/** Why there is nothing to check. */
export type FileProblem =
  | 'nothing'
  | 'several'
  | 'strict-alone'
  | 'strict-with-record'
  | 'strict-too-large'
  | 'too-large'
  | 'empty'
  | 'unreadable'
  | 'key-file'
  | 'packed'
  | 'other-kind'
  | 'not-text'
  | 'record-not-json'
  | 'record-version'
  | 'record-member'
  | 'record-not-canonical';
