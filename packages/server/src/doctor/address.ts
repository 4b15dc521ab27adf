// The public address: where browsers have cryptography, and whether visitors behind a proxy are told apart.

import { isSecureBase } from '../domain/settings.ts';
import type { Finding } from './finding.ts';

export function examineAddress(
  baseUrl: string | undefined,
  trusted: readonly string[],
  proxyUnknown: boolean | undefined,
): Finding[] {
  return [addressOf(baseUrl), proxyOf(baseUrl, trusted, proxyUnknown)];
}

function addressOf(baseUrl: string | undefined): Finding {
  const about = 'address';
  if (baseUrl === undefined) return { about, verdict: 'warn', says: 'address-none' };
  const values = { address: baseUrl };
  if (!isSecureBase(baseUrl)) return { about, verdict: 'bad', says: 'address-http', values };
  const isLocal = !baseUrl.startsWith('https:');
  return { about, verdict: isLocal ? 'warn' : 'good', says: isLocal ? 'address-local' : 'address-https', values };
}

function proxyOf(baseUrl: string | undefined, trusted: readonly string[], isUnknown = false): Finding {
  const about = 'proxy';
  const isBehind = isUnknown || baseUrl?.startsWith('https:') === true; // Votix itself speaks no https
  if (isUnknown || (isBehind && trusted.length === 0)) return { about, verdict: 'warn', says: 'proxy-unknown' };
  const proxies = trusted.join(', ');
  return trusted.length === 0
    ? { about, verdict: 'good', says: 'proxy-none' }
    : { about, verdict: 'good', says: 'proxy-trusted', values: { proxies } };
}
