// The roll to take along: everybody who matches, without any secret, once the log says who took it.

import type { Database } from '../storage/database.ts';
import type { VoterOnRoll } from '../storage/voters.ts';
import { recordAudit } from './audit-log.ts';
import { readWholeRoll, type RollFilter } from './roll.ts';
import type { Member } from './scopes.ts';

export async function exportRoll(
  db: Database,
  actor: Member,
  electionId: string,
  filter: RollFilter,
): Promise<AsyncGenerator<readonly VoterOnRoll[]>> {
  await db.write((tx) => recordAudit(db, tx, { actor, action: 'roll-exported', electionId }));
  return readWholeRoll(db.reader, electionId, filter);
}
