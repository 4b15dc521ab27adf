// Who may work with this instance: the list, a new user with their one-time link, one user's page.

import { Hono } from 'hono';
import {
  addUser,
  editUser,
  endUserSessions,
  findAccount,
  listAccounts,
  removeUser,
  renewUserLink,
  type UserDraft,
  userSchema,
} from '../../domain/users.ts';
import { accountLinkHours, type IssuedLink } from '../../domain/account-links.ts';
import type { ConfirmedAdmin } from '../../domain/scopes.ts';
import { listProtectedAccounts } from '../../domain/second-factors.ts';
import { userLinkPage, userPage, usersPage, newUserPage, type UserValues } from '../../views/users.ts';
import type { Problems } from '../../views/page.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireAdmin, requireConfirmed } from '../scopes.ts';
import { doneOf, redirectDone } from './election-routes.ts';

const list = '/console/users';
const one = `${list}/:account`;
const pathOf = (id: string) => `${list}/${id}`;
const blank: UserValues = { name: '', email: '', role: 'technician' };

export function users(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(list, (c) => showList(deps, c))
    .get(`${list}/new`, (c) => {
      const entered = requireConfirmed(deps, c);
      return entered.ok
        ? c.html(newUserPage(pageOf(deps, c), { values: blank, problems: {}, hours: accountLinkHours }))
        : entered.refusal;
    })
    .post(`${list}/new`, (c) => add(deps, c))
    .get(one, (c) => showOne(deps, c))
    .post(one, (c) => edit(deps, c))
    .post(`${one}/link`, (c) =>
      about(deps, c, async (scope, id) => {
        const renewed = await renewUserLink(deps.db, scope, id);
        return renewed.ok ? showLink(deps, c, id, renewed.link) : refuse(deps, c, renewed.reason);
      }),
    )
    .post(`${one}/sessions`, (c) =>
      about(deps, c, async (scope, id) => {
        const ended = await endUserSessions(deps.db, scope, id);
        return ended.ok ? redirectDone(deps, c, pathOf(id), 'sessions-ended') : refuse(deps, c, ended.reason);
      }),
    )
    .post(`${one}/delete`, (c) =>
      about(deps, c, async (scope, id) => {
        const removed = await removeUser(deps.db, scope, id);
        return removed.ok ? redirectDone(deps, c, list, 'user-removed') : refuse(deps, c, removed.reason);
      }),
    );
}

type Deed = (scope: ConfirmedAdmin, id: string) => Response | Promise<Response>;

/** A deed without a form to lose: whoever must confirm their password comes back to the user's page. */
function about(deps: Deps, c: Request, deed: Deed): Response | Promise<Response> {
  const id = c.req.param('account') ?? '';
  const entered = requireConfirmed(deps, c, pathOf(id));
  return entered.ok ? deed(entered.scope, id) : entered.refusal;
}

async function showList(deps: Deps, c: Request): Promise<Response> {
  const entered = requireAdmin(deps, c);
  if (!entered.ok) return entered.refusal;
  const [accounts, now] = [await listAccounts(deps.db.reader), await deps.db.now()];
  const secured = await listProtectedAccounts(deps.db.reader);
  const rows = accounts.map(({ id, name, email, role, password_hash, link_expires_at: expires }) => ({
    id,
    name,
    email,
    role,
    own: id === entered.scope.accountId,
    hasPassword: password_hash !== '',
    secondStep: secured.includes(id),
    linkUntil: expires !== null && expires > now ? expires : undefined,
  }));
  const zone = c.get('organisation')?.zone ?? 'UTC';
  return c.html(usersPage(pageOf(deps, c), { users: rows, zone, done: doneOf(deps, c) }));
}

type ReadForm =
  | { readonly ok: true; readonly draft: UserDraft }
  | { readonly ok: false; readonly values: UserValues; readonly problems: Problems };

async function readUserForm(deps: Deps, c: Request): Promise<ReadForm> {
  const values = await readForm(c, ['name', 'email', 'role']);
  const parsed = userSchema.safeParse(values);
  if (parsed.success) return { ok: true, draft: parsed.data };
  const problems = problemsOf(pageOf(deps, c), parsed.error, { name: 'field.account-name' });
  return { ok: false, values, problems };
}

const knownEmail = (deps: Deps, c: Request): Problems => ({ email: pageOf(deps, c).t('field.known-account') });

async function add(deps: Deps, c: Request): Promise<Response> {
  const entered = requireConfirmed(deps, c);
  if (!entered.ok) return entered.refusal;
  const again = (values: UserValues, problems: Problems) =>
    c.html(newUserPage(pageOf(deps, c), { values, problems, hours: accountLinkHours }), 400);
  const form = await readUserForm(deps, c);
  if (!form.ok) return again(form.values, form.problems);
  const added = await addUser(deps.db, entered.scope, form.draft);
  if (added.ok) return showLink(deps, c, added.id, added.link);
  return added.reason === 'known-email' ? again(form.draft, knownEmail(deps, c)) : refuse(deps, c, added.reason);
}

/** The answer to the form itself: the link is in no address, and cannot be shown again. */
async function showLink(deps: Deps, c: Request, id: string, { token, expiresAt }: IssuedLink): Promise<Response> {
  const account = await findAccount(deps.db.reader, id);
  if (!account) return refuse(deps, c, 'unknown-account');
  const zone = c.get('organisation')?.zone ?? 'UTC';
  const link = `${baseUrlOf(deps, c)}/choose-password/${token}`;
  return c.html(userLinkPage(pageOf(deps, c), { name: account.name, email: account.email, link, expiresAt, zone }));
}

async function showOne(
  deps: Deps,
  c: Request,
  form?: { readonly values: UserValues; readonly problems: Problems },
): Promise<Response> {
  const entered = requireConfirmed(deps, c);
  if (!entered.ok) return entered.refusal;
  const account = await findAccount(deps.db.reader, c.req.param('account') ?? '');
  if (!account) return refuse(deps, c, 'unknown-account');
  const { id, name, password_hash } = account;
  const { values = account, problems = {} } = form ?? {};
  const own = id === entered.scope.accountId;
  const view = { id, name, own, hasPassword: password_hash !== '', values, problems, done: doneOf(deps, c) };
  return c.html(userPage(pageOf(deps, c), view), form ? 400 : 200);
}

async function edit(deps: Deps, c: Request): Promise<Response> {
  const entered = requireConfirmed(deps, c);
  if (!entered.ok) return entered.refusal;
  const id = c.req.param('account') ?? '';
  const form = await readUserForm(deps, c);
  if (!form.ok) return showOne(deps, c, form);
  const edited = await editUser(deps.db, entered.scope, id, form.draft);
  if (edited.ok) return redirectDone(deps, c, pathOf(id), 'saved');
  if (edited.reason !== 'known-email') return refuse(deps, c, edited.reason);
  return showOne(deps, c, { values: form.draft, problems: knownEmail(deps, c) });
}
