// Draws one PDF off the main thread: reading a font takes longer than any vote may wait.

import { parentPort, workerData } from 'node:worker_threads';
import type { MinutesDocument } from '../views/minutes-document.ts';
import { minutesPdf, type PdfFacts } from './pdf.ts';

const { document, facts } = workerData as { document: MinutesDocument; facts: PdfFacts };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
parentPort?.postMessage(await minutesPdf(document, facts));
