// Starts a PostgreSQL for one run, in the system's temporary folder, and takes it away afterwards.
// Durability is off (the data dies with the run). The collation is French on purpose: a comparison that should be
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
  readonly stop: () => Promise<void>;
}

interface Cluster {
  readonly home: string;
  readonly programs: string;
  readonly user: SystemUser | undefined;
}

const START_TIMEOUT_MS = 60_000;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const user = userForPostgres();
  const home = makeHome(user);
  try {
    const cluster = { home, user, programs: postgresPrograms(home, user) };
    const password = randomBytes(18).toString('base64url');
    initialise(cluster, password);
    const port = await freePort();
    const server = await launch(cluster, port);
    return { url: `postgresql://votix:${password}@127.0.0.1:${port}/postgres`, stop: () => stop(server, home) };
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

async function launch(cluster: Cluster, port: number): Promise<ChildProcess> {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(
    join(cluster.programs, 'postgres'),
    ['-D', join(cluster.home, 'data'), '-p', String(port), ...settings],
    { ...asUser(cluster), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // A run that ends without its teardown must not leave a server behind.
  process.once('exit', () => server.kill('SIGQUIT'));
  await untilReady(server);
  return server;
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(() => reject(new Error(`PostgreSQL did not start in time: ${log}`)), START_TIMEOUT_MS);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL stopped with code ${code}: ${log}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-4000);
      if (!log.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function stop(server: ChildProcess, home: string): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  // SIGINT is PostgreSQL's "fast shutdown": it ends the connections that are still open.
  if (server.exitCode === null && server.kill('SIGINT')) await ended;
  rmSync(home, { recursive: true, force: true });
}

function asUser({ user, home }: Cluster): { cwd: string; uid?: number; gid?: number } {
  return user ? { cwd: home, uid: user.uid, gid: user.gid } : { cwd: home };
}
