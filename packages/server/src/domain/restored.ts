// What a restored instance must not do by itself: send the mails that waited when the backup was taken, which may have gone
// out since, or let in who was logged in then, or had a one-time link that may have been used since. And what it must do: know
// the links that voters were sent since.

import { deleteAllAccountLinks } from '../storage/account-links.ts';
import type { Database, Writer } from '../storage/database.ts';
import { listElections } from '../storage/elections.ts';
import { pauseMailings } from '../storage/mailings.ts';
import { deleteAllSessions } from '../storage/sessions.ts';
import type { Instant } from '../storage/tables.ts';
import { listVoterIds } from '../storage/voters.ts';
import { recordAudit } from './audit-log.ts';
import { phaseOf } from './lifecycle.ts';
import { issueMissing } from './links.ts';
import type { Vault } from './vault.ts';

export async function settleRestored(
  db: Database,
  tx: Writer,
  vault: Vault,
  { takenAt, rows }: { readonly takenAt: Instant; readonly rows: number },
): Promise<void> {
  await deleteAllSessions(tx);
  await deleteAllAccountLinks(tx);
  await pauseMailings(tx);
  await reissue(tx, vault, await db.now(tx));
  await recordAudit(db, tx, { actor: 'command', action: 'instance-restored', details: { taken: takenAt, rows } });
}

/** A first link is the same whenever it is issued: those mailed after the backup lead in again. */
async function reissue(tx: Writer, vault: Vault, now: Instant): Promise<void> {
  for (const election of await listElections(tx))
    if (['draft', 'armed', 'open'].includes(phaseOf(election, now)))
      await issueMissing(tx, vault, await listVoterIds(tx, election.id), now);
}
