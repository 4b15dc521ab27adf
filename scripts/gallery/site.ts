// The gallery as a site without a server: every sample in both languages under http://localhost, answered by interception with
// the product's own policy.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '@playwright/test';
import { buildBundle, type BundleManifest } from '../../packages/browser/src/build.ts';
import { checkerPolicy } from '../../packages/server/src/http/security.ts';
import { formatsFor } from '../../packages/server/src/messages/formats.ts';
import { type Locale, locales, translatorFor } from '../../packages/server/src/messages/translate.ts';
import { accentPath, accentSheet } from '../../packages/server/src/views/accent.ts';
import { iconSvg } from '../../packages/server/src/views/mark.ts';
import type { Page } from '../../packages/server/src/views/page.ts';
import { picture, pictureHash } from './picture.ts';
import type { Sample } from './sample.ts';
import { gallerySamples } from './samples.ts';

export interface GallerySite {
  readonly samples: readonly Sample[];
  /** By its address: `/name.locale.html`, styles and programs, what programs are answered. */
  readonly files: ReadonlyMap<string, string | Buffer>;
  readonly address: (sample: Sample, locale: Locale) => string;
  readonly serve: (route: Route) => Promise<void>;
}

const origin = 'http://localhost';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html votix-worker";
const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  html: 'text/html',
  json: 'application/json',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/** Those whose names begin so; all of them when none is wanted. The bundle is built into `assetsDir`. */
export async function gallerySite(assetsDir: string, wanted: readonly string[] = []): Promise<GallerySite> {
  const manifest = await buildBundle({ outdir: assetsDir });
  const icons = JSON.parse(readFileSync(join(assetsDir, 'icons.json'), 'utf8')) as Record<string, string[]>;
  const files = new Map<string, string | Buffer>();
  for (const { file } of Object.values(manifest))
    files.set(`/assets/${file}`, readFileSync(join(assetsDir, file), 'utf8'));
  files.set('/icon.svg', iconSvg);
  files.set(`/logos/${pictureHash}.webp`, picture);
  const all = await gallerySamples(Object.values(icons).flat());
  const samples = wanted.length === 0 ? all : all.filter(({ name }) => wanted.some((start) => name.startsWith(start)));
  for (const sample of samples)
    for (const locale of locales) {
      const html = await sample.render(pageOf(sample, locale, manifest, icons));
      files.set(`/${sample.name}.${locale}.html`, html.toString());
      for (const [path, answer] of Object.entries(sample.answers ?? {})) files.set(path, JSON.stringify(answer));
      if (sample.accent !== undefined) files.set(accentPath(sample.accent), accentSheet(sample.accent));
    }
  const address = ({ name }: Sample, locale: Locale) => `${origin}/${name}.${locale}.html`;
  return { samples, files, address, serve: (route) => serve(files, route) };
}

function pageOf(
  sample: Sample,
  locale: Locale,
  manifest: BundleManifest,
  icons: Readonly<Record<string, string[]>>,
): Page {
  return {
    ...formatsFor(locale),
    locale,
    t: translatorFor(locale),
    ...(sample.display === undefined ? {} : { display: sample.display }),
    path: `/${sample.name}`,
    organisation: 'Association des étudiants de Belleville',
    href: (path) => path,
    asset: (entry) => {
      const { file = '', integrity = '' } = manifest[entry] ?? {};
      return { url: `assets/${file}`, integrity };
    },
    icon: (name) => {
      const sheet = Object.entries(icons).find(([, names]) => names.includes(name))?.[0];
      return sheet && `assets/${manifest[sheet]?.file ?? ''}#${name}`;
    },
    contact: { name: 'Commission électorale', email: 'vote@example.org' },
    account: sample.signedIn === true ? { name: 'Anaïs Martin', role: 'admin' } : undefined,
    accent: sample.accent,
    isRehearsal: sample.isRehearsal === true,
    insecure: sample.insecure === true,
  };
}

async function serve(files: GallerySite['files'], route: Route): Promise<void> {
  const path = decodeURIComponent(new URL(route.request().url()).pathname);
  const body = files.get(path);
  if (body === undefined) return route.fulfill({ status: 404, body: 'not in the gallery' });
  const contentType = `${types[path.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`;
  const ownPolicy = path.startsWith('/assets/verify-worker.') ? checkerPolicy : policy;
  return route.fulfill({ body, contentType, headers: { 'Content-Security-Policy': ownPolicy } });
}
