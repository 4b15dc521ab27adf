// Everything public about elections, as the files that anyone can check: the record of a sealed box after the close, the archive
// of a verifiable election from its arming on.

import type { Reader } from '../storage/database.ts';
import type { ElectionRow } from '../storage/elections.ts';
import { findVerifiable } from '../storage/verifiable-elections.ts';
import { listElections } from './elections.ts';

export interface PublicRecord {
  readonly election: Pick<ElectionRow, 'id' | 'name' | 'closes_at' | 'zone' | 'rehearsal_of'>;
  readonly kind: 'record' | 'archive';
  readonly fileName: string;
  /** There are strict proofs beside the archive. */
  readonly hasStrict: boolean;
}

/** The newest first. Rehearsals are left out, unless it is the one asked for. */
export async function listPublicRecords(db: Reader, asked: string): Promise<PublicRecord[]> {
  const found: PublicRecord[] = [];
  for (const election of await listElections(db)) {
    if (election.rehearsal_of !== null && election.id !== asked) continue;
    const record = await publicRecordOf(db, election);
    if (record) found.push(record);
  }
  return found;
}

async function publicRecordOf(db: Reader, election: ElectionRow): Promise<PublicRecord | undefined> {
  if (election.sealing === 'sealed-box') {
    if (election.rewritten_at === null || election.abandoned_at !== null) return undefined;
    return { election, kind: 'record', fileName: `votix-record-${election.id}.json`, hasStrict: false };
  }
  const verifiable = election.armed_at === null ? undefined : await findVerifiable(db, election.id);
  if (!verifiable) return undefined;
  return { election, kind: 'archive', fileName: `${verifiable.uuid}.bel`, hasStrict: verifiable.strict !== null };
}
