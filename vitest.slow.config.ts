// `npm run test:slow`: what takes minutes and wants root: the container, real proxies, a first run on a bare machine. Apart from
// `npm test`, because it installs Debian packages and fetches others.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    include: ['tests/slow/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 900_000,
    allowOnly: false,
  },
});
