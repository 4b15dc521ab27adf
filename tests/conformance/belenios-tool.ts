// The command-line tool of Belenios, which others wrote: it judges our archives, and makes elections that we judge. Debian
// packages it; a newer one than the system's may be unpacked beside it (newer-belenios-tool.sh) and named in
// BELENIOS_TOOL_NEWER. Never part of the product.

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL = 'apt-get install belenios-tool';

export interface BeleniosTool {
  readonly version: string;
  /** Runs it in a folder; throws with what it said unless it succeeds. */
  readonly run: (folder: string, args: readonly string[], input?: string) => string;
  /** Its verdict on an archive, at whatever stage. */
  readonly verify: (uuid: string, archive: Uint8Array) => Verdict;
  /** Its verdict on a ballot by itself, before it is added to an archive; only newer tools can be asked. */
  readonly verifyBallot: (uuid: string, archive: Uint8Array, ballot: string) => Verdict;
}

export interface Verdict {
  readonly accepts: boolean;
  /** Its last words. */
  readonly said: string;
}

/** The system's tool; throws with the one command that installs it. */
export function findTool(): BeleniosTool {
  const tool = toolAt('belenios-tool');
  if (tool === undefined) throw new Error(`belenios-tool is not there. Install it: ${INSTALL}`);
  return tool;
}

/** A newer one, which knows Ed25519; undefined where none was unpacked. */
export function findNewerTool(): BeleniosTool | undefined {
  const program = process.env['BELENIOS_TOOL_NEWER'];
  return program === undefined || program === '' || !existsSync(program) ? undefined : toolAt(program);
}

function toolAt(program: string): BeleniosTool | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const run = (folder: string, args: readonly string[], input = '') =>
    spawnSync(program, args, {
      cwd: folder,
      input,
      encoding: 'utf8',
      env: { ...process.env, BELENIOS_USE_URANDOM: '1' },
    });
  return {
    version: stdout.trim(),
    run: (folder, args, input) => {
      const ended = run(folder, args, input);
      if (ended.status !== 0) throw new Error(`belenios-tool ${args.join(' ')}: ${wordsOf(ended)}`);
      return ended.stdout;
    },
    verify: (uuid, archive) =>
      inFolder((folder) => {
        writeFileSync(join(folder, `${uuid}.bel`), archive);
        return verdictOf(run(folder, ['election', 'verify', '--dir', folder]));
      }),
    verifyBallot: (uuid, archive, ballot) =>
      inFolder((folder) => {
        writeFileSync(join(folder, `${uuid}.bel`), archive);
        writeFileSync(join(folder, 'ballot.json'), ballot);
        return verdictOf(run(folder, ['election', 'verify-ballot', '--dir', folder, '--ballot', 'ballot.json']));
      }),
  };
}

function verdictOf(ended: SpawnSyncReturns<string>): Verdict {
  return { accepts: ended.status === 0, said: wordsOf(ended) };
}

function wordsOf({ stdout, stderr }: SpawnSyncReturns<string>): string {
  return `${stderr}${stdout}`.trim().split('\n').at(-1) ?? '';
}

/** A folder that is gone afterwards. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'votix-belenios-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bytes of a file in a folder. */
export function bytesIn(folder: string, name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, name)));
}
