// Mails of an election: what can be sent, the dry run, how a mailing goes, and the ways to pause, stop and send again.

import { Hono } from 'hono';
import { setCodeChannel } from '../../domain/code-channel.ts';
import { limitADay } from '../../domain/mail-providers.ts';
import { minutesFor, minutesLeft } from '../../domain/mailing-progress.ts';
import { type CodeChannel, codeChannels, mailKinds, type MailKind } from '../../domain/mail-texts.ts';
import {
  actOnMailing,
  type Audience,
  countCauses,
  countDeadAddresses,
  countDeliveries,
  countRecipients,
  listDeliveries,
  listMailings,
  listRecipients,
  countUndelivered,
  type MailingAct,
  mailingOf,
  mailProblem,
  type MailingRow,
  type MailingWish,
  startMailing,
} from '../../domain/mailings.ts';
import type { Admin } from '../../domain/scopes.ts';
import { listBuildings, listPromotions } from '../../domain/roll.ts';
import { isSecureBase } from '../../domain/settings.ts';
import { deliveryStatuses, mailingPage, type MailingState } from '../../views/mailing.ts';
import { mailSendPage, mailsPage, type MailOffer } from '../../views/mails.ts';
import { baseUrlOf } from '../base-url.ts';
import type { Deps, Env, Request } from '../deps.ts';
import { refuse, sentences } from '../errors.ts';
import { readForm } from '../forms.ts';
import { pageOf } from '../page.ts';
import { requireAdmin, requireConfirmed, requireObserver } from '../scopes.ts';
import { turnedTo } from '../turning.ts';
import { doneOf, enterElection, redirectDone } from './election-routes.ts';
import { filterOf, rollQueryOf } from './roll-query.ts';

const base = '/console/elections/:id/mails';
const perPage = 100;
const previewed = 3;

export function mails(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>()
    .get(base, (c) => showAll(deps, c))
    .post(`${base}/channel`, (c) => saveChannel(deps, c))
    .get(`${base}/send/:kind`, (c) => showSend(deps, c))
    .post(`${base}/send/:kind`, (c) => send(deps, c))
    .get(`${base}/:mailing`, (c) => showMailing(deps, c))
    .post(`${base}/:mailing/again`, (c) => sendAgain(deps, c));
  for (const act of ['pause', 'resume', 'cancel'] as const)
    routes.post(`${base}/:mailing/${act}`, (c) => actOn(deps, c, act));
  return routes;
}

const kindOf = (c: Request): MailKind | undefined => mailKinds.find((kind) => kind === c.req.param('kind'));

export async function mailingState(deps: Deps, mailing: MailingRow): Promise<MailingState> {
  const { id, kind, state, why, created_at: startedAt } = mailing;
  const counts = await countDeliveries(deps.db.reader, id);
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return { id, kind, state, why, startedAt, counts, total };
}

/** Kinds that make sense with the way codes take. */
export const offeredKinds = (channel: CodeChannel): readonly MailKind[] =>
  mailKinds.filter((kind) => kind !== 'code' || channel === 'own-mail');

export async function conditionsOf(deps: Deps, c: Request) {
  const settings = await deps.postman.readSettings();
  return { secure: isSecureBase(baseUrlOf(deps, c)), mailReady: settings !== undefined, settings };
}

async function showAll(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const { secure, mailReady, settings } = await conditionsOf(deps, c);
  const rows = await listMailings(deps.db.reader, election.id);
  const channel = election.code_channel as CodeChannel;
  const offer = async (kind: MailKind): Promise<MailOffer> => {
    const hadMailing = kind !== 'reminder' && rows.some((row) => row.kind === kind);
    const unready = mailReady ? undefined : 'mail-not-set-up';
    const problem = unready ?? (secure ? mailProblem(kind, head.phase) : 'insecure-base-url');
    return {
      kind,
      recipients: await countRecipients(deps.db.reader, election.id, kind),
      late: hadMailing ? await countRecipients(deps.db.reader, election.id, kind, { late: true }) : 0,
      obstacle: problem && sentences(deps, c, problem).detail,
      running: rows.find((row) => row.kind === kind && ['running', 'paused', 'stopped'].includes(row.state))?.id,
    };
  };
  const offers: MailOffer[] = [];
  for (const kind of offeredKinds(channel)) offers.push(await offer(kind));
  const mailings: MailingState[] = [];
  for (const row of rows) mailings.push(await mailingState(deps, row));
  const arrival = settings && {
    domain: settings.from.slice(settings.from.lastIndexOf('@') + 1),
    found: c.req.query('arrival') === 'yes' ? await deps.postman.checkArrival() : undefined,
    path: `/console/elections/${election.id}/mails`,
  };
  const returns = await deps.postman.readReturns();
  const deadAddresses = await countDeadAddresses(deps.db.reader, election.id);
  const shared = { election: head, channel, channels: codeChannels, zone: election.zone, done: doneOf(deps, c) };
  return c.html(
    mailsPage(pageOf(deps, c), {
      ...shared,
      offers,
      mailings,
      arrival,
      returns,
      deadAddresses,
      isServerMissing: !mailReady,
    }),
  );
}

async function saveChannel(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const { channel } = await readForm(c, ['channel']);
  const chosen = codeChannels.find((known) => known === channel);
  if (!chosen) return refuse(deps, c, 'malformed-request');
  const saved = await setCodeChannel(deps.db, entered.scope, entered.election.id, chosen);
  if (!saved.ok) return refuse(deps, c, saved.reason);
  return redirectDone(deps, c, `/console/elections/${entered.election.id}/mails`, 'saved');
}

/** Buildings and promotions are asked for as on the roll. */
function audienceOf(c: Request): Audience {
  const { building, promotion } = filterOf(rollQueryOf(c), 0);
  return { building, promotion, late: c.req.query('late') === 'yes' };
}

async function showSend(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const { db, postman } = deps;
  const kind = kindOf(c);
  if (!kind) return refuse(deps, c, 'not-found');
  const { secure, settings } = await conditionsOf(deps, c);
  if (!settings) return refuse(deps, c, 'mail-not-set-up');
  if (!secure) return refuse(deps, c, 'insecure-base-url');
  const problem = mailProblem(kind, head.phase);
  if (problem) return refuse(deps, c, problem);
  if ((await countRecipients(db.reader, election.id, kind)) === 0) return refuse(deps, c, 'nobody-to-mail');
  const [page, audience] = [pageOf(deps, c), audienceOf(c)];
  const previews = [];
  for (const voterId of await listRecipients(db.reader, election.id, kind, audience, previewed)) {
    const letter = await postman.preview({ electionId: election.id, kind, voterId });
    if (letter) previews.push(letter);
  }
  const recipients = await countRecipients(db.reader, election.id, kind, audience);
  const minutes = minutesFor(recipients, settings.perMinute);
  const view = {
    election: head,
    kind,
    query: rollQueryOf(c),
    choices: {
      buildings: await listBuildings(db.reader),
      promotions: await listPromotions(db.reader, election.id),
    },
    recipients,
    deadAddresses: await countDeadAddresses(db.reader, election.id),
    previews,
    duration: page.t('mailing.minutes', { minutes }),
    perDay: limitADay(settings.host, recipients),
  };
  return c.html(mailSendPage(page, view));
}

async function send(deps: Deps, c: Request): Promise<Response> {
  const kind = kindOf(c);
  const back = `/console/elections/${c.req.param('id')}/mails`;
  const entered = await enterElection(deps, c, requireConfirmed(deps, c, back));
  if (!entered.ok) return entered.refusal;
  if (!kind) return refuse(deps, c, 'not-found');
  return start(deps, c, entered.scope, { electionId: entered.election.id, kind, audience: audienceOf(c) });
}

async function start(deps: Deps, c: Request, scope: Admin, wish: MailingWish): Promise<Response> {
  const started = await startMailing(deps.db, scope, wish, await conditionsOf(deps, c));
  if (!started.ok) return refuse(deps, c, started.reason);
  deps.postman.wake();
  return redirectDone(deps, c, `/console/elections/${wish.electionId}/mails/${started.mailingId}`, 'mailing-started');
}

async function showMailing(deps: Deps, c: Request): Promise<Response> {
  const entered = await enterElection(deps, c, requireObserver(deps, c));
  if (!entered.ok) return entered.refusal;
  const { election, head } = entered;
  const found = await mailingOf(deps.db.reader, election.id, c.req.param('mailing') ?? '');
  if (!found) return refuse(deps, c, 'unknown-mailing');
  const page = pageOf(deps, c);
  const mailing = await mailingState(deps, found);
  const status = deliveryStatuses.find((known) => known === c.req.query('status'));
  const listed = status === undefined ? mailing.total : (mailing.counts[status] ?? 0);
  const { pageNumber, pageCount, ...range } = turnedTo(c, listed, perPage);
  const rows = await listDeliveries(deps.db.reader, found.id, { status, ...range });
  const recipients = rows.map((row) => ({
    voterId: row.voter_id,
    name: `${row.last_name} ${row.first_name}`,
    email: row.email,
    status: row.status,
    cause: row.cause,
    replyCode: row.reply_code,
  }));
  const canSendAgain = mailing.state === 'finished' && mailProblem(mailing.kind, head.phase) === undefined;
  const view = {
    election: head,
    zone: election.zone,
    mailing,
    remaining: await remainingOf(deps, c, mailing),
    causes: await countCauses(deps.db.reader, found.id),
    recipients,
    status,
    pageNumber,
    pageCount,
    again: canSendAgain ? await countUndelivered(deps.db.reader, found) : 0,
    deadAddresses: canSendAgain ? await countDeadAddresses(deps.db.reader, election.id) : 0,
    mayAct: page.account?.role === 'admin',
    done: doneOf(deps, c),
  };
  return c.html(mailingPage(page, view));
}

/** From the pace in force; deferred ones wait for their own time. */
export async function remainingOf(deps: Deps, c: Request, mailing: MailingState): Promise<string | undefined> {
  const settings = await deps.postman.readSettings();
  const minutes = settings && minutesLeft(mailing, settings.perMinute);
  if (minutes === undefined) return undefined;
  const { t } = pageOf(deps, c);
  return t('mailing.remaining', { duration: t('mailing.minutes', { minutes }) });
}

async function actOn(deps: Deps, c: Request, act: MailingAct): Promise<Response> {
  const entered = await enterElection(deps, c, requireAdmin(deps, c));
  if (!entered.ok) return entered.refusal;
  const [electionId, mailingId] = [entered.election.id, c.req.param('mailing') ?? ''];
  const acted = await actOnMailing(deps.db, entered.scope, { electionId, mailingId, act });
  if (!acted.ok) return refuse(deps, c, acted.reason);
  deps.postman.wake();
  return redirectDone(deps, c, `/console/elections/${electionId}/mails/${mailingId}`, 'saved');
}

/** Those whose mail was refused or is unknown, on purpose and by hand. */
async function sendAgain(deps: Deps, c: Request): Promise<Response> {
  const back = `/console/elections/${c.req.param('id')}/mails/${c.req.param('mailing')}`;
  const entered = await enterElection(deps, c, requireConfirmed(deps, c, back));
  if (!entered.ok) return entered.refusal;
  const electionId = entered.election.id;
  const found = await mailingOf(deps.db.reader, electionId, c.req.param('mailing') ?? '');
  if (!found) return refuse(deps, c, 'unknown-mailing');
  return start(deps, c, entered.scope, { electionId, kind: found.kind, again: found.id });
}
