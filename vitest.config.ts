// Units and integration (`npm test -- unit`). Two projects, so that PostgreSQL starts only when a test of the server runs.
// End-to-end tests belong to playwright.config.ts; load and conformance run by their own commands.
import { defineConfig } from 'vitest/config';

const shared = {
  pool: 'forks',
  testTimeout: 20_000,
  hookTimeout: 60_000,
  allowOnly: false,
} as const;

const endToEnd = ['tests/e2e/**', 'tests/load/**', 'tests/conformance/**'];

export default defineConfig({
  test: {
    projects: [
      {
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
