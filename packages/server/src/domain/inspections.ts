// What an integrity check looks at, reading only: made for a connection and a thread of its own. A finding is '' when all is
// well, else what is wrong, never a number of an election on its way.

import { createBoxHash, receiptOf } from '@votix/protocol';
import { readBallots } from '../storage/ballots.ts';
import type { Reader } from '../storage/database.ts';
import { findElection } from '../storage/elections.ts';
import { findBoxCounts } from '../storage/integrity.ts';
import { checkAuditLog } from './audit-log.ts';
import { isBoardWhole } from './board-inspection.ts';

export type CheckName = 'counts' | 'box' | 'chain';

export type Finding = '' | 'counts-differ' | 'sealed-counts-differ' | 'box-differs' | `${string}:${number}`;

const inspections: Readonly<Record<CheckName, (db: Reader, electionId: string) => Promise<Finding>>> = {
  counts: inspectCounts,
  box: inspectBox,
  chain: inspectChain,
};

export const inspect = (db: Reader, name: CheckName, electionId: string): Promise<Finding> =>
  inspections[name](db, electionId);

/** Ballots = signatures = casts counted, and after the sealing what was written down then. */
async function inspectCounts(db: Reader, electionId: string): Promise<Finding> {
  const counts = await findBoxCounts(db, electionId);
  if (!counts) return '';
  const { ballots, signatures, casts, sealedBallots, sealedSignatures } = counts;
  if (ballots !== signatures || ballots !== casts) return 'counts-differ';
  const isAsSealed = sealedBallots === null || (sealedBallots === ballots && sealedSignatures === signatures);
  return isAsSealed ? '' : 'sealed-counts-differ';
}

/** Every ballot still under its own receipt, and the hash of them all the one that was written down. */
async function inspectBox(db: Reader, electionId: string): Promise<Finding> {
  const election = await findElection(db, electionId);
  if (!election || election.sealed_at === null) return '';
  if (election.sealing === 'verifiable') return (await isBoardWhole(db, election)) ? '' : 'box-differs';
  const hash = createBoxHash();
  for await (const rows of readBallots(db, electionId)) {
    for (const { receipt, ballot } of rows) {
      if (receiptOf(ballot) !== receipt) return 'box-differs'; // the hash wants them in the order of true receipts
      hash.add(ballot);
    }
  }
  return hash.digest() === election.box_hash ? '' : 'box-differs';
}

async function inspectChain(db: Reader): Promise<Finding> {
  const verdict = await checkAuditLog(db);
  return verdict.ok ? '' : `${verdict.reason}:${verdict.position}`;
}
