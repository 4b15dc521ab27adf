// The set-up wizard behind its one-time link: organisation, first administrator; the recovery sheet follows.

import { Hono } from 'hono';
import { accountSchema } from '../../domain/accounts.ts';
import { startSession } from '../../domain/sessions.ts';
import {
  finishSetup,
  finishSetupOfOrganisation,
  hasAdministrator,
  isSetupToken,
  readSetupDraft,
  saveSetupDraft,
} from '../../domain/setup.ts';
import { type Organisation, organisationSchema, readOrganisation } from '../../domain/settings.ts';
import { setupAdministratorPage, setupOrganisationPage } from '../../views/setup.ts';
import { baseUrlOf } from '../base-url.ts';
import { saveSessionCookie } from '../cookies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { deviceOf } from '../device.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { hrefOf, pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { zonesWith } from '../time-zones.ts';

const organisationFields = [
  'organisation',
  'contactName',
  'contactEmail',
  'retentionDays',
  'language',
  'zone',
  'baseUrl',
] as const;

export function setup(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  routes.use('/setup/:token/*', async (c, next) => {
    if (c.get('organisation') || !(await isSetupToken(deps.db, c.req.param('token'))))
      return refuse(deps, c, 'setup-link-used');
    return next();
  });
  return routes
    .get('/setup/:token', async (c) => {
      const draft = await readSetupDraft(deps.db);
      const values = draft ? { ...draft, retentionDays: String(draft.retentionDays) } : freshValues(deps, c);
      return c.html(
        setupOrganisationPage(pageOf(deps, c), {
          token: c.req.param('token'),
          values,
          zones: zonesWith(values.zone),
          problems: {},
          alone: await hasAdministrator(deps.db.reader),
        }),
      );
    })
    .post('/setup/:token', async (c) => {
      const values = await readForm(c, organisationFields);
      const parsed = organisationSchema.safeParse(values);
      const page = pageOf(deps, c);
      const token = c.req.param('token');
      if (!parsed.success)
        return c.html(
          setupOrganisationPage(page, {
            token,
            values,
            zones: zonesWith(values.zone),
            problems: problemsOf(page, parsed.error),
            alone: await hasAdministrator(deps.db.reader),
          }),
          400,
        );
      if (await hasAdministrator(deps.db.reader)) return finishAlone(deps, c, token, parsed.data);
      await saveSetupDraft(deps.db, parsed.data);
      return c.redirect(page.href(`/setup/${token}/administrator`), 303);
    })
    .get('/setup/:token/administrator', async (c) => {
      const token = c.req.param('token');
      if ((await hasAdministrator(deps.db.reader)) || !(await readSetupDraft(deps.db)))
        return c.redirect(hrefOf(deps, c, `/setup/${token}`), 303);
      return c.html(setupAdministratorPage(pageOf(deps, c), { token, values: { name: '', email: '' }, problems: {} }));
    })
    .post('/setup/:token/administrator', (c) => createAdministrator(deps, c));
}

/** The command line has made an administrator before: they log in, and find the recovery sheet. */
async function finishAlone(deps: Deps, c: Request, token: string, organisation: Organisation) {
  const done = await finishSetupOfOrganisation(deps.db, token, { organisation, given: deps.config.given });
  if (!done.ok) return refuse(deps, c, done.reason);
  deps.log.info('The instance is set up.');
  c.set('organisation', await readOrganisation(deps.db.reader, deps.config.given));
  return c.redirect(hrefOf(deps, c, '/login?next=%2Fconsole%2Frecovery'), 303);
}

/** What the environment says already needs no typing. */
function freshValues(deps: Deps, c: Request) {
  const { given } = deps.config;
  return {
    organisation: given.ASSOCIATION_NAME ?? '',
    contactName: given.CONTACT_NAME ?? '',
    contactEmail: given.CONTACT_EMAIL ?? '',
    retentionDays: given.RETENTION_DAYS ?? '90',
    zone: given.TIME_ZONE ?? 'Europe/Paris',
    language: given.DEFAULT_LANGUAGE ?? c.get('locale'),
    baseUrl: baseUrlOf(deps, c),
  };
}

async function createAdministrator(deps: Deps, c: Request) {
  const token = c.req.param('token') ?? '';
  if (await hasAdministrator(deps.db.reader)) return c.redirect(hrefOf(deps, c, `/setup/${token}`), 303);
  const { passwordAgain, ...values } = await readForm(c, ['name', 'email', 'password', 'passwordAgain']);
  const parsed = accountSchema.safeParse(values);
  const page = pageOf(deps, c);
  const again = (problems: Readonly<Record<string, string>>) =>
    c.html(setupAdministratorPage(page, { token, values: { name: values.name, email: values.email }, problems }), 400);
  if (!parsed.success) return again(problemsOf(page, parsed.error, { name: 'field.account-name' }));
  if (passwordAgain !== values.password) return again({ passwordAgain: page.t('field.passwordAgain') });
  const done = await finishSetup(deps.db, token, { administrator: parsed.data, given: deps.config.given });
  if (!done.ok && done.reason === 'known-email') return again({ email: page.t('field.known-account') });
  if (!done.ok) return refuse(deps, c, done.reason);
  // The cookie and the way on follow the address just saved.
  c.set('organisation', await readOrganisation(deps.db.reader, deps.config.given));
  saveSessionCookie(deps, c, await startSession(deps.db, done.accountId, { device: deviceOf(c) }));
  deps.log.info('The instance is set up.');
  return c.redirect(hrefOf(deps, c, '/console/recovery'), 303);
}
