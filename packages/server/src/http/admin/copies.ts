// A copy of an election as a new draft, and the deletion of a draft.

import { Hono } from 'hono';
import { cloneElection, cloneSchema } from '../../domain/clones.ts';
import { deleteDraft } from '../../domain/drafts.ts';
import { readRegistered } from '../../domain/participation.ts';
import { clonePage, deletionPage } from '../../views/copies.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { requireAdmin, requireConfirmed } from '../scopes.ts';
import { enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id';

export function copies(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get(`${path}/clone`, (c) => showClone(deps, c))
    .post(`${path}/clone`, (c) => clone(deps, c))
    .get(`${path}/delete`, async (c) => {
      const entered = await enterElection(deps, c, requireConfirmed(deps, c));
      if (!entered.ok) return entered.refusal;
      return c.html(deletionPage(pageOf(deps, c), { election: entered.head, name: '', problems: {} }));
    })
    .post(`${path}/delete`, (c) => remove(deps, c));
}

interface Again {
  readonly values: { readonly name: string; readonly voters: boolean };
  readonly problems: Readonly<Record<string, string>>;
}

async function showClone(deps: Deps, c: Request, again?: Again): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  if (election.rehearsal_of !== null) return refuse(deps, c, 'is-rehearsal');
  const page = pageOf(deps, c);
  const blank = { name: page.t('clone.default', { name: election.name }).slice(0, 200), voters: false };
  const { values, problems } = again ?? { values: blank, problems: {} };
  const voters = election.purged_at === null ? await readRegistered(deps.db.reader, election.id) : 0;
  return c.html(clonePage(page, { election: head, voters, values, problems }), again ? 400 : 200);
}

async function clone(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const form = await readForm(c, ['name', 'voters']);
  const values = { name: form.name, voters: form.voters === 'yes' };
  const parsed = cloneSchema.safeParse(values);
  if (!parsed.success)
    return showClone(deps, c, { values, problems: { name: pageOf(deps, c).t('field.election-name') } });
  const cloned = await cloneElection(deps.db, entered.scope, entered.election.id, parsed.data);
  if (!cloned.ok) return refuse(deps, c, cloned.reason);
  return redirectDone(deps, c, `/console/elections/${cloned.id}`, 'copied');
}

async function remove(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireConfirmed(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const { name } = await readForm(c, ['name']);
  const deleted = await deleteDraft(deps.db, entered.scope, election.id, name);
  if (deleted.ok) return redirectDone(deps, c, '/console', 'draft-deleted');
  if (deleted.reason !== 'other-name') return refuse(deps, c, deleted.reason);
  const page = pageOf(deps, c);
  const problems = { name: page.t('changes.other-name', { name: election.name }) };
  return c.html(deletionPage(page, { election: head, name, problems }), 400);
}
