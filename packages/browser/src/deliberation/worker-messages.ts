// What the page and its workers say to each other. Both ends are ours, of one release; only shapes are shared here.
import type { CryptoKey, OpenProblem, Selections } from '@votix/protocol';

export interface WorkerStart {
  readonly type: 'start';
  readonly definition: string;
  readonly publicKey: string;
  /** Cloned into each worker: one key object shared by all would make them wait for each other. */
  readonly privateKey: CryptoKey;
}

export interface WorkerSlice {
  readonly type: 'open';
  readonly from: number;
  readonly ballots: readonly string[];
}

export type WorkerRequest = WorkerStart | WorkerSlice;

export type Outcome =
  { readonly ok: true; readonly selections: Selections } | { readonly ok: false; readonly reason: OpenProblem };

export interface WorkerAnswer {
  readonly from: number;
  readonly outcomes: readonly Outcome[];
}
