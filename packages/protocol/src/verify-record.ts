// Checking a record without any key, as anyone can. Specification: "Record". Each check has a name and says what it counted.

import { createBoxHash } from './box.ts';
import { parseDefinition } from './definition.ts';
import { type ElectionRecord } from './record.ts';
import { parseTally } from './result.ts';
import { receiptOf } from './receipt.ts';
import { readBallotContext } from './sealed/ballot-context.ts';
import { verifySealedBallot } from './sealed/ballot.ts';
import { readPublicKey } from './sealed/public-key.ts';

/** The names of the checks, in the order they are made and reported. */
export type RecordCheckName =
  | 'definition'
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

/** One check: how many things it looked at, and why it failed. */
export interface RecordCheck {
  readonly name: RecordCheckName;
  readonly count: number;
  readonly ok: boolean;
  readonly reason?: string;
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
 * Checks a record. Never checked, because a sealed box does not show it: that the result is what the ballots say
 * (`decryption`), that signatures are those of entitled voters (`eligibility`), that every vote cast is in the box
 * (`recording`: each voter looks up their receipt), that the instants are true (`instants`).
 */
export function verifyRecord(record: ElectionRecord): RecordReport {
  const receipts = record.ballots.map(receiptOf);
  const checks = [
    checkDefinition(record),
    ...checkKey(record),
    checkWindow(record),
    checkBallots(record),
    checkOrder(receipts),
    checkBoxHash(record, receipts),
    check(
      'signatures',
      record.signatures,
      record.signatures === record.ballots.length,
      'ballots-differ-from-signatures',
    ),
    checkMinimum(record),
    ...(record.result === null ? [] : [checkResult(record)]),
    checkInvalid(record, new Set(receipts)),
  ];
  const notChecked: readonly NotChecked[] = ['decryption', 'eligibility', 'recording', 'instants'];
  return {
    ok: checks.every(({ ok }) => ok),
    checks,
    notChecked: record.result === null ? [...notChecked, 'result'] : notChecked,
  };
}

function check(name: RecordCheckName, count: number, ok: boolean, reason: string): RecordCheck {
  return ok ? { name, count, ok } : { name, count, ok, reason };
}

function checkDefinition({ definition }: ElectionRecord): RecordCheck {
  const parsed = parseDefinition(definition);
  return check('definition', 1, parsed.ok, parsed.ok ? '' : parsed.reason);
}

function checkKey({ publicKey, fingerprint }: ElectionRecord): readonly RecordCheck[] {
  const read = readPublicKey(publicKey);
  const isSame = read.ok && read.facts.fingerprint === fingerprint;
  return [
    check('public-key', 1, read.ok, read.ok ? '' : read.reason),
    check('fingerprint', 1, isSame, 'other-fingerprint'),
  ];
}

function checkWindow({ opensAt, closesAt, sealedAt }: ElectionRecord): RecordCheck {
  return check('window', 3, opensAt < closesAt && closesAt <= sealedAt, 'instants-out-of-order');
}

function checkBallots({ definition, publicKey, ballots }: ElectionRecord): RecordCheck {
  const read = readBallotContext(definition, publicKey);
  if (!read.ok) return check('ballots', 0, false, read.reason);
  for (const ballot of ballots) {
    const verified = verifySealedBallot(read.context, ballot);
    if (!verified.ok) return check('ballots', ballots.length, false, verified.reason);
  }
  return check('ballots', ballots.length, true, '');
}

function checkOrder(receipts: readonly string[]): RecordCheck {
  const isAscending = receipts.every((receipt, i) => i === 0 || receipts[i - 1]! < receipt);
  return check('receipt-order', receipts.length, isAscending, 'receipts-not-ascending');
}

function checkBoxHash({ ballots, boxHash }: ElectionRecord, receipts: readonly string[]): RecordCheck {
  if (!checkOrder(receipts).ok) return check('box-hash', 0, false, 'receipts-not-ascending');
  const hash = createBoxHash();
  for (const ballot of ballots) hash.add(ballot);
  return check('box-hash', ballots.length, hash.digest() === boxHash, 'other-box-hash');
}

/** Below the minimum chosen before arming the box stays closed, so that no small group's votes are shown. */
function checkMinimum({ definition, ballots, result }: ElectionRecord): RecordCheck {
  const parsed = parseDefinition(definition);
  if (!parsed.ok) return check('minimum-ballots', 0, false, parsed.reason);
  const isKept = result === null || ballots.length >= parsed.definition.minimumBallots;
  return check('minimum-ballots', ballots.length, isKept, 'opened-below-minimum');
}

function checkResult({ definition, ballots, result }: ElectionRecord): RecordCheck {
  const parsed = parseDefinition(definition);
  if (!parsed.ok) return check('result', 0, false, parsed.reason);
  const tally = parseTally(parsed.definition, result);
  if (!tally.ok) return check('result', ballots.length, false, tally.reason);
  return check('result', ballots.length, tally.tally.ballots === ballots.length, 'result-of-other-ballots');
}

function checkInvalid({ result, invalidBallots }: ElectionRecord, receipts: ReadonlySet<string>): RecordCheck {
  const listed = new Set(invalidBallots.map(({ receipt }) => receipt));
  const count = invalidBallots.length;
  if (listed.size !== count) return check('invalid-ballots', count, false, 'listed-twice');
  if (![...listed].every((receipt) => receipts.has(receipt))) {
    return check('invalid-ballots', count, false, 'listed-but-not-in-the-box');
  }
  return check('invalid-ballots', count, count === (result?.invalid ?? 0), 'other-number-than-the-result');
}
