// Spreadsheets of voters in tests: a few lines, read whole.

import {
  type CsvProblem,
  type CsvVoter,
  readVoterCsv,
  sourceOf,
  type VoterSlice,
} from '../../packages/server/src/domain/voter-csv.ts';

export async function readWhole(text: string): Promise<VoterSlice> {
  const [voters, problems]: [CsvVoter[], CsvProblem[]] = [[], []];
  let last: VoterSlice | undefined;
  for await (const slice of readVoterCsv(sourceOf(text))) {
    voters.push(...slice.voters);
    problems.push(...slice.problems);
    last = slice;
  }
  return { ...last!, voters, problems };
}
