// Compares what was opened here with the result a record holds: the counts, and each invalid ballot with its reason.

import type { Definition, RecordFrame, InvalidBallot } from '@votix/protocol';
import { countRows } from './counts.ts';
import type { Opened } from './opening.ts';
import { printable } from './printable.ts';

export type Comparison =
  | { readonly verdict: 'no-result' }
  | { readonly verdict: 'same' }
  | { readonly verdict: 'not-the-same'; readonly differences: readonly string[] };

export function compareWithRecord(definition: Definition, record: RecordFrame, opened: Opened): Comparison {
  if (record.result === null) return { verdict: 'no-result' };
  const here = countRows(definition, opened.tally);
  const counts = countRows(definition, record.result).flatMap(({ contest, name, count }, index) => {
    const found = here[index]!.count;
    const place = contest === undefined ? name : `${printable(contest.title)}, ${name}`;
    return found === count ? [] : [`${place}: ${found} here, ${count} in the record`];
  });
  const differences = [...counts, ...invalidDifferences(record.invalidBallots, opened.invalidBallots)];
  return differences.length === 0 ? { verdict: 'same' } : { verdict: 'not-the-same', differences };
}

function invalidDifferences(listed: readonly InvalidBallot[], found: readonly InvalidBallot[]): readonly string[] {
  const inRecord = new Map(listed.map(({ receipt, reason }) => [receipt, reason]));
  const here = new Map(found.map(({ receipt, reason }) => [receipt, reason]));
  return [...new Set([...inRecord.keys(), ...here.keys()])].flatMap((receipt) => {
    const [mine, theirs] = [here.get(receipt), inRecord.get(receipt)];
    return mine === theirs
      ? []
      : [`ballot ${receipt}: ${mine ?? 'valid'} here, ${printable(theirs ?? 'valid')} in the record`];
  });
}

export function comparisonLines(comparison: Comparison): readonly string[] {
  switch (comparison.verdict) {
    case 'no-result':
      return ['The record has no result to compare with.'];
    case 'same':
      return ['The result in the record is the same.'];
    case 'not-the-same':
      return ['The result in the record is NOT the same:', ...comparison.differences.map((line) => `  ${line}`)];
  }
}
