// Sending to many: who gets what, as rows of an outbox written in one transaction. Nothing here speaks SMTP; the worker in
// mail/ takes the rows. A mailing can be paused, taken up again and cancelled; what is unknown is sent again by hand only.

import { randomUUID } from 'node:crypto';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { lockElection } from '../storage/elections.ts';
import {
  cancelWaiting,
  countCauses,
  countDeliveries,
  type DeliveryRow,
  insertDeliveries,
  listDeliveries,
  listDeliveriesOfVoter,
  nextRound,
} from '../storage/deliveries.ts';
import { findMailing, insertMailing, listMailings, type MailingRow, updateMailing } from '../storage/mailings.ts';
import {
  type Audience,
  countDeadAddresses,
  countRecipients,
  countUndelivered,
  listRecipients,
  listUndelivered,
  withoutComing,
} from '../storage/recipients.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import type { ElectionRow } from './elections.ts';
import { type Phase, phaseOf } from './lifecycle.ts';
import type { MailKind } from './mail-texts.ts';
import type { Admin, Technician } from './scopes.ts';

export {
  type Audience,
  countCauses,
  countDeadAddresses,
  countDeliveries,
  countRecipients,
  countUndelivered,
  findMailing,
  listDeliveries,
  listDeliveriesOfVoter,
  listMailings,
  listRecipients,
  type MailingRow,
};

export type MailRefusal =
  | 'unknown-election'
  | 'election-not-armed'
  | 'election-closed'
  | 'nobody-to-mail'
  | 'insecure-base-url'
  | 'mail-not-set-up'
  | 'mailing-running';

/** Invitations may go out early; what holds a way in only once there is something to vote on; nothing after the end. */
export function mailProblem(kind: MailKind, phase: Phase): 'election-not-armed' | 'election-closed' | undefined {
  if (phase === 'draft') return kind === 'invitation' ? undefined : 'election-not-armed';
  if (phase === 'armed') return kind === 'reminder' ? 'election-not-armed' : undefined;
  return phase === 'open' ? undefined : 'election-closed';
}

export interface MailConditions {
  /** The base URL lets browsers do cryptography. */
  readonly secure: boolean;
  /** A mail server is set. */
  readonly mailReady: boolean;
}

export type Started =
  | { readonly ok: true; readonly mailingId: string; readonly recipients: number }
  | { readonly ok: false; readonly reason: MailRefusal };

/** To whom: with nothing said, to all who lack it (for reminders, to all who have not voted). */
export interface MailingWish {
  readonly electionId: string;
  readonly kind: MailKind;
  /** Of all who lack it, only these. */
  readonly audience?: Audience | undefined;
  /** Those of this former mailing whose mail was refused or is unknown. */
  readonly again?: string | undefined;
  /** These voters, whatever they have got, unless it is on its way to them. */
  readonly voterIds?: readonly string[] | undefined;
}

const delivery = (mailing: MailingRow, voterId: string): DeliveryRow => ({
  id: randomUUID(),
  mailing_id: mailing.id,
  election_id: mailing.election_id,
  voter_id: voterId,
  kind: mailing.kind,
  round: mailing.round,
  status: 'queued',
  cause: '',
  reply_code: '',
  attempts: 0,
  due_at: mailing.created_at,
  lease_until: null,
  changed_at: mailing.created_at,
});

/** All rows or none. Two administrators who press at once start one mailing: the second finds nobody, or one that runs. */
export async function startMailing(
  db: Database,
  actor: Admin | Technician | 'command',
  wish: MailingWish,
  conditions: MailConditions,
): Promise<Started> {
  const { electionId, kind, voterIds } = wish;
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, electionId);
    const now = await db.now(tx);
    const problem = refusalOf(election, kind, conditions, now);
    if (problem) return { ok: false, reason: problem };
    if (isForAll(wish) && (await isRunning(tx, electionId, kind))) return { ok: false, reason: 'mailing-running' };
    const recipients = await recipientsOf(tx, wish);
    if (recipients.length === 0) return { ok: false, reason: 'nobody-to-mail' };
    const order = { electionId, kind, recipients, now, actor: typeof actor === 'string' ? actor : actor.accountId };
    const mailingId = await openMailing(tx, order);
    const subject = voterIds?.length === 1 ? voterIds[0] : undefined;
    const details = { kind, recipients: recipients.length };
    await recordAudit(db, tx, { actor, action: 'mailing-started', electionId, subject, details });
    return { ok: true, mailingId, recipients: recipients.length };
  });
}

const isForAll = ({ audience, again, voterIds }: MailingWish): boolean =>
  again === undefined && voterIds === undefined && audience?.late !== true;

async function recipientsOf(
  tx: Writer,
  { electionId, kind, audience, again, voterIds }: MailingWish,
): Promise<string[]> {
  if (again !== undefined) return listUndelivered(tx, { id: again, election_id: electionId });
  if (voterIds === undefined) return listRecipients(tx, electionId, kind, audience);
  return voterIds.length === 0 ? [] : withoutComing(tx, kind, voterIds);
}

interface Order {
  readonly electionId: string;
  readonly kind: MailKind;
  readonly recipients: readonly string[];
  readonly now: Instant;
  readonly actor: string;
}

/** The rows alone, for whoever has looked at the conditions and holds the election. */
export async function openMailing(tx: Writer, { electionId, kind, recipients, now, actor }: Order): Promise<string> {
  const mailing: MailingRow = {
    id: randomUUID(),
    election_id: electionId,
    kind,
    round: await nextRound(tx, electionId, kind),
    state: 'running',
    why: '',
    created_at: now,
    created_by: actor,
  };
  await insertMailing(tx, mailing);
  await insertDeliveries(
    tx,
    recipients.map((voterId) => delivery(mailing, voterId)),
  );
  return mailing.id;
}

function refusalOf(
  election: ElectionRow | undefined,
  kind: MailKind,
  { secure, mailReady }: MailConditions,
  now: Instant,
): MailRefusal | undefined {
  if (!election) return 'unknown-election';
  if (!mailReady) return 'mail-not-set-up';
  if (!secure) return 'insecure-base-url';
  return mailProblem(kind, phaseOf(election, now));
}

async function isRunning(db: Reader, electionId: string, kind: MailKind): Promise<boolean> {
  const mailings = await listMailings(db, electionId);
  return mailings.some(({ kind: other, state }) => other === kind && (state === 'running' || state === 'paused'));
}

export type MailingAct = 'pause' | 'resume' | 'cancel';

export type Acted = { readonly ok: true } | { readonly ok: false; readonly reason: 'unknown-mailing' | 'mailing-over' };

const acts: Readonly<Record<MailingAct, { from: readonly MailingRow['state'][]; to: MailingRow['state'] }>> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'stopped'], to: 'running' },
  cancel: { from: ['running', 'paused', 'stopped'], to: 'cancelled' },
};

/** What is on its way right now is finished all the same. */
export async function actOnMailing(
  db: Database,
  actor: Admin,
  { electionId, mailingId, act }: { readonly electionId: string; readonly mailingId: string; readonly act: MailingAct },
): Promise<Acted> {
  return db.write(async (tx) => {
    await lockElection(db, tx, electionId);
    const mailing = await mailingOf(tx, electionId, mailingId);
    if (!mailing) return { ok: false, reason: 'unknown-mailing' };
    const { from, to } = acts[act];
    if (!from.includes(mailing.state)) return { ok: false, reason: 'mailing-over' };
    await updateMailing(tx, mailingId, { state: to, why: '' });
    if (act === 'cancel') await cancelWaiting(tx, mailingId, await db.now(tx));
    await recordAudit(db, tx, { actor, action: `mailing-${acted[act]}`, electionId, subject: mailingId });
    return { ok: true };
  });
}

const acted = { pause: 'paused', resume: 'resumed', cancel: 'cancelled' } as const;

export async function mailingOf(db: Reader, electionId: string, mailingId: string): Promise<MailingRow | undefined> {
  const mailing = await findMailing(db, mailingId);
  return mailing?.election_id === electionId ? mailing : undefined;
}
