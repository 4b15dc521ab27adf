// The roll: the list with its form, and the import of a spreadsheet.

import { Hono } from 'hono';
import { countLocked } from '../../domain/links.ts';
import { readParticipation } from '../../domain/participation.ts';
import { type CsvProblem, parseVoterCsv } from '../../domain/voter-csv.ts';
import { addVoters, listVoters, type VoterOnRoll, voterSchema } from '../../domain/voters.ts';
import { type ImportOutcome, voterImportPage } from '../../views/voter-import.ts';
import { type VoterRow, votersPage, type VoterValues } from '../../views/voters.ts';
import type { Page, Problems } from '../../views/page.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireMember, requireTechnician } from '../scopes.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';

const list = '/console/elections/:id/voters';
const fields = ['lastName', 'firstName', 'email', 'promotion', 'building'] as const;
const noValues: VoterValues = { lastName: '', firstName: '', email: '', promotion: '', building: '' };
const perPage = 100;

export function voters(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(list, (c) => showList(deps, c))
    .post(list, (c) => addOne(deps, c))
    .get(`${list}/import`, (c) => showImport(deps, c))
    .post(`${list}/import`, (c) => importFile(deps, c));
}

interface Form {
  readonly values: VoterValues;
  readonly problems: Problems;
}

async function showList(deps: Deps, c: Request, form?: Form): Promise<Response> {
  const entered = await enterElection(deps, c, requireMember(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, now } = entered;
  const { voted, registered, atLeast } = await readParticipation(deps.db.reader, election, now);
  const pageCount = Math.max(1, Math.ceil(registered / perPage));
  const asked = Number(c.req.query('page') ?? 1);
  const pageNumber = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pageCount) : 1;
  const rows = await listVoters(deps.db.reader, election.id, { limit: perPage, offset: (pageNumber - 1) * perPage });
  const view = {
    election: head,
    zone: election.zone,
    voters: rows.map((row) => rowOf(row, now)),
    pageNumber,
    pageCount,
    counts: {
      registered,
      voted,
      atLeast,
      locked: await countLocked(deps.db.reader, election.id, now),
    },
    values: form?.values ?? noValues,
    problems: form?.problems ?? {},
    done: doneOf(deps, c),
  };
  return c.html(votersPage(pageOf(deps, c), view), form ? 400 : 200);
}

const rowOf = (row: VoterOnRoll, now: number): VoterRow => ({
  id: row.id,
  lastName: row.last_name,
  firstName: row.first_name,
  email: row.email,
  promotion: row.promotion,
  building: row.building ?? '',
  votedOn: row.signed_on ?? undefined,
  lockedUntil: row.locked_until !== null && row.locked_until > now ? row.locked_until : undefined,
});

async function addOne(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const values = await readForm(c, fields);
  const page = pageOf(deps, c);
  const parsed = voterSchema.safeParse(values);
  if (!parsed.success) return showList(deps, c, { values, problems: problemsOf(page, parsed.error) });
  const added = await addVoters(deps.db, deps.vault, entered.scope, entered.election.id, [parsed.data]);
  if (!added.ok) return refuse(deps, c, added.reason);
  if (added.added === 0) return showList(deps, c, { values, problems: { email: page.t('field.known-email') } });
  return redirectDone(deps, c, `/console/elections/${entered.election.id}/voters`, 'added');
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
