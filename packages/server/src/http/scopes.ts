// Authorisation as a named step of a route: a scope, or the refusal that sends the visitor to the right door.

import {
  type Admin,
  adminScope,
  type ConfirmedAdmin,
  type ConfirmedMember,
  confirmedMemberScope,
  confirmedScope,
  type ConfirmedTechnician,
  confirmedTechnicianScope,
  type Member,
  memberScope,
  type Observer,
  observerScope,
  type Technician,
  technicianScope,
} from '../domain/scopes.ts';
import type { Session } from '../domain/sessions.ts';
import type { Deps, Request } from './deps.ts';
import { refuse } from './errors.ts';
import { hrefOf } from './page.ts';

export type Refusal = { readonly ok: false; readonly refusal: Response | Promise<Response> };
export type Scope<T> = { readonly ok: true; readonly scope: T } | Refusal;

/** Where to come back to: a path of this instance only. */
export const safeNext = (next: string): string => (/^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : '/console');

interface Way {
  readonly door: '/login' | '/reauthenticate';
  /** The page to come back to; undefined where what was typed must not be lost: there a sentence says what to do. */
  readonly back: string | undefined;
}

function sendTo(deps: Deps, c: Request, { door, back }: Way): Refusal {
  const address = hrefOf(deps, c, door);
  if (back !== undefined) return { ok: false, refusal: c.redirect(`${address}?next=${encodeURIComponent(back)}`, 303) };
  const reason = door === '/login' ? 'login-required' : 'reauthentication-required';
  return { ok: false, refusal: refuse(deps, c, reason, { members: { reauthenticateUrl: address } }) };
}

const pageBack = (c: Request): string | undefined =>
  ['GET', 'HEAD'].includes(c.req.method) && !c.req.path.startsWith('/api/') ? c.req.path : undefined;

type Mint<T> = (session: Session) => T | undefined;

function require<T>(deps: Deps, c: Request, mint: Mint<T>): Scope<T> {
  const session = c.get('session');
  if (!session) return sendTo(deps, c, { door: '/login', back: pageBack(c) });
  const scope = mint(session);
  return scope === undefined ? { ok: false, refusal: refuse(deps, c, 'role-required') } : { ok: true, scope };
}

function requirePassword<T, C>(deps: Deps, c: Request, mints: readonly [Mint<T>, Mint<C>], back: string | undefined) {
  const asked = require(deps, c, mints[0]);
  if (!asked.ok) return asked;
  const confirmed = require(deps, c, mints[1]);
  return confirmed.ok ? confirmed : sendTo(deps, c, { door: '/reauthenticate', back });
}

/** Everyone with an account. */
export const requireMember = (deps: Deps, c: Request): Scope<Member> => require(deps, c, memberScope);

/** Observers and administrators. */
export const requireObserver = (deps: Deps, c: Request): Scope<Observer> => require(deps, c, observerScope);

/** Technicians and administrators. */
export const requireTechnician = (deps: Deps, c: Request): Scope<Technician> => require(deps, c, technicianScope);

export const requireAdmin = (deps: Deps, c: Request): Scope<Admin> => require(deps, c, adminScope);

/**
 * For arming, deliberating, publishing and what shows secrets: the password was given within the last minutes.
 * `back` is the page of a form that holds nothing to lose.
 */
export const requireConfirmed = (deps: Deps, c: Request, back = pageBack(c)): Scope<ConfirmedAdmin> =>
  requirePassword(deps, c, [adminScope, confirmedScope], back);

/** For one voter's link and code: the password was given within the last minutes. */
export const requireConfirmedTechnician = (deps: Deps, c: Request, back = pageBack(c)): Scope<ConfirmedTechnician> =>
  requirePassword(deps, c, [technicianScope, confirmedTechnicianScope], back);

/** For how one logs in oneself: for every role. */
export const requireConfirmedMember = (deps: Deps, c: Request, back = pageBack(c)): Scope<ConfirmedMember> =>
  requirePassword(deps, c, [memberScope, confirmedMemberScope], back);
