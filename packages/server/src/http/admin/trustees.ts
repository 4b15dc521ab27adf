// Who holds the key of a verifiable election: named here, each with a link to hand over; how far each is; how many open the box.

import { Hono } from 'hono';
import {
  addTrustee,
  isThreshold,
  readCeremony,
  readTrusteeLinks,
  removeTrustee,
  restartTrustee,
  setThreshold,
  thresholdSchema,
  type TrusteeChange,
  trusteeSchema,
} from '../../domain/trustees.ts';
import { trusteesPage, type TrusteesView } from '../../views/trustees.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import { requireAdmin } from '../scopes.ts';
import { type Done, doneOf, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/trustees';

export function trustees(deps: Deps): Hono<Env> {
  const { db, vault } = deps;
  return new Hono<Env>()
    .get(path, (c) => show(deps, c))
    .post(path, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      const { name } = await readForm(c, ['name']);
      const parsed = trusteeSchema.safeParse({ name });
      if (!parsed.success)
        return show(deps, c, {
          name,
          problems: problemsOf(pageOf(deps, c), parsed.error, { name: 'field.trustee-name' }),
        });
      return changed(
        deps,
        c,
        await addTrustee(db, vault, scope.scope, c.req.param('id'), parsed.data),
        'trustee-added',
      );
    })
    .post(`${path}/threshold`, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      const parsed = thresholdSchema.safeParse(await readForm(c, ['threshold']));
      if (!parsed.success) return refuse(deps, c, 'wrong-threshold');
      return changed(deps, c, await setThreshold(db, scope.scope, c.req.param('id'), parsed.data.threshold), 'saved');
    })
    .post(`${path}/:trustee/remove`, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      const { id, trustee } = c.req.param();
      return changed(deps, c, await removeTrustee(db, scope.scope, id, trustee), 'trustee-removed');
    })
    .post(`${path}/:trustee/restart`, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      const { id, trustee } = c.req.param();
      return changed(deps, c, await restartTrustee(db, scope.scope, id, trustee), 'trustee-restarted');
    });
}

function changed(deps: Deps, c: Request, change: TrusteeChange, done: Done): Response | Promise<Response> {
  if (!change.ok) return refuse(deps, c, change.reason);
  return redirectDone(deps, c, `/console/elections/${c.req.param('id') ?? ''}/trustees`, done);
}

type Again = Pick<TrusteesView, 'name' | 'problems'>;

async function show(deps: Deps, c: Request, again: Again = { name: '', problems: {} }) {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, scope } = entered;
  const ceremony = await readCeremony(deps.db.reader, election.id);
  if (!ceremony) return refuse(deps, c, 'other-sealing');
  const links = await readTrusteeLinks(deps.db.reader, deps.vault, scope, election.id);
  const { threshold, trustees: all } = ceremony;
  const choices = Array.from({ length: all.length }, (_, index) => index + 1).filter(
    (needed) => needed < all.length && needed > 1 && isThreshold(needed, all.length),
  );
  const view: TrusteesView = {
    election: head,
    trustees: all.map((trustee) => ({ ...trustee, link: `${baseUrlOf(deps, c)}/trustee/${links.get(trustee.id)!}` })),
    threshold,
    choices,
    canChange: election.armed_at === null,
    isOpening: election.sealed_at !== null,
    done: doneOf(deps, c),
    ...again,
  };
  return c.html(trusteesPage(pageOf(deps, c), view), Object.keys(again.problems).length > 0 ? 400 : 200);
}
