// buildApp(deps): all routes as one value, without listening. main.ts gives it a port, tests give it requests.

import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { armingApi } from './http/api/arming.ts';
import { registrarsApi } from './http/api/registrars.ts';
import { trusteesApi } from './http/api/trustees.ts';
import { deliberationApi } from './http/api/deliberations.ts';
import { mailingsApi } from './http/api/mailings.ts';
import { possessionsApi } from './http/api/possessions.ts';
import { readinessApi } from './http/api/readiness.ts';
import { passkeysApi } from './http/api/passkeys.ts';
import { directoryApi } from './http/api/directory.ts';
import { iconApi } from './http/api/icons.ts';
import { liveApi } from './http/api/live.ts';
import { account } from './http/admin/account.ts';
import { approvals } from './http/admin/approvals.ts';
import { arming } from './http/admin/arming.ts';
import { audit } from './http/admin/audit.ts';
import { buildings } from './http/admin/buildings.ts';
import { archives } from './http/admin/archives.ts';
import { candidates } from './http/admin/candidates.ts';
import { changes } from './http/admin/changes.ts';
import { configure } from './http/admin/configure.ts';
import { contests } from './http/admin/contests.ts';
import { consoleHome } from './http/admin/console.ts';
import { copies } from './http/admin/copies.ts';
import { deliberations } from './http/admin/deliberations.ts';
import { directory } from './http/admin/directory.ts';
import { directorySearch } from './http/admin/directory-search.ts';
import { directoryUnits } from './http/admin/directory-units.ts';
import { elections } from './http/admin/elections.ts';
import { integrity } from './http/admin/integrity.ts';
import { login } from './http/admin/login.ts';
import { minutes } from './http/admin/minutes.ts';
import { mails } from './http/admin/mails.ts';
import { mailTexts } from './http/admin/mail-texts.ts';
import { mailTrials } from './http/admin/mail-trials.ts';
import { passkeyDoors } from './http/admin/passkey-doors.ts';
import { passwordLinks } from './http/admin/password-links.ts';
import { passwordResets } from './http/admin/password-resets.ts';
import { recovery } from './http/admin/recovery.ts';
import { rehearsals } from './http/admin/rehearsals.ts';
import { participation } from './http/admin/participation.ts';
import { possessions } from './http/admin/possessions.ts';
import { results } from './http/admin/results.ts';
import { setup } from './http/admin/setup.ts';
import { system } from './http/admin/system.ts';
import { secondStep } from './http/admin/second-step.ts';
import { sheets } from './http/admin/sheets.ts';
import { shortPaths } from './http/admin/short-paths.ts';
import { voter } from './http/admin/voter.ts';
import { voterExport } from './http/admin/voter-export.ts';
import { voterImports } from './http/admin/voter-imports.ts';
import { voterMails } from './http/admin/voter-mails.ts';
import { credentials } from './http/admin/credentials.ts';
import { trustees } from './http/admin/trustees.ts';
import { users } from './http/admin/users.ts';
import { voters } from './http/admin/voters.ts';
import { basePathOf, plainPath, withoutBasePath } from './http/base-url.ts';
import { castRoutes } from './http/booth/casts.ts';
import { booth } from './http/booth/votes.ts';
import { compressedPages } from './http/compression.ts';
import type { Deps, Env } from './http/deps.ts';
import { refuse } from './http/errors.ts';
import { bodyLimits } from './http/limits.ts';
import { plainPaths } from './http/paths.ts';
import { assetRoutes } from './http/public/assets.ts';
import { demoMailRoutes } from './http/public/demo-mails.ts';
import { demoRoutes } from './http/public/demo.ts';
import { boards } from './http/public/boards.ts';
import { registrarPages } from './http/public/registrars.ts';
import { trusteePages } from './http/public/trustees.ts';
import { publicElections } from './http/public/elections.ts';
import { healthRoutes } from './http/public/health.ts';
import { logoRoutes } from './http/public/logos.ts';
import { home } from './http/public/home.ts';
import { metricsRoutes } from './http/public/metrics.ts';
import { receiptPages } from './http/public/receipts.ts';
import { screens } from './http/public/screen.ts';
import { statements } from './http/public/statements.ts';
import { verifyPages } from './http/public/verify.ts';
import { publicMinutes } from './http/public/minutes.ts';
import { rehearsalMark } from './http/rehearsal-mark.ts';
import { type CastCounts, requestLog } from './http/request-log.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { originCheck, securityHeaders } from './http/security.ts';
import { requireSetUp, visitor } from './http/visitor.ts';
import { createPrinter } from './minutes/printer.ts';

export type App = Hono<Env>;
const comeBackMs = 2000;

export function buildApp(deps: Deps, casts: CastCounts): App {
  const getPath = (request: Request) =>
    plainPath(withoutBasePath(new URL(request.url).pathname, basePathOf(deps.address.baseUrl)));
  const app = new Hono<Env>({ getPath });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return refuse(deps, c, 'malformed-request');
    const id = c.get('requestId');
    if (!deps.db.isFull() && deps.db.isAway(error)) {
      deps.log.error({ id, error: error.message }, 'The database does not answer.');
      return refuse(deps, c, 'database-away', { retryAfter: Date.now() + comeBackMs });
    }
    deps.log.error({ id, error: error.stack }, 'A request failed.');
    if (deps.db.isFull()) return refuse(deps, c, 'no-room', { values: { id }, members: { requestId: id } });
    return refuse(deps, c, 'server-error', { values: { id }, members: { requestId: id } });
  });
  app.notFound((c) => refuse(deps, c, 'not-found'));
  app.use(requestLog(deps.log, casts), requestMetrics(deps.metrics), securityHeaders(deps));
  app.route('/', healthRoutes(deps));
  app.route('/', metricsRoutes(deps));
  app.route('/', assetRoutes(deps));
  app.use(compressedPages());
  app.use(visitor(deps), plainPaths(deps), bodyLimits(deps), originCheck(deps));
  app.route('/', setup(deps));
  app.use(requireSetUp(deps));
  if (deps.demo) for (const routes of [demoRoutes, demoMailRoutes]) app.route('/', routes(deps, deps.demo));
  app.use('/elections/:id/*', rehearsalMark(deps));
  for (const routes of [
    home,
    logoRoutes,
    publicElections,
    receiptPages,
    boards,
    trusteePages,
    registrarPages,
    booth,
    castRoutes,
    login,
  ])
    app.route('/', routes(deps));
  for (const routes of [consoleHome, recovery, elections, contests, candidates, arming]) app.route('/', routes(deps));
  for (const routes of [directorySearch, directoryUnits, directoryApi]) app.route('/', routes(deps));
  for (const routes of [voters, voterExport, voterImports, voterMails, voter]) app.route('/', routes(deps));
  for (const routes of [
    passwordLinks,
    passwordResets,
    account,
    secondStep,
    passkeyDoors,
    passkeysApi,
    users,
    approvals,
  ])
    app.route('/', routes(deps));
  for (const routes of [possessions, sheets, deliberations, results, shortPaths]) app.route('/', routes(deps));
  app.route('/', trustees(deps));
  app.route('/', credentials(deps));
  for (const routes of [changes, copies, archives, rehearsals]) app.route('/', routes(deps));
  for (const routes of [liveApi, screens]) app.route('/', routes(deps));
  for (const routes of [buildings, iconApi, participation, statements, verifyPages]) app.route('/', routes(deps));
  const print = createPrinter();
  for (const routes of [system, audit, integrity]) app.route('/', routes(deps));
  for (const routes of [minutes, publicMinutes]) app.route('/', routes(deps, print));
  for (const routes of [mails, mailTexts, mailingsApi, configure, mailTrials, directory]) app.route('/', routes(deps));
  for (const routes of [armingApi, deliberationApi, possessionsApi, readinessApi, trusteesApi, registrarsApi])
    app.route('/', routes(deps));
  return app;
}
