// Units and integration (`npm test -- unit`). Two projects, so that PostgreSQL starts only when a test of the server runs.
// End-to-end tests belong to playwright.config.ts; benchmarks and conformance run by their own commands.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Plugin, defineConfig } from 'vitest/config';

const shared = {
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  allowOnly: false,
} as const;

/** The archives of vectors/belenios, imported as base64. */
const archives: Plugin = {
  name: 'archives',
  enforce: 'pre',
  load: (id) => (id.endsWith('.bel') ? `export default ${JSON.stringify(readFileSync(id, 'base64'))}` : undefined),
};

const endToEnd = ['tests/e2e/**', 'tests/conformance/**', 'tests/slow/**'];

export default defineConfig({
  test: {
    // One more than there are processors: files wait for the disk and for programs that they start.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        plugins: [archives],
        test: {
          ...shared,
          name: 'units',
          include: ['packages/{protocol,browser,offline}/src/**/*.test.ts', 'scripts/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'server',
          include: ['packages/server/src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...endToEnd, '**/node_modules/**'],
          globalSetup: ['tests/support/postgres-setup.ts'],
        },
      },
    ],
  },
});
