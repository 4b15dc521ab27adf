// The integrity panel of an election.

import { Hono } from 'hono';
import type { Election } from '../../domain/elections.ts';
import { checkElection, type IntegrityRow, readIntegrity } from '../../domain/integrity.ts';
import { type CheckView, integrityPage, type SealedFacts } from '../../views/integrity.ts';
import type { Page } from '../../views/page.ts';
import { chainFault } from '../audit-view.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { soon } from '../patience.ts';
import { requireObserver } from '../scopes.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';

const path = '/console/elections/:id/integrity';
/** A large box takes longer than a person waits: then the page says that the check goes on. */
const patienceMs = 3000;

export function integrity(deps: Deps): Hono<Env> {
  return new Hono<Env>().get(path, (c) => show(deps, c)).post(`${path}/check`, (c) => check(deps, c));
}

async function show(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const page = pageOf(deps, c);
  const outcomes = await readIntegrity(deps.db.reader, election.id);
  const checks = (['counts', 'box', 'chain'] as const).map((name) => checkView(page, name, outcomes[name]));
  const view = { election: head, zone: election.zone, checks, sealed: sealedOf(election), done: doneOf(deps, c) };
  return c.html(integrityPage(page, view));
}

async function check(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered.refusal;
  const { id } = entered.election;
  const checked = checkElection(deps.db, deps.inspect, id).then(() => 'checked' as const);
  const done = await soon(deps, checked, patienceMs);
  return redirectDone(deps, c, `/console/elections/${id}/integrity`, done ?? 'checking');
}

function checkView(page: Page, name: CheckView['name'], row: IntegrityRow | undefined): CheckView {
  return {
    name,
    checkedAt: row?.checked_at ?? undefined,
    fault: row && row.fault !== '' ? faultOf(page, name, row.fault) : undefined,
    since: row?.since ?? undefined,
    checks: row?.checks ?? 0,
    failures: row?.failures ?? 0,
    failedAt: row?.failed_at ?? undefined,
  };
}

function faultOf(page: Page, name: CheckView['name'], fault: string): string {
  if (name === 'chain') return chainFault(page, fault) ?? '';
  const known = ['counts-differ', 'sealed-counts-differ', 'box-differs'] as const;
  return page.t(`integrity.fault-${known.find((one) => one === fault) ?? 'box-differs'}`);
}

/** Once the box is sealed its numbers are public. */
function sealedOf({ sealed_at, ballot_count, signature_count, box_hash }: Election): SealedFacts | undefined {
  if (sealed_at === null) return undefined;
  return { sealedAt: sealed_at, ballots: ballot_count ?? 0, signatures: signature_count ?? 0, boxHash: box_hash ?? '' };
}
