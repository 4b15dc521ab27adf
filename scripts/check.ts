// `npm run check`: everything that can be said about the code without running the product. As many steps as there are cores
// run at once, all of them even after a failure, one line each; the output of a step is shown only when it fails.
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

interface Step {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
}

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const node = process.execPath;

const projects = globSync('{packages/*/,}tsconfig{.*,}.json', { cwd: root })
  .filter((path) => path !== 'tsconfig.base.json' && hasSources(dirname(path)))
  .toSorted();

const steps: readonly Step[] = [
  { name: 'format', commands: [[bin('prettier'), '--check', '--log-level', 'warn', '.']] },
  { name: 'lint', commands: [[bin('oxlint'), '--type-aware', '--deny-warnings', '.']] },
  { name: 'types', commands: projects.map((project) => [bin('tsc'), '-p', project]) },
  { name: 'boundaries', commands: [[node, 'scripts/check-boundaries.ts']] },
  { name: 'dead code', commands: [[bin('knip')]] },
  {
    name: 'bundle',
    commands: [
      [node, 'packages/browser/src/build.ts'],
      [node, 'scripts/check-bundle.ts'],
    ],
  },
  { name: 'kernel', commands: [[node, 'scripts/kernel.ts']] },
  { name: 'messages', commands: [[node, 'scripts/check-messages.ts']] },
  { name: 'settings', commands: [[node, 'scripts/settings-files.ts']] },
];

/** TypeScript refuses a project without files, which a package that is only reserved is. */
function hasSources(folder: string): boolean {
  return folder === '.' || globSync('src/**/*.ts', { cwd: join(root, folder) }).length > 0;
}

async function runStep({ name, commands }: Step): Promise<boolean> {
  const start = performance.now();
  const outputs: string[] = [];
  for (const command of commands) outputs.push(...(await runCommand(command)));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const ok = outputs.length === 0;
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  for (const output of outputs) console.log(output.replace(/^/gmu, '        '));
  return ok;
}

/** The output of a command that failed; nothing of one that did not. */
async function runCommand([program = '', ...args]: readonly string[]): Promise<string[]> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) return resolve([]);
      const said = `${stdout}${stderr}`.trimEnd();
      resolve([said === '' ? error.message : said]);
    });
  });
}

const waiting = [...steps];
let failures = 0;

async function work(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) if (!(await runStep(step))) failures++;
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
process.exitCode = failures === 0 ? 0 : 1;
