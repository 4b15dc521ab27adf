// `npm test [-- unit|e2e|conformance|slow [arguments of that runner]]`: Vitest, then Playwright, and one closing line for both.
// Conformance and slow run only when they are named: the former needs a tool that others wrote, the latter root and minutes.
// A runner that crashes, or finds no test, counts as one failure. Builds the bundle when it is stale; installs nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBundleStale } from '../packages/browser/src/build.ts';
import { compileCache } from '../tests/support/compile-cache.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

const root = join(import.meta.dirname, '..');

const runners = { unit: runVitest, e2e: runPlaywright, conformance: runConformance, slow: runSlow };
const everyday = [runVitest, runPlaywright];

function main(): number {
  const [first, ...rest] = process.argv.slice(2);
  if (first !== undefined && !Object.hasOwn(runners, first)) {
    console.error(`Unknown part "${first}". Say: npm test, npm test -- unit|e2e|conformance|slow [files]`);
    return 2;
  }
  // When this fails, the tests that need the bundle fail and are counted.
  if (isBundleStale()) run('packages/browser/src/build.ts', []);
  const chosen = first === undefined ? everyday : [runners[first as keyof typeof runners]];
  const counts = chosen.map((run) => inReportFolder((report) => run(report, rest)));
  const sum = (key: keyof Counts) => counts.reduce((total, count) => total + count[key], 0);
  if (sum('skipped') > 0) console.log(`${sum('skipped')} skipped`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

function runConformance(report: string, rest: readonly string[]): Counts {
  return runVitest(report, ['--config', 'vitest.conformance.config.ts', ...rest]);
}

function runSlow(report: string, rest: readonly string[]): Counts {
  return runVitest(report, ['--config', 'vitest.slow.config.ts', ...rest]);
}

function runVitest(report: string, rest: readonly string[]): Counts {
  const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = run('node_modules/vitest/vitest.mjs', ['run', ...options, ...rest]);
  return atLeastOneFailure(status, () => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(report) as VitestReport;
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  });
}

function runPlaywright(report: string, rest: readonly string[]): Counts {
  const status = run('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json', ...rest], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return atLeastOneFailure(status, () => {
    const { expected, unexpected, flaky, skipped } = (readReport(report) as PlaywrightReport).stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  });
}

/** A file that does not load, or a crash between tests, is not in a report's counts, only in the exit status. */
function atLeastOneFailure(status: number | null, read: () => Counts): Counts {
  try {
    const counts = read();
    return status === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): number | null {
  const options = {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...environment },
  } as const;
  return spawnSync(process.execPath, [join(root, program), ...args], options).status;
}

function readReport(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function inReportFolder(use: (report: string) => Counts): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'votix-report-'));
  try {
    return use(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = main();
