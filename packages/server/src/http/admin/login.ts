// Log in, log out, confirm the password before a step that matters.

import { Hono } from 'hono';
import { confirmPassword, type Login, logIn } from '../../domain/accounts.ts';
import { endSession, startSession } from '../../domain/sessions.ts';
import { loginPage, reauthenticatePage } from '../../views/login.ts';
import { clientNetwork, trustList } from '../client-address.ts';
import { dropSessionCookie, readSessionCookie, saveSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { deviceOf } from '../device.ts';
import { retryAfter, sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { hrefOf, pageOf } from '../page.ts';
import { statuses } from '../reasons.ts';
import { safeNext } from '../scopes.ts';

type Refused = Extract<Login, { ok: false }>;

export function login(deps: Deps): Hono<Env> {
  const trusted = trustList(deps.config.trustedProxies);
  return new Hono<Env>()
    .get('/login', (c) => {
      const next = safeNext(c.req.query('next') ?? '');
      return c.html(loginPage(pageOf(deps, c), { email: '', next, problems: {} }));
    })
    .post('/login', async (c) => {
      const { email, password, next } = await readForm(c, ['email', 'password', 'next']);
      const address = clientNetwork(c, trusted);
      const outcome = await logIn(deps.db, deps.vault, { email: email.trim().slice(0, 254), password, address });
      if (outcome.ok) return enter(deps, c, outcome.account.id, next);
      const view = { email, next: safeNext(next), problems: { form: refusedLogin(deps, c, outcome) } };
      return c.html(loginPage(pageOf(deps, c), view), statuses[outcome.reason]);
    })
    .post('/logout', async (c) => {
      const token = readSessionCookie(c);
      if (token !== undefined) await endSession(deps.db, token);
      dropSessionCookie(deps, c);
      return c.redirect(hrefOf(deps, c, '/login'), 303);
    })
    .get('/reauthenticate', (c) => {
      if (!c.get('session')) return c.redirect(hrefOf(deps, c, '/login'), 303);
      return c.html(reauthenticatePage(pageOf(deps, c), { next: safeNext(c.req.query('next') ?? ''), problems: {} }));
    })
    .post('/reauthenticate', async (c) => {
      const session = c.get('session');
      if (!session) return c.redirect(hrefOf(deps, c, '/login'), 303);
      const { password, next } = await readForm(c, ['password', 'next']);
      const attempt = { accountId: session.accountId, password, address: clientNetwork(c, trusted) };
      const outcome = await confirmPassword(deps.db, deps.vault, attempt);
      if (outcome.ok) return enter(deps, c, outcome.account.id, next);
      const wrong = outcome.reason === 'wrong-login';
      const problem = wrong ? pageOf(deps, c).t('field.wrong-password') : refusedLogin(deps, c, outcome);
      return c.html(
        reauthenticatePage(pageOf(deps, c), { next: safeNext(next), problems: { password: problem } }),
        statuses[outcome.reason],
      );
    });
}

async function enter(deps: Deps, c: Request, accountId: string, next: string) {
  saveSessionCookie(
    deps,
    c,
    await startSession(deps.db, accountId, { replaced: readSessionCookie(c), device: deviceOf(c) }),
  );
  return c.redirect(hrefOf(deps, c, safeNext(next)), 303);
}

export function refusedLogin(deps: Deps, c: Request, outcome: Refused): string {
  const zone = c.get('organisation')?.zone ?? 'UTC';
  if ('until' in outcome) retryAfter(c, outcome.until);
  const until = 'until' in outcome ? pageOf(deps, c).formatMoment(outcome.until, zone) : '';
  const { title, detail } = sentences(deps, c, outcome.reason, { until });
  return `${title}. ${detail}`;
}
