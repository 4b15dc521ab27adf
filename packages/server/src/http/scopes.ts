// Authorisation as a named step of a route: a scope, or the refusal that sends the visitor to the right door.

import { type Admin, adminScope, type ConfirmedAdmin, confirmedScope } from '../domain/scopes.ts';
import type { Deps, Request } from './deps.ts';
import { refuse } from './errors.ts';
import { hrefOf } from './page.ts';

type Refusal = { readonly ok: false; readonly refusal: Response | Promise<Response> };
export type Scope<T> = { readonly ok: true; readonly admin: T } | Refusal;

const wantsPage = (c: Request): boolean => c.req.method === 'GET' && !c.req.path.includes('/api/');

/** Where to come back to: a path of this instance only. */
export const safeNext = (next: string): string => (/^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : '/console');

function sendTo(deps: Deps, c: Request, door: '/login' | '/reauthenticate'): Refusal {
  const next = c.req.method === 'GET' ? c.req.path : '/console';
  if (wantsPage(c))
    return { ok: false, refusal: c.redirect(`${hrefOf(deps, c, door)}?next=${encodeURIComponent(next)}`, 303) };
  const reason = door === '/login' ? 'login-required' : 'reauthentication-required';
  return { ok: false, refusal: refuse(deps, c, reason, { members: { reauthenticateUrl: hrefOf(deps, c, door) } }) };
}

export function requireAdmin(deps: Deps, c: Request): Scope<Admin> {
  const session = c.get('session');
  if (!session) return sendTo(deps, c, '/login');
  const admin = adminScope(session);
  return admin ? { ok: true, admin } : { ok: false, refusal: refuse(deps, c, 'admin-required') };
}

/** For arming, deliberating, publishing and what shows secrets: the password was given within the last minutes. */
export function requireConfirmed(deps: Deps, c: Request): Scope<ConfirmedAdmin> {
  const session = c.get('session');
  const asked = requireAdmin(deps, c);
  if (!session || !asked.ok) return asked as Refusal;
  const admin = confirmedScope(session);
  return admin ? { ok: true, admin } : sendTo(deps, c, '/reauthenticate');
}
