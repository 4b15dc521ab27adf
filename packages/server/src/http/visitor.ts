// Who visits, in which language, on which instance: established once for each request.

import type { MiddlewareHandler } from 'hono';
import { readSettings } from '../domain/settings.ts';
import { readSession } from '../domain/sessions.ts';
import { chooseLocale } from '../messages/translate.ts';
import { chooseDisplay } from '../views/display.ts';
import { keepDisplay, keepLanguage, readDisplayCookie, readLanguageCookie, readSessionCookie } from './cookies.ts';
import type { Deps, Env } from './deps.ts';
import { refuse } from './errors.ts';

export function visitor(deps: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    const hints = {
      query: c.req.query('lang'),
      cookie: readLanguageCookie(c),
      acceptLanguage: c.req.header('accept-language'),
    };
    // Before anything can fail: the page that says so needs a language.
    c.set('locale', chooseLocale({ ...hints, fallback: 'en' }));
    const asked = { text: c.req.query('text'), contrast: c.req.query('contrast') };
    c.set('display', chooseDisplay(asked, readDisplayCookie(c)));
    const settings = await readSettings(deps.db.reader, deps.config.given);
    const { organisation } = settings;
    c.set('settings', settings);
    c.set('organisation', organisation);
    if (organisation) deps.address.baseUrl = organisation.baseUrl;
    const locale = chooseLocale({ ...hints, fallback: organisation?.language ?? 'en' });
    c.set('locale', locale);
    const token = readSessionCookie(c);
    c.set('session', token === undefined ? undefined : await readSession(deps.db, token));
    await next();
    keepLanguage(deps, c, locale);
    keepDisplay(deps, c, c.get('display'));
  };
}

/** Before set-up every page but its own says so. */
export function requireSetUp(deps: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.get('organisation')) return next();
    return refuse(deps, c, 'not-set-up');
  };
}
