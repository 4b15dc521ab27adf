// One check at a time: the worker that leads and its hands, made here because not every browser lets a worker make others.
// Ending it ends them all, in the middle of whatever they do.
import type { GivenFile, LeadAnswer, WorkerRequest } from './worker-messages.ts';

export interface Checking {
  find(typed: string): void;
  stop(): void;
}

export interface CheckingOf {
  readonly files: readonly GivenFile[];
  readonly makeWorker: () => Worker;
  readonly onAnswer: (answer: Exclude<LeadAnswer, { readonly type: 'want-hands' }>) => void;
  readonly onBroken: () => void;
}

export function startChecking({ files, makeWorker, onAnswer, onBroken }: CheckingOf): Checking {
  const workers: Worker[] = [];
  const stop = () => {
    for (const worker of workers.splice(0)) worker.terminate();
  };
  const hire = (): Worker => {
    const worker = makeWorker();
    const fail = () => {
      stop();
      onBroken();
    };
    worker.addEventListener('error', fail);
    worker.addEventListener('messageerror', fail);
    workers.push(worker);
    return worker;
  };
  const lead = hire();
  lead.addEventListener('message', ({ data: answer }: MessageEvent<LeadAnswer>) => {
    if (answer.type === 'want-hands') return send(lead, ...handsFrom(hire, answer.count));
    if (answer.type === 'reported') dismiss(workers, lead);
    onAnswer(answer);
  });
  send(lead, { type: 'check', files });
  return { find: (typed) => send(lead, { type: 'find', typed }), stop };
}

/** Each at one end of a channel; the lead gets the other ends. */
function handsFrom(hire: () => Worker, count: number): readonly [WorkerRequest, MessagePort[]] {
  const ports = Array.from({ length: count }, () => {
    const { port1, port2 } = new MessageChannel();
    send(hire(), { type: 'help', port: port1 }, [port1]);
    return port2;
  });
  return [{ type: 'hands', ports }, ports];
}

/** The report is made: the lead stays for receipts, the others go. */
function dismiss(workers: Worker[], lead: Worker): void {
  for (const worker of workers) if (worker !== lead) worker.terminate();
  workers.splice(0, workers.length, lead);
}

function send(worker: Worker, request: WorkerRequest, transferred: MessagePort[] = []): void {
  worker.postMessage(request, transferred);
}
