// `votix-offline verify`: every check of a record, or of an archive, that needs no key.

import { describeRecordReport, type ElectionRecord, verifyRecord } from '@votix/protocol';
import { readRecordOrArchive } from './files.ts';
import { type Outcome, refuse } from './outcome.ts';
import { checkLines, minutesLines, notCheckedLines, titleLines, verdictLine } from './record-report.ts';
import { verifyArchiveFile } from './verify-archive.ts';

export async function verify(o: { readonly record: string; readonly strict?: string }): Promise<Outcome> {
  const { strict } = o;
  const read = await readRecordOrArchive(o.record);
  if (!read.ok) return refuse(read);
  if (read.kind === 'archive') return verifyArchiveFile({ bytes: read.bytes, strict });
  if (strict === undefined) return verifyRecordOf(read.record);
  const sentence = 'Strict proofs belong to the archive of a verifiable election; leave --strict out for a record.';
  return refuse({ ok: false, exitCode: 2, reason: 'no-archive', sentence });
}

function verifyRecordOf(record: ElectionRecord): Outcome {
  const start = performance.now();
  const report = verifyRecord(record);
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
