// Cookies, under the base URL's scheme and path: the session, a log-in that owes its second step, the language chosen.

import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { pendingLoginMs } from '../domain/pending-logins.ts';
import { isLocale, type Locale } from '../messages/translate.ts';
import { basePathOf, baseUrlOf } from './base-url.ts';
import type { Deps, Request } from './deps.ts';

const session = 'votix_session';
const begun = 'votix_login';
const language = 'votix_language';
const yearSeconds = 365 * 24 * 3600;

const scope = (deps: Deps, c: Request) => {
  const baseUrl = baseUrlOf(deps, c);
  return { path: basePathOf(baseUrl) || '/', secure: baseUrl.startsWith('https:'), sameSite: 'Lax' as const };
};

export const readSessionCookie = (c: Request): string | undefined => getCookie(c, session);

export const saveSessionCookie = (deps: Deps, c: Request, token: string): void =>
  setCookie(c, session, token, { ...scope(deps, c), httpOnly: true });

export const dropSessionCookie = (deps: Deps, c: Request): void =>
  void deleteCookie(c, session, { ...scope(deps, c), httpOnly: true });

/** Of a log-in that has passed the password only. */
export const readLoginCookie = (c: Request): string | undefined => getCookie(c, begun);

export const saveLoginCookie = (deps: Deps, c: Request, token: string): void =>
  setCookie(c, begun, token, { ...scope(deps, c), httpOnly: true, maxAge: pendingLoginMs / 1000 });

export function dropLoginCookie(deps: Deps, c: Request): void {
  if (readLoginCookie(c) !== undefined) deleteCookie(c, begun, { ...scope(deps, c), httpOnly: true });
}

export const readLanguageCookie = (c: Request): string | undefined => getCookie(c, language);

/** Only when it was asked for in the address just now. */
export function keepLanguage(deps: Deps, c: Request, locale: Locale): void {
  if (isLocale(c.req.query('lang'))) setCookie(c, language, locale, { ...scope(deps, c), maxAge: yearSeconds });
}
