// One's own second step at log-in: passkeys, an authenticator app, recovery codes. For every role, each for themselves.

import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import type { ConfirmedMember } from '../../domain/scopes.ts';
import { listPasskeys, siteOf } from '../../domain/passkeys.ts';
import {
  addPasskey,
  addTotp,
  passkeyNameSchema,
  readSecondFactors,
  removePasskey,
  removeTotp,
  renamePasskey,
  renewRecoveryCodes,
} from '../../domain/second-factors.ts';
import { readTotpEnrolment, startTotp } from '../../domain/totp.ts';
import { findAccount } from '../../domain/users.ts';
import type { Problems } from '../../views/page.ts';
import { recoveryCodesPage, secondFactorsPage, totpPage } from '../../views/second-step.ts';
import { baseUrlOf } from '../base-url.ts';
import { readSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { deviceOf } from '../device.ts';
import { refuse } from '../errors.ts';
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
  return new Hono<Env>()
    .get(
      path,
      entering(path, (c, scope) => showFactors(deps, c, scope)),
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
        const added = await addTotp(settingOf(deps, c), scope, code);
        if (!added.ok) return showApp(deps, c, scope, { code: refusedLogin(deps, c, added) });
        return added.codes.length > 0 ? showCodes(deps, c, added.codes) : redirectDone(deps, c, path, 'app-added');
      }),
    )
    .post(
      `${app}/remove`,
      entering(path, async (c, scope) => {
        await removeTotp(settingOf(deps, c), scope);
        return redirectDone(deps, c, path, 'app-removed');
      }),
    )
    .post(
      `${path}/passkeys`,
      entering(path, (c, scope) => addOne(deps, c, scope)),
    )
    .post(
      `${path}/passkeys/:passkey`,
      entering(path, async (c, scope) => {
        const { name } = await readForm(c, ['name']);
        const parsed = passkeyNameSchema.safeParse(name);
        if (!parsed.success) return showFactors(deps, c, scope, nameless(deps, c));
        const renamed = await renamePasskey(db, scope, c.req.param('passkey') ?? '', parsed.data);
        return renamed ? redirectDone(deps, c, path, 'saved') : refuse(deps, c, 'unknown-passkey');
      }),
    )
    .post(
      `${path}/passkeys/:passkey/delete`,
      entering(path, async (c, scope) => {
        const removed = await removePasskey(settingOf(deps, c), scope, c.req.param('passkey') ?? '');
        return removed ? redirectDone(deps, c, path, 'passkey-removed') : refuse(deps, c, 'unknown-passkey');
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

/** With what somebody is called who typed a name that cannot be. */
async function showFactors(
  deps: Deps,
  c: Request,
  { accountId }: ConfirmedMember,
  form?: { readonly problems: Problems; readonly status: 400 | 401 },
): Promise<Response> {
  const factors = await readSecondFactors(deps.db.reader, accountId);
  const site = siteOf(baseUrlOf(deps, c));
  const passkeys = (await listPasskeys(deps.db.reader, accountId)).map((row) => ({
    id: row.credential_id,
    name: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at ?? undefined,
    elsewhere: row.host === site?.id ? undefined : row.host,
  }));
  const own = { passkeys, canPasskeys: site !== undefined, device: deviceOf(c), zone: zoneOf(c) };
  const view = { ...factors, ...own, problems: form?.problems ?? {}, done: doneOf(deps, c) };
  return c.html(secondFactorsPage(pageOf(deps, c), view), form?.status ?? 200);
}

const zoneOf = (c: Request) => c.get('organisation')?.zone ?? 'UTC';

const settingOf = ({ db, vault }: Deps, c: Request) => ({ db, vault, token: readSessionCookie(c) ?? '' });

const nameless = (deps: Deps, c: Request) =>
  ({ problems: { name: pageOf(deps, c).t('field.passkey-name') }, status: 400 }) as const;

async function addOne(deps: Deps, c: Request, scope: ConfirmedMember): Promise<Response> {
  const { answer, name } = await readForm(c, ['answer', 'name']);
  const parsed = passkeyNameSchema.safeParse(name);
  if (!parsed.success) return showFactors(deps, c, scope, nameless(deps, c));
  const site = siteOf(baseUrlOf(deps, c));
  if (!site) return refuse(deps, c, 'no-passkeys-here');
  const added = await addPasskey(settingOf(deps, c), scope, site, { answer, name: parsed.data });
  if (!added.ok) return showFactors(deps, c, scope, { problems: { form: refusedLogin(deps, c, added) }, status: 401 });
  return added.codes.length > 0 ? showCodes(deps, c, added.codes) : redirectDone(deps, c, path, 'passkey-added');
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
  const madeAt = await deps.db.now();
  return c.html(recoveryCodesPage(page, { codes, madeAt, zone: zoneOf(c), name: page.account?.name ?? '' }));
}
