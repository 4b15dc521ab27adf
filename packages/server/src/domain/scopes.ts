// What a route has established about the one who asks. Domain functions require a scope by type; only these functions mint
// them. A wider scope serves wherever a narrower one is asked for: an administrator is also a technician and an observer,
// and each of them is a member.

import type { Session } from './sessions.ts';

declare const minted: unique symbol;

/** Somebody with an account: may see elections, roll, candidates and buildings. */
export interface Member {
  readonly [minted]: true;
  readonly accountId: string;
}

/** Reads everything that is no secret, results and audit log included. */
export interface Observer extends Member {
  readonly observes: true;
}

/** May register voters and candidates and manage buildings. */
export interface Technician extends Member {
  readonly registers: true;
}

/** An administrator of this instance. */
export interface Admin extends Technician, Observer {
  readonly administers: true;
}

/** Somebody with an account who has shown within the last minutes that it is them. */
export interface ConfirmedMember extends Member {
  readonly confirmed: true;
}

/** A technician or administrator whose password was confirmed within the last minutes. */
export interface ConfirmedTechnician extends Technician, ConfirmedMember {}

/** An administrator whose password was confirmed within the last minutes. */
export interface ConfirmedAdmin extends Admin, ConfirmedTechnician {}

export const memberScope = ({ accountId }: Pick<Session, 'accountId'>): Member => ({ accountId }) as Member;

export const confirmedMemberScope = (session: Session): ConfirmedMember | undefined =>
  session.confirmed ? ({ accountId: session.accountId, confirmed: true } as ConfirmedMember) : undefined;

export const observerScope = (session: Session): Observer | undefined =>
  session.role === 'technician' ? undefined : ({ accountId: session.accountId, observes: true } as Observer);

export const technicianScope = (session: Session): Technician | undefined =>
  session.role === 'observer' ? undefined : ({ accountId: session.accountId, registers: true } as Technician);

export const adminScope = (session: Session): Admin | undefined =>
  session.role === 'admin'
    ? ({ accountId: session.accountId, registers: true, observes: true, administers: true } as Admin)
    : undefined;

export const confirmedScope = (session: Session): ConfirmedAdmin | undefined => {
  const scope = session.confirmed ? adminScope(session) : undefined;
  return scope && { ...scope, confirmed: true };
};

export const confirmedTechnicianScope = (session: Session): ConfirmedTechnician | undefined => {
  const scope = session.confirmed ? technicianScope(session) : undefined;
  return scope && { ...scope, confirmed: true };
};
