// Checking a record or an archive, as values: choose, check, read the report. What was chosen stays until something else is.
import type { ListedElection, Locale } from './data.ts';
import type { FileProblem, ReceiptAnswer, Report } from './report.ts';
import type { Doing, GivenFile } from './worker-messages.ts';

export type Stage = 'choose' | 'checking' | 'report';

export interface Progress {
  readonly doing: 'fetching' | Doing;
  /** Ballots, or bytes while fetching; 0 of 0 where nothing can be counted. */
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

export type Problem =
  | { readonly kind: 'file'; readonly problem: FileProblem }
  /** The site did not give its record; the browser ended a worker. */
  | { readonly kind: 'unreachable' | 'workers' };

export interface VerifyState {
  readonly locale: Locale;
  readonly stage: Stage;
  readonly election: string;
  readonly progress: Progress;
  readonly problem: Problem | null;
  readonly report: Report | null;
  /** When it was made, milliseconds since 1970. */
  readonly checkedAt: number;
  readonly typedReceipt: string;
  readonly receiptAnswer: ReceiptAnswer | null;
}

export type VerifyEvent =
  | { readonly type: 'language-chosen'; readonly locale: Locale }
  | { readonly type: 'election-chosen'; readonly id: string }
  | { readonly type: 'election-pressed'; readonly elections: readonly ListedElection[] }
  | { readonly type: 'files-given'; readonly files: readonly GivenFile[] }
  | { readonly type: 'progressed'; readonly progress: Progress }
  | { readonly type: 'failed'; readonly problem: Problem }
  | { readonly type: 'reported'; readonly report: Report; readonly at: number }
  | { readonly type: 'cancel-pressed' }
  | { readonly type: 'again-pressed' }
  | { readonly type: 'receipt-typed'; readonly typed: string }
  | { readonly type: 'receipt-pressed' }
  | { readonly type: 'receipt-answered'; readonly answer: ReceiptAnswer }
  | { readonly type: 'save-pressed' }
  | { readonly type: 'print-pressed' };

export type VerifyEffect =
  | { readonly type: 'check'; readonly files: readonly GivenFile[] }
  | { readonly type: 'fetch'; readonly election: ListedElection }
  | { readonly type: 'stop' }
  | { readonly type: 'find'; readonly typed: string }
  | { readonly type: 'save'; readonly report: Report }
  | { readonly type: 'print' }
  | { readonly type: 'focus-heading' }
  | { readonly type: 'focus'; readonly id: string };

const START: Progress = { doing: 'reading', done: 0, total: 0, secondsLeft: null };

export function firstState({ locale, election }: Pick<VerifyState, 'locale' | 'election'>): VerifyState {
  return {
    locale,
    stage: 'choose',
    election,
    progress: START,
    problem: null,
    report: null,
    checkedAt: 0,
    typedReceipt: '',
    receiptAnswer: null,
  };
}
