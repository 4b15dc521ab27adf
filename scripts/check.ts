// `npm run check`: everything that can be said about the code without running the product. All steps run, even after a
// failure, one line each; the output of a step is shown only when it fails.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
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

function runStep({ name, commands }: Step): boolean {
  const start = performance.now();
  const outputs = commands.map(runCommand).filter((output) => output !== undefined);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const ok = outputs.length === 0;
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  for (const output of outputs) console.log(output.replace(/^/gmu, '        '));
  return ok;
}

/** The output of a command that failed, undefined for one that did not. */
function runCommand([program = '', ...args]: readonly string[]): string | undefined {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const result = spawnSync(program, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status === 0) return undefined;
  return `${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`.trimEnd();
}

const failures = steps.filter((step) => !runStep(step));
process.exitCode = failures.length === 0 ? 0 : 1;
