// One's own account: name, password, and where one is logged in. For every role.

import { Hono } from 'hono';
import { changePassword, newPasswordSchema, ownNameSchema, renameOwnAccount } from '../../domain/own-account.ts';
import { endOwnSessions, listOwnSessions } from '../../domain/own-sessions.ts';
import { readSecondFactors } from '../../domain/second-factors.ts';
import type { Member } from '../../domain/scopes.ts';
import { startSession } from '../../domain/sessions.ts';
import { findAccount } from '../../domain/users.ts';
import { accountPage } from '../../views/account.ts';
import type { Problems } from '../../views/page.ts';
import { clientNetwork, trustList } from '../client-address.ts';
import { readSessionCookie, saveSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { deviceOf } from '../device.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { statuses } from '../reasons.ts';
import { requireMember } from '../scopes.ts';
import { doneOf, redirectDone } from './election-routes.ts';
import { refusedLogin } from './entering.ts';

const path = '/console/account';

export function account(deps: Deps): Hono<Env> {
  const trusted = trustList(deps.config.trustedProxies);
  const entering =
    (deed: (c: Request, scope: Member) => Promise<Response>) =>
    (c: Request): Response | Promise<Response> => {
      const entered = requireMember(deps, c);
      return entered.ok ? deed(c, entered.scope) : entered.refusal;
    };
  return new Hono<Env>()
    .get(
      path,
      entering((c, scope) => show(deps, c, scope)),
    )
    .post(
      path,
      entering((c, scope) => rename(deps, c, scope)),
    )
    .post(
      `${path}/password`,
      entering((c, scope) => choose(deps, c, scope, clientNetwork(c, trusted))),
    )
    .post(
      `${path}/sessions`,
      entering(async (c, scope) => {
        const { session } = await readForm(c, ['session']);
        const which = session === '' ? { othersThan: readSessionCookie(c) ?? '' } : { id: session };
        await endOwnSessions(deps.db, scope, which);
        return redirectDone(deps, c, path, 'sessions-ended');
      }),
    );
}

interface Form {
  readonly name?: string;
  readonly problems: Problems;
  readonly status: 400 | 401 | 429;
}

async function show(deps: Deps, c: Request, scope: Member, form?: Form): Promise<Response> {
  const own = await findAccount(deps.db.reader, scope.accountId);
  if (!own) return refuse(deps, c, 'login-required');
  const sessions = await listOwnSessions(deps.db, scope, readSessionCookie(c) ?? '');
  const { name, email, role } = own;
  const zone = c.get('organisation')?.zone ?? 'UTC';
  const { isNeeded: secondStep } = await readSecondFactors(deps.db.reader, own.id);
  const view = { email, role, secondStep, sessions, zone, done: doneOf(deps, c), problems: form?.problems ?? {} };
  return c.html(accountPage(pageOf(deps, c), { ...view, name: form?.name ?? name }), form?.status ?? 200);
}

async function rename(deps: Deps, c: Request, scope: Member): Promise<Response> {
  const values = await readForm(c, ['name']);
  const parsed = ownNameSchema.safeParse(values);
  if (!parsed.success) {
    const problems = problemsOf(pageOf(deps, c), parsed.error, { name: 'field.account-name' });
    return show(deps, c, scope, { name: values.name, problems, status: 400 });
  }
  await renameOwnAccount(deps.db, scope, parsed.data.name);
  return redirectDone(deps, c, path, 'saved');
}

async function choose(deps: Deps, c: Request, scope: Member, address: string): Promise<Response> {
  const { current, password, passwordAgain } = await readForm(c, ['current', 'password', 'passwordAgain']);
  const page = pageOf(deps, c);
  const again = (problems: Problems, status: Form['status'] = 400) => show(deps, c, scope, { problems, status });
  const parsed = newPasswordSchema.safeParse({ password });
  if (!parsed.success) return again(problemsOf(page, parsed.error));
  if (password !== passwordAgain) return again({ passwordAgain: page.t('field.passwordAgain') });
  const changed = await changePassword(deps.db, deps.vault, scope, { current, password, address });
  if (!changed.ok) {
    const wrong = changed.reason === 'wrong-login' ? page.t('field.wrong-password') : refusedLogin(deps, c, changed);
    return again({ current: wrong }, statuses[changed.reason]);
  }
  // The password alone is no confirmation where there is a second step.
  const { isNeeded } = await readSecondFactors(deps.db.reader, scope.accountId);
  const start = { device: deviceOf(c), confirmed: !isNeeded };
  saveSessionCookie(deps, c, await startSession(deps.db, scope.accountId, start));
  return redirectDone(deps, c, path, 'password-changed');
}
