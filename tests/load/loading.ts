// The load: so many connections, each sends its next request when the last was answered, each request once. By autocannon,
// with times of our own, because it rounds to milliseconds.

import autocannon from 'autocannon';

export interface Sent {
  readonly path: string;
  /** None for a page. */
  readonly body?: string;
}

export interface Loaded {
  readonly perSecond: number;
  readonly waitsMs: readonly number[];
}

const headersOf = (origin: string) => ({
  'content-type': 'application/json',
  'sec-fetch-site': 'same-origin',
  origin,
});

/** Throws when one of them is not answered, or not with 200: a refusal is fast and would flatter. */
export async function load(url: string, requests: readonly Sent[], connections: number): Promise<Loaded> {
  const waitsMs: number[] = [];
  const refusals = new Map<string, number>();
  let next = 0;
  const start = performance.now();
  let end = start;
  await autocannon({
    url,
    connections: Math.min(connections, requests.length),
    amount: requests.length,
    timeout: 60,
    headers: headersOf(url),
    requests: [
      {
        setupRequest: (request, context: { sentAt?: number }) => {
          const { path, body } = requests[next++ % requests.length]!;
          context.sentAt = performance.now();
          return { ...request, path, ...(body === undefined ? { method: 'GET' } : { method: 'POST', body }) };
        },
        onResponse: (status, body, context: { sentAt?: number }) => {
          end = performance.now();
          waitsMs.push(end - context.sentAt!);
          if (status !== 200) refusals.set(`${status} ${body.slice(0, 200)}`, 1);
        },
      },
    ],
  });
  if (refusals.size > 0) throw new Error(`Not all were answered: ${[...refusals.keys()].slice(0, 3).join('\n')}`);
  const missing = requests.length - waitsMs.length;
  if (missing > 0) throw new Error(`${missing} of ${requests.length} requests were not answered.`);
  return { perSecond: (waitsMs.length / (end - start)) * 1000, waitsMs };
}
