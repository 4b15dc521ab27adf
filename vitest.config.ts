// Units and integration (`npm test -- unit`). Projects of their own, so that PostgreSQL starts only when a test of the server runs.
// End-to-end tests belong to playwright.config.ts; benchmarks and conformance run by their own commands.
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Plugin, defineConfig } from 'vitest/config';

const shared = {
  pool: 'forks',
  // The files of a worker share what they import: a sixth of the time went into importing it for each of them anew.
  isolate: false,
  testTimeout: 120_000,
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

const ofTheServer = {
  ...shared,
  exclude: [...endToEnd, '**/node_modules/**'],
  globalSetup: ['tests/support/postgres-setup.ts'],
};

/** They look at headers, addresses and words of every route; http/routes.test.ts asks every route on both databases. */
const ofAnswersAlone = ['security', 'base-url', 'reading', 'observers', 'voter-pages', 'before-the-opening'].map(
  (name) => `packages/server/src/http/${name}.test.ts`,
);

/** Tests of the app that name no database: SQLite in the project "server", PostgreSQL in one that runs them again. */
function namingNoDatabase(): string[] {
  const isOne = (text: string) => /anApp\(|oneDatabase\(/.test(text) && !/onBothDatabases|bothKinds/.test(text);
  return globSync('packages/server/src/**/*.test.ts')
    .filter((file) => isOne(readFileSync(file, 'utf8')))
    .filter((file) => !ofAnswersAlone.includes(file));
}

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
      { test: { ...ofTheServer, name: 'server', include: ['packages/server/src/**/*.test.ts', 'tests/**/*.test.ts'] } },
      {
        test: {
          ...ofTheServer,
          name: 'server on PostgreSQL',
          include: namingNoDatabase(),
          env: { TEST_DATABASE_KIND: 'postgres' },
        },
      },
    ],
  },
});
