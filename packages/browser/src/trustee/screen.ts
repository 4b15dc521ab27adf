// What every screen of a trustee's page is given besides the state.
import type { Say } from '../page/messages.ts';
import type { TrusteeData } from './data.ts';
import type { TrusteeEvent } from './state.ts';

export interface TrusteeView {
  readonly say: Say;
  readonly data: TrusteeData;
  readonly dispatch: (event: TrusteeEvent) => void;
}
