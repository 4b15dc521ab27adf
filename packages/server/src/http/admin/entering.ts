// After the right password, by whichever door: a session, or first the second step where the account has one.

import type { Login } from '../../domain/accounts.ts';
import { startPendingLogin } from '../../domain/pending-logins.ts';
import type { Authenticated } from '../../domain/passkeys.ts';
import { type Checked, readSecondFactors } from '../../domain/second-factors.ts';
import { startSession } from '../../domain/sessions.ts';
import { dropLoginCookie, readSessionCookie, saveLoginCookie, saveSessionCookie } from '../cookies.ts';
import type { Deps, Request } from '../deps.ts';
import { deviceOf } from '../device.ts';
import { retryAfter, sentences } from '../errors.ts';
import { hrefOf, pageOf } from '../page.ts';
import { safeNext } from '../scopes.ts';

/** Everything that was asked for has been shown. The token this browser had before is worth nothing from now on. */
export async function enter(deps: Deps, c: Request, accountId: string, next: string): Promise<Response> {
  const start = { replaced: readSessionCookie(c), device: deviceOf(c) };
  saveSessionCookie(deps, c, await startSession(deps.db, accountId, start));
  dropLoginCookie(deps, c);
  return c.redirect(hrefOf(deps, c, safeNext(next)), 303);
}

export async function enterOrAsk(deps: Deps, c: Request, accountId: string, next: string): Promise<Response> {
  const { isNeeded } = await readSecondFactors(deps.db.reader, accountId);
  if (!isNeeded) return enter(deps, c, accountId, next);
  saveLoginCookie(deps, c, await startPendingLogin(deps.db, accountId));
  return c.redirect(`${hrefOf(deps, c, '/login/second')}?next=${encodeURIComponent(safeNext(next))}`, 303);
}

type Refused = Extract<Login | Checked | Authenticated, { ok: false }>;

export function refusedLogin(deps: Deps, c: Request, outcome: Refused): string {
  const zone = c.get('organisation')?.zone ?? 'UTC';
  if ('until' in outcome) retryAfter(c, outcome.until);
  const until = 'until' in outcome ? pageOf(deps, c).formatMoment(outcome.until, zone) : '';
  const { title, detail } = sentences(deps, c, outcome.reason, { until });
  return `${title}. ${detail}`;
}
