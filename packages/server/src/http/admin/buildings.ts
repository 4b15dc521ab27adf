// Buildings: the list, one building's form with its icon picker, deletion. The picker searches on the server: by a button
// that asks for the page again with everything typed, and by GET /api/icons while one types.

import { Hono } from 'hono';
import {
  addBuilding,
  type BuildingChange,
  type BuildingDraft,
  buildingSchema,
  type BuildingUse,
  editBuilding,
  findBuilding,
  listBuildings,
  listBuildingUses,
  removeBuilding,
} from '../../domain/buildings.ts';
import { type BuildingForm, buildingPage, buildingsPage } from '../../views/buildings.ts';
import type { Problems } from '../../views/page.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse, sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { findIcons } from '../icons.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireMember, requireTechnician } from '../scopes.ts';
import { doneOf, redirectDone } from './election-routes.ts';

const list = '/console/buildings';
const fields = ['name', 'colour', 'typedColour', 'icon', 'search'] as const;
type Values = Readonly<Record<(typeof fields)[number], string>>;
const keys = { name: 'field.building-name', colour: 'field.colour', icon: 'field.icon' } as const;

export function buildings(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(list, (c) => showList(deps, c))
    .get(`${list}/new`, (c) => {
      const scope = requireTechnician(deps, c);
      if (!scope.ok) return scope.refusal;
      return showForm(deps, c, { values: askedOf(c) ?? blank });
    })
    .post(`${list}/new`, async (c) => {
      const scope = requireTechnician(deps, c);
      if (!scope.ok) return scope.refusal;
      return handle(deps, c, { change: (draft) => addBuilding(deps.db, scope.scope, draft), done: 'added' });
    })
    .get(`${list}/:building`, async (c) => {
      const scope = requireTechnician(deps, c);
      if (!scope.ok) return scope.refusal;
      const found = await findBuilding(deps.db.reader, c.req.param('building'));
      if (!found) return refuse(deps, c, 'unknown-building');
      return showForm(deps, c, { id: found.id, values: askedOf(c) ?? { ...blank, ...found } });
    })
    .post(`${list}/:building`, async (c) => {
      const scope = requireTechnician(deps, c);
      if (!scope.ok) return scope.refusal;
      const id = c.req.param('building');
      if (!(await findBuilding(deps.db.reader, id))) return refuse(deps, c, 'unknown-building');
      return handle(deps, c, { id, change: (draft) => editBuilding(deps.db, scope.scope, id, draft), done: 'saved' });
    })
    .post(`${list}/:building/delete`, async (c) => {
      const scope = requireTechnician(deps, c);
      if (!scope.ok) return scope.refusal;
      const { move, moveTo } = await readForm(c, ['move', 'moveTo']);
      const removal = { id: c.req.param('building'), moveTo: move === 'yes' ? moveTo : undefined };
      const removed = await removeBuilding(deps.db, scope.scope, removal);
      return removed.ok ? redirectDone(deps, c, list, 'deleted') : refuse(deps, c, removed.reason);
    });
}

const blank: Values = { name: '', colour: '#1f7a8c', typedColour: '', icon: 'building', search: '' };

/** What the form held when its search was asked for. */
function askedOf(c: Request): Values | undefined {
  if (c.req.query('search') === undefined) return undefined;
  return Object.fromEntries(fields.map((name) => [name, (c.req.query(name) ?? '').slice(0, 200)])) as Values;
}

async function showList(deps: Deps, c: Request): Promise<Response> {
  const scope = requireMember(deps, c);
  if (!scope.ok) return scope.refusal;
  const uses = await listBuildingUses(deps.db.reader);
  const rows = (await listBuildings(deps.db.reader)).map((building) => ({
    ...building,
    elections: usesOf(uses, building.id).length,
  }));
  return c.html(buildingsPage(pageOf(deps, c), { buildings: rows, done: doneOf(deps, c) }));
}

const usesOf = (uses: readonly BuildingUse[], id: string) =>
  uses
    .filter(({ building }) => building === id)
    .map(({ election_id: id, election, armed_at, voters }) => ({ id, election, armed: armed_at !== null, voters }));

interface Shown {
  /** Undefined for a new one. */
  readonly id?: string;
  readonly values: Values;
  readonly problems?: Problems;
}

async function showForm(deps: Deps, c: Request, { id, values, problems }: Shown): Promise<Response> {
  const page = pageOf(deps, c);
  const existing = id === undefined ? undefined : await existingOf(deps, id);
  const icons = findIcons(page, [...deps.assets.icons.keys()], values);
  const view: BuildingForm = { existing, values, icons, problems: problems ?? {} };
  return c.html(buildingPage(page, view), problems ? 400 : 200);
}

async function existingOf(deps: Deps, id: string) {
  const others = (await listBuildings(deps.db.reader)).filter((building) => building.id !== id);
  return { id, uses: usesOf(await listBuildingUses(deps.db.reader), id), others };
}

/** A colour that is wrong was typed: the native field holds none. */
function besideTyped({ colour, ...problems }: Problems, { typedColour }: Values): Problems {
  if (colour === undefined) return problems;
  return typedColour.trim() === '' ? { ...problems, colour } : { ...problems, typedColour: colour };
}

interface Handling {
  readonly id?: string;
  readonly change: (draft: BuildingDraft) => Promise<BuildingChange>;
  readonly done: 'added' | 'saved';
}

async function handle(deps: Deps, c: Request, { id, change, done }: Handling): Promise<Response> {
  const values = await readForm(c, fields);
  const again = (problems: Problems) => showForm(deps, c, { ...(id !== undefined && { id }), values, problems });
  const colour = values.typedColour.trim() === '' ? values.colour : values.typedColour;
  const parsed = buildingSchema.safeParse({ name: values.name, icon: values.icon, colour });
  const page = pageOf(deps, c);
  if (!parsed.success) return again(besideTyped(problemsOf(page, parsed.error, keys), values));
  if (!deps.assets.icons.has(parsed.data.icon)) return again({ icon: page.t('field.icon') });
  const changed = await change(parsed.data);
  if (changed.ok) return redirectDone(deps, c, list, done);
  if (changed.reason !== 'same-building') return refuse(deps, c, changed.reason);
  return again({ name: sentences(deps, c, changed.reason).detail });
}
