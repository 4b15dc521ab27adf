// Cookies, under the base URL's scheme and path: the session, a log-in that owes its second step, the language and the
// display chosen.

import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { pendingLoginMs } from '../domain/pending-logins.ts';
import { isLocale, type Locale } from '../messages/translate.ts';
import { chooseDisplay, type Display, ownDisplay } from '../views/display.ts';
import { basePathOf, baseUrlOf } from './base-url.ts';
import type { Deps, Request } from './deps.ts';

const session = 'votix_session';
const begun = 'votix_login';
const language = 'votix_language';
const display = 'votix_display';
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

export function readDisplayCookie(c: Request): Display {
  const [text, contrast] = getCookie(c, display)?.split('.') ?? [];
  return chooseDisplay({ text, contrast }, ownDisplay);
}

/** Until the browser is closed: the next voter may use the same machine. */
export function keepDisplay(deps: Deps, c: Request, { text, contrast }: Display): void {
  const kept = readDisplayCookie(c);
  if (text !== kept.text || contrast !== kept.contrast)
    setCookie(c, display, `${text}.${contrast}`, { ...scope(deps, c), httpOnly: true });
}
