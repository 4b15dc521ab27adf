// The thread that speaks SMTP. It decides nothing: each mail is handed over, and what became of it is told.

import { parentPort, workerData } from 'node:worker_threads';
import { handOver } from './handing-over.ts';
import type { Answer, Question } from './sender.ts';
import { openTransport, type SmtpSettings } from './smtp.ts';

const transport = openTransport(workerData as SmtpSettings);
const stopping = new AbortController();

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
const tell = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (question: Question) => {
  if (question.kind === 'stop') stopping.abort();
  else if (question.kind === 'send') void carry(question);
  else {
    transport.close();
    parentPort?.close(); // the thread ends with its last connection
  }
});

async function carry({ id, message }: Extract<Question, { kind: 'send' }>): Promise<void> {
  tell({ id, verdict: await handOver(transport, message, stopping.signal) });
}

// Before the first mail is looked at.
tell('started');
