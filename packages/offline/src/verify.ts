// `votix-offline verify`: every check of a record that needs no key.

import { verifyRecord } from '@votix/protocol';
import { readRecordFile } from './files.ts';
import { type Outcome, refuse } from './outcome.ts';
import { checkLines, minutesLines, notCheckedLines, titleLines, verdictLine } from './record-report.ts';

export async function verify({ record: path }: { readonly record: string }): Promise<Outcome> {
  const read = await readRecordFile(path);
  if (!read.ok) return refuse(read);
  const { record } = read;
  const start = performance.now();
  const report = verifyRecord(record);
  const milliseconds = Math.round(performance.now() - start);
  const { boxHash, fingerprint } = record;
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
    answer: { ...report, boxHash, fingerprint, milliseconds },
  };
}
