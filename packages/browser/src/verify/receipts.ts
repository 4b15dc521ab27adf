// Looks for one receipt among the ballots of what was checked. In the worker: the receipt that is typed goes nowhere else.
import { parseReceipt, receiptOf, type ElectionRecord } from '@votix/protocol';
import { fingerprintOf } from '@votix/protocol/verifiable';
import type { ReceiptAnswer } from './report.ts';

export type FindReceipt = (typed: string) => ReceiptAnswer;

/** 43 characters of base64, where capitals matter. */
const TRACKER = /^[A-Za-z0-9+/]{43}$/;

export function receiptsOfRecord({ ballots, invalidBallots }: ElectionRecord): FindReceipt {
  const places = placesOf(ballots, receiptOf);
  const invalid = new Set(invalidBallots.map(({ receipt }) => receipt));
  return (typed) => {
    const parsed = parseReceipt(typed);
    if (!parsed.ok) return { kind: 'malformed' };
    const at = places().get(parsed.receipt);
    if (at === undefined) return { kind: 'missing' };
    return { kind: 'found', at: at + 1, apart: invalid.has(parsed.receipt) ? 'invalid' : null };
  };
}

/** `counted`: places of the ballots that no later one of the same voter replaced. */
export function receiptsOfArchive(ballots: readonly string[], counted: ReadonlySet<number>): FindReceipt {
  const places = placesOf(ballots, fingerprintOf);
  return (typed) => {
    const tracker = typed.replaceAll(/\s/g, '');
    if (!TRACKER.test(tracker)) return { kind: 'malformed' };
    const at = places().get(tracker);
    if (at === undefined) return { kind: 'missing' };
    return { kind: 'found', at: at + 1, apart: counted.has(at) ? null : 'replaced' };
  };
}

/** Made when the first receipt is looked for. */
function placesOf(
  ballots: readonly string[],
  receiptIn: (ballot: string) => string,
): () => ReadonlyMap<string, number> {
  let places: ReadonlyMap<string, number> | undefined;
  return () => (places ??= new Map(ballots.map((ballot, at) => [receiptIn(ballot), at])));
}
