// The same suite in Chromium: every *.test.ts of this package that isn't *.node.test.ts, bundled as it is, run on a page
// of localhost under the strict policy that the product's pages have. Only the word `test` is replaced; `expect` is Vitest's.

import { globSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Plugin, build } from 'esbuild';
import { expect, test } from 'vitest';
import { launchChromium } from '../../../tests/support/chromium.ts';

interface Outcome {
  readonly name: string;
  readonly error: string | null;
}

interface SuitePage {
  readonly runCases: () => Promise<readonly Outcome[]>;
}

const HERE = import.meta.dirname;
const POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** In the page, `vitest` is this: cases are collected while the files load and run one after the other when asked. */
const PAGE_VITEST = `
  export { expect } from 'vitest';
  const cases = [];
  export function test(name, run) { cases.push({ name, run }); }
  export async function runCases() {
    const outcomes = [];
    for (const { name, run } of cases) {
      try { await run(); outcomes.push({ name, error: null }); }
      catch (error) { outcomes.push({ name, error: String(error?.stack ?? error) }); }
    }
    return outcomes;
  }`;

const pageVitest: Plugin = {
  name: 'page-vitest',
  setup(bundler) {
    bundler.onResolve({ filter: /^vitest$/ }, ({ namespace }) =>
      namespace === 'page' ? undefined : { path: 'vitest', namespace: 'page' },
    );
    bundler.onLoad({ filter: /./, namespace: 'page' }, () => ({ contents: PAGE_VITEST, resolveDir: HERE }));
  },
};

async function bundleSuite(): Promise<string> {
  const files = globSync('**/*.test.ts', { cwd: HERE }).filter((file) => !file.endsWith('.node.test.ts'));
  const imports = files.toSorted().map((file) => `import './${file}';`);
  const contents = [`import { runCases } from 'vitest';`, ...imports, 'globalThis.runCases = runCases;'];
  const result = await build({
    stdin: { contents: contents.join('\n'), resolveDir: HERE },
    bundle: true,
    // The package says its files have no side effects; test files have nothing else.
    ignoreAnnotations: true,
    format: 'esm',
    target: 'es2024',
    loader: { '.bel': 'base64' },
    write: false,
    logLevel: 'error',
    plugins: [pageVitest],
  });
  return result.outputFiles[0]?.text ?? '';
}

/** Serves the page and the bundle on localhost: WebCrypto exists in secure contexts only. */
async function serve(suite: string): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const isSuite = request.url === '/suite.js';
    const type = isSuite ? 'text/javascript' : 'text/html';
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Security-Policy': POLICY });
    response.end(
      isSuite ? suite : '<!doctype html><title>suite</title><script type="module" src="/suite.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}

async function runInChromium(): Promise<readonly Outcome[]> {
  const { url, close } = await serve(await bundleSuite());
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    while (!(await page.evaluate(() => 'runCases' in globalThis))) expect(errors).toEqual([]);
    return await page.evaluate(() => (globalThis as unknown as SuitePage).runCases());
  } finally {
    await browser.close();
    close();
  }
}

test('every claim of this package holds in Chromium, under a strict policy', { timeout: 240_000 }, async () => {
  const outcomes = await runInChromium();
  expect(outcomes.filter(({ error }) => error !== null)).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(400);
});
