// The built files, under names that change with their content: kept for a year. And the site's icon. Given without asking
// the database, which every voter would make five times otherwise.

import { Hono } from 'hono';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accentSheet } from '../../views/accent.ts';
import { iconSvg } from '../../views/mark.ts';
import type { Deps, Env } from '../deps.ts';
import { type Encoded, encode, encodingFor } from '../compression.ts';
import { checkerPolicy } from '../security.ts';

const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

export function assetRoutes(deps: Deps): Hono<Env> {
  const read = fileReader(deps);
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
      const encoded = await read(file);
      if (!encoded) return next(); // the page that says so needs a language
      const encoding = encodingFor(c);
      if (file.startsWith('verify-worker.')) c.header('Content-Security-Policy', checkerPolicy);
      c.header('Content-Type', types[file.split('.').at(-1) as keyof typeof types]);
      c.header('Cache-Control', 'public, max-age=31536000, immutable');
      c.header('Vary', 'Accept-Encoding');
      if (encoding !== 'identity') c.header('Content-Encoding', encoding);
      return c.body(encoded[encoding]);
    });
}

/** Read and compressed once: under one name there is always the same content. What is not there is looked for again. */
function fileReader({ assets }: Deps): (file: string) => Promise<Encoded | undefined> {
  const found = new Map<string, Promise<Encoded>>();
  return async (file) => {
    const reading =
      found.get(file) ?? readFile(join(assets.folder, file)).then((bytes) => encode(new Uint8Array(bytes)));
    found.set(file, reading);
    try {
      return await reading;
    } catch {
      found.delete(file);
      return undefined;
    }
  };
}
