// The report of a record, from what the protocol found.
import {
  describeRecordReport,
  parseDefinition,
  type Definition,
  type ElectionRecord,
  type RecordReport,
  type Tally,
} from '@votix/protocol';
import { bounded, boundedQuestions } from './bounded.ts';
import type { Comparison, Fact, QuestionResult, Report } from './report.ts';

export function recordReport(
  record: ElectionRecord,
  found: RecordReport,
  { fileName, milliseconds }: { readonly fileName: string; readonly milliseconds: number },
): Report {
  const parsed = parseDefinition(record.definition);
  const definition = parsed.ok ? parsed.definition : null;
  const questions =
    found.ok && definition !== null && record.result !== null ? resultIn(definition, record.result) : [];
  return {
    kind: 'record',
    fileName,
    ok: found.ok,
    checks: found.checks.map(({ at, ...check }) => ({ ...check, ...(at !== undefined && { at: at + 1 }) })),
    notChecked: found.notChecked,
    unknownMembers: [],
    election: definition && { name: bounded(definition.name), id: definition.election },
    facts: factsOf(record),
    comparisons: found.ok ? comparisonsOf(record) : [],
    ...boundedQuestions(questions),
    milliseconds,
    json: JSON.stringify({ command: 'verify', ...describeRecordReport(record, found, milliseconds) }),
  };
}

function factsOf(record: ElectionRecord): readonly Fact[] {
  const { opensAt, closesAt, sealedAt, registered, signatures, ballots, result } = record;
  const numbers = { registered, signatures, ballots: ballots.length, ...(result && { invalid: result.invalid }) };
  return [
    ...Object.entries({ opensAt, closesAt, sealedAt }).map(([name, value]) => ({
      name,
      as: 'instant' as const,
      value,
    })),
    ...Object.entries(numbers).map(([name, value]) => ({ name, as: 'number' as const, value })),
  ];
}

/** What the minutes show too: a forged record can agree with itself, but not with them. */
function comparisonsOf({ boxHash, fingerprint }: ElectionRecord): readonly Comparison[] {
  return [
    { name: 'box-hash', value: boxHash },
    { name: 'fingerprint', value: fingerprint },
  ];
}

/** The checks held, so the tally fits the definition. */
function resultIn({ contests }: Definition, tally: Tally): readonly QuestionResult[] {
  return contests.map(({ title, candidates, blank }, index) => {
    const counted = tally.contests[index]!;
    const rows = candidates.map(({ name }, place) => ({ name, votes: counted.votes[place]! }));
    return { title, rows, blank: blank ? counted.blank : null };
  });
}
