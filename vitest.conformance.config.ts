// Conformance with the tool that others wrote (`npm test -- conformance`): apart from the other tests, because it needs that
// tool, which `npm test` neither installs nor demands.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    include: ['tests/conformance/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    allowOnly: false,
  },
});
