// One's own second step at log-in: an authenticator app and recovery codes. For every role, each for themselves.

import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import type { ConfirmedMember } from '../../domain/scopes.ts';
import { addTotp, readSecondFactors, removeTotp, renewRecoveryCodes } from '../../domain/second-factors.ts';
import { readTotpEnrolment, startTotp } from '../../domain/totp.ts';
import { findAccount } from '../../domain/users.ts';
import type { Problems } from '../../views/page.ts';
import { recoveryCodesPage, secondFactorsPage, totpPage } from '../../views/second-step.ts';
import { readSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { readForm } from '../forms.ts';
import { hrefOf, pageOf } from '../page.ts';
import { statuses } from '../reasons.ts';
import { requireConfirmedMember } from '../scopes.ts';
import { doneOf, redirectDone } from './election-routes.ts';
import { refusedLogin } from './entering.ts';

const path = '/console/account/second-step';
const app = `${path}/app`;

type Deed = (c: Request, scope: ConfirmedMember) => Promise<Response>;

export function secondStep(deps: Deps): Hono<Env> {
  const { db, vault } = deps;
  /** No form here holds anything to lose: whoever must confirm that it is them comes back to the page. */
  const entering =
    (back: string, deed: Deed) =>
    (c: Request): Response | Promise<Response> => {
      const entered = requireConfirmedMember(deps, c, back);
      return entered.ok ? deed(c, entered.scope) : entered.refusal;
    };
  const settingOf = (c: Request) => ({ db, vault, token: readSessionCookie(c) ?? '' });
  return new Hono<Env>()
    .get(
      path,
      entering(path, async (c, { accountId }) => {
        const factors = await readSecondFactors(db.reader, accountId);
        return c.html(secondFactorsPage(pageOf(deps, c), { ...factors, done: doneOf(deps, c) }));
      }),
    )
    .post(
      app,
      entering(path, async (c, scope) => {
        await startTotp(db, vault, scope);
        return c.redirect(hrefOf(deps, c, app), 303);
      }),
    )
    .get(
      app,
      entering(app, (c, scope) => showApp(deps, c, scope, {})),
    )
    .post(
      `${app}/confirm`,
      entering(app, async (c, scope) => {
        const { code } = await readForm(c, ['code']);
        const added = await addTotp(settingOf(c), scope, code);
        if (!added.ok) return showApp(deps, c, scope, { code: refusedLogin(deps, c, added) });
        return added.codes.length > 0 ? showCodes(deps, c, added.codes) : redirectDone(deps, c, path, 'app-added');
      }),
    )
    .post(
      `${app}/remove`,
      entering(path, async (c, scope) => {
        await removeTotp(settingOf(c), scope);
        return redirectDone(deps, c, path, 'app-removed');
      }),
    )
    .post(
      `${path}/recovery-codes`,
      entering(path, async (c, scope) => {
        const codes = await renewRecoveryCodes(deps, scope);
        return codes.length > 0 ? showCodes(deps, c, codes) : c.redirect(hrefOf(deps, c, path), 303);
      }),
    );
}

async function showApp(deps: Deps, c: Request, scope: ConfirmedMember, problems: Problems): Promise<Response> {
  const account = await findAccount(deps.db.reader, scope.accountId);
  const page = pageOf(deps, c);
  const named = { issuer: page.organisation, email: account?.email ?? '' };
  const enrolment = await readTotpEnrolment(deps.db, deps.vault, scope, named);
  if (!enrolment) return c.redirect(hrefOf(deps, c, path), 303);
  const qrSvg = renderSVG(enrolment.uri, { border: 2 });
  const status = 'code' in problems ? statuses['wrong-second-factor'] : 200;
  return c.html(totpPage(page, { key: enrolment.key, qrSvg, problems }), status);
}

/** The answer to the form itself: the codes are in no address, and cannot be shown again. */
async function showCodes(deps: Deps, c: Request, codes: readonly string[]): Promise<Response> {
  const page = pageOf(deps, c);
  const zone = c.get('organisation')?.zone ?? 'UTC';
  const madeAt = await deps.db.now();
  return c.html(recoveryCodesPage(page, { codes, madeAt, zone, name: page.account?.name ?? '' }));
}
