// What every screen of a registrar's page is given besides the state.
import type { Say } from '../page/messages.ts';
import type { RegistrarData } from './data.ts';
import type { RegistrarEvent } from './state.ts';

export interface RegistrarView {
  readonly say: Say;
  readonly data: RegistrarData;
  readonly dispatch: (event: RegistrarEvent) => void;
}
