// `npm run test:clean`: what a newcomer does, on a clone of the last commit: npm ci, npm start, and /readyz answers, in
// three ways of installing, with the machine's own Node first on PATH (this process' bundled one is taken out of it).
// A development aid for before an issue is closed; needs the package registry. It prints times.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../packages/server/src/commands/rehearsal/server.ts';

interface Variant {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const VARIANTS: readonly Variant[] = [
  { name: 'plain', args: [], environment: {} },
  { name: '--ignore-scripts', args: ['--ignore-scripts'], environment: {} },
  { name: 'NODE_ENV=production', args: [], environment: { NODE_ENV: 'production' } },
];

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const LEFTOVER_GRACE_MS = 3000;
const root = join(import.meta.dirname, '..');

async function tryVariant({ name, args, environment }: Variant): Promise<boolean> {
  const clone = mkdtempSync(join(tmpdir(), 'votix-clone-'));
  const options = { cwd: clone, encoding: 'utf8', env: { ...plainEnvironment(), ...environment } } as const;
  try {
    spawnSync('git', ['clone', '--quiet', root, '.'], options);
    const installed = timed(() => spawnSync('npm', ['ci', ...args], options));
    if (installed.value.status !== 0) return report(name, `npm ci failed: ${installed.value.stderr}`);
    const port = await freePort();
    const start = performance.now();
    const server = spawn('npm', ['start'], { cwd: clone, env: { ...options.env, PORT: String(port) }, detached: true });
    const output = collectOutput(server);
    const ready = await untilReady(port, server);
    const readyTime = seconds(performance.now() - start);
    const code = await stop(server);
    const leftovers = await killLeftovers(server);
    if (!ready) return report(name, `npm start did not become ready: ${output()}`);
    if (code !== 0) return report(name, `npm start ended with ${code} after SIGTERM: ${output()}`);
    if (leftovers) return report(name, `npm start left a process behind after SIGTERM: ${output()}`);
    console.log(`ok      ${name}: npm ci ${seconds(installed.ms)}, ready after ${readyTime}`);
    return true;
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
}

/** Without what npm adds for this run: its variables, and the folders with the bundled Node. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE|INIT_CWD|PORT$|HOST$|DATA_DIR$)/u.test(name),
  );
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

async function untilReady(port: number, server: ChildProcess): Promise<boolean> {
  const end = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < end && server.exitCode === null) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (response?.status === 200) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** The exit code of npm after SIGTERM to npm alone, as a supervisor would send it. */
async function stop(server: ChildProcess): Promise<number | string | null> {
  if (server.exitCode !== null) return server.exitCode;
  const ended = new Promise<number | string | null>((resolve) => {
    server.once('exit', (code, signal) => resolve(code ?? signal));
    setTimeout(() => resolve('no answer'), STOP_TIMEOUT_MS).unref();
  });
  server.kill('SIGTERM');
  return ended;
}

/** Whether a process of the server's group outlives npm; what has ended may wait a moment for init to notice. */
async function killLeftovers({ pid = 0 }: ChildProcess): Promise<boolean> {
  const end = performance.now() + LEFTOVER_GRACE_MS;
  try {
    for (; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) process.kill(-pid, 0);
    return process.kill(-pid, 'SIGKILL');
  } catch {
    return false;
  }
}

function collectOutput(child: ChildProcess): () => string {
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => parts.push(String(text)));
  return () => parts.join('');
}

function timed<T>(run: () => T): { value: T; ms: number } {
  const start = performance.now();
  const value = run();
  return { value, ms: performance.now() - start };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function report(name: string, problem: string): false {
  console.log(`FAILED  ${name}: ${problem}`);
  return false;
}

console.log(
  `system Node ${spawnSync('node', ['--version'], { env: plainEnvironment(), encoding: 'utf8' }).stdout.trim()}`,
);
for (const variant of VARIANTS) if (!(await tryVariant(variant))) process.exitCode = 1;
