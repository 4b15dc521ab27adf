// The report of an archive, from what the protocol found.
import {
  describeArchiveReport,
  type ArchiveCheck,
  type ArchiveReport,
  type ElectionContext,
  type Result,
} from '@votix/protocol/verifiable';
import { bounded, boundedMembers, boundedQuestions } from './bounded.ts';
import type { CheckLine, Comparison, Fact, QuestionResult, Report } from './report.ts';

interface Read {
  readonly context: ElectionContext;
  /** How many ballots no later one of the same voter replaced. */
  readonly counted: number;
}

export function archiveReport(
  found: ArchiveReport,
  o: { readonly fileName: string; readonly milliseconds: number; readonly archive: Read | null },
): Report {
  const { ok, strict, unknownMembers, facts } = found;
  const { archive, fileName, milliseconds } = o;
  const result = ok ? facts?.result : undefined;
  return {
    kind: 'archive',
    fileName,
    ok,
    checks: found.checks.map(lineOf),
    notChecked: ['eligibility', 'recording', ...(strict ? [] : ['strict'])],
    unknownMembers: boundedMembers(unknownMembers),
    election: facts === undefined ? null : { name: bounded(facts.name), id: bounded(facts.uuid) },
    facts: factsOf(found, archive),
    comparisons: ok ? comparisonsOf(found) : [],
    ...boundedQuestions(archive !== null && result !== undefined ? resultIn(archive, result) : []),
    milliseconds,
    json: JSON.stringify({ command: 'verify', ...describeArchiveReport(found, milliseconds) }),
  };
}

/** Places count from 0 in the protocol; people count from 1. */
function lineOf({ at, question, choice, ...check }: ArchiveCheck): CheckLine {
  return {
    ...check,
    ...(at !== undefined && { at: at + 1 }),
    ...(question !== undefined && { question: question + 1 }),
    ...(choice !== undefined && { choice: choice + 1 }),
  };
}

function factsOf({ facts, ballots, checks }: ArchiveReport, archive: Read | null): readonly Fact[] {
  if (facts === undefined) return [];
  const countOf = (name: ArchiveCheck['name']) => checks.find((check) => check.name === name && check.ok)?.count;
  const numbers = { credentials: countOf('credentials'), ballots, counted: archive?.counted };
  const known = Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return [
    { name: 'stage', as: 'stage', value: facts.stage },
    { name: 'group', as: 'text', value: facts.group },
    { name: 'maker', as: 'maker', value: bounded(facts.credentialAuthority ?? '') },
    ...known.map(([name, value]) => ({ name, as: 'number' as const, value })),
  ];
}

/** Two copies with one head are the same to the byte. */
function comparisonsOf({ facts }: ArchiveReport): readonly Comparison[] {
  if (facts === undefined) return [];
  const { head, fingerprint } = facts;
  return [
    { name: 'head', value: head.hash },
    { name: 'height', value: String(head.height) },
    { name: 'election-fingerprint', value: fingerprint },
  ];
}

/** Where blank is allowed its count comes first. */
function resultIn({ context }: Read, result: Result): readonly QuestionResult[] {
  return context.election.questions.map(({ question, answers, blank }, index) => {
    const [first = 0, ...others] = result[index]!;
    const votes = blank ? others : [first, ...others];
    return {
      title: question,
      rows: answers.map((name, place) => ({ name, votes: votes[place]! })),
      blank: blank ? first : null,
    };
  });
}
