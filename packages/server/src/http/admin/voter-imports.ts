// The import of a spreadsheet into the roll.

import { Hono } from 'hono';
import { type CsvProblem, parseVoterCsv } from '../../domain/voter-csv.ts';
import { addVoters } from '../../domain/voters.ts';
import type { Page, Problems } from '../../views/page.ts';
import { type ImportOutcome, voterImportPage } from '../../views/voter-import.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { requireTechnician } from '../scopes.ts';
import { enterElection } from './election-routes.ts';

const list = '/console/elections/:id/voters/import';

export function voterImports(deps: Deps): Hono<Env> {
  return new Hono<Env>().get(list, (c) => showImport(deps, c)).post(list, (c) => importFile(deps, c));
}

async function showImport(deps: Deps, c: Request, shown?: { outcome?: ImportOutcome; problems?: Problems }) {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const view = { election: entered.head, outcome: shown?.outcome, problems: shown?.problems ?? {} };
  const refused = shown?.problems || shown?.outcome?.kind === 'refused';
  return c.html(voterImportPage(pageOf(deps, c), view), refused ? 400 : 200);
}

async function importFile(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const page = pageOf(deps, c);
  const { file } = await c.req.parseBody().catch(() => ({ file: undefined }));
  if (!(file instanceof File) || file.name === '')
    return showImport(deps, c, { problems: { file: page.t('field.file') } });
  const parsed = parseVoterCsv(new Uint8Array(await file.arrayBuffer()));
  if (!parsed.ok) return showImport(deps, c, { outcome: refusedImport(page, parsed.problems) });
  const added = await addVoters(deps.db, deps.vault, entered.scope, entered.election.id, parsed.voters);
  if (!added.ok) return refuse(deps, c, added.reason);
  return showImport(deps, c, { outcome: { kind: 'imported', added: added.added, known: added.known } });
}

const refusedImport = (page: Page, problems: readonly CsvProblem[]): ImportOutcome => ({
  kind: 'refused',
  problems: problems.map(({ line, reason, detail = '' }) => ({
    line,
    sentence: page.t(`reason.${reason}`, { detail }),
  })),
});
