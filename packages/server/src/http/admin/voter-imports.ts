// The import of a spreadsheet into the roll: the file, its dry run, the confirmation, the undoing.

import { Hono } from 'hono';
import type { Technician } from '../../domain/scopes.ts';
import type { CsvProblem } from '../../domain/voter-csv.ts';
import { csvLine, csvStart, csvStyle } from '../../domain/csv.ts';
import { undoImport } from '../../domain/voter-import-apply.ts';
import {
  findLastImport,
  findOwnImport,
  type ImportJob,
  type ImportSummary,
  type ImportView,
  readDryRun,
  readProblems,
  runImport,
  takeDryRun,
} from '../../domain/voter-imports.ts';
import { keepFile } from '../../domain/kept-files.ts';
import type { Page, Problems } from '../../views/page.ts';
import { type ImportState, type SummaryView, voterDryRunPage } from '../../views/voter-dry-run.ts';
import { voterImportPage } from '../../views/voter-import.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { requireTechnician } from '../scopes.ts';
import { CutOff, uploadedFile } from '../uploads.ts';
import { type Entered, enterElection, redirectDone } from './election-routes.ts';

const list = '/console/elections/:id/voters/import';
/** What takes no longer is awaited; the rest is told by the page that asks again. */
const patienceMs = 2000;

/** How many voters the imports that this process is writing have so far: nobody else sees them before the end. */
type Underway = Map<string, number>;

export function voterImports(deps: Deps): Hono<Env> {
  const underway: Underway = new Map();
  return new Hono<Env>()
    .get(list, (c) => showForm(deps, c))
    .post(list, (c) => sendFile(deps, c))
    .post(`${list}/undo`, (c) => undo(deps, c))
    .get(`${list}/:import`, (c) => showDryRun(deps, c, underway))
    .post(`${list}/:import`, (c) => confirm(deps, c, underway))
    .get(`${list}/:import/problems`, (c) => downloadProblems(deps, c));
}

async function showForm(deps: Deps, c: Request, problems: Problems = {}): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const last = await findLastImport(deps.db, entered.election.id);
  const view = { election: entered.head, zone: entered.election.zone, last, problems };
  return c.html(voterImportPage(pageOf(deps, c), view), Object.keys(problems).length > 0 ? 400 : 200);
}

/** Waits a little for the work; what it throws later is logged, as no request is there to fail. */
async function begin(deps: Deps, work: Promise<unknown>): Promise<void> {
  const told = work.catch((error: unknown) => deps.log.error({ error: String(error) }, 'An import failed.'));
  const timer = Promise.withResolvers<void>();
  const patience = setTimeout(timer.resolve, patienceMs);
  await Promise.race([told, timer.promise]);
  clearTimeout(patience);
}

const pathOf = (deps: Deps, c: Request, electionId: string, id: string): string =>
  pageOf(deps, c).href(`/console/elections/${electionId}/voters/import/${id}`);

async function sendFile(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election } = entered;
  if (election.armed_at !== null) return refuse(deps, c, 'election-armed');
  if (election.rehearsal_of !== null) return refuse(deps, c, 'test-voters');
  const page = pageOf(deps, c);
  const file = await uploadedFile(c);
  if (!file) return showForm(deps, c, { file: page.t('field.file') });
  try {
    return await beginDryRun(deps, c, entered, { bytes: file });
  } catch (error) {
    if (error instanceof CutOff) return showForm(deps, c, { file: page.t('field.file') });
    throw error;
  }
}

/** Keeps a list and leads to what it would do. */
export async function beginDryRun(
  deps: Deps,
  c: Request,
  { election, scope }: Pick<Entered<Technician>, 'election' | 'scope'>,
  list: Parameters<typeof keepFile>[4],
): Promise<Response> {
  const kept = await keepFile(deps.db, deps.vault, scope, election.id, list);
  if (!kept.ok && kept.reason === 'import-gone') return refuse(deps, c, kept.reason);
  if (!kept.ok) return showForm(deps, c, { file: pageOf(deps, c).t(`reason.${kept.reason}`) });
  const job = { id: kept.id, electionId: election.id, rules: c.get('settings') };
  await begin(deps, readDryRun(deps.db, deps.vault, job));
  return c.redirect(pathOf(deps, c, election.id, kept.id), 303);
}

type EnteredImport = Omit<Entered<Technician>, 'ok'> & { readonly job: ImportJob; readonly found: ImportView };

async function enterImport(
  deps: Deps,
  c: Request,
): Promise<({ ok: true } & EnteredImport) | { ok: false; refusal: Response | Promise<Response> }> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered;
  const job = { id: c.req.param('import') ?? '', electionId: entered.election.id, rules: c.get('settings') };
  const found = await findOwnImport(deps.db, deps.vault, entered.scope, job);
  if (!found) return { ok: false, refusal: refuse(deps, c, 'import-gone') };
  return { ...entered, job, found };
}

async function showDryRun(deps: Deps, c: Request, underway: Underway): Promise<Response> {
  const entered = await enterImport(deps, c);
  if (!entered.ok) return entered.refusal;
  const { head, found, job } = entered;
  const page = pageOf(deps, c);
  const done = underway.get(job.id);
  const state = done === undefined ? stateOf(found) : 'running';
  // Works without a script: the browser asks again by itself.
  if (state === 'reading' || state === 'running') c.header('Refresh', '1');
  const summary = found.summary && summaryView(page, found.summary);
  const view = { election: head, id: job.id, state, done: done ?? found.row.done, total: found.row.total, summary };
  return c.html(voterDryRunPage(page, view));
}

function stateOf({ row, interrupted }: ImportView): ImportState {
  if (interrupted) return 'interrupted';
  return row.state === 'undone' ? 'done' : row.state;
}

const summaryView = (page: Page, { charset, ...summary }: ImportSummary): SummaryView => ({
  ...summary,
  encoding: charset === 'utf-16le' || charset === 'utf-16be' ? 'utf-16' : charset,
  problems: summary.problems.map((problem) => ({ line: problem.line, sentence: sentenceOf(page, problem) })),
});

const sentenceOf = (page: Page, { reason, detail = '', value = '' }: CsvProblem): string =>
  page.t(`reason.${reason}`, { detail: detail || 'none' }) + (value === '' ? '' : ` (${value})`);

async function confirm(deps: Deps, c: Request, underway: Underway): Promise<Response> {
  const entered = await enterImport(deps, c);
  if (!entered.ok) return entered.refusal;
  const { election, scope, job } = entered;
  if (election.armed_at !== null) return refuse(deps, c, 'election-armed');
  if (election.rehearsal_of !== null) return refuse(deps, c, 'test-voters');
  if (underway.has(job.id)) return c.redirect(pathOf(deps, c, election.id, job.id), 303);
  const taken = await takeDryRun(deps.db, job);
  if (!taken.ok) return refuse(deps, c, taken.reason);
  const tell = (done: number) => void underway.set(job.id, done);
  tell(0);
  const running = runImport(deps.db, deps.vault, scope, job, tell);
  await begin(
    deps,
    running.finally(() => underway.delete(job.id)),
  );
  return c.redirect(pathOf(deps, c, election.id, job.id), 303);
}

async function downloadProblems(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterImport(deps, c);
  if (!entered.ok) return entered.refusal;
  const page = pageOf(deps, c);
  const problems = await readProblems(deps.db, deps.vault, entered.job);
  const lines = [[page.t('import.line'), page.t('import.problem')]];
  for (const problem of problems) lines.push([String(problem.line), sentenceOf(page, problem)]);
  const style = csvStyle(page.locale);
  return c.body(csvStart + lines.map((cells) => csvLine(cells, style)).join(''), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="import-problems.csv"',
  });
}

async function undo(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, scope } = entered;
  const { import: id } = await c.req.parseBody().catch(() => ({ import: undefined }));
  const undone = await undoImport(deps.db, scope, election.id, typeof id === 'string' ? id : '');
  if (!undone.ok) return refuse(deps, c, undone.reason);
  return redirectDone(deps, c, `/console/elections/${election.id}/voters`, 'undone');
}
