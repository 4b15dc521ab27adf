// A draft is deleted with everything in it: nobody outside has seen it, and no vote was cast in it.

import type { Database } from '../storage/database.ts';
import { deleteElection, listRehearsals } from '../storage/erasure.ts';
import { recordAudit } from './audit-log.ts';
import { type Change, changeDraft } from './elections.ts';
import { eraseRehearsal } from './rehearsals.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { isNamed } from './ways-back.ts';

export type Deleted = Change | { readonly ok: false; readonly reason: 'other-name' | 'is-rehearsal' };

export async function deleteDraft(db: Database, actor: ConfirmedAdmin, id: string, name: string): Promise<Deleted> {
  const outcome = await changeDraft<Deleted>(db, id, async (tx, election) => {
    if (election.rehearsal_of !== null) return { ok: false, reason: 'is-rehearsal' };
    if (!isNamed(election, name)) return { ok: false, reason: 'other-name' };
    for (const rehearsal of await listRehearsals(tx, id)) await eraseRehearsal(tx, rehearsal);
    await deleteElection(tx, id);
    await recordAudit(db, tx, { actor, action: 'election-deleted', electionId: id });
    return { ok: true };
  });
  return outcome.ok ? outcome.value : outcome;
}
