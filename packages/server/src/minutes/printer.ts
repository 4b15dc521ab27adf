// PDFs on demand: drawn in a worker, one at a time, and the last ones kept, so that a crowd that wants the minutes of the
// day costs one drawing.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MinutesDocument } from '../views/minutes-document.ts';
import type { PdfFacts } from './pdf.ts';

export type Printer = (document: MinutesDocument, facts: PdfFacts) => Promise<Uint8Array>;

const mostKept = 16;

export function createPrinter(): Printer {
  const kept = new Map<string, Promise<Uint8Array>>();
  let last: Promise<unknown> = Promise.resolve();
  return (document, facts) => {
    const key = createHash('sha256')
      .update(JSON.stringify([document, facts]))
      .digest('hex');
    const known = kept.get(key);
    if (known) return known;
    const drawn = last.then(() => draw(document, facts));
    last = drawn.catch(() => undefined);
    kept.set(key, drawn);
    drawn.catch(() => kept.delete(key));
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
    return drawn;
  };
}

async function draw(document: MinutesDocument, facts: PdfFacts): Promise<Uint8Array> {
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), { workerData: { document, facts } });
  worker.unref(); // a server that stops does not wait for it
  const [bytes] = (await once(worker, 'message')) as [Uint8Array];
  await worker.terminate();
  return bytes;
}
