// What the booth and its worker say to each other. Both ends are ours, of one release; only shapes are shared here.
import type { Choices } from '@votix/protocol/verifiable';

export type WorkerRequest =
  | { readonly type: 'prepare'; readonly election: string }
  | {
      readonly type: 'seal';
      /** The voter's own, in the clear: it goes no further than the worker. */
      readonly credential: string;
      readonly choices: Choices;
    };

export type SealAnswer =
  { readonly ok: true; readonly ballot: string; readonly receipt: string } | { readonly ok: false };
