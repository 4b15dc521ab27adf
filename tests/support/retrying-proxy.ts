// A proxy as an operator would set one: it asks the processes by turns, and the next one when no whole answer comes or it is 502
// or 503. A cast may be sent twice.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface RetryingProxy {
  readonly url: string;
  /** How often another process had to be asked. */
  readonly retries: () => number;
  readonly stop: () => void;
}

const mostTries = 200;
const origin = 'http://localhost:5000';

/** The addresses may change while it runs. */
export async function aRetryingProxy(processes: readonly { readonly url: string }[]): Promise<RetryingProxy> {
  let [turn, retries] = [0, 0];
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray());
    for (let tries = 0; tries < mostTries; tries++) {
      const { url } = processes[turn++ % processes.length]!;
      const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', Origin: origin };
      const answer = await fetch(url + request.url, { method: 'POST', headers, body })
        .then(async (got) => ({ status: got.status, text: await got.text() }))
        .catch(() => undefined);
      if (answer && answer.status !== 502 && answer.status !== 503)
        return response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.text);
      retries++;
      await pause(20);
    }
    return response.writeHead(502).end();
  };
  const server = createServer((request, response) => void pass(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retries: () => retries,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
