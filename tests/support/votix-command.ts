// The real command `votix`, and the real start of the server, in a process of its own, as an operator starts it: in a folder
// of its own, with its settings.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCache } from './compile-cache.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Circumstances {
  readonly environment?: Readonly<Record<string, string>>;
  /** What standard input holds before it ends. */
  readonly input?: string;
  /** Another than the one that all commands of a test file share. */
  readonly folder?: string;
}

const bin = join(import.meta.dirname, '../../packages/server/bin');
let made: string | undefined;
const home = () => (made ??= mkdtempSync(join(tmpdir(), 'votix-command-')));

/** For afterAll. */
export function removeCommandFiles(): void {
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
  made = undefined;
}

export const runVotix = (args: readonly string[], circumstances: Circumstances = {}): Promise<Ended> =>
  startVotixCommand(args, circumstances).ended;

/** For what is interrupted. */
export const startVotixCommand = (args: readonly string[], circumstances: Circumstances = {}) =>
  run([join(bin, 'votix.mjs'), ...args], circumstances);

/** A start that is expected to fail: nothing stops a server that runs, but the time-out. */
export const runStart = (circumstances: Circumstances): Promise<Ended> =>
  run([join(bin, 'start.mjs')], circumstances).ended;

function run(program: readonly string[], { environment = {}, input = '', folder = home() }: Circumstances) {
  const child = spawn(process.execPath, program, {
    cwd: folder,
    timeout: 60_000,
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compileCache, ...environment },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  child.stdin.on('error', () => undefined); // a command that ends without reading its input breaks the pipe
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

/** The one line of JSON that `--json` prints; throws on more lines, or none. */
export function jsonOf({ out, err }: Ended): Record<string, unknown> {
  if (!/^[^\n]+\n$/.test(out)) throw new Error(`not one line:\n${out}\n${err}`);
  return JSON.parse(out) as Record<string, unknown>;
}
