// The real command in a process of its own, and files for it in a temporary folder. Only for tests.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Circumstances {
  /** What standard input holds. */
  readonly input?: string;
  /** Whether standard input stays open after that, as when a person's shell goes on. */
  readonly staysOpen?: boolean;
  readonly nodeOptions?: readonly string[];
}

export const program = join(import.meta.dirname, '../bin/votix-offline.mjs');

let made: string | undefined;
const folder = () => (made ??= mkdtempSync(join(tmpdir(), 'votix-offline-')));

export function runCommand(args: readonly string[], circumstances: Circumstances = {}): Promise<Ended> {
  const { nodeOptions = [], input = '', staysOpen = false } = circumstances;
  const child = spawn(process.execPath, [...nodeOptions, program, ...args], { timeout: 15_000 });
  const ended = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (ended.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (ended.err += chunk.toString()));
  child.stdin.on('error', () => undefined); // a command that ends without reading its input breaks the pipe
  child.stdin.write(input);
  if (!staysOpen) child.stdin.end();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...ended }));
  });
}

/** For afterAll. */
export function removeFiles(): void {
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
  made = undefined;
}

/** A path in the temporary folder with nothing at it. */
export const aPath = (name: string): string => join(folder(), name);

let files = 0;

/** The path of a new file with this content. */
export function aFile(content: string | Uint8Array): string {
  files += 1;
  const path = join(folder(), `${files}.txt`);
  writeFileSync(path, content);
  return path;
}

/** The one line of JSON that `--json` prints; throws on more lines, or none. */
export function answerOf({ out }: Ended): Record<string, unknown> {
  const [line = '', ...rest] = out.split('\n');
  if (rest.join('') !== '') throw new Error(`more than one line:\n${out}`);
  return JSON.parse(line) as Record<string, unknown>;
}
