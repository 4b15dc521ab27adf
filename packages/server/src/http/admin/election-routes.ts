// What every console page about an election needs: the scope, the election, its head for the frame.

import { type Election, readElection } from '../../domain/elections.ts';
import { phaseOf } from '../../domain/lifecycle.ts';
import type { Admin, ConfirmedAdmin } from '../../domain/scopes.ts';
import type { MessageKey } from '../../messages/translate.ts';
import type { ElectionHead } from '../../views/layout-console.ts';
import type { Deps, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { requireAdmin, requireConfirmed, type Scope } from '../scopes.ts';

export interface Entered<T> {
  readonly ok: true;
  readonly admin: T;
  readonly election: Election;
  readonly head: ElectionHead;
  readonly now: number;
}

type Refusal = Extract<Scope<Admin>, { ok: false }>;

async function enterWith<T>(deps: Deps, c: Request, scope: Scope<T>): Promise<Entered<T> | Refusal> {
  if (!scope.ok) return scope;
  const election = await readElection(deps.db.reader, c.req.param('id') ?? '');
  if (!election) return { ok: false, refusal: refuse(deps, c, 'unknown-election') };
  const now = await deps.db.now();
  const head = { id: election.id, name: election.name, phase: phaseOf(election, now) };
  return { ok: true, admin: scope.admin, election, head, now };
}

export const enterElection = (deps: Deps, c: Request): Promise<Entered<Admin> | Refusal> =>
  enterWith(deps, c, requireAdmin(deps, c));

/** With the password confirmed within the last minutes; `back` is the page of a form that holds nothing to lose. */
export const enterConfirmed = (deps: Deps, c: Request, back?: string): Promise<Entered<ConfirmedAdmin> | Refusal> =>
  enterWith(deps, c, requireConfirmed(deps, c, back));

const dones = ['created', 'saved', 'added', 'deleted', 'handed-out', 'published'] as const;
export type Done = (typeof dones)[number];

/** What has just been done, carried over the redirect by its name only. */
export function doneOf(deps: Deps, c: Request): string | undefined {
  const named = dones.find((done) => done === c.req.query('done'));
  return named && pageOf(deps, c).t(`done.${named}` satisfies MessageKey);
}

export const redirectDone = (deps: Deps, c: Request, path: string, done: Done): Response =>
  c.redirect(`${pageOf(deps, c).href(path)}?done=${done}`, 303);
