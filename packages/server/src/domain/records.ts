// The record: everything public about an election. While it is open that is definition, key and counts; the ballots follow
// after the close, all at once, in the order of their receipts.

import { encodeRecord, type ElectionRecord } from '@votix/protocol';
import type { Database } from '../storage/database.ts';
import { type ElectionRow, findElection } from '../storage/elections.ts';
import { listReceipts, listReceiptsFrom } from '../storage/ballots.ts';
import { ballotChunks } from './boxes.ts';
import { storedInvalidBallots, storedTally } from './deliberations.ts';

export interface NoRecord {
  readonly ok: false;
  readonly reason: 'unknown-election' | 'other-sealing' | 'election-abandoned' | 'box-not-sealed';
}

export type RecordText = { readonly ok: true; readonly chunks: AsyncGenerator<string> } | NoRecord;

/** The election whose box everyone may see into. */
async function publicBox(db: Database, electionId: string): Promise<{ ok: true; election: ElectionRow } | NoRecord> {
  const election = await findElection(db.reader, electionId);
  if (!election || election.armed_at === null) return { ok: false, reason: 'unknown-election' };
  if (election.sealing === 'verifiable') return { ok: false, reason: 'other-sealing' }; // it has an archive
  if (election.abandoned_at !== null) return { ok: false, reason: 'election-abandoned' }; // nobody may open it elsewhere
  if (election.rewritten_at === null) return { ok: false, reason: 'box-not-sealed' };
  return { ok: true, election };
}

/** The text of the record in chunks: exactly what the protocol's encodeRecord writes. */
export async function readRecord(db: Database, electionId: string): Promise<RecordText> {
  const box = await publicBox(db, electionId);
  return box.ok ? { ok: true, chunks: chunks(db, box.election) } : box;
}

/** The result is part of the record once it is published. */
function withoutBallots(election: ElectionRow): ElectionRecord {
  const published = election.published_at !== null;
  return {
    votix: 1,
    kind: 'record',
    definition: election.definition!,
    publicKey: election.public_key!,
    fingerprint: election.fingerprint!,
    opensAt: election.opens_at,
    closesAt: election.closes_at,
    sealedAt: election.sealed_at!,
    registered: election.registered_count!,
    signatures: election.signature_count!,
    boxHash: election.box_hash!,
    ballots: [],
    result: published ? (storedTally(election) ?? null) : null,
    invalidBallots: published ? storedInvalidBallots(election) : [],
  };
}

async function* chunks(db: Database, election: ElectionRow): AsyncGenerator<string> {
  const text = encodeRecord(withoutBallots(election));
  const empty = '"ballots":[]';
  const place = text.lastIndexOf(empty) + empty.length - 1;
  yield text.slice(0, place);
  let separator = '';
  for await (const ballots of ballotChunks(db, election.id)) {
    yield separator + ballots.map((ballot) => JSON.stringify(ballot)).join(',');
    separator = ',';
  }
  yield text.slice(place);
}

/** Yes or no to one full receipt, while the election is open and after. */
export const isInBox = async (db: Database, electionId: string, receipt: string): Promise<boolean> =>
  (await listReceipts(db.reader, electionId, [receipt])).length === 1;

export interface ReceiptList {
  readonly ok: true;
  readonly election: ElectionRow;
  readonly receipts: readonly string[];
  /** Where the next ones begin. */
  readonly next: string | undefined;
}

const perPage = 200;

/** Which receipts are in the box, after the close: in their own order, which knows nothing of the order of votes. */
export async function readReceipts(db: Database, electionId: string, from: string): Promise<ReceiptList | NoRecord> {
  const box = await publicBox(db, electionId);
  if (!box.ok) return box;
  const found = await listReceiptsFrom(db.reader, electionId, from, perPage + 1);
  return { ok: true, election: box.election, receipts: found.slice(0, perPage), next: found[perPage] };
}
