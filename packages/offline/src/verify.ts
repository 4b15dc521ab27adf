// `votix-offline verify`: every check of a record, or of an archive, that needs no key.

import { createRecordChecker, describeRecordReport, type RecordReport } from '@votix/protocol';
import { readRecordOrArchive, unlessChanged } from './files.ts';
import { type Outcome, refuse } from './outcome.ts';
import type { RecordFile } from './record-file.ts';
import { checkLines, minutesLines, notCheckedLines, titleLines, verdictLine } from './record-report.ts';
import { verifyArchiveFile } from './verify-archive.ts';

export async function verify(o: { readonly record: string; readonly strict?: string }): Promise<Outcome> {
  const { strict } = o;
  const read = await readRecordOrArchive(o.record);
  if (!read.ok) return refuse(read);
  if (read.kind === 'archive') return verifyArchiveFile({ bytes: read.bytes, strict });
  if (strict === undefined) return unlessChanged(o.record, () => verifyRecordOf(read));
  const sentence = 'Strict proofs belong to the archive of a verifiable election; leave --strict out for a record.';
  return refuse({ ok: false, exitCode: 2, reason: 'no-archive', sentence });
}

/** The checks of a record, its ballots read some at a time; throws RecordChanged. */
export async function checkRecord({ record, ballots }: RecordFile): Promise<RecordReport> {
  const checker = createRecordChecker(record);
  for await (const some of ballots()) for (const ballot of some) checker.add(ballot);
  return checker.finish();
}

async function verifyRecordOf(file: RecordFile): Promise<Outcome> {
  const { record } = file;
  const start = performance.now();
  const report = await checkRecord(file);
  const milliseconds = Math.round(performance.now() - start);
  return {
    exitCode: report.ok ? 0 : 1,
    lines: [
      ...titleLines(record),
      ...checkLines(report),
      '',
      ...notCheckedLines(report.notChecked),
      '',
      verdictLine(report, milliseconds),
      ...(report.ok ? minutesLines(record) : []),
    ],
    answer: { ...describeRecordReport(record, report, milliseconds) },
  };
}
