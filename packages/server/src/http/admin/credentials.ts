// Who makes the credentials of a verifiable election: the server, or a registrar, who is named here and gets a link; what became
// of the reserve.

import { Hono } from 'hono';
import {
  coverVoters,
  dismissRegistrar,
  nameRegistrar,
  readRegistrar,
  readRegistrarLink,
  registrarSchema,
  restartRegistrar,
} from '../../domain/registrars.ts';
import { listGiven } from '../../domain/reserve-credentials.ts';
import { credentialsPage, type CredentialsView } from '../../views/credentials.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { problemsOf } from '../problems.ts';
import type { Reason } from '../reasons.ts';
import { requireAdmin } from '../scopes.ts';
import { type Done, doneOf, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/credentials';

export function credentials(deps: Deps): Hono<Env> {
  const { db, vault } = deps;
  return new Hono<Env>()
    .get(path, (c) => show(deps, c))
    .post(`${path}/registrar`, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      const values = await readForm(c, ['name', 'reserve']);
      const parsed = registrarSchema.safeParse(values);
      if (!parsed.success) {
        const keys = { name: 'field.registrar-name', reserve: 'field.reserve' } as const;
        return show(deps, c, { values, problems: problemsOf(pageOf(deps, c), parsed.error, keys) });
      }
      const named = await nameRegistrar(db, vault, scope.scope, c.req.param('id'), parsed.data);
      return changed(deps, c, named, 'registrar-named');
    })
    .post(`${path}/server`, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      return changed(deps, c, await dismissRegistrar(db, scope.scope, c.req.param('id')), 'registrar-dismissed');
    })
    .post(`${path}/restart`, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      return changed(deps, c, await restartRegistrar(db, scope.scope, c.req.param('id')), 'registrar-restarted');
    })
    .post(`${path}/reserve`, async (c) => {
      const scope = requireAdmin(deps, c);
      if (!scope.ok) return scope.refusal;
      return changed(deps, c, await coverVoters(db, vault, scope.scope, c.req.param('id')), 'reserve-given');
    });
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly reason: Reason };

function changed(deps: Deps, c: Request, outcome: Outcome, done: Done): Response | Promise<Response> {
  if (!outcome.ok) return refuse(deps, c, outcome.reason);
  return redirectDone(deps, c, `/console/elections/${c.req.param('id') ?? ''}/credentials`, done);
}

type Again = Pick<CredentialsView, 'values' | 'problems'>;
const nothing: Again = { values: { name: '', reserve: '10' }, problems: {} };

async function show(deps: Deps, c: Request, again: Again = nothing) {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, scope } = entered;
  if (election.sealing !== 'verifiable') return refuse(deps, c, 'other-sealing');
  const { reader } = deps.db;
  const registrar = await readRegistrar(reader, election.id);
  const token = await readRegistrarLink(reader, deps.vault, scope, election.id);
  const given = await listGiven(reader, deps.vault, election.id);
  const view: CredentialsView = {
    election: head,
    registrar: registrar && { ...registrar, link: `${baseUrlOf(deps, c)}/registrar/${token}` },
    given: given.map(({ firstName, lastName, ...row }) => ({ ...row, name: `${firstName} ${lastName}` })),
    canChange: election.armed_at === null,
    done: doneOf(deps, c),
    ...again,
  };
  return c.html(credentialsPage(pageOf(deps, c), view), Object.keys(again.problems).length > 0 ? 400 : 200);
}
