// Holds what came out against what was cast: the counts, the published record with all its checks, every receipt.

import { parseRecord, receiptOf, type Tally, verifyRecord } from '@votix/protocol';
import type { Casting } from './casting.ts';

export interface Compared {
  readonly casting: Pick<Casting, 'refusals'>;
  /** What the key holder counted. */
  readonly tally: Tally;
  /** The published record's text. */
  readonly record: string;
  readonly expected: { readonly tally: Tally; readonly receipts: readonly string[] };
}

/** One sentence for each; none when all is well. */
export function findDifferences({ casting, tally, record, expected }: Compared): string[] {
  const refused = [...casting.refusals].map(([answer, times]) => `${times} ballot(s) not recorded: ${answer}`);
  const counted = isSame(tally, expected.tally) ? [] : ['the opened result is not what was cast'];
  return [...refused, ...counted, ...recordDifferences(record, expected)];
}

const isSame = (a: Tally | null, b: Tally): boolean => JSON.stringify(a) === JSON.stringify(b);

function recordDifferences(text: string, expected: Compared['expected']): string[] {
  const parsed = parseRecord(text);
  if (!parsed.ok) return [`the record cannot be read: ${parsed.reason}`];
  const { record } = parsed;
  const failed = verifyRecord(record).checks.filter(({ ok }) => !ok);
  const checks = failed.map(({ name, reason }) => `the record's check ${name} failed: ${reason}`);
  const result = isSame(record.result, expected.tally) ? [] : ['the published result is not what was cast'];
  const box = new Set(record.ballots.map(receiptOf));
  const missing = expected.receipts.filter((receipt) => !box.has(receipt)).length;
  return [...checks, ...result, ...(missing > 0 ? [`${missing} receipt(s) are not in the published box`] : [])];
}
