// What every page of the wizard is given besides the state.
import type { Definition } from '@votix/protocol';
import type { Say } from '../page/messages.ts';
import type { KeysData } from './data.ts';
import type { KeysEvent } from './state.ts';

export interface KeysView {
  readonly say: Say;
  readonly dispatch: (event: KeysEvent) => void;
  readonly data: KeysData;
  readonly definition: Definition;
}
