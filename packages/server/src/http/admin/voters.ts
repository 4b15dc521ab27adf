// The roll: the list with its filters and its form, and the removal of all who match.

import { Hono } from 'hono';
import { countLocked } from '../../domain/links.ts';
import { readParticipation } from '../../domain/participation.ts';
import type { CodeChannel } from '../../domain/mail-texts.ts';
import { listMailings } from '../../domain/mailings.ts';
import { listBuildings, listMailStates, listPromotions, type MailsByKind, readRoll } from '../../domain/roll.ts';
import { addVoter, clearRoll, type FormRefusal, reasonSchema } from '../../domain/roll-changes.ts';
import { type VoterDraft, type VoterOnRoll, voterSchema } from '../../domain/voters.ts';
import type { Page, Problems } from '../../views/page.ts';
import { type RollQuery, rollSearch } from '../../views/roll-query.ts';
import type { DirectoryHead } from '../../views/directory-search.ts';
import type { VoterChoices, VoterValues } from '../../views/voter-form.ts';
import { voterRemovalPage } from '../../views/voter-removal.ts';
import { type VoterRow, votersPage } from '../../views/voters.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireMember, requireTechnician } from '../scopes.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';
import { offeredKinds } from './mails.ts';
import { filterOf, orderOf, rollQueryOf } from './roll-query.ts';

const list = '/console/elections/:id/voters';
const voterFields = ['lastName', 'firstName', 'email', 'promotion', 'building', 'language', 'reason'] as const;
const noValues: VoterValues = {
  lastName: '',
  firstName: '',
  email: '',
  promotion: '',
  building: '',
  language: '',
  reason: '',
};

export function voters(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(list, (c) => showList(deps, c))
    .post(list, (c) => addOne(deps, c))
    .get(`${list}/remove`, (c) => showRemoval(deps, c))
    .post(`${list}/remove`, (c) => removeMany(deps, c));
}

export interface VoterForm {
  readonly values: VoterValues;
  readonly problems: Problems;
}

async function showList(deps: Deps, c: Request, form?: VoterForm): Promise<Response> {
  const entered = await enterElection(deps, c, requireMember(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, now } = entered;
  const { db } = deps;
  const query = rollQueryOf(c);
  const request = { filter: filterOf(query, now), ...orderOf(query), page: query.page };
  const found = await readRoll(db.reader, election.id, request);
  const participation = await readParticipation(db.reader, election, now);
  const locked = await countLocked(db.reader, election.id, now);
  const mailings = await listMailings(db.reader, election.id);
  const sent = await listMailStates(db.reader, mailings.length === 0 ? [] : found.voters.map(({ id }) => id));
  const view = {
    election: head,
    zone: election.zone,
    query: { ...query, page: found.page },
    filters: {
      buildings: await listBuildings(db.reader),
      promotions: await listPromotions(db.reader, election.id),
      mailKinds: mailings.length === 0 ? [] : offeredKinds(election.code_channel as CodeChannel),
    },
    choices: await voterChoices(deps, c, election.id),
    voters: found.voters.map((row) => ({ ...rowOf(row, now), mailTroubles: troublesOf(sent.get(row.id)) })),
    pageCount: found.pages,
    counts: { ...participation, locked, matching: found.matching },
    values: form?.values ?? noValues,
    problems: form?.problems ?? {},
    purgedAt: election.purged_at ?? undefined,
    done: doneOf(deps, c),
    directory: await directoryOf(deps, c),
  };
  const isWrong = Object.keys(view.problems).length > 0;
  return c.html(votersPage(pageOf(deps, c), view), isWrong ? 400 : 200);
}

/** The form with somebody of the directory in it. */
export const showFilled = (
  deps: Deps,
  c: Request,
  values: Pick<VoterValues, 'lastName' | 'firstName' | 'email'>,
): Promise<Response> => showList(deps, c, { values: { ...noValues, ...values }, problems: {} });

async function directoryOf(deps: Deps, c: Request): Promise<DirectoryHead | undefined> {
  const { t, account } = pageOf(deps, c);
  if (account?.role === 'observer') return undefined;
  const { connection } = await deps.directory.read();
  if (!connection) return undefined;
  const { hasUnits, problem } = connection;
  const told = problem && {
    title: t(`reason.directory-${problem}.title`),
    text: t(`reason.directory-${problem}.detail`),
  };
  return { hasUnits, problem: told };
}

export const rowOf = (row: VoterOnRoll, now: number): VoterRow => ({
  id: row.id,
  lastName: row.last_name,
  firstName: row.first_name,
  email: row.email,
  promotion: row.promotion,
  building: row.building ?? '',
  language: row.language,
  votedOn: row.signed_on ?? undefined,
  lockedUntil: row.locked_until !== null && row.locked_until > now ? row.locked_until : undefined,
});

const troubles = ['rejected', 'deferred', 'unknown'] as const;

/** What of a voter's mails somebody should look at. */
const troublesOf = (sent: MailsByKind = new Map()) =>
  [...sent].flatMap(([kind, status]) => {
    const state = troubles.find((trouble) => trouble === status);
    return state === undefined ? [] : [{ kind, state }];
  });

const mostOffered = 200;

/** What the form of a voter offers. */
export async function voterChoices({ db }: Deps, c: Request, electionId: string): Promise<VoterChoices> {
  const { promotionList, organisation } = c.get('settings');
  const promotions = (await listPromotions(db.reader, electionId)).filter(Boolean);
  const buildings = (await listBuildings(db.reader)).map(({ name }) => name);
  return {
    language: organisation?.language ?? 'en',
    promotionList,
    promotions: promotions.slice(0, mostOffered),
    buildings: buildings.slice(0, mostOffered),
  };
}

export type ReadVoter =
  | { readonly ok: true; readonly draft: VoterDraft; readonly reason: string; readonly values: VoterValues }
  | { readonly ok: false; readonly form: VoterForm };

/** The form of a voter: everything wrong at once. */
export async function readVoter(page: Page, c: Request): Promise<ReadVoter> {
  const values = await readForm(c, voterFields);
  const { reason, ...fields } = values;
  const [draft, why] = [voterSchema.safeParse(fields), reasonSchema.safeParse(reason)];
  if (draft.success && why.success) return { ok: true, draft: draft.data, reason: why.data, values };
  const problems = draft.success ? {} : problemsOf(page, draft.error);
  return {
    ok: false,
    form: { values, problems: { ...problems, ...(!why.success && { reason: page.t('field.reason-long') }) } },
  };
}

export const isAboutForm = (refused: { readonly reason: string }): refused is FormRefusal =>
  ['known-email', 'reason-missing', 'against-rules'].includes(refused.reason);

/** What the domain found wrong about a voter's fields. */
export function fieldProblems(page: Page, refused: FormRefusal): Problems {
  if (refused.reason === 'known-email') return { email: page.t('field.known-email') };
  if (refused.reason === 'reason-missing') return { reason: page.t('field.reason') };
  return Object.fromEntries(
    refused.problems.map(({ field, reason, detail }) => [
      field,
      page.t(`field.${reason}`, { detail: detail || 'none' }),
    ]),
  );
}

async function addOne(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const page = pageOf(deps, c);
  const read = await readVoter(page, c);
  if (!read.ok) return showList(deps, c, read.form);
  const change = { electionId: entered.election.id, reason: read.reason, rules: c.get('settings') };
  const added = await addVoter(deps.db, deps.vault, entered.scope, change, read.draft);
  const done = added.ok && added.isReserve ? 'added-reserve' : 'added';
  if (added.ok) return redirectDone(deps, c, pathOf(change.electionId, rollQueryOf(c)), done);
  if (!isAboutForm(added)) return refuse(deps, c, added.reason);
  return showList(deps, c, { values: read.values, problems: fieldProblems(page, added) });
}

export const pathOf = (electionId: string, query: RollQuery): string =>
  `/console/elections/${electionId}/voters${rollSearch(query)}`;

const firstShown = 10;

async function showRemoval(deps: Deps, c: Request, problems: Problems = {}, status: 200 | 400 | 409 = 200) {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, now } = entered;
  if (head.phase !== 'draft') return refuse(deps, c, 'election-armed');
  const query = { ...rollQueryOf(c), page: 1 };
  const request = { filter: filterOf(query, now), ...orderOf(query), page: 1 };
  const { matching, voters: found } = await readRoll(deps.db.reader, election.id, request);
  const shown = found.slice(0, firstShown).map((row) => rowOf(row, now));
  return c.html(
    voterRemovalPage(pageOf(deps, c), { election: head, query, matching, voters: shown, problems }),
    status,
  );
}

const plain = (name: string) => name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();

async function removeMany(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, now, scope } = entered;
  const page = pageOf(deps, c);
  const { name, expected } = await readForm(c, ['name', 'expected']);
  if (plain(name) !== plain(election.name) && election.armed_at === null)
    return showRemoval(deps, c, { name: page.t('field.confirm-name') }, 400);
  const query = rollQueryOf(c);
  const removal = { filter: filterOf(query, now), expected: Number(expected) };
  const removed = await clearRoll(deps.db, scope, election.id, removal);
  if (removed.ok) return redirectDone(deps, c, pathOf(election.id, { ...query, page: 1 }), 'deleted');
  if (removed.reason === 'roll-changed') return showRemoval(deps, c, { form: page.t('removal.changed') }, 409);
  return refuse(deps, c, removed.reason);
}
