// Mails to one voter: what became of each kind, for their page, and one of them sent to them alone. Technicians send links
// only. It takes the password, as showing the link does: whoever can change an address could have it sent to themselves.

import { Hono } from 'hono';
import { type CodeChannel, type MailKind, mailKinds } from '../../domain/mail-texts.ts';
import { listDeliveriesOfVoter, mailProblem, startMailing } from '../../domain/mailings.ts';
import type { Technician } from '../../domain/scopes.ts';
import { rollSearch } from '../../views/roll-query.ts';
import { type VoterMail, voterMailPage } from '../../views/voter-mails.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse } from '../errors.ts';
import { pageOf } from '../page.ts';
import { requireConfirmed, requireConfirmedTechnician, requireTechnician, type Scope } from '../scopes.ts';
import { redirectDone } from './election-routes.ts';
import { conditionsOf, offeredKinds } from './mails.ts';
import { rollQueryOf } from './roll-query.ts';
import { enterVoter, type EnteredVoter } from './voter-routes.ts';

const path = '/console/elections/:id/voters/:voter/mail/:kind';

export function voterMails(deps: Deps): Hono<Env> {
  return new Hono<Env>().get(path, (c) => show(deps, c)).post(path, (c) => send(deps, c));
}

const coming = ['queued', 'sending', 'deferred'];

/** Every kind that was sent or can be, for the page of a voter. */
export async function mailsOfVoter(
  deps: Deps,
  c: Request,
  { election, head, found }: Pick<EnteredVoter<unknown>, 'election' | 'head' | 'found'>,
): Promise<VoterMail[]> {
  const rows = await listDeliveriesOfVoter(deps.db.reader, found.id);
  const { secure, mailReady } = await conditionsOf(deps, c);
  const offered = offeredKinds(election.code_channel as CodeChannel);
  const role = pageOf(deps, c).account?.role;
  return mailKinds.map((kind) => {
    const row = rows.find((delivery) => delivery.kind === kind);
    const last = row && { status: row.status, cause: row.cause, replyCode: row.reply_code, at: row.changed_at };
    const mayAct = role === 'admin' || (role === 'technician' && kind === 'link');
    const isPossible = secure && mailReady && found.signed_on === null && mailProblem(kind, head.phase) === undefined;
    const canSend = mayAct && isPossible && offered.includes(kind) && !coming.includes(row?.status ?? '');
    return { kind, last, canSend };
  });
}

const kindOf = (c: Request): MailKind | undefined => mailKinds.find((kind) => kind === c.req.param('kind'));

async function show(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterVoter(deps, c, requireTechnician(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head, row } = entered;
  const kind = kindOf(c);
  if (!kind) return refuse(deps, c, 'not-found');
  const mail = (await mailsOfVoter(deps, c, entered)).find((known) => known.kind === kind);
  if (kind !== 'link' && pageOf(deps, c).account?.role !== 'admin') return refuse(deps, c, 'role-required');
  const { secure, mailReady } = await conditionsOf(deps, c);
  if (!mailReady) return refuse(deps, c, 'mail-not-set-up');
  if (!secure) return refuse(deps, c, 'insecure-base-url');
  const problem = mailProblem(kind, head.phase);
  if (problem) return refuse(deps, c, problem);
  if (row.votedOn !== undefined) return refuse(deps, c, 'voter-has-voted');
  const letter = await deps.postman.preview({ electionId: election.id, kind, voterId: row.id });
  if (!mail?.canSend || !letter) return refuse(deps, c, 'nobody-to-mail');
  const isSecond = ['accepted', 'unknown'].includes(mail.last?.status ?? '');
  const view = { election: head, voter: row, query: rollQueryOf(c), kind, letter, isSecond };
  return c.html(voterMailPage(pageOf(deps, c), view));
}

const scopeFor = (deps: Deps, c: Request, kind: MailKind | undefined): Scope<Technician> =>
  kind === 'link' ? requireConfirmedTechnician(deps, c, c.req.path) : requireConfirmed(deps, c, c.req.path);

async function send(deps: Deps, c: Request): Promise<Response> {
  const kind = kindOf(c);
  const entered = await enterVoter(deps, c, scopeFor(deps, c, kind));
  if (!entered.ok) return entered.refusal;
  const { election, scope, row } = entered;
  if (!kind) return refuse(deps, c, 'not-found');
  if (row.votedOn !== undefined) return refuse(deps, c, 'voter-has-voted');
  const wish = { electionId: election.id, kind, voterIds: [row.id] };
  const started = await startMailing(deps.db, scope, wish, await conditionsOf(deps, c));
  if (!started.ok) return refuse(deps, c, started.reason);
  deps.postman.wake();
  const back = `/console/elections/${election.id}/voters/${row.id}${rollSearch(rollQueryOf(c))}`;
  return redirectDone(deps, c, back, 'mailing-started');
}
