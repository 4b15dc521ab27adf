// One mail given to the mail server, and taken back while no connection has taken it up: then another process may send it. One
// that is taken up when the process stops gets a few seconds; without an answer by then nobody knows whether it arrived.

import { type SmtpError, replyCodeOf, type Verdict, verdictOf } from './outcome.ts';
import type { MailOptions, MailTransport, Offer } from './smtp.ts';

const sendingMs = 3 * 60_000;
/** Well before a process that stops is ended. */
const graceMs = 4000;

export type Back = { readonly kind: 'back' };

export async function handOver(
  transport: MailTransport,
  message: MailOptions,
  stopping: AbortSignal,
): Promise<Verdict | Back> {
  if (stopping.aborted) return { kind: 'back' };
  const offer: Offer = { isTaken: false, isRevoked: false };
  const cut = Promise.withResolvers<Verdict | Back>();
  const timers: NodeJS.Timeout[] = [];
  const breakOff = (untaken: Verdict | Back) => {
    if (offer.isTaken) return cut.resolve({ kind: 'unknown', cause: 'interrupted' });
    offer.isRevoked = true; // from here on no connection takes it up
    cut.resolve(untaken);
  };
  const onStop = () => {
    if (offer.isTaken) timers.push(setTimeout(breakOff, graceMs, { kind: 'back' }));
    else breakOff({ kind: 'back' });
  };
  stopping.addEventListener('abort', onStop, { once: true });
  timers.push(setTimeout(breakOff, sendingMs, { kind: 'unreachable', cause: 'timed-out' }));
  try {
    return await Promise.race([deliver(transport, { ...message, offer }, offer), cut.promise]);
  } finally {
    stopping.removeEventListener('abort', onStop);
    for (const timer of timers) clearTimeout(timer);
  }
}

async function deliver(transport: MailTransport, message: MailOptions, offer: Offer): Promise<Verdict> {
  try {
    const { response } = await transport.sendMail(message);
    return { kind: 'accepted', replyCode: replyCodeOf(response, 250) };
  } catch (error) {
    return verdictOf(error as SmtpError, offer.isTaken);
  }
}
