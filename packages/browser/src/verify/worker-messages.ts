// What the page and its workers say to each other. Both ends are ours, of one release; only shapes are shared here.
// One worker leads: it reads the file and makes every check but those of an archive's ballots, which hands share.
import type { BallotVerdict, CountedBallot } from '@votix/protocol/verifiable';
import type { FileProblem, ReceiptAnswer, Report } from './report.ts';

/** A file of the disk, or one that the page fetched. */
export interface GivenFile {
  readonly name: string;
  readonly content: Blob;
}

export type Doing = 'reading' | 'preparing' | 'ballots' | 'finishing';

export type WorkerRequest =
  | { readonly type: 'check'; readonly files: readonly GivenFile[] }
  | { readonly type: 'hands'; readonly ports: readonly MessagePort[] }
  | { readonly type: 'find'; readonly typed: string }
  /** Makes the worker a hand of the one at the other end. */
  | { readonly type: 'help'; readonly port: MessagePort };

export type LeadAnswer =
  | { readonly type: 'progress'; readonly doing: Doing; readonly done: number; readonly total: number }
  | { readonly type: 'want-hands'; readonly count: number }
  | { readonly type: 'reported'; readonly report: Report }
  | { readonly type: 'refused'; readonly problem: FileProblem }
  | { readonly type: 'found'; readonly answer: ReceiptAnswer };

/** From the lead to a hand. */
export type HandRequest =
  | { readonly type: 'start'; readonly election: string }
  | { readonly type: 'check'; readonly from: number; readonly ballots: readonly string[] }
  | { readonly type: 'tally'; readonly counted: readonly CountedBallot[] };

/** To `check` and `tally`, in their order. */
export type HandAnswer =
  | { readonly type: 'verdicts'; readonly verdicts: readonly BallotVerdict[] }
  | { readonly type: 'tally'; readonly encrypted: string };
