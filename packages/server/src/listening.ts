// The port: opened, and closed so that whoever has asked something still gets the answer and nobody else holds up the end.

import { serve } from '@hono/node-server';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { App } from './app.ts';
import type { Config } from './config.ts';

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function listen({ host, port }: Pick<Config, 'host' | 'port'>, app: App): Promise<Listening> {
  const server = serve({ fetch: app.fetch, hostname: host, port }) as Server;
  const unused = trackUnused(server);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => close(server, unused) };
}

/**
 * Connections on which nothing has been asked yet. Browsers and proxies open such ahead and keep them for minutes, and Node
 * does not count them among the idle ones.
 */
function trackUnused(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => void unused.delete(socket));
  return unused;
}

/** Requests on their way are answered; connections that only wait are closed, again until none is left. */
async function close(server: Server, unused: ReadonlySet<Socket>): Promise<void> {
  const closeWaiting = () => {
    server.closeIdleConnections();
    for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
  };
  const again = setInterval(closeWaiting, 50);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(again);
}
