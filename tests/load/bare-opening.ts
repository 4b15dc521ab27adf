// The same box opened by WebCrypto and nothing else: no check, no count, no library. What any opening in a browser has to do.

import type { BrowserContext } from '@playwright/test';
import type { ProgramSite } from '../support/program-site.ts';

/** How the work is shared: so many workers, each so many ballots at once. */
export interface Way {
  readonly workers: number;
  readonly together: number;
}

export const ways: readonly Way[] = [1, 2, 4].flatMap((workers) => [1, 50].map((together) => ({ workers, together })));

const worker = `
const bytesOf = (text) => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
};
async function open(key, ballot) {
  const [header, encryptedKey, iv, ciphertext, tag] = ballot.split('.');
  const raw = await crypto.subtle.decrypt('RSA-OAEP', key, bytesOf(encryptedKey));
  const contentKey = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const additionalData = new TextEncoder().encode(header);
  const [start, end] = [bytesOf(ciphertext), bytesOf(tag)];
  const sealed = new Uint8Array(start.length + end.length);
  sealed.set(start);
  sealed.set(end, start.length);
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(iv), additionalData }, contentKey, sealed);
}
addEventListener('unhandledrejection', ({ reason }) => reportError(reason)); // or the page would wait for ever
addEventListener('message', async ({ data: { pkcs8, ballots, together } }) => {
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['decrypt']);
  for (let at = 0; at < ballots.length; at += together)
    await Promise.all(ballots.slice(at, at + together).map((ballot) => open(key, ballot)));
  postMessage(ballots.length);
});`;

/** Milliseconds from the box in the page's memory to the last plaintext, the start of the workers included. */
export async function openBare(
  { context, site, pkcs8 }: { context: BrowserContext; site: ProgramSite; pkcs8: Uint8Array },
  { workers, together }: Way,
): Promise<number> {
  site.answer('GET /bare', () => ({ status: 200, type: 'text/html', body: '<!doctype html><title>Bare</title>' }));
  site.answer('GET /bare.js', () => ({ status: 200, type: 'text/javascript', body: worker }));
  const page = await context.newPage();
  try {
    await page.goto(`${site.origin}/bare`);
    return await page.evaluate(
      async ({ key, count, atOnce }) => {
        const ballots = (await (await fetch('/box')).text()).trimEnd().split('\n');
        const share = Math.ceil(ballots.length / count);
        const start = performance.now();
        const working = Array.from({ length: count }, (_, index) => {
          const one = new Worker('/bare.js');
          const some = ballots.slice(index * share, (index + 1) * share);
          one.postMessage({ pkcs8: new Uint8Array(key), ballots: some, together: atOnce }, []);
          return new Promise((resolve, reject) => {
            one.addEventListener('message', resolve);
            one.addEventListener('error', reject);
          }).finally(() => one.terminate());
        });
        await Promise.all(working);
        return performance.now() - start;
      },
      { key: [...pkcs8], count: workers, atOnce: together },
    );
  } finally {
    await page.close();
  }
}
