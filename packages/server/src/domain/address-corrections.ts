// A voter's address was corrected: what was mailed to the former one may be read by somebody else. Its link dies (and its code,
// where mails carry it), and what had been tried there goes out again. What only waits is written for the new address when
// its turn comes.

import { deleteCodeFailures, saveCode } from '../storage/codes.ts';
import type { Database, Writer } from '../storage/database.ts';
import { cancelTried, type DeliveryRow, listDeliveriesOfVoter } from '../storage/deliveries.ts';
import type { ElectionRow } from '../storage/elections.ts';
import { insertLink, markReplaced } from '../storage/links.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';
import { issueCode, issueLink } from './links.ts';
import { phaseOf } from './lifecycle.ts';
import { type MailConditions, mailProblem, openMailing } from './mailings.ts';
import type { MailKind } from './mail-texts.ts';
import type { Technician } from './scopes.ts';
import type { Vault } from './vault.ts';

/** What becomes of the mails of a voter whose address changes. */
export interface Correction {
  /** The kinds that went out again. */
  readonly resent: readonly MailKind[];
  readonly linkReplaced: boolean;
}

interface Correcting {
  readonly actor: Technician;
  readonly election: ElectionRow;
  readonly voterId: string;
  readonly reason: string;
  readonly conditions: MailConditions;
  readonly vault: Vault;
  readonly now: Instant;
}

const wasTried = ({ status, attempts }: DeliveryRow): boolean =>
  attempts > 0 || (status !== 'queued' && status !== 'cancelled');

export async function followAddress(db: Database, tx: Writer, correcting: Correcting): Promise<Correction | undefined> {
  const { election, voterId, now, vault } = correcting;
  const tried = new Set((await listDeliveriesOfVoter(tx, voterId)).filter(wasTried).map(({ kind }) => kind));
  await cancelTried(tx, voterId, now);
  const linkReplaced = tried.has('link') || tried.has('reminder');
  const codeReplaced = election.code_channel !== 'paper' && (tried.has('link') || tried.has('code'));
  if (linkReplaced) {
    await markReplaced(tx, voterId, now);
    await insertLink(tx, issueLink(vault, voterId, now));
  }
  if (codeReplaced) {
    await saveCode(tx, issueCode(vault, voterId));
    await deleteCodeFailures(tx, [voterId]);
  }
  const resent = await resend(tx, correcting, tried);
  await note(db, tx, correcting, { linkReplaced, codeReplaced, resent });
  return resent.length > 0 || linkReplaced ? { resent, linkReplaced } : undefined;
}

/**
 * What the voter still needs: a reminder comes back as the mail with the link, and an invitation not at all beside a way in,
 * which says all of it.
 */
async function resend(tx: Writer, correcting: Correcting, tried: ReadonlySet<MailKind>): Promise<MailKind[]> {
  const { actor, election, voterId, conditions, now } = correcting;
  if (!conditions.secure || !conditions.mailReady) return [];
  const wanted = new Set([...tried].map((kind) => (kind === 'reminder' ? 'link' : kind)));
  if (wanted.has('link') || (await isComing(tx, voterId))) wanted.delete('invitation');
  const kinds = [...wanted].filter((kind) => mailProblem(kind, phaseOf(election, now)) === undefined).toSorted();
  for (const kind of kinds)
    await openMailing(tx, { electionId: election.id, kind, recipients: [voterId], now, actor: actor.accountId });
  return kinds;
}

/** Whether a mail with the way in waits for its turn, and will go to the address as it is then. */
const isComing = async (tx: Writer, voterId: string): Promise<boolean> =>
  (await listDeliveriesOfVoter(tx, voterId)).some(
    ({ kind, status }) => status === 'queued' && (kind === 'link' || kind === 'reminder'),
  );

interface Deeds {
  readonly linkReplaced: boolean;
  readonly codeReplaced: boolean;
  readonly resent: readonly MailKind[];
}

async function note(db: Database, tx: Writer, correcting: Correcting, deeds: Deeds): Promise<void> {
  const { actor, election, voterId, reason } = correcting;
  const about = { actor, electionId: election.id, subject: voterId, reason };
  if (deeds.linkReplaced) await recordAudit(db, tx, { ...about, action: 'link-replaced' });
  if (deeds.codeReplaced) await recordAudit(db, tx, { ...about, action: 'code-replaced' });
  for (const kind of deeds.resent)
    await recordAudit(db, tx, { ...about, action: 'mailing-started', details: { kind, recipients: 1 } });
}
