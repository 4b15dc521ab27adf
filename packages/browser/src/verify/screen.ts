// What every screen is given besides the state.
import type { Say } from '../page/messages.ts';
import type { ListedElection } from './data.ts';
import type { VerifyEvent } from './state.ts';

export interface VerifyView {
  readonly say: Say;
  readonly dispatch: (event: VerifyEvent) => void;
  readonly elections: readonly ListedElection[];
  readonly version: string;
  readonly formatNumber: (value: number) => string;
  readonly formatInstant: (value: number) => string;
}
