// The real nginx and the real Caddy with the samples of deploy/, on free ports of this machine and with a certificate of their own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';

export interface Proxy {
  /** https, with its port. */
  readonly origin: string;
  /** Where http is answered. */
  readonly plainOrigin: string;
  /** Everything it has written, into files and on its streams. */
  readonly logs: () => string;
  readonly stop: () => Promise<void>;
}

export interface ProxyWish {
  readonly folder: string;
  /** Of Votix, on this machine. */
  readonly port: number;
  /** Under which path of the site it is; empty for the root. */
  readonly path: string;
}

/** Under both names a proxy of the samples has one site, localhost. */
export const proxies = { nginx: startNginx, caddy: startCaddy } as const;

const sample = (name: string) => readFileSync(join(import.meta.dirname, '../../deploy', name), 'utf8');

async function startNginx({ folder, port, path }: ProxyWish): Promise<Proxy> {
  const [plain, secure] = [await freePort(), await freePort()];
  const logs = join(folder, 'logs');
  mkdirSync(logs, { recursive: true });
  const [certificate, key] = makeCertificate(folder);
  const placed = (text: string) =>
    text
      .replaceAll('/var/log/nginx', logs)
      .replaceAll('127.0.0.1:5000', `127.0.0.1:${port}`)
      .replaceAll('/etc/letsencrypt/live/vote.example.org/fullchain.pem', certificate)
      .replaceAll('/etc/letsencrypt/live/vote.example.org/privkey.pem', key)
      .replaceAll('vote.example.org', 'localhost')
      .replace(/^ *listen \[::\].*$/gm, '')
      .replaceAll('listen 80;', `listen 127.0.0.1:${plain};`)
      .replaceAll('listen 443 ', `listen 127.0.0.1:${secure} `)
      .replaceAll('include votix-proxy.conf', `include ${join(folder, 'votix-proxy.conf')}`)
      .replace(/location \/ \{ # [^:]*: (location .*)$/m, path === '' ? 'location / {' : '$1'); // the sample's own words
  writeFileSync(join(folder, 'votix-proxy.conf'), placed(sample('nginx/votix-proxy.conf')));
  writeFileSync(join(folder, 'votix.conf'), placed(sample('nginx/votix.conf')));
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; user root; pid ${folder}/pid; error_log ${logs}/main.log;
events {}
http {
  access_log ${logs}/access.log;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
  include ${folder}/votix.conf;
}
`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'pipe' });
  return running(child, { plain, secure, logFolder: logs });
}

/** In front of several processes, as compose.cluster.yml has it; plain http, so that voters need no certificate. */
export async function startCaddyOfCluster(folder: string, ports: readonly number[]): Promise<Proxy> {
  const [plain, open] = [await freePort(), await freePort()];
  const options = `{\nadmin off\nhttp_port ${plain}\ndefault_bind 127.0.0.1\n`;
  writeFileSync(join(folder, 'Caddyfile'), sample('cluster/Caddyfile').replace(/^\{\n/m, options));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    VOTIX_SITE: `http://localhost:${open}`,
    VOTIX_UPSTREAMS: ports.map((port) => `127.0.0.1:${port}`).join(' '),
  };
  const child = spawn('caddy', ['run', '--config', join(folder, 'Caddyfile')], { env, stdio: 'pipe' });
  return running(child, { plain: open });
}

async function startCaddy({ folder, port, path }: ProxyWish): Promise<Proxy> {
  const [plain, secure] = [await freePort(), await freePort()];
  // localhost gets a certificate of Caddy's own making
  const here = ['skip_install_trust', 'admin off', `http_port ${plain}`, `https_port ${secure}`];
  const options = `{\n${here.join('\n')}\ndefault_bind 127.0.0.1\n`;
  writeFileSync(join(folder, 'Caddyfile'), sample('Caddyfile').replace(/^\{\n/m, options));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    VOTIX_SITE: 'localhost',
    VOTIX_UPSTREAM: `127.0.0.1:${port}`,
    VOTIX_PATH: path,
  };
  const child = spawn('caddy', ['run', '--config', join(folder, 'Caddyfile')], { env, stdio: 'pipe' });
  return running(child, { plain, secure });
}

interface Places {
  readonly plain: number;
  /** Left out where the site has no certificate. */
  readonly secure?: number;
  readonly logFolder?: string;
}

async function running(child: ChildProcess, { plain, secure, logFolder }: Places): Promise<Proxy> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const inFiles = () =>
    logFolder === undefined
      ? ''
      : readdirSync(logFolder)
          .map((name) => readFileSync(join(logFolder, name), 'utf8'))
          .join('');
  const logs = () => said + inFiles();
  process.once('exit', () => child.kill('SIGKILL'));
  await untilOpen(() => connect(plain, '127.0.0.1'), 'connect', { child, logs });
  if (secure !== undefined) {
    // Caddy listens before it has made its certificate
    const secured = { port: secure, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false };
    await untilOpen(() => connectSecurely(secured), 'secureConnect', { child, logs });
  }
  const plainOrigin = `http://localhost:${plain}`;
  return {
    origin: secure === undefined ? plainOrigin : `https://localhost:${secure}`,
    plainOrigin,
    logs,
    stop: async () => {
      if (child.exitCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}

interface Started {
  readonly child: ChildProcess;
  readonly logs: () => string;
}

async function untilOpen(open: () => Socket, event: string, { child, logs }: Started): Promise<void> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    const socket = open();
    const isOpen = await once(socket, event).then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The proxy does not listen.\n${logs()}`);
}

function makeCertificate(folder: string): readonly [certificate: string, key: string] {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const [kind, name] = [
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ['-subj', '/CN=localhost'],
  ];
  const names = ['-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate, '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, ...names, ...files], { stdio: 'pipe' });
  return [certificate, key];
}
