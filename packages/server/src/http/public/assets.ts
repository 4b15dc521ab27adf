// The built files, under names that change with their content: kept for a year.

import { Hono } from 'hono';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps, Env } from '../deps.ts';
import { refuse } from '../errors.ts';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

export function assetRoutes(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/assets/:file{[a-z-]+\\.[A-Za-z0-9_-]+\\.(?:js|css|svg)}', async (c) => {
    const file = c.req.param('file');
    const bytes = await readFile(join(deps.assets.folder, file)).catch(() => undefined);
    if (!bytes) return refuse(deps, c, 'not-found');
    c.header('Content-Type', types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(new Uint8Array(bytes));
  });
}
