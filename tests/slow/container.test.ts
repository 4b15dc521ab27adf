// The Dockerfile itself, built and run without a container engine. Only its base is another: a Debian made here, with the Node
// that `npm ci` brought, where the official image can't be fetched.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildBundle, type BundleManifest } from '../../packages/browser/src/build.ts';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';
import {
  type Circumstances,
  type ImageConfig,
  type ImageStore,
  openImageStore,
  runContainer,
  runToEnd,
} from '../support/containers.ts';
import { copyCheckout, makeDebian, newFolder, ourNode, requirePrograms } from '../support/debian.ts';

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly read_only: boolean;
  readonly tmpfs: readonly string[];
  readonly cap_drop: readonly string[];
}

const folder = newFolder('container');
const context = join(folder, 'checkout');
const secret = 'planted-9f3c1a-secret';
let store: ImageStore;
let root: string;
let config: ImageConfig;

beforeAll(() => {
  requirePrograms('buildah', 'debootstrap');
  store = openImageStore(folder);
  makeDebian(join(folder, 'debian'), ourNode);
  store.import(join(folder, 'debian'), 'localhost/base');
  copyCheckout(context);
  plantSecrets();
  store.build(context, 'localhost/votix', ['--build-arg', 'BASE=localhost/base']);
  root = store.mount('localhost/votix');
  config = store.inspect('localhost/votix');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What lies in an operator's folder beside the sources. */
function plantSecrets(): void {
  const places =
    '.env .env.local data/secret data/db.sqlite data/backups/a.votix.gz logs/app.log .git/config a.votix.gz';
  const deeper =
    'packages/server/.env packages/server/data/db.sqlite packages/server/logs/app.log node_modules/planted.txt';
  for (const place of [...places.split(' '), ...deeper.split(' ')]) {
    mkdirSync(join(context, place, '..'), { recursive: true });
    writeFileSync(join(context, place), `SECRET_KEY=${secret}\n`);
  }
}

/** As compose.yml has it, but on a free port. */
const service = (): Service =>
  (parse(readFileSync(join(context, 'compose.yml'), 'utf8')) as Composition).services.votix;
interface Composition {
  readonly services: { readonly votix: Service };
}

async function circumstances(owner: number): Promise<Circumstances & { readonly port: number; readonly home: string }> {
  const home = newFolder('mounted');
  const { environment, volumes } = service();
  const mounts = volumes.map((volume) => volume.split(':') as [string, string]);
  for (const [from] of mounts) {
    mkdirSync(join(home, from));
    chownSync(join(home, from), owner, owner);
  }
  const port = await freePort();
  const fromHome = mounts.map(([from, to]) => [join(home, from), to] as const);
  const changed = { ...environment, PORT: String(port) };
  return { root, config, mounts: Object.fromEntries(fromHome), environment: changed, port, home };
}

async function untilReady(port: number, output: () => string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The container did not become ready.\n${output()}`);
}

const sh = (script: string): readonly string[] => ['sh', '-c', script];

test('nothing secret enters the build, let alone the image', () => {
  const everything = join(folder, 'everything');
  writeFileSync(everything, 'FROM scratch\nCOPY . /\n');
  store.build(context, 'localhost/everything', ['--file', everything]);
  for (const image of [store.mount('localhost/everything'), join(root, 'app')]) {
    const found = spawnSync('grep', ['-rlF', secret, image], { encoding: 'utf8' });
    expect([found.status, found.stdout]).toEqual([1, '']);
  }
});

test('compose.yml and the image agree: a read-only root, no capabilities, not root, two folders', () => {
  const { read_only, cap_drop, tmpfs, volumes } = service();
  expect({ read_only, cap_drop, tmpfs }).toEqual({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
  expect(volumes).toEqual(['./data:/app/data', './logs:/app/logs']);
  expect(Object.keys(config.Volumes)).toEqual(volumes.map((volume) => volume.split(':')[1]));
  expect(config.User).toBe('1000:1000');
});

test('no npm, no compiler and no tool for development is left', async () => {
  const names = 'npm npx corepack yarn cc gcc c++ g++ make ld as python3 git curl esbuild tsc vitest';
  const { output } = await runToEnd(
    await circumstances(1000),
    sh(`for name in ${names}; do command -v $name; done; true`),
  );
  expect(output).toBe('');
});

test('its bill of materials names every package in it, and no other', () => {
  const bill = JSON.parse(readFileSync(join(root, 'app/sbom.cdx.json'), 'utf8')) as {
    readonly components: readonly { readonly 'bom-ref': string }[];
  };
  const listed = bill.components.map((component) => component['bom-ref']);
  const own = ['browser', 'offline', 'protocol', 'server'].map((part) => `@votix/${part}`);
  const packages = [...installedIn(join(root, 'app')), ...installedIn(join(root, 'app/packages/server'))];
  expect(new Set(listed.filter((ref) => !own.some((part) => ref.startsWith(`${part}@`))))).toEqual(
    new Set([...packages, `node@${process.versions.node}`]),
  );
});

/** name@version of every package below, nested ones too; links are our own parts. */
function installedIn(place: string): string[] {
  const modules = join(place, 'node_modules');
  if (!statSync(modules, { throwIfNoEntry: false })) return [];
  const folders = readdirSync(modules, { withFileTypes: true }).flatMap((entry) =>
    entry.name.startsWith('@')
      ? readdirSync(join(modules, entry.name), { withFileTypes: true }).filter((inner) => inner.isDirectory())
      : entry.isDirectory()
        ? [entry]
        : [],
  );
  const packages = folders.filter(({ name }) => !name.startsWith('.'));
  return packages.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Record<string, string>;
    return [`${about['name']}@${about['version']}`, ...installedIn(path)];
  });
}

test('the programs for browsers are to the byte those that these sources give here', async () => {
  const inside = join(root, 'app/packages/browser/dist');
  const here: BundleManifest = await buildBundle({ outdir: join(folder, 'bundle') });
  expect(JSON.parse(readFileSync(join(inside, 'manifest.json'), 'utf8'))).toEqual(here);
  for (const { file, integrity } of Object.values(here)) {
    const digest = createHash('sha384')
      .update(readFileSync(join(inside, file)))
      .digest('base64');
    expect([file, `sha384-${digest}`]).toEqual([file, integrity]);
  }
});

test('a folder that belongs to root: it says what to type, and what it says helps', async () => {
  const mounted = await circumstances(0);
  const refused = await runToEnd(mounted, config.Cmd);
  expect(refused).toEqual({
    code: 78,
    output: `Votix runs as user 1000 and may not write into ./data and ./logs. Give it what is there, where it starts or beside its compose.yml:

  sudo chown -R 1000:1000 ./data ./logs

`,
  });
  const [, command = ''] = /^ {2}sudo (.*)$/m.exec(refused.output) ?? [];
  expect(spawnSync('sh', ['-c', command], { cwd: mounted.home }).status).toBe(0);
  const container = runContainer(mounted, config.Cmd);
  await untilReady(mounted.port, container.output);
  expect(await container.stop()).toBe(0);
  rmSync(mounted.home, { recursive: true });
});

test('it starts, says that it is healthy, keeps its data in the mounted folders and stops when told', async () => {
  const mounted = await circumstances(1000);
  const before = await runToEnd(mounted, ['votix', 'healthcheck']);
  expect(before).toEqual({ code: 1, output: `not ready: nothing answers on port ${mounted.port}\n` });
  const container = runContainer(mounted, config.Cmd);
  await untilReady(mounted.port, container.output);
  const [kind, ...healthcheck] = config.Healthcheck.Test;
  expect([kind, await runToEnd(mounted, healthcheck)]).toEqual(['CMD', { code: 0, output: 'ready\n' }]);

  const [, path = ''] = /http:\/\/\S+?(\/setup\/\S+)/.exec(container.output()) ?? [];
  const page = await fetch(`http://127.0.0.1:${mounted.port}${path}`);
  expect(page.status).toBe(200);
  const [styles = ''] = /\/assets\/styles\.[0-9a-f]+\.css/.exec(await page.text()) ?? [];
  expect((await fetch(`http://127.0.0.1:${mounted.port}${styles}`)).status).toBe(200);

  const who = sh(
    'id -u; cat /proc/self/status | grep -E "^(CapEff|CapBnd|NoNewPrivs)"; touch /app/x /etc/x /usr/x 2>&1',
  );
  const told = (await runToEnd(mounted, who)).output;
  expect(told).toMatch(/^1000\nCapEff:\s+0+\nCapBnd:\s+0+\nNoNewPrivs:\s+1\n/);
  expect(told.match(/Read-only file system/g)).toHaveLength(3);

  expect(await container.stop()).toBe(0);
  expect(container.output()).toContain('Votix has stopped.');
  expect(readdirSync(join(mounted.home, 'data'))).toEqual(expect.arrayContaining(['db.sqlite', 'secret']));
  expect(readdirSync(join(mounted.home, 'logs'))).toContain('app.log');
  rmSync(mounted.home, { recursive: true });
});

test.each([
  ['with one key', []],
  ['that anyone can check', ['--sealing', 'verifiable', '--trustees', '3', '--threshold', '2']],
])('a rehearsal of an election %s passes inside', async (_, more) => {
  const command = ['votix', 'rehearse', '--voters', '100', '--json', ...more];
  const { code, output } = await runToEnd(await circumstances(1000), command);
  expect([code, JSON.parse(output)]).toEqual([0, expect.objectContaining({ ok: true, voters: 100 })]);
});

test('pictures, minutes and the demonstration need nothing that is not there', async () => {
  const mounted = await circumstances(1000);
  const picture = `import sharp from 'sharp';
const pixel = sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } });
process.stdout.write((await pixel.webp().toBuffer()).subarray(8, 12));`;
  // resolved from where the server's sources lie
  const drawn = await runToEnd(mounted, ['node', '--input-type=module', '--eval', picture]);
  expect(drawn).toEqual({ code: 0, output: 'WEBP' });

  const demo = runContainer(mounted, ['node', 'packages/server/bin/demo.mjs']);
  await untilReady(mounted.port, demo.output);
  const site = `http://127.0.0.1:${mounted.port}`;
  const front = await (await fetch(`${site}/`)).text();
  const pages = [...new Set(front.match(/\/elections\/[^/"?#]+/g))];
  const minutes = await Promise.all(pages.map((page) => fetch(`${site}${page}/minutes.pdf`)));
  expect(minutes.map(({ headers }) => headers.get('content-type'))).toContain('application/pdf');
  expect(await demo.stop()).toBe(0);
});
