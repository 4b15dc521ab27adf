// What `start` and `votix` pass before any TypeScript: the right Node, and the settings file.
// Plain JavaScript that Node 20 reads: on an older Node the same command runs again under the Node that `npm ci` brought.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = { major: 24, minor: 7 };
const ROOT = new URL('../../../', import.meta.url);
const WRONG_NODE = `Votix needs Node ${NEEDED.major}.${NEEDED.minor} or newer; this is ${process.versions.node}, and no newer one came with \`npm ci\`.`;
const FORWARDED = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** Runs `program` in this process when its Node will do, else starts this command anew under the bundled Node. */
export async function underRightNode(program) {
  if (!existsSync(new URL('node_modules', ROOT))) return refuse('Votix is not installed yet. Run `npm ci` first.');
  if (isRightNode(process.versions.node)) return program();
  const bundled = bundledNode();
  return bundled === undefined ? refuse(WRONG_NODE) : runAgain(bundled);
}

/** `.env` of the working folder; a variable that the environment already has wins over the file. */
export function loadSettingsFile() {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch {
    process.stderr.write('There is a file .env, but Votix may not read it.\n');
    process.exit(78);
  }
}

function isRightNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
}

function bundledNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = fileURLToPath(new URL(`node_modules/node-${system}-${process.arch}/bin/${program}`, ROOT));
  return existsSync(path) ? path : undefined;
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

/** Signals go to the child and its end becomes ours, so that a supervisor sees one process. */
function runAgain(node) {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', () => resolve(refuse(WRONG_NODE)));
    child.once('exit', (code, signal) => {
      process.exitCode = signal === null ? code : 128 + constants.signals[signal];
      for (const forwarded of FORWARDED) process.removeAllListeners(forwarded);
      resolve();
    });
  });
}
