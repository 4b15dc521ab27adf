// Where a passkey opens what a password does: the log-in, its second step, the confirmation. It has checked its owner itself
// (a finger, a face, a PIN), so that it stands for both.

import { Hono } from 'hono';
import { type Asked, type Authenticated, finishAuthentication, siteOf } from '../../domain/passkeys.ts';
import { endPendingLogin, readPendingLogin } from '../../domain/pending-logins.ts';
import { loginPage } from '../../views/login.ts';
import { baseUrlOf } from '../base-url.ts';
import { readLoginCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { readForm } from '../forms.ts';
import { hrefOf, pageOf } from '../page.ts';
import { safeNext } from '../scopes.ts';
import { enter, refusedLogin } from './entering.ts';
import { confirmForm, fromTheStart, passkeysAt, secondForm } from './login.ts';

export function passkeyDoors(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .post('/login/passkey', async (c) => {
      const { next, judged } = await judge(deps, c, { purpose: 'login' });
      if (judged.ok) return enter(deps, c, judged.accountId, next);
      const problems = { form: refusedLogin(deps, c, judged) };
      return c.html(
        loginPage(pageOf(deps, c), { email: '', next: safeNext(next), ...passkeysAt(deps, c), problems }),
        401,
      );
    })
    .post('/login/second/passkey', async (c) => {
      const token = readLoginCookie(c) ?? '';
      const accountId = await readPendingLogin(deps.db, token);
      if (accountId === undefined) return fromTheStart(deps, c);
      const { next, judged } = await judge(deps, c, { purpose: 'second', accountId });
      if (!judged.ok)
        return secondForm(deps, c, accountId, { next, problems: { form: refusedLogin(deps, c, judged) }, status: 401 });
      const ended = await endPendingLogin(deps.db, token);
      return ended === undefined ? fromTheStart(deps, c) : enter(deps, c, ended, next);
    })
    .post('/reauthenticate/passkey', async (c) => {
      const session = c.get('session');
      if (!session) return c.redirect(hrefOf(deps, c, '/login'), 303);
      const { next, judged } = await judge(deps, c, { purpose: 'confirm', accountId: session.accountId });
      if (judged.ok) return enter(deps, c, judged.accountId, next);
      return confirmForm(deps, c, { next, problems: { form: refusedLogin(deps, c, judged) }, status: 401 });
    });
}

async function judge(deps: Deps, c: Request, asked: Asked): Promise<{ next: string; judged: Authenticated }> {
  const { next, answer } = await readForm(c, ['next', 'answer']);
  const site = siteOf(baseUrlOf(deps, c));
  const judged = site
    ? await finishAuthentication(deps.db, site, asked, answer)
    : ({ ok: false, reason: 'wrong-passkey' } as const);
  return { next, judged };
}
