// What every page of the opening is given besides the state.
import type { Definition } from '@votix/protocol';
import type { Say } from '../page/messages.ts';
import type { DeliberationData } from './data.ts';
import type { DeliberationEvent } from './state.ts';

export interface DeliberationView {
  readonly say: Say;
  readonly dispatch: (event: DeliberationEvent) => void;
  readonly data: DeliberationData;
  readonly definition: Definition;
  readonly formatNumber: (value: number) => string;
  readonly formatShare: (part: number, whole: number) => string;
}
