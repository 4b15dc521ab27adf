// "Will my mail arrive?": what the public DNS says of the sender's domain, as receiving servers look at it before they open a
// mail: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), MX (RFC 5321; RFC 7505 for "takes no mail").

import { Resolver } from 'node:dns/promises';
import type { MailProvider } from '../domain/mail-providers.ts';

/** As node:dns has it. */
export interface DnsResolver {
  resolveTxt(name: string): Promise<string[][]>;
  resolveMx(name: string): Promise<{ readonly exchange: string; readonly priority: number }[]>;
}

export const openResolver = (): DnsResolver => new Resolver({ timeout: 2000, tries: 2 });

export interface ArrivalFinding {
  readonly about: 'spf' | 'dkim' | 'dmarc' | 'mx';
  readonly verdict: 'good' | 'warn' | 'bad';
  readonly says: ArrivalSentence;
  /** What was read. */
  readonly found?: string | undefined;
  /** The record that would help. */
  readonly add?: { readonly name: string; readonly type: 'TXT' | 'MX'; readonly value: string } | undefined;
}

export const arrivalSentences = [
  'spf-good',
  'spf-missing',
  'spf-several',
  'spf-anyone',
  'spf-not-provider',
  'dkim-good',
  'dkim-missing',
  'dkim-revoked',
  'dkim-unknown',
  'dmarc-good',
  'dmarc-missing',
  'dmarc-several',
  'mx-good',
  'mx-missing',
  'mx-refuses',
  'unanswered',
] as const;
export type ArrivalSentence = (typeof arrivalSentences)[number];

export interface ArrivalWish {
  /** Of the sender's address. */
  readonly domain: string;
  readonly server: string;
  readonly provider: MailProvider | undefined;
  /** Empty where nobody has said one. */
  readonly selector: string;
  /** For reports of DMARC. */
  readonly contactEmail: string;
}

/** In the order in which one would mend them. */
export async function checkArrival(dns: DnsResolver, wish: ArrivalWish): Promise<readonly ArrivalFinding[]> {
  const parts = { spf: findSpf, dkim: findDkim, dmarc: findDmarc, mx: findMx } as const;
  return Promise.all(
    (Object.keys(parts) as (keyof typeof parts)[]).map((about) =>
      parts[about](dns, wish).catch(() => ({ about, verdict: 'warn', says: 'unanswered' }) as const),
    ),
  );
}

/** Nothing there is an answer; no answer is an exception. */
async function records<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
    throw error;
  }
}

/** TXT records of this version: long ones come in pieces that belong together. */
async function texts(dns: DnsResolver, name: string, version: RegExp): Promise<string[]> {
  const found = await records(dns.resolveTxt(name));
  return found.map((pieces) => pieces.join('')).filter((text) => version.test(text));
}

const spfVersion = /^v=spf1(?: |$)/i;

async function findSpf(dns: DnsResolver, { domain, server, provider }: ArrivalWish): Promise<ArrivalFinding> {
  const about = 'spf';
  const found = await texts(dns, domain, spfVersion);
  const [record] = found;
  const wanted = provider === undefined ? `a:${server}` : provider.spf && `include:${provider.spf}`;
  const add = wanted && ({ name: domain, type: 'TXT', value: `v=spf1 ${wanted} ~all` } as const);
  if (record === undefined) return { about, verdict: 'bad', says: 'spf-missing', ...(add && { add }) };
  if (found.length > 1) return { about, verdict: 'bad', says: 'spf-several', found: found.join('\n') };
  if (/(?:^| )\+?all(?: |$)/i.test(record)) return { about, verdict: 'bad', says: 'spf-anyone', found: record };
  if (provider?.spf === undefined || (await includes(dns, record, provider.spf)))
    return { about, verdict: 'good', says: 'spf-good', found: record };
  const value = record.replace(/^v=spf1/i, `v=spf1 include:${provider.spf}`);
  return { about, verdict: 'bad', says: 'spf-not-provider', found: record, add: { name: domain, type: 'TXT', value } };
}

/** RFC 7208 §4.6.4: no more than ten look-ups. */
const mostLookUps = 10;

async function includes(dns: DnsResolver, first: string, wanted: string): Promise<boolean> {
  const queue = [first];
  for (let asked = 0; queue.length > 0;) {
    const record = queue.shift() ?? '';
    for (const [, target = ''] of record.matchAll(/(?: \+?include:| redirect=)(\S+)/gi)) {
      if (target.toLowerCase() === wanted) return true;
      if (asked++ >= mostLookUps) return false;
      queue.push(...(await texts(dns, target, spfVersion)));
    }
  }
  return false;
}

async function findDkim(dns: DnsResolver, { domain, selector, provider }: ArrivalWish): Promise<ArrivalFinding> {
  const about = 'dkim';
  const names = selector === '' ? (provider?.selectors ?? []) : [selector];
  for (const name of names) {
    const [record] = await texts(dns, `${name}._domainkey.${domain}`, /(?:^|;)\s*p=/i);
    if (record === undefined) continue;
    const found = `${name}._domainkey.${domain}`;
    if (/(?:^|;)\s*p=\s*(?:;|$)/i.test(record)) return { about, verdict: 'bad', says: 'dkim-revoked', found };
    return { about, verdict: 'good', says: 'dkim-good', found };
  }
  return selector === ''
    ? { about, verdict: 'warn', says: 'dkim-unknown' }
    : { about, verdict: 'bad', says: 'dkim-missing', found: `${selector}._domainkey.${domain}` };
}

/** A domain without a policy has that of the domain above it. */
async function findDmarc(dns: DnsResolver, { domain, contactEmail }: ArrivalWish): Promise<ArrivalFinding> {
  const about = 'dmarc';
  for (let above = domain; above.includes('.'); above = above.slice(above.indexOf('.') + 1)) {
    const found = await texts(dns, `_dmarc.${above}`, /^v=DMARC1(?:;|\s|$)/);
    if (found.length > 1) return { about, verdict: 'bad', says: 'dmarc-several', found: found.join('\n') };
    if (found.length === 1) return { about, verdict: 'good', says: 'dmarc-good', found: found[0] };
  }
  const value = `v=DMARC1; p=none; rua=mailto:${contactEmail}`;
  return { about, verdict: 'warn', says: 'dmarc-missing', add: { name: `_dmarc.${domain}`, type: 'TXT', value } };
}

async function findMx(dns: DnsResolver, { domain }: ArrivalWish): Promise<ArrivalFinding> {
  const about = 'mx';
  const found = await records(dns.resolveMx(domain));
  if (found.length === 0) return { about, verdict: 'bad', says: 'mx-missing' };
  if (found.every(({ exchange }) => exchange === '' || exchange === '.'))
    return { about, verdict: 'bad', says: 'mx-refuses' };
  const servers = found.toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
  return { about, verdict: 'good', says: 'mx-good', found: servers.join(', ') };
}
