// The frame of every page: document, header with the language switch, footer with whom to ask. Public pages and the booth;
// the console's frame is layout-console.ts.
import { html, raw } from 'hono/html';
import { accentPath } from './accent.ts';
import { attributes } from './attributes.ts';
import { displayAttributes, displaySwitch } from './display-switch.ts';
import { mark } from './mark.ts';
import type { Html, Page } from './page.ts';
import { withQuery } from './path.ts';

const doctype = raw('<!doctype html>');

type Script = 'console' | 'booth' | 'keys' | 'proof' | 'deliberation' | 'trustee' | 'registrar' | 'verify';

export interface DocumentParts {
  readonly title: string;
  /** A form came back with problems: the title says so first, as it is what a screen reader hears first. */
  readonly hasProblems?: boolean;
  readonly bodyClass: string;
  readonly scripts?: readonly Script[];
  /** Where no script runs, the page is asked for again after so many seconds. */
  readonly refreshSeconds?: number;
  readonly body: Html;
}

export function documentOf(page: Page, parts: DocumentParts): Html {
  const prefix = parts.hasProblems === true ? `${page.t('form.error-prefix')} ` : '';
  const title = [`${prefix}${parts.title}`, page.organisation].filter((part) => part !== '').join(' – ');
  const styles = page.asset('styles');
  return html`${doctype}
    <html lang="${page.locale}" ${displayAttributes(page)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        <link rel="icon" href="${page.href('/icon.svg')}" type="image/svg+xml" />
        <link rel="stylesheet" href="${styles.url}" ${attributes({ integrity: styles.integrity || undefined })} />
        ${page.accent === undefined ? '' : html`<link rel="stylesheet" href="${page.href(accentPath(page.accent))}" />`}
        ${(parts.scripts ?? []).map((entry) => script(page, entry))}
        ${
          parts.refreshSeconds === undefined
            ? ''
            : html`<noscript><meta http-equiv="refresh" content="${parts.refreshSeconds}" /></noscript>`
        }
      </head>
      <body class="${page.isRehearsal === true ? `${parts.bodyClass} rehearsal` : parts.bodyClass}">
        <a class="skip-link" href="#content">${page.t('nav.skip')}</a>
        ${page.isDemo === true ? demoBanner(page) : ''} ${page.isRehearsal === true ? rehearsalBanner(page) : ''}
        ${parts.body}
      </body>
    </html>`;
}

/** In the booth as well: nobody may take a demonstration for their vote. */
function demoBanner(page: Page): Html {
  return html`<aside class="demo-banner" aria-label="${page.t('demo.title')}">
    <strong>${page.t('demo.banner')}</strong> <a href="${page.href('/demo')}">${page.t('demo.banner-link')}</a>
    <a href="${page.href('/demo/mails')}">${page.t('demo.banner-mails')}</a>
  </aside>`;
}

/** Printed as well; the watermark beside it is drawn by the style sheet. */
function rehearsalBanner(page: Page): Html {
  return html`<aside class="rehearsal-banner" aria-label="TEST" data-rehearsal>
    <p><strong>${page.t('rehearsal.banner')}</strong> ${page.t('rehearsal.banner-text')}</p>
  </aside>`;
}

function script(page: Page, entry: Script): Html {
  const { url, integrity } = page.asset(entry);
  return html`<script type="module" src="${url}" ${attributes({ integrity: integrity || undefined })}></script>`;
}

export interface PublicParts {
  readonly title: string;
  readonly content: Html;
  readonly hasProblems?: boolean;
  readonly scripts?: readonly ('console' | 'trustee' | 'registrar' | 'verify')[];
  /** `card` holds one decision, `wide` a table or a chart. */
  readonly shape?: 'text' | 'card' | 'wide';
}

export function layoutPublic(page: Page, parts: PublicParts): Html {
  const { title, content, hasProblems = false, scripts = [], shape = 'text' } = parts;
  const body = html`${siteHeader(page)}
    <main id="content" class="main main--${shape}" tabindex="-1">${content}</main>
    ${siteFooter(page)}`;
  return documentOf(page, { title, hasProblems, bodyClass: 'public', scripts, body });
}

export interface BoothParts {
  readonly title: string;
  readonly content: Html;
}

/** The booth's own program draws inside the content; nothing around it leads away from the vote. */
export function layoutBooth(page: Page, { title, content }: BoothParts): Html {
  const body = html`${siteHeader(page, { linked: false })}
    <main id="content" class="main main--booth" tabindex="-1">${content}</main>
    ${siteFooter(page)}`;
  return documentOf(page, { title, bodyClass: 'public booth-page', scripts: ['booth'], body });
}

function siteHeader(page: Page, { linked = true } = {}): Html {
  const name = html`${mark()}<span>${page.organisation || 'Votix'}</span>`;
  return html`<header class="site-header">
    <div class="site-header-inner">
      ${linked ? html`<a class="brand" href="${page.href('/')}">${name}</a>` : html`<span class="brand">${name}</span>`}
      <div class="wishes">${displaySwitch(page)} ${languageSwitch(page)}</div>
    </div>
  </header>`;
}

/** The other language's name in itself; the link keeps the page. */
export function languageSwitch(page: Page): Html {
  const other = page.locale === 'en' ? 'fr' : 'en';
  const name = other === 'fr' ? 'Français' : 'English';
  const href = page.href(withQuery(page.path, 'lang', other));
  return html`<a class="language" href="${href}" hreflang="${other}" lang="${other}">${name}</a>`;
}

export function siteFooter(page: Page): Html {
  return html`<footer class="site-footer">
    <div class="site-footer-inner">
      ${page.contact === undefined ? '' : html`<p>${page.t('nav.contact')} ${contactLink(page.contact)}</p>`}
      <p>
        <a href="${page.href('/verify')}">${page.t('verify.page-title')}</a> ·
        <a href="${page.href('/privacy')}">${page.t('privacy.title')}</a> ·
        <a href="${page.href('/accessibility')}">${page.t('accessibility.title')}</a>
      </p>
      <p>${page.t('nav.product')}</p>
    </div>
  </footer>`;
}

export function contactLink({ name, email }: { readonly name: string; readonly email: string }): Html {
  return html`${name}, <a href="mailto:${email}">${email}</a>`;
}
