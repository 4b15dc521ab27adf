// Everything that is checked is checked here, beside the page. The policy of this file's answer lets it compute with WebAssembly
// and make no request: what it reads can't leave the machine.
import { assert } from '../page/assert.ts';
import { examine, type Examined } from './examine.ts';
import { serveAsHand } from './hand.ts';
import type { LeadAnswer, WorkerRequest } from './worker-messages.ts';

let examined: Examined | null = null;
let takeHands: (ports: readonly MessagePort[]) => void = () => undefined;

/** To the page: a worker's messages have no target origin. */
const tell = (answer: LeadAnswer) => self.postMessage(answer, {});

self.addEventListener('message', ({ data: request }: MessageEvent<WorkerRequest>) => {
  switch (request.type) {
    case 'help':
      return serveAsHand(request.port);
    case 'hands':
      return takeHands(request.ports);
    case 'check':
      return void check(request).catch((error: unknown) => reportError(error)); // reaches the page as the worker's error event
    case 'find':
      assert(examined, 'a receipt is looked for in what was checked');
      return tell({ type: 'found', answer: examined.find(request.typed) });
  }
});

async function check({ files }: Extract<WorkerRequest, { readonly type: 'check' }>): Promise<void> {
  const outcome = await examine(files, {
    tell,
    wantHands: (count) =>
      new Promise((resolve) => {
        takeHands = resolve;
        tell({ type: 'want-hands', count });
      }),
  });
  if (!outcome.ok) return tell({ type: 'refused', problem: outcome.problem });
  ({ examined } = outcome);
  tell({ type: 'reported', report: examined.report });
}
