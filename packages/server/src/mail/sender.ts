// Mails are handed to the mail server by a thread of its own: making a message and speaking SMTP is most of what a mail costs,
// and would keep whoever votes waiting. When the thread breaks, nobody knows which of its mails the mail server has; one that does
// not even start has begun none.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Back } from './handing-over.ts';
import type { Verdict } from './outcome.ts';
import type { MailOptions, SmtpSettings } from './smtp.ts';

export type Question =
  | { readonly kind: 'send'; readonly id: number; readonly message: MailOptions }
  | { readonly kind: 'stop' }
  | { readonly kind: 'close' };

export type Answer = 'started' | { readonly id: number; readonly verdict: Verdict | Back };

export interface Sender {
  /** Comes back when the sender stops before any connection has taken it up. */
  readonly send: (message: MailOptions) => Promise<Verdict | Back>;
  /** Nothing more is begun; what is on its way gets a few seconds. */
  readonly stop: () => void;
  /** The thread is gone, and why, where it was not closed: nothing goes out through it any more. */
  readonly broken: () => string | undefined;
  /** Once nothing is on its way. */
  readonly close: () => Promise<void>;
}

/** So long the mail server gets to say goodbye. */
const goodbyeMs = 1000;

export function openSender(settings: SmtpSettings): Sender {
  const thread = new Worker(new URL('./sending-thread.ts', import.meta.url), { workerData: settings });
  const onTheirWay = new Map<number, (verdict: Verdict | Back) => void>();
  let [count, isStarted] = [0, false];
  let broken: string | undefined;
  const settle = (id: number, verdict: Verdict | Back) => {
    onTheirWay.get(id)?.(verdict);
    onTheirWay.delete(id);
    if (onTheirWay.size === 0) thread.unref();
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node has no origin
  const tell = (question: Question) => thread.postMessage(question);
  const end = async () => {
    broken = await once(thread, 'exit').then(() => 'It has ended.', String);
    for (const id of onTheirWay.keys())
      settle(id, isStarted ? { kind: 'unknown', cause: 'interrupted' } : { kind: 'back' });
  };
  const ended = end();
  thread.on('message', (answer: Answer) => {
    if (answer === 'started') isStarted = true;
    else settle(answer.id, answer.verdict);
  });
  thread.unref(); // a process waits for mails, not for the thread
  return {
    send: (message) =>
      new Promise((resolve) => {
        if (broken !== undefined) return resolve({ kind: 'back' });
        const id = count++;
        onTheirWay.set(id, resolve);
        thread.ref();
        tell({ kind: 'send', id, message });
      }),
    stop: () => tell({ kind: 'stop' }),
    broken: () => broken,
    close: async () => {
      tell({ kind: 'close' });
      const late = setTimeout(() => void thread.terminate(), goodbyeMs);
      thread.ref();
      await ended;
      clearTimeout(late);
    },
  };
}
