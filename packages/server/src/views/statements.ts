// What the public may rely on: how personal data is treated, and how accessible the pages are. True statements about this
// product; who changes what is stored or shown changes them too.
import { html } from 'hono/html';
import { contactLink, layoutPublic } from './layout.ts';
import type { Html, Page } from './page.ts';
import type { MessageKey } from '../messages/translate.ts';

const list = (page: Page, keys: readonly MessageKey[], values: Readonly<Record<string, number>> = {}): Html =>
  html`<ul class="spaced">
    ${keys.map((key) => html`<li>${page.t(key, values)}</li>`)}
  </ul>`;

const whom = (page: Page): Html | '' =>
  page.contact === undefined ? '' : html`<p>${page.t('nav.contact')} ${contactLink(page.contact)}</p>`;

export function privacyPage(page: Page, { retentionDays }: { readonly retentionDays: number }): Html {
  const title = page.t('privacy.title');
  const content = html`<h1>${title}</h1>
    <p class="lead">${page.t('privacy.lead', { organisation: page.organisation })}</p>
    <section>
      <h2>${page.t('privacy.stored-title')}</h2>
      ${list(page, [
        'privacy.stored-roll',
        'privacy.stored-access',
        'privacy.stored-mails',
        'privacy.stored-signature',
        'privacy.stored-ballot',
        'privacy.stored-counts',
        'privacy.stored-members',
        'privacy.stored-log',
      ])}
    </section>
    <section>
      <h2>${page.t('privacy.secret-title')}</h2>
      ${list(page, ['privacy.secret-apart', 'privacy.secret-sealed', 'privacy.secret-participation'])}
      <p>${page.t('privacy.secret-limits')}</p>
    </section>
    <section>
      <h2>${page.t('privacy.seen-title')}</h2>
      ${list(page, ['privacy.seen-public', 'privacy.seen-members', 'privacy.seen-admins', 'privacy.seen-operator', 'privacy.seen-nobody'])}
    </section>
    <section>
      <h2>${page.t('privacy.kept-title')}</h2>
      ${list(page, ['privacy.kept-roll', 'privacy.kept-box', 'privacy.kept-backups'], { days: retentionDays })}
    </section>
    <section>
      <h2>${page.t('privacy.cookies-title')}</h2>
      <p>${page.t('privacy.cookies')}</p>
    </section>
    <section>
      <h2>${page.t('privacy.rights-title')}</h2>
      <p>${page.t('privacy.rights')}</p>
      ${whom(page)}
    </section>`;
  return layoutPublic(page, { title, content });
}

export function accessibilityPage(page: Page): Html {
  const title = page.t('accessibility.title');
  const content = html`<h1>${title}</h1>
    <p class="lead">${page.t('accessibility.lead')}</p>
    <section>
      <h2>${page.t('accessibility.done-title')}</h2>
      ${list(page, ['accessibility.done-keyboard', 'accessibility.done-reader', 'accessibility.done-contrast', 'accessibility.done-zoom', 'accessibility.done-time', 'accessibility.done-charts'])}
    </section>
    <section>
      <h2>${page.t('accessibility.limits-title')}</h2>
      ${list(page, ['accessibility.limit-scripts', 'accessibility.limit-texts', 'accessibility.limit-audit'])}
    </section>
    <section>
      <h2>${page.t('accessibility.help-title')}</h2>
      <p>${page.t('accessibility.help')}</p>
      ${whom(page)}
    </section>`;
  return layoutPublic(page, { title, content });
}
