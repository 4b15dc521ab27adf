// What a restored instance must not do by itself: send the mails that waited when the backup was taken, which may have gone
// out since, or let in who was logged in then, or had a one-time link that may have been used since.

import { deleteAllAccountLinks } from '../storage/account-links.ts';
import type { Database, Writer } from '../storage/database.ts';
import { pauseMailings } from '../storage/mailings.ts';
import { deleteAllSessions } from '../storage/sessions.ts';
import type { Instant } from '../storage/tables.ts';
import { recordAudit } from './audit-log.ts';

export async function settleRestored(
  db: Database,
  tx: Writer,
  { takenAt, rows }: { readonly takenAt: Instant; readonly rows: number },
): Promise<void> {
  await deleteAllSessions(tx);
  await deleteAllAccountLinks(tx);
  await pauseMailings(tx);
  await recordAudit(db, tx, { actor: 'command', action: 'instance-restored', details: { taken: takenAt, rows } });
}
