// What every screen of the booth is given besides the state.
import type { Definition } from '@votix/protocol';
import type { Say } from '../page/messages.ts';
import type { BoothData } from './data.ts';
import type { BoothEvent } from './state.ts';

export interface BoothView {
  readonly say: Say;
  readonly dispatch: (event: BoothEvent) => void;
  readonly data: BoothData;
  readonly definition: Definition;
}
