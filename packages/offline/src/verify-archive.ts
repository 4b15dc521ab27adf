// `votix-offline verify` of an archive: everything in it recomputed, as anyone can.

import { type ArchiveReport, describeArchiveReport, openArchive } from '@votix/protocol/verifiable';
import { archiveLines } from './archive-report.ts';
import { takeCheckers } from './checkers.ts';
import { readSmallFile } from './files.ts';
import { type Outcome, refuse } from './outcome.ts';
import { progressForPerson } from './progress.ts';
import { checkShared } from './shared-ballots.ts';

export async function verifyArchiveFile(o: {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly strict: string | undefined;
}): Promise<Outcome> {
  const strict = o.strict === undefined ? undefined : await readSmallFile(o.strict);
  if (strict?.ok === false) return refuse(strict);
  const start = performance.now();
  const report = await check(o.bytes, strict?.text);
  const milliseconds = Math.round(performance.now() - start);
  return {
    exitCode: report.ok ? 0 : 1,
    lines: archiveLines(report, milliseconds),
    answer: { ...describeArchiveReport(report, milliseconds) },
  };
}

async function check(bytes: Uint8Array<ArrayBuffer>, strict: string | undefined): Promise<ArchiveReport> {
  const opened = openArchive(bytes, { strict });
  if (!opened.ok) return opened.report;
  const { archive } = opened;
  return checkShared(archive, takeCheckers(archive.election, archive.ballots.length), progressForPerson());
}
