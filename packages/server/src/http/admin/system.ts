// The System page, for administrators and technicians.

import { Hono } from 'hono';
import { examine } from '../../doctor/examination.ts';
import { mailProbe } from '../../doctor/mail.ts';
import { reportOf, tellFinding } from '../../doctor/telling.ts';
import { systemPage } from '../../views/system.ts';
import { baseUrlOf } from '../base-url.ts';
import { isFromTrusted, trustList } from '../client-address.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { hrefOf, pageOf } from '../page.ts';
import { requireTechnician } from '../scopes.ts';

export function system(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/console/system', (c) => show(deps, c))
    .get('/system', (c) => {
      const scope = requireTechnician(deps, c);
      return scope.ok ? c.redirect(hrefOf(deps, c, '/console/system'), 303) : scope.refusal;
    });
}

async function show(deps: Deps, c: Request): Promise<Response> {
  const scope = requireTechnician(deps, c);
  if (!scope.ok) return scope.refusal;
  const page = pageOf(deps, c);
  const zone = c.get('organisation')?.zone ?? 'UTC';
  const asksDns = c.req.query('dns') === 'yes';
  const findings = await examine({
    config: deps.config,
    db: deps.db,
    version: deps.version,
    baseUrl: baseUrlOf(deps, c),
    secretCheck: deps.vault.hash('check', 'votix'),
    mail: mailProbe(deps.postman),
    dns: asksDns ? () => deps.postman.checkArrival() : undefined,
    proxyUnknown:
      c.req.header('x-forwarded-for') !== undefined && !isFromTrusted(c, trustList(deps.config.trustedProxies)),
  });
  const reader = { locale: page.locale, zone };
  return c.html(
    systemPage(page, {
      findings: findings.map((finding) => tellFinding(finding, reader)),
      examinedAt: await deps.db.now(),
      zone,
      mayAskDns: !asksDns && findings.some(({ about, says }) => about === 'mail' && says !== 'mail-none'),
      report: reportOf(findings, reader),
    }),
  );
}
