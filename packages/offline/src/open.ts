// `votix-offline open`: checks the record, opens every ballot with the key, counts, compares with the record's result.

import {
  type BallotContext,
  formatReceipt,
  readBallotContext,
  type RecordFrame,
  type RecordReport,
} from '@votix/protocol';
import { compareWithRecord, comparisonLines } from './comparison.ts';
import { countLines, countRows } from './counts.ts';
import { readKeyFile, readRecordFile, unlessChanged } from './files.ts';
import { type Opened, openBallots } from './opening.ts';
import { type Outcome, refuse } from './outcome.ts';
import type { PassphraseSource } from './passphrase.ts';
import { inSeconds } from './printable.ts';
import { progressOn } from './progress.ts';
import { checkLines, minutesLines, notCheckedLines, titleLines, verdictLine } from './record-report.ts';
import type { RecordFile } from './record-file.ts';
import { unlock } from './unlock.ts';
import { checkRecord } from './verify.ts';

interface Paths {
  readonly record: string;
  readonly key: string;
}

/** The passphrase is asked for last: nobody types a secret for a record that would be refused. */
export function open(paths: Paths, source: PassphraseSource): Promise<Outcome> {
  return unlessChanged(paths.record, () => openRecord(paths, source));
}

async function openRecord(paths: Paths, source: PassphraseSource): Promise<Outcome> {
  const [read, file] = [await readRecordFile(paths.record), await readKeyFile(paths.key)];
  if (!read.ok) return refuse(read);
  if (!file.ok) return refuse(file);
  const { record, count } = read;
  const checked = await holds(read);
  if (!checked.ok) return checked.outcome;
  const unlocked = await unlock(file.text, source, record.fingerprint);
  if (!unlocked.ok) return refuse(unlocked);
  const start = performance.now();
  const opened = await openBallots({
    context: checked.context,
    file: read,
    privateKey: unlocked.privateKey,
    onOpened: progressOn(process.stderr, count, 'Opened'),
  });
  return describe({ ...checked, record, count, opened, milliseconds: Math.round(performance.now() - start) });
}

type Checked =
  | { readonly ok: true; readonly context: BallotContext; readonly report: RecordReport }
  | { readonly ok: false; readonly outcome: Outcome };

async function holds(file: RecordFile): Promise<Checked> {
  const { record, count } = file;
  const start = performance.now();
  const report = await checkRecord(file);
  const read = readBallotContext(record.definition, record.publicKey);
  if (!report.ok || !read.ok) {
    const lines = [...checkLines(report), '', verdictLine(report, performance.now() - start), 'No ballot was opened.'];
    return { ok: false, outcome: { exitCode: 1, lines, answer: { ...report, reason: 'record-does-not-hold' } } };
  }
  const { minimumBallots } = read.context.definition;
  if (count >= minimumBallots) return { ok: true, context: read.context, report };
  // The voters were promised at arming that a handful of votes is never shown.
  const sentence = `This box stays closed: ${count} ballots are fewer than the ${minimumBallots} fixed before the vote.`;
  return { ok: false, outcome: refuse({ ok: false, exitCode: 1, reason: 'below-minimum', sentence }) };
}

interface Findings {
  readonly context: BallotContext;
  readonly report: RecordReport;
  readonly record: RecordFrame;
  readonly count: number;
  readonly opened: Opened;
  readonly milliseconds: number;
}

function describe({ context, report, record, count, opened, milliseconds }: Findings): Outcome {
  const { definition } = context;
  const { checks, notChecked: unseen } = report;
  const comparison = compareWithRecord(definition, record, opened);
  const ok = comparison.verdict !== 'not-the-same';
  const notChecked = unseen.filter((name) => name !== 'decryption');
  const { boxHash, fingerprint } = record;
  return {
    exitCode: ok ? 0 : 1,
    lines: [
      ...titleLines(record),
      ...countLines(countRows(definition, opened.tally)),
      ...invalidLines(opened),
      '',
      ...notCheckedLines(notChecked),
      '',
      `All ${checks.length} checks of the record hold; ${count} ballots opened (${inSeconds(milliseconds)}).`,
      ...comparisonLines(comparison),
      ...minutesLines(record),
    ],
    answer: { ok, ...opened, comparison, checks, notChecked, boxHash, fingerprint, milliseconds },
  };
}

function invalidLines({ invalidBallots }: Opened): readonly string[] {
  if (invalidBallots.length === 0) return [];
  const lines = invalidBallots.map(({ receipt, reason }) => `  ${formatReceipt(receipt)}  ${reason}`);
  return ['', 'Invalid ballots, by receipt, with the reason:', ...lines];
}
