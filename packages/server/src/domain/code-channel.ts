// How the voters of an election get their codes. Link and code in one mail are one factor: the page that asks says so.

import type { Database } from '../storage/database.ts';
import { lockElection, updateElection } from '../storage/elections.ts';
import { recordAudit } from './audit-log.ts';
import type { CodeChannel } from './mail-texts.ts';
import type { Admin } from './scopes.ts';

export async function setCodeChannel(
  db: Database,
  actor: Admin,
  electionId: string,
  channel: CodeChannel,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'unknown-election' }> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, electionId);
    if (!election) return { ok: false, reason: 'unknown-election' };
    if (election.code_channel === channel) return { ok: true };
    await updateElection(tx, electionId, { code_channel: channel });
    await recordAudit(db, tx, { actor, action: 'code-channel-chosen', electionId, details: { channel } });
    return { ok: true };
  });
}
