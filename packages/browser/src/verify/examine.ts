// From chosen files to a report, in the worker that leads: reads them, makes every check, keeps the receipts for whoever looks for
// theirs.
import { verifyRecord } from '@votix/protocol';
import { openArchive } from '@votix/protocol/verifiable';
import { archiveReport } from './archive-report.ts';
import { readChosen, type Chosen } from './files.ts';
import { receiptsOfArchive, receiptsOfRecord, type FindReceipt } from './receipts.ts';
import { recordReport } from './record-report.ts';
import type { FileProblem, Report } from './report.ts';
import { checkShared, handsFor } from './shared-ballots.ts';
import type { GivenFile, LeadAnswer } from './worker-messages.ts';

export interface Examined {
  readonly report: Report;
  readonly find: FindReceipt;
}

export interface Surroundings {
  readonly tell: (answer: LeadAnswer) => void;
  readonly wantHands: (count: number) => Promise<readonly MessagePort[]>;
}

const INTERVAL_MS = 80;

export async function examine(
  files: readonly GivenFile[],
  surroundings: Surroundings,
): Promise<{ readonly ok: true; readonly examined: Examined } | { readonly ok: false; readonly problem: FileProblem }> {
  const { tell } = surroundings;
  tell({ type: 'progress', doing: 'reading', done: 0, total: 0 });
  const chosen = await readChosen(files);
  if (!chosen.ok) return chosen;
  tell({ type: 'progress', doing: 'preparing', done: 0, total: 0 });
  const examined = chosen.kind === 'record' ? ofRecord(chosen, tell) : await ofArchive(chosen, surroundings);
  return { ok: true, examined };
}

type Tell = Surroundings['tell'];

function ofRecord({ record, fileName }: Extract<Chosen, { readonly kind: 'record' }>, tell: Tell): Examined {
  const start = performance.now();
  const report = verifyRecord(record, { onBallot: pacedProgress(tell) });
  const milliseconds = Math.round(performance.now() - start);
  return { report: recordReport(record, report, { fileName, milliseconds }), find: receiptsOfRecord(record) };
}

async function ofArchive(
  { bytes, strict, fileName }: Extract<Chosen, { readonly kind: 'archive' }>,
  { tell, wantHands }: Surroundings,
): Promise<Examined> {
  const start = performance.now();
  const spent = () => Math.round(performance.now() - start);
  const opened = openArchive(bytes, { strict });
  if (!opened.ok) {
    const report = archiveReport(opened.report, { fileName, milliseconds: spent(), archive: null });
    return { report, find: receiptsOfArchive([], new Set()) };
  }
  const { archive } = opened;
  const total = archive.ballots.length;
  const progress = pacedProgress(tell);
  const { report, counted } = await checkShared(archive, total === 0 ? [] : await wantHands(handsFor(total)), {
    onChecked: (done) => progress(done, total),
    onFinishing: () => tell({ type: 'progress', doing: 'finishing', done: total, total }),
  });
  const told = { fileName, milliseconds: spent(), archive: { context: archive.context, counted: counted.size } };
  return { report: archiveReport(report, told), find: receiptsOfArchive(archive.ballots, counted) };
}

/** Now and then, and at the end: a page need not be told of every ballot. */
function pacedProgress(tell: Tell): (done: number, total: number) => void {
  let saidAt = -INTERVAL_MS;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - saidAt < INTERVAL_MS) return;
    saidAt = now;
    tell({ type: 'progress', doing: 'ballots', done, total });
  };
}
