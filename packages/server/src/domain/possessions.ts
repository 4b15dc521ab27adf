// Until the box is opened, whoever holds its key may prove that they still have what opens it. The proof is made in their
// browser, as at arming, and nothing of it is sent; what is kept is who said so, when, and of which key.

import { z } from 'zod';
import { listEntriesOf } from '../storage/audit-log.ts';
import type { Database, Reader } from '../storage/database.ts';
import { type ElectionRow, shareElection } from '../storage/elections.ts';
import { recordAudit } from './audit-log.ts';
import { detailsOf } from './audit-reading.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { dayOf } from './wall-clock.ts';

export const possessionSchema = z.strictObject({
  fingerprint: z.string().length(64),
  possessionProven: z.literal(true),
});

export type Possession = Readonly<z.infer<typeof possessionSchema>>;

export type Unprovable = 'other-sealing' | 'election-not-armed' | 'election-abandoned' | 'already-deliberated';

/** Why there is nothing to prove; undefined while there is. */
export function unprovable(
  election: Pick<ElectionRow, 'sealing' | 'armed_at' | 'abandoned_at' | 'deliberated_at'>,
): Unprovable | undefined {
  if (election.sealing !== 'sealed-box') return 'other-sealing'; // its trustees hold the key
  if (election.armed_at === null) return 'election-not-armed';
  if (election.abandoned_at !== null) return 'election-abandoned';
  return election.deliberated_at === null ? undefined : 'already-deliberated';
}

export type Recorded =
  { readonly ok: true } | { readonly ok: false; readonly reason: Unprovable | 'unknown-election' | 'key-replaced' };

export async function recordPossession(
  db: Database,
  actor: ConfirmedAdmin,
  electionId: string,
  { fingerprint }: Possession,
): Promise<Recorded> {
  return db.write(async (tx) => {
    const election = await shareElection(db, tx, electionId); // held as a cast holds it: votes go on
    if (!election) return { ok: false, reason: 'unknown-election' };
    const reason = unprovable(election);
    if (reason !== undefined) return { ok: false, reason };
    if (election.fingerprint !== fingerprint) return { ok: false, reason: 'key-replaced' };
    await recordAudit(db, tx, { actor, action: 'possession-proven', electionId, details: { fingerprint } });
    return { ok: true };
  });
}

export interface LastProof {
  /** In the election's zone. */
  readonly day: string;
  /** It may be proven again. */
  readonly again: boolean;
}

/** Of the key the election has now, the first time when it was armed; undefined where no one holds such a key. */
export async function readLastProof(db: Reader, election: ElectionRow): Promise<LastProof | undefined> {
  const { id, fingerprint, armed_at, sealing, zone } = election;
  if (armed_at === null || sealing !== 'sealed-box') return undefined;
  const proofs = await listEntriesOf(db, id, ['possession-proven']);
  const last = proofs.findLast((entry) => detailsOf(entry)['fingerprint'] === fingerprint);
  return { day: dayOf(last?.at ?? armed_at, zone), again: unprovable(election) === undefined };
}
