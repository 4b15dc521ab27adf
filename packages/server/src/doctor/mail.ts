// Whether the mail server lets Votix in; nothing is sent.

import type { Finding } from './finding.ts';
import { within } from './patience.ts';

export interface MailProbe {
  /** The server's name; undefined while none is set. */
  readonly readHost: () => Promise<string | undefined>;
  /** The cause when it does not work. */
  readonly check: () => Promise<{ readonly ok: true } | { readonly ok: false; readonly cause: string }>;
}

export async function examineMail({ readHost, check }: MailProbe): Promise<Finding> {
  const about = 'mail';
  const host = await readHost();
  if (host === undefined) return { about, verdict: 'warn', says: 'mail-none' };
  const outcome = await within(check());
  if (outcome === 'slow') return { about, verdict: 'bad', says: 'mail-slow', values: { host } };
  return outcome.ok
    ? { about, verdict: 'good', says: 'mail-good', values: { host } }
    : { about, verdict: 'bad', says: 'mail-bad', values: { host, cause: outcome.cause } };
}

interface Postman {
  readonly readSettings: () => Promise<{ readonly host: string } | undefined>;
  readonly check: MailProbe['check'];
}

export const mailProbe = (postman: Postman): MailProbe => ({
  readHost: async () => (await postman.readSettings())?.host,
  check: () => postman.check(),
});
