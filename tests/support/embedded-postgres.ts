// Starts a PostgreSQL for one run, in the system's temporary folder, and takes it away afterwards.
// Durability is off (the data dies with the run) unless it is asked for. The collation is French on purpose: a comparison that should be
// bytewise and is not gives another order than SQLite, and a test fails.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOpenToAll, postgresPrograms, userForPostgres, type SystemUser } from './postgres-programs.ts';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';

export interface EmbeddedPostgres {
  readonly url: string;
  readonly pid: () => number;
  /** Every connection is cut, as after a crash; it answers again at the same address. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface PostgresWish {
  /** What is acknowledged survives a crash of it. */
  readonly isDurable?: boolean;
}

interface Cluster {
  readonly home: string;
  readonly programs: string;
  readonly user: SystemUser | undefined;
}

const START_TIMEOUT_MS = 60_000;

const SETTINGS = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200' };
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export async function startEmbeddedPostgres({ isDurable = false }: PostgresWish = {}): Promise<EmbeddedPostgres> {
  const user = userForPostgres();
  const home = makeHome(user);
  try {
    const cluster = { home, user, programs: postgresPrograms(home, user) };
    const password = randomBytes(18).toString('base64url');
    initialise(cluster, password);
    const port = await freePort();
    const settings = isDurable ? SETTINGS : { ...SETTINGS, ...HASTY };
    let server = await launch(cluster, port, settings);
    return {
      url: `postgresql://votix:${password}@127.0.0.1:${port}/postgres`,
      pid: () => server.pid!,
      restart: async () => {
        await ended(server, 'SIGQUIT');
        server = await launch(cluster, port, settings);
      },
      stop: async () => {
        // SIGINT is PostgreSQL's "fast shutdown": it ends the connections that are still open.
        await ended(server, 'SIGINT');
        rmSync(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

function makeHome(user: SystemUser | undefined): string {
  const folder = tmpdir();
  if (user && !isOpenToAll(folder)) {
    throw new Error(
      `PostgreSQL runs as ${user.name} here, who cannot enter ${folder}. Set TMPDIR to a folder open to all, or TEST_DATABASE_URL.`,
    );
  }
  const home = mkdtempSync(join(folder, 'votix-postgres-'));
  if (user) chownSync(home, user.uid, user.gid);
  return home;
}

function initialise(cluster: Cluster, password: string): void {
  const passwordFile = join(cluster.home, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  if (cluster.user) chownSync(passwordFile, cluster.user.uid, cluster.user.gid);
  const options = {
    pgdata: join(cluster.home, 'data'),
    username: 'votix',
    pwfile: passwordFile,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    locale: 'C',
    'locale-provider': 'icu',
    'icu-locale': 'fr',
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const result = spawnSync(join(cluster.programs, 'initdb'), ['--no-sync', ...args], {
    ...asUser(cluster),
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
}

async function launch(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(
    join(cluster.programs, 'postgres'),
    ['-D', join(cluster.home, 'data'), '-p', String(port), ...options],
    { ...asUser(cluster), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // A run that ends without its teardown must not leave a server behind.
  process.once('exit', () => server.kill('SIGQUIT'));
  await untilReady(server);
  return server;
}

function untilReady(server: ChildProcess): Promise<void> {
  let timer: NodeJS.Timeout;
  const ready = new Promise<void>((resolve, reject) => {
    let log = '';
    timer = setTimeout(() => reject(new Error(`PostgreSQL did not start in time: ${log}`)), START_TIMEOUT_MS);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL stopped with code ${code}: ${log}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
  });
  return ready.finally(() => clearTimeout(timer));
}

async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = new Promise((resolve) => server.once('exit', resolve));
  if (server.exitCode === null && server.kill(signal)) await exit;
}

function asUser({ user, home }: Cluster): { cwd: string; uid?: number; gid?: number } {
  return user ? { cwd: home, uid: user.uid, gid: user.gid } : { cwd: home };
}
