// Authorisation as a named step of a route: a scope, or the refusal that sends the visitor to the right door.

import { type Admin, adminScope, type ConfirmedAdmin, confirmedScope } from '../domain/scopes.ts';
import type { Deps, Request } from './deps.ts';
import { refuse } from './errors.ts';
import { hrefOf } from './page.ts';

type Refusal = { readonly ok: false; readonly refusal: Response | Promise<Response> };
export type Scope<T> = { readonly ok: true; readonly admin: T } | Refusal;

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

export function requireAdmin(deps: Deps, c: Request): Scope<Admin> {
  const session = c.get('session');
  if (!session) return sendTo(deps, c, { door: '/login', back: pageBack(c) });
  const admin = adminScope(session);
  return admin ? { ok: true, admin } : { ok: false, refusal: refuse(deps, c, 'admin-required') };
}

/** For arming, deliberating, publishing and what shows secrets: the password was given within the last minutes. */
export function requireConfirmed(deps: Deps, c: Request, back = pageBack(c)): Scope<ConfirmedAdmin> {
  const session = c.get('session');
  const asked = requireAdmin(deps, c);
  if (!session || !asked.ok) return asked as Refusal;
  const admin = confirmedScope(session);
  return admin ? { ok: true, admin } : sendTo(deps, c, { door: '/reauthenticate', back });
}
