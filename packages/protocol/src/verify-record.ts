// Checking a record without any key, as anyone can. Specification: "Record". Each check has a name and says what it counted.

import { createOrderedHash } from './box.ts';
import { isInOrder } from './candidate-order.ts';
import { parseDefinition } from './definition.ts';
import type { ElectionRecord } from './record.ts';
import { parseTally } from './result.ts';
import { receiptOf } from './receipt.ts';
import { readBallotContext } from './sealed/ballot-context.ts';
import { verifySealedBallot } from './sealed/ballot.ts';
import { readPublicKey } from './sealed/public-key.ts';

/** The names of the checks, in the order they are made and reported. */
export type RecordCheckName =
  | 'definition'
  | 'candidate-order'
  | 'public-key'
  | 'fingerprint'
  | 'window'
  | 'ballots'
  | 'receipt-order'
  | 'box-hash'
  | 'signatures'
  | 'minimum-ballots'
  | 'result'
  | 'invalid-ballots';

/** One check: how many things it looked at; why it failed and, for `ballots` and `candidate-order`, at which ballot or contest. */
export interface RecordCheck {
  readonly name: RecordCheckName;
  readonly count: number;
  readonly ok: boolean;
  readonly reason?: string;
  readonly at?: number;
}

/** What a record alone cannot show; `result` as well while it has none. */
export type NotChecked = 'decryption' | 'eligibility' | 'recording' | 'instants' | 'result';

/** The verdict: `ok` when every check holds. */
export interface RecordReport {
  readonly ok: boolean;
  readonly checks: readonly RecordCheck[];
  readonly notChecked: readonly NotChecked[];
}

/**
 * Checks a record, synchronously (about 30 µs a ballot). Never checked, because a sealed box does not show it: that the
 * result is what the ballots say (`decryption`), that signatures are those of entitled voters (`eligibility`), that every
 * vote cast is in the box (`recording`: each voter looks up their receipt), that the instants are true (`instants`).
 * `onBallot` is told how many ballots of how many were looked at.
 */
export function verifyRecord(
  record: ElectionRecord,
  { onBallot }: { readonly onBallot?: (done: number, total: number) => void } = {},
): RecordReport {
  const checker = createRecordChecker(record);
  for (const [at, ballot] of record.ballots.entries()) {
    checker.add(ballot);
    onBallot?.(at + 1, record.ballots.length);
  }
  return checker.finish();
}

/** A record without its ballots, which are many. */
export type RecordFrame = Omit<ElectionRecord, 'ballots'>;

/** The same for ballots given one at a time in the order of the record, so that nobody has to hold them all. `finish` once. */
export function createRecordChecker(record: RecordFrame): {
  readonly add: (ballot: string) => void;
  readonly finish: () => RecordReport;
} {
  const { add, found } = lookThrough(record);
  return { add, finish: () => reportOn({ ...record, parsed: parseDefinition(record.definition), box: found() }) };
}

function reportOn(facts: Facts): RecordReport {
  const checks = CHECKS.filter(([name]) => name !== 'result' || facts.result !== null).map(([name, find]) => {
    const { count, reason, at } = find(facts);
    return { name, count, ok: reason === undefined, ...(reason && { reason }), ...(at !== undefined && { at }) };
  });
  const notChecked: readonly NotChecked[] = ['decryption', 'eligibility', 'recording', 'instants'];
  return {
    ok: checks.every(({ ok }) => ok),
    checks,
    notChecked: facts.result === null ? [...notChecked, 'result'] : notChecked,
  };
}

/** The report as programs read it: what `votix-offline verify --json` prints and the page /verify saves. */
export function describeRecordReport(
  { boxHash, fingerprint }: RecordFrame,
  report: RecordReport,
  milliseconds: number,
): RecordReport & { readonly boxHash: string; readonly fingerprint: string; readonly milliseconds: number } {
  return { ...report, boxHash, fingerprint, milliseconds };
}

type Facts = RecordFrame & {
  readonly parsed: ReturnType<typeof parseDefinition>;
  readonly box: Box;
};

/** What one pass over the ballots finds. */
interface Box {
  readonly count: number;
  /** The first ballot that does not hold; without `at` none can be looked at. */
  readonly fault: { readonly reason: string; readonly at?: number } | undefined;
  /** The first ballot whose receipt does not come after the one before; -1 for none. */
  readonly unordered: number;
  /** Undefined where receipts don't ascend. */
  readonly hash: string | undefined;
  /** Whether every ballot that is listed as invalid was there. */
  readonly holdsListed: boolean;
}

function lookThrough({ definition, publicKey, invalidBallots }: RecordFrame) {
  const read = readBallotContext(definition, publicKey);
  let fault: Box['fault'] = read.ok ? undefined : { reason: read.reason };
  let [count, unordered, previous] = [0, -1, ''];
  const listed = new Set(invalidBallots.map(({ receipt }) => receipt));
  const hash = createOrderedHash();
  const add = (ballot: string): void => {
    const verified = read.ok && fault === undefined ? verifySealedBallot(read.context, ballot) : undefined;
    if (verified?.ok === false) fault = { reason: verified.reason, at: count };
    const receipt = verified?.ok === true ? verified.receipt : receiptOf(ballot);
    if (unordered === -1 && previous >= receipt) unordered = count;
    if (unordered === -1) hash.add(ballot, receipt);
    listed.delete(receipt);
    previous = receipt;
    count += 1;
  };
  const found = (): Box => {
    const inOrder = unordered === -1;
    return { count, fault, unordered, hash: inOrder ? hash.digest() : undefined, holdsListed: listed.size === 0 };
  };
  return { add, found };
}

interface Finding {
  readonly count: number;
  readonly reason?: string | undefined;
  readonly at?: number;
}

const CHECKS: readonly (readonly [RecordCheckName, (facts: Facts) => Finding])[] = [
  ['definition', findDefinition],
  ['candidate-order', findCandidateOrder],
  ['public-key', findPublicKey],
  ['fingerprint', findFingerprint],
  ['window', findWindow],
  ['ballots', findBallots],
  ['receipt-order', findOrder],
  ['box-hash', findBoxHash],
  ['signatures', findSignatures],
  ['minimum-ballots', findMinimum],
  ['result', findResult],
  ['invalid-ballots', findInvalid],
];

function findDefinition({ parsed }: Facts): Finding {
  if (!parsed.ok) return { count: 1, reason: parsed.reason };
  // A verifiable election has an archive, not a record.
  return { count: 1, reason: parsed.definition.sealing === 'sealed-box' ? undefined : 'definition-sealing' };
}

/** Nobody was moved up the ballot: each contest lists its candidates as its rule orders them. */
function findCandidateOrder({ parsed }: Facts): Finding {
  if (!parsed.ok) return { count: 0, reason: parsed.reason };
  const { contests } = parsed.definition;
  const at = contests.findIndex((contest) => !isInOrder(contest));
  return at === -1
    ? { count: contests.length }
    : { count: contests.length, reason: 'not-in-the-order-of-the-rule', at };
}

function findPublicKey({ publicKey }: Facts): Finding {
  const read = readPublicKey(publicKey);
  return { count: 1, reason: read.ok ? undefined : read.reason };
}

function findFingerprint({ publicKey, fingerprint }: Facts): Finding {
  const read = readPublicKey(publicKey);
  const isSame = read.ok && read.facts.fingerprint === fingerprint;
  return { count: 1, reason: isSame ? undefined : 'other-fingerprint' };
}

function findWindow({ opensAt, closesAt, sealedAt }: Facts): Finding {
  return { count: 3, reason: opensAt < closesAt && closesAt <= sealedAt ? undefined : 'instants-out-of-order' };
}

function findBallots({ box: { fault, count } }: Facts): Finding {
  return { count: fault !== undefined && fault.at === undefined ? 0 : count, ...fault };
}

function findOrder({ box: { count, unordered } }: Facts): Finding {
  return unordered === -1 ? { count } : { count, reason: 'receipts-not-ascending', at: unordered };
}

function findBoxHash({ box: { count, hash }, boxHash }: Facts): Finding {
  if (hash === undefined) return { count: 0, reason: 'receipts-not-ascending' };
  return { count, reason: hash === boxHash ? undefined : 'other-box-hash' };
}

function findSignatures({ registered, signatures, box }: Facts): Finding {
  if (signatures > registered) return { count: signatures, reason: 'more-signatures-than-registered' };
  return { count: signatures, reason: signatures === box.count ? undefined : 'ballots-differ-from-signatures' };
}

/** Below the minimum chosen before arming the box stays closed, so that a handful of votes is never shown. */
function findMinimum({ parsed, box: { count }, result }: Facts): Finding {
  if (!parsed.ok) return { count: 0, reason: parsed.reason };
  const isKept = result === null || count >= parsed.definition.minimumBallots;
  return { count, reason: isKept ? undefined : 'opened-below-minimum' };
}

function findResult({ parsed, box: { count }, result }: Facts): Finding {
  if (!parsed.ok) return { count: 0, reason: parsed.reason };
  const tally = parseTally(parsed.definition, result);
  if (!tally.ok) return { count, reason: tally.reason };
  const isOfThese = tally.tally.ballots === count;
  return { count, reason: isOfThese ? undefined : 'result-of-other-ballots' };
}

function findInvalid({ result, invalidBallots, box: { holdsListed } }: Facts): Finding {
  const count = invalidBallots.length;
  if (new Set(invalidBallots.map(({ receipt }) => receipt)).size !== count) return { count, reason: 'listed-twice' };
  if (!holdsListed) return { count, reason: 'listed-but-not-in-the-box' };
  return { count, reason: count === (result?.invalid ?? 0) ? undefined : 'other-number-than-the-result' };
}
