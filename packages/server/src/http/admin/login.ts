// Log in, in one step or two; log out; confirm that it is you before a step that matters.

import { Hono } from 'hono';
import { confirmPassword, logIn } from '../../domain/accounts.ts';
import { siteOf } from '../../domain/passkeys.ts';
import { finishPendingLogin, readPendingLogin } from '../../domain/pending-logins.ts';
import { checkSecondStep, readSecondFactors } from '../../domain/second-factors.ts';
import { endSession } from '../../domain/sessions.ts';
import { loginPage, reauthenticatePage, secondStepPage } from '../../views/login.ts';
import type { Problems } from '../../views/page.ts';
import { baseUrlOf } from '../base-url.ts';
import { clientNetwork, trustList } from '../client-address.ts';
import { dropLoginCookie, dropSessionCookie, readLoginCookie, readSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { readForm } from '../forms.ts';
import { hrefOf, pageOf } from '../page.ts';
import { statuses } from '../reasons.ts';
import { safeNext } from '../scopes.ts';
import { enter, enterOrAsk, refusedLogin } from './entering.ts';

export function login(deps: Deps): Hono<Env> {
  const trusted = trustList(deps.config.trustedProxies);
  const addressOf = (c: Request) => clientNetwork(c, trusted);
  return new Hono<Env>()
    .get('/login', (c) => {
      const next = safeNext(c.req.query('next') ?? '');
      return c.html(loginPage(pageOf(deps, c), { email: '', next, ...passkeysAt(deps, c), problems: {} }));
    })
    .post('/login', async (c) => {
      const { email, password, next } = await readForm(c, ['email', 'password', 'next']);
      const attempt = { email: email.trim().slice(0, 254), password, address: addressOf(c) };
      const outcome = await logIn(deps.db, deps.vault, attempt);
      if (outcome.ok) return enterOrAsk(deps, c, outcome.account.id, next);
      const problems = { form: refusedLogin(deps, c, outcome) };
      const view = { email, next: safeNext(next), ...passkeysAt(deps, c), problems };
      return c.html(loginPage(pageOf(deps, c), view), statuses[outcome.reason]);
    })
    .get('/login/second', async (c) => {
      const pending = await readPendingLogin(deps.db, readLoginCookie(c) ?? '');
      if (pending === undefined) return fromTheStart(deps, c);
      return secondForm(deps, c, pending, { next: c.req.query('next') ?? '', problems: {}, status: 200 });
    })
    .post('/login/second', (c) => second(deps, c, addressOf(c)))
    .post('/logout', async (c) => {
      const token = readSessionCookie(c);
      if (token !== undefined) await endSession(deps.db, token);
      dropSessionCookie(deps, c);
      return c.redirect(hrefOf(deps, c, '/login'), 303);
    })
    .get('/reauthenticate', (c) => confirmForm(deps, c, { next: c.req.query('next') ?? '', problems: {}, status: 200 }))
    .post('/reauthenticate', (c) => confirm(deps, c, addressOf(c)));
}

/** Whether a browser has passkeys at the address of this instance. */
export const passkeysAt = (deps: Deps, c: Request) => ({ canPasskeys: siteOf(baseUrlOf(deps, c)) !== undefined });

/** Which ways the account has to show a second step. */
async function waysOf(deps: Deps, c: Request, accountId: string) {
  const { app, passkeys, isNeeded } = await readSecondFactors(deps.db.reader, accountId);
  return { secondStep: isNeeded, app, passkeys: passkeys > 0, ...passkeysAt(deps, c) };
}

export interface DoorForm {
  readonly next: string;
  readonly problems: Problems;
  readonly status: 200 | 401 | 429;
}

export async function secondForm(deps: Deps, c: Request, accountId: string, { next, problems, status }: DoorForm) {
  const view = { next: safeNext(next), ...(await waysOf(deps, c, accountId)), problems };
  return c.html(secondStepPage(pageOf(deps, c), view), status);
}

export const fromTheStart = (deps: Deps, c: Request) => {
  dropLoginCookie(deps, c);
  return c.redirect(hrefOf(deps, c, '/login'), 303);
};

async function second(deps: Deps, c: Request, address: string): Promise<Response> {
  const { code, next } = await readForm(c, ['code', 'next']);
  const attempt = { token: readLoginCookie(c) ?? '', typed: code, address };
  const outcome = await finishPendingLogin(deps.db, deps.vault, attempt);
  if (outcome.ok) return enter(deps, c, outcome.accountId, next);
  if (outcome.reason === 'login-required') return fromTheStart(deps, c);
  const pending = await readPendingLogin(deps.db, attempt.token);
  if (pending === undefined) return fromTheStart(deps, c);
  const problems = { code: refusedLogin(deps, c, outcome) };
  return secondForm(deps, c, pending, { next, problems, status: statuses[outcome.reason] });
}

export async function confirmForm(deps: Deps, c: Request, { next, problems, status }: DoorForm): Promise<Response> {
  const session = c.get('session');
  if (!session) return c.redirect(hrefOf(deps, c, '/login'), 303);
  const ways = await waysOf(deps, c, session.accountId);
  return c.html(reauthenticatePage(pageOf(deps, c), { next: safeNext(next), ...ways, problems }), status);
}

/** The password, then the second step where there is one: a code is used up only behind the right password. */
async function confirm(deps: Deps, c: Request, address: string): Promise<Response> {
  const session = c.get('session');
  if (!session) return c.redirect(hrefOf(deps, c, '/login'), 303);
  const { password, code, next } = await readForm(c, ['password', 'code', 'next']);
  const { accountId } = session;
  const outcome = await confirmPassword(deps.db, deps.vault, { accountId, password, address });
  if (!outcome.ok) {
    const wrong = outcome.reason === 'wrong-login';
    const problem = wrong ? pageOf(deps, c).t('field.wrong-password') : refusedLogin(deps, c, outcome);
    return confirmForm(deps, c, { next, problems: { password: problem }, status: statuses[outcome.reason] });
  }
  const { isNeeded } = await readSecondFactors(deps.db.reader, accountId);
  if (isNeeded) {
    const checked = await checkSecondStep(deps.db, deps.vault, { accountId, typed: code, address });
    const status = checked.ok ? 200 : statuses[checked.reason];
    if (!checked.ok) return confirmForm(deps, c, { next, problems: { code: refusedLogin(deps, c, checked) }, status });
  }
  return enter(deps, c, accountId, next);
}
