// What the trustee's page and its worker say to each other. Both ends are ours, of one release; only shapes are shared here.
import type { SignProblem, TrusteeFile } from '@votix/protocol/verifiable';

export interface SignRequest {
  readonly file: TrusteeFile;
  readonly archive: Uint8Array<ArrayBuffer>;
}

export type SignAnswer =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'signed'; readonly file: TrusteeFile; readonly handedOver: string; readonly head: string }
  | { readonly type: 'refused'; readonly reason: SignProblem };
