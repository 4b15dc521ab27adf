// The built files, under names that change with their content: kept for a year. And the site's icon. Given without asking
// the database, which every voter would make five times otherwise.

import { Hono } from 'hono';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accentSheet } from '../../views/accent.ts';
import { iconSvg } from '../../views/mark.ts';
import type { Deps, Env } from '../deps.ts';
import { checkerPolicy } from '../security.ts';

const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

export function assetRoutes(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/icon.svg', (c) => {
      c.header('Content-Type', types['svg']);
      c.header('Cache-Control', 'public, max-age=86400');
      return c.body(iconSvg);
    })
    .get('/assets/:file{accent\\.[0-9a-f]{6}\\.css}', (c) => {
      c.header('Content-Type', types.css);
      c.header('Cache-Control', 'public, max-age=86400');
      return c.body(accentSheet(`#${c.req.param('file').slice('accent.'.length, -'.css'.length)}`));
    })
    .get('/assets/:file{[a-z-]+\\.[A-Za-z0-9_-]+\\.(?:js|css|svg)}', async (c, next) => {
      const file = c.req.param('file');
      const bytes = await readFile(join(deps.assets.folder, file)).catch(() => undefined);
      if (!bytes) return next(); // the page that says so needs a language
      if (file.startsWith('verify-worker.')) c.header('Content-Security-Policy', checkerPolicy);
      c.header('Content-Type', types[file.split('.').at(-1) as keyof typeof types]);
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
      return c.body(new Uint8Array(bytes));
    });
}
