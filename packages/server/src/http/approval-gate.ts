// In place of the page of a deed that takes two administrators: what was asked for it and by whom, or the form to ask.

import {
  type ApprovalWish,
  approvalHours,
  findLatestApproval,
  type Gated,
  isApproved,
  type ListedApproval,
  wishOf,
} from '../domain/approvals.ts';
import type { ConfirmedAdmin } from '../domain/scopes.ts';
import { type ApprovalEntry, approvalNeededPage } from '../views/approvals.ts';
import type { ConsoleStep } from '../views/layout-console.ts';
import type { Page, Problems } from '../views/page.ts';
import type { Deps, Request } from './deps.ts';
import { pageOf } from './page.ts';
import type { Entered } from './admin/election-routes.ts';

/** What would be confirmed, in words. */
function aboutOf(page: Page, { deed, target }: Pick<ApprovalWish, 'deed' | 'target'>, zone: string): string {
  if (deed === 'extend') return page.t('approvals.about-extend', { until: page.formatInstant(Number(target), zone) });
  if (deed === 'rule-off') return '';
  return page.t(`approvals.about-${deed}`, { hash: target.replace(/(.{4})(?=.)/g, '$1 ') });
}

export function entryOf(
  page: Page,
  row: ListedApproval,
  { accountId, now }: { accountId: string; now: number },
): ApprovalEntry {
  const open = row.state === 'asked' || row.state === 'confirmed';
  return {
    id: row.id,
    deed: row.deed,
    state: open && row.expires_at <= now ? 'expired' : row.state,
    election:
      row.election_id === null || row.election_name === null
        ? undefined
        : { id: row.election_id, name: row.election_name },
    about: aboutOf(page, row, row.zone ?? 'UTC'),
    reason: row.reason,
    askedBy: row.asked_name ?? undefined,
    own: row.asked_by === accountId,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    decidedBy: row.decided_name ?? undefined,
  };
}

const steps: Readonly<Record<Gated['deed'], ConsoleStep>> = {
  arm: 'arm',
  extend: 'changes',
  deliberate: 'deliberate',
};

export interface Form {
  readonly closesAt?: string;
  readonly reason: string;
  readonly problems: Problems;
}

/** Undefined when the deed may be done; else the page that says what is missing. */
export async function gate(
  deps: Deps,
  c: Request,
  { scope, election, head, now }: Entered<ConfirmedAdmin>,
  { deed, target }: Pick<Gated, 'deed' | 'target'>,
  form: Form = { reason: '', problems: {} },
): Promise<Response | undefined> {
  const gated = { deed, target, election };
  if (await isApproved(deps.db, scope, gated)) return undefined;
  const [page, row] = [pageOf(deps, c), await findLatestApproval(deps.db.reader, wishOf(gated))];
  const view = {
    election: head,
    current: steps[deed],
    deed,
    about: aboutOf(page, { deed, target }, election.zone),
    latest: row && entryOf(page, row, { accountId: scope.accountId, now }),
    hours: approvalHours,
    zone: election.zone,
    ...form,
  };
  return c.html(approvalNeededPage(page, view), c.req.method === 'GET' ? 200 : 409);
}
