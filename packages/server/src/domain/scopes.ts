// What a route has established about the one who asks. Domain functions require a scope by type; only these functions mint them.

import type { Session } from './sessions.ts';

declare const minted: unique symbol;

/** An administrator of this instance. */
export interface Admin {
  readonly [minted]: 'admin';
  readonly accountId: string;
}

/** An administrator whose password was confirmed within the last minutes. */
export interface ConfirmedAdmin extends Admin {
  readonly confirmed: true;
}

export const adminScope = (session: Session): Admin | undefined =>
  session.role === 'admin' ? ({ accountId: session.accountId } as Admin) : undefined;

export const confirmedScope = (session: Session): ConfirmedAdmin | undefined =>
  session.role === 'admin' && session.confirmed
    ? ({ accountId: session.accountId, confirmed: true } as ConfirmedAdmin)
    : undefined;
