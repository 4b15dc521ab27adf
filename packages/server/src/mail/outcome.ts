// What the mail server's answer means: RFC 5321 §4.2 (reply codes), RFC 3463 (enhanced status codes), in our words.
// "Accepted" is never called delivered: it says that the server took the mail.

export type Verdict =
  /** The server took it. */
  | { readonly kind: 'accepted'; readonly replyCode: string }
  /** Again later. */
  | { readonly kind: 'deferred'; readonly cause: Cause; readonly replyCode: string }
  | { readonly kind: 'rejected'; readonly cause: Cause; readonly replyCode: string }
  /** Cut off where the server may have taken it: never sent again by itself. */
  | { readonly kind: 'unknown'; readonly cause: 'interrupted' }
  /** No mail was offered: the server cannot be reached now. Does not count as a try. */
  | { readonly kind: 'unreachable'; readonly cause: Cause }
  /** No mail can go out until somebody corrects the settings. */
  | { readonly kind: 'stop'; readonly cause: Cause };

export const causes = [
  'no-such-address',
  'mailbox-full',
  'blocked',
  'too-large',
  'sender-refused',
  'rate-limited',
  'refused',
  'later',
  'gave-up',
  'interrupted',
  'login-failed',
  'tls-failed',
  'certificate-refused',
  'port-without-tls',
  'unknown-host',
  'timed-out',
  'no-connection',
  'bad-settings',
  'most-refused',
  'voted',
  'closed',
  'removed',
  'mailing-cancelled',
  'address-changed',
] as const;
export type Cause = (typeof causes)[number];

/** What nodemailer's errors carry, as far as we read them. */
export interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
  readonly originalCode?: string;
}

const enhanced = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;

export const replyCodeOf = (response: string | undefined, responseCode: number | undefined): string =>
  enhanced.exec(response ?? '')?.[0] ?? String(responseCode ?? '');

const byEnhanced: readonly (readonly [RegExp, Cause])[] = [
  [/^.\.1\.[1236]$/, 'no-such-address'],
  [/^.\.1\.[078]$/, 'sender-refused'],
  [/^.\.2\.1$/, 'no-such-address'],
  [/^.\.2\.2$/, 'mailbox-full'],
  [/^.\.2\.3$|^.\.3\.4$/, 'too-large'],
  [/^.\.4\.4$/, 'no-such-address'],
  [/^.\.7\.(?:0|1|25|26|27|28|29)$/, 'blocked'],
];

const byReply: Readonly<Record<number, Cause>> = {
  421: 'rate-limited',
  450: 'later',
  451: 'later',
  452: 'mailbox-full',
  550: 'no-such-address',
  551: 'no-such-address',
  552: 'mailbox-full',
  553: 'no-such-address',
  554: 'blocked',
};

function causeOf({ response, responseCode = 0 }: SmtpError, command: string): Cause {
  const code = enhanced.exec(response ?? '')?.[0];
  const known = code && byEnhanced.find(([shape]) => shape.test(code))?.[1];
  // A block that passes is none: greylisting, or too many at once.
  if (known && !(known === 'blocked' && responseCode < 500)) return known;
  if (/MAIL FROM/i.test(command)) return 'sender-refused';
  return byReply[responseCode] ?? (responseCode < 500 ? 'later' : 'refused');
}

/** RFC 3464 §2.3.4 and §2.3.6: a mail that came back says why in the same codes; the server's own words may know better. */
export function causeOfReturn(
  status: string,
  diagnostic: string,
): { readonly cause: Cause; readonly replyCode: string } {
  const said = enhanced.exec(diagnostic)?.[0];
  const replyCode = status.endsWith('.0.0') && said !== undefined ? said : status;
  const responseCode = Number(/\b[45]\d\d\b/.exec(diagnostic)?.[0] ?? `${replyCode[0] ?? 5}50`);
  const cause = causeOf({ response: replyCode, responseCode }, '');
  // Delays that went on until their server gave up.
  return { cause: cause === 'later' ? 'gave-up' : cause, replyCode };
}

/** Before a mail is offered these say what is wrong with the way to the server: codes of nodemailer, Node and OpenSSL. */
const way: readonly (readonly [RegExp, Cause])[] = [
  [/^(?:EDNS|ENOTFOUND|EAI_AGAIN)$/, 'unknown-host'],
  [/CERT|_ISSUER|_SIGNATURE|_CHAIN/, 'certificate-refused'],
  [/^(?:EPROTO|ERR_SSL_.*)$/, 'port-without-tls'],
  [/^(?:ETIMEDOUT|EGREETING)$/, 'timed-out'],
];

function causeOfWay({ code = '', originalCode = '' }: SmtpError): Cause {
  const known = [originalCode, code].flatMap((text) => way.find(([shape]) => shape.test(text))?.[1] ?? []);
  return known[0] ?? 'no-connection';
}

/** `offered`: a connection had taken the mail up, so that the server may have it. */
export function verdictOf(error: SmtpError, offered: boolean): Verdict {
  const { code = '', responseCode, command = '' } = error;
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return responseCode !== undefined && responseCode < 500
      ? { kind: 'unreachable', cause: 'login-failed' }
      : { kind: 'stop', cause: 'login-failed' };
  if (responseCode === 530 || responseCode === 535) return { kind: 'stop', cause: 'login-failed' };
  if (code === 'ETLS' || code === 'EREQUIRETLS')
    return { kind: 'stop', cause: causeOfWay(error) === 'certificate-refused' ? 'certificate-refused' : 'tls-failed' };
  if (code === 'ECONFIG') return { kind: 'stop', cause: 'bad-settings' };
  const beforeMail = /^(?:CONN|EHLO|HELO|LHLO|STARTTLS)$/.test(command);
  if (responseCode === undefined) {
    if (offered) return { kind: 'unknown', cause: 'interrupted' };
    return { kind: 'unreachable', cause: causeOfWay(error) };
  }
  if (beforeMail && !offered) return { kind: 'unreachable', cause: causeOf(error, command) };
  const replyCode = replyCodeOf(error.response, responseCode);
  const cause = causeOf(error, command);
  return responseCode >= 500 && responseCode !== 503
    ? { kind: 'rejected', cause, replyCode }
    : { kind: 'deferred', cause, replyCode };
}
