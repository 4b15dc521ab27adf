// Connecting the directory of a Google Workspace, the way back from Google, and disconnecting. Only administrators whose
// password was given within the last minutes leave for Google; the way back is known to the browser that left, once, for
// ten minutes (docs/decisions/055-google-workspace.md).

import { Hono } from 'hono';
import type { ConnectCause, DirectoryRefusal } from '../../domain/directory-people.ts';
import { isSecureBase } from '../../domain/settings.ts';
import { leavingPage } from '../../views/directory-connection.ts';
import { baseUrlOf } from '../base-url.ts';
import { readSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse, sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { hrefOf, pageOf } from '../page.ts';
import { statuses } from '../reasons.ts';
import { requireAdmin, requireConfirmed, requireObserver } from '../scopes.ts';
import { showTab } from './configure.ts';
import { directoryCallback, redirectUriOf } from './directory-view.ts';
import { redirectDone } from './election-routes.ts';

const base = '/console/configure/google';

export function directory(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(`${base}/:deed{connect|disconnect}`, (c) => {
      const scope = requireObserver(deps, c);
      return scope.ok ? c.redirect(hrefOf(deps, c, base), 303) : scope.refusal; // the other language, or a reload
    })
    .post(`${base}/connect`, (c) => leave(deps, c))
    .post(`${base}/disconnect`, (c) => disconnect(deps, c))
    .get(directoryCallback, (c) => comeBack(deps, c));
}

async function leave(deps: Deps, c: Request): Promise<Response> {
  const scope = requireConfirmed(deps, c, base);
  if (!scope.ok) return scope.refusal;
  if (!isSecureBase(baseUrlOf(deps, c))) return refuse(deps, c, 'insecure-base-url');
  const units = (await readForm(c, ['units'])).units === 'yes';
  const session = readSessionCookie(c) ?? '';
  const begun = await deps.directory.begin({ session, redirectUri: redirectUriOf(deps, c), units });
  if (!begun.ok) return refuse(deps, c, `directory-${begun.cause}`);
  const page = { ...pageOf(deps, c), path: base };
  return c.html(leavingPage(page, { address: begun.value.href, units }));
}

/** A GET that changes something: only for the browser that has begun it, and once. */
async function comeBack(deps: Deps, c: Request): Promise<Response> {
  const scope = requireAdmin(deps, c);
  if (!scope.ok) return scope.refusal;
  if (c.req.method === 'HEAD') return showRefusal(deps, c, { ok: false, cause: 'unknown-state', said: '' });
  const answer = new URL(redirectUriOf(deps, c));
  answer.search = new URL(c.req.url).search;
  const finished = await deps.directory.finish(scope.scope, readSessionCookie(c) ?? '', answer);
  if (!finished.ok) return showRefusal(deps, c, finished);
  const done = finished.hasUnits ? 'directory-connected-units' : 'directory-connected';
  return redirectDone(deps, c, base, done, 'directory');
}

function showRefusal(deps: Deps, c: Request, { cause, said }: DirectoryRefusal<ConnectCause>): Promise<Response> {
  const { title, detail } = sentences(deps, c, `directory-${cause}`);
  return showTab(deps, c, 'google', {
    directory: { kind: 'bad', title, text: detail, said },
    status: statuses[`directory-${cause}`],
  });
}

async function disconnect(deps: Deps, c: Request): Promise<Response> {
  const scope = requireConfirmed(deps, c, base);
  if (!scope.ok) return scope.refusal;
  const { removed, revoked } = await deps.directory.disconnect(scope.scope);
  if (!removed) return refuse(deps, c, 'directory-not-connected');
  if (revoked) return redirectDone(deps, c, base, 'directory-disconnected', 'directory');
  const { t } = pageOf(deps, c);
  const outcome = { title: t('directory.removed-here-title'), text: t('directory.removed-here'), said: '' };
  return showTab(deps, c, 'google', { directory: { kind: 'warn', ...outcome } });
}
