// The real server, started as an operator starts it, in a process and a folder of its own.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(import.meta.dirname, '../../../bin/start.mjs');
const startTimeoutMs = 60_000;

export interface RehearsalServer {
  readonly stop: () => Promise<void>;
}

/** `environment` is all it knows; this machine's own settings never reach it. */
export async function startServer(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<RehearsalServer> {
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  await untilListening(child);
  return {
    stop: async () => {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}

function untilListening(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The server did not start. ${said.trim()}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (!line.includes('Votix is listening.')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
