// The checks of a record as lines: each by name with its count, then what was not checked.

import type { RecordFrame, NotChecked, RecordCheck, RecordCheckName, RecordReport } from '@votix/protocol';
import { parseDefinition } from '@votix/protocol';
import { grouped, inSeconds, printable } from './printable.ts';

const MEANING: Readonly<Record<RecordCheckName, string>> = {
  definition: 'the definition frozen at arming is well-formed',
  'candidate-order': 'candidates stand in the order of their rule',
  'public-key': 'the public key is one Votix takes',
  fingerprint: "the fingerprint is that key's",
  window: 'opening, close and sealing follow each other',
  ballots: 'every ballot is sealed for this election and this key',
  'receipt-order': 'receipts ascend, so no ballot is there twice',
  'box-hash': "the ballots give the record's box hash",
  signatures: 'there are as many ballots as signatures, and not more than voters',
  'minimum-ballots': 'there is no result with fewer ballots than the minimum',
  result: "the result's sums are possible for these ballots",
  'invalid-ballots': 'each ballot listed as invalid is in the box, once',
};

const NOT_CHECKED: Readonly<Record<NotChecked, string>> = {
  decryption: 'that the result is what the ballots say: `votix-offline open` does it with the key',
  eligibility: 'that the signatures are those of entitled voters: the signing list shows it',
  recording: 'that every vote cast is in the box: each voter looks for their receipt',
  instants: 'that the times are true',
  result: 'the result: the record has none',
};

/** Whose record it is; nothing when the record does not say it in a form that can be trusted on a terminal. */
export function titleLines({ definition }: RecordFrame): readonly string[] {
  const parsed = parseDefinition(definition);
  if (!parsed.ok) return [];
  const { name, election } = parsed.definition;
  return [`Record of "${printable(name)}", election ${election}`, ''];
}

/** What ties a record that holds to the minutes: a forged one can agree with itself, but not with them. */
export function minutesLines({ boxHash, fingerprint }: RecordFrame): readonly string[] {
  return ['Compare with the minutes:', `  box hash     ${grouped(boxHash)}`, `  fingerprint  ${grouped(fingerprint)}`];
}

export function checkLines({ checks }: RecordReport): readonly string[] {
  return checks.map((check) => {
    const verdict = check.ok ? 'ok    ' : 'FAILED';
    return `${verdict}  ${check.name.padEnd(15)} ${String(check.count).padStart(7)}  ${MEANING[check.name]}${faultOf(check)}`;
  });
}

export function notCheckedLines(notChecked: readonly NotChecked[]): readonly string[] {
  return ['Not checked:', ...notChecked.map((name) => `  ${name.padEnd(12)} ${NOT_CHECKED[name]}`)];
}

export function verdictLine({ ok, checks }: RecordReport, milliseconds: number): string {
  if (ok) return `All ${checks.length} checks hold (${inSeconds(milliseconds)}).`;
  const failed = checks.filter((check) => !check.ok).length;
  return `${failed} of ${checks.length} checks FAILED (${inSeconds(milliseconds)}): this record does not hold.`;
}

/** `at` counts from 0 in the record's list; people count from 1. */
function faultOf({ name, reason, at }: RecordCheck): string {
  if (reason === undefined) return '';
  if (at === undefined) return `: ${reason}`;
  return `: ${reason}, ${name === 'candidate-order' ? 'contest' : 'ballot'} ${at + 1} of the list`;
}
