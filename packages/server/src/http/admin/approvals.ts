// Two administrators: turn the rule on, ask, confirm, refuse, withdraw. What is asked is worked out here from the election as it
// stands, never taken from the form, but for the new end.

import { definitionHash, encodeDefinition } from '@votix/protocol';
import { Hono } from 'hono';
import {
  approvalHours,
  type ApprovalWish,
  ask,
  askSchema,
  decide,
  isTwoPersonRule,
  listApprovals,
  type Refusal,
  ruleObstacle,
  turnRuleOn,
  type Verdict,
} from '../../domain/approvals.ts';
import { definitionOf } from '../../domain/arming.ts';
import { openable } from '../../domain/boxes.ts';
import { type Election, readElection } from '../../domain/elections.ts';
import type { Admin } from '../../domain/scopes.ts';
import { parseWallClock } from '../../domain/wall-clock.ts';
import { approvalsPage } from '../../views/approvals.ts';
import type { Problems } from '../../views/page.ts';
import { entryOf } from '../approval-gate.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse, sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { requireAdmin, requireConfirmed } from '../scopes.ts';
import { doneOf, redirectDone } from './election-routes.ts';

const path = '/console/approvals';
const verdicts = { confirm: 'confirmed', refuse: 'refused', withdraw: 'withdrawn' } as const;
const most = 50;

export function approvals(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>()
    .get(path, async (c) => {
      const entered = requireAdmin(deps, c);
      return entered.ok ? show(deps, c, entered.scope) : entered.refusal;
    })
    .post(path, (c) => request(deps, c))
    .post(`${path}/on`, async (c) => {
      const entered = requireConfirmed(deps, c, path);
      if (!entered.ok) return entered.refusal;
      return answer(deps, c, await turnRuleOn(deps.db, entered.scope), 'rule-on');
    });
  for (const [name, verdict] of Object.entries(verdicts))
    routes.post(`${path}/:approval/${name}`, async (c) => {
      const entered = requireConfirmed(deps, c, path);
      if (!entered.ok) return entered.refusal;
      const id = c.req.param('approval') ?? '';
      return answer(deps, c, await decide(deps.db, entered.scope, id, verdict), `approval-${verdict}` as const);
    });
  return routes;
}

type Done = 'rule-on' | 'approval-asked' | `approval-${Verdict}`;
const answer = (deps: Deps, c: Request, done: { readonly ok: true } | Refusal, told: Done) =>
  done.ok ? redirectDone(deps, c, path, told) : refuse(deps, c, done.reason);

interface Form {
  readonly reason: string;
  readonly problems: Problems;
}

async function show(deps: Deps, c: Request, { accountId }: Admin, form?: Form): Promise<Response> {
  const { reader } = deps.db;
  const [page, now, isOn] = [pageOf(deps, c), await deps.db.now(), await isTwoPersonRule(reader)];
  const obstacle = isOn ? undefined : await ruleObstacle(reader);
  const rows = isOn ? await listApprovals(reader, most) : [];
  const view = {
    isOn,
    obstacle: obstacle && sentences(deps, c, obstacle).detail,
    entries: rows.map((row) => entryOf(page, row, { accountId, now })),
    hours: approvalHours,
    zone: c.get('organisation')?.zone ?? 'UTC',
    problems: form?.problems ?? {},
    reason: form?.reason ?? '',
    done: doneOf(deps, c),
  };
  return c.html(approvalsPage(page, view), form ? 400 : 200);
}

async function request(deps: Deps, c: Request): Promise<Response> {
  const entered = requireConfirmed(deps, c);
  if (!entered.ok) return entered.refusal;
  const { deed, election: id, closesAt, reason } = await readForm(c, ['deed', 'election', 'closesAt', 'reason']);
  const election = deed === 'rule-off' ? undefined : await readElection(deps.db.reader, id);
  const wish =
    deed === 'rule-off' ? ({ deed, election_id: null, target: '' } as const) : wished(deed, election, closesAt);
  if (!wish) return refuse(deps, c, 'unknown-approval');
  const parsed = askSchema.safeParse({ reason });
  const problems = { reason: pageOf(deps, c).t('changes.wrong-reason') };
  if (!parsed.success) return show(deps, c, entered.scope, { reason, problems });
  return answer(deps, c, await ask(deps.db, entered.scope, { ...wish, ...parsed.data }), 'approval-asked');
}

/** Undefined for what nobody could do now. */
function wished(deed: string, election: Election | undefined, closesAt: string): ApprovalWish | undefined {
  if (!election) return undefined;
  const of = { election_id: election.id };
  if (deed === 'arm' && election.armed_at === null)
    return { ...of, deed, target: definitionHash(encodeDefinition(definitionOf(election))) };
  const end = deed === 'extend' ? parseWallClock(closesAt, election.zone) : undefined;
  if (deed === 'extend' && end !== undefined && end > election.closes_at) return { ...of, deed, target: String(end) };
  const box = deed === 'deliberate' ? openable(election) : undefined;
  if (deed === 'deliberate' && box?.ok) return { ...of, deed, target: box.election.box_hash };
  return undefined;
}
