// The text of a mail in one language: edited with a closed list of placeholders, shown as it will arrive.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { errorSummary, textArea, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { type LetterPreview, letterPreview, type MailKind, papers, type Paper } from './letter.ts';
import { doneNotice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface MailTextView {
  readonly election: ElectionHead;
  readonly kind: MailKind;
  readonly locale: 'en' | 'fr';
  readonly values: { readonly subject: string; readonly body: string };
  readonly placeholders: readonly string[];
  readonly required: readonly string[];
  /** 0 while the product's own text stands. */
  readonly version: number;
  readonly preview: LetterPreview;
  readonly paper: Paper;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function mailTextPage(page: Page, view: MailTextView): Html {
  const { election, kind, locale, problems, version } = view;
  const title = page.t('mail-text.title', { kind: page.t(`mails.kind.${kind}`) });
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <p><a href="${page.href(`/console/elections/${election.id}/mails`)}">${page.t('mails.back')}</a></p>
    <h1>${title}</h1>
    ${tabs(page, view)}
    <p class="quiet">${version === 0 ? page.t('mail-text.own') : page.t('mail-text.version', { version })}</p>
    <form method="post" action="${page.href(`${pathOf(view)}?locale=${locale}`)}" class="form" novalidate>
      ${textField({
        name: 'subject',
        label: page.t('mail-text.subject'),
        value: view.values.subject,
        problem: problems['subject'],
        more: { required: true, maxlength: 200, lang: locale },
      })}
      ${textArea({
        name: 'body',
        label: page.t('mail-text.body'),
        hint: page.t('mail-text.body-hint'),
        value: view.values.body,
        problem: problems['body'],
        rows: 16,
        more: { required: true, maxlength: 10_000, lang: locale },
      })}
      ${placeholderList(page, view)}
      <div class="actions">
        <button class="button button--primary" name="act" value="save">${page.t('mail-text.save')}</button>
        <button class="button button--secondary" name="act" value="preview">${page.t('mail-text.preview')}</button>
        ${version === 0 ? '' : html`<button class="button button--quiet" name="act" value="default">${page.t('mail-text.default')}</button>`}
      </div>
    </form>
    <section aria-labelledby="preview">
      <h2 id="preview">${page.t('mail-text.preview-title')}</h2>
      ${paperSwitch(page, view)} ${letterPreview(page, view.preview, view.paper)}
    </section>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'mails', content, hasProblems });
}

const pathOf = ({ election, kind }: MailTextView): string => `/console/elections/${election.id}/mails/texts/${kind}`;

function tabs(page: Page, view: MailTextView): Html {
  const tab = (locale: 'en' | 'fr', name: string) => html`<li>
    <a
      href="${page.href(`${pathOf(view)}?locale=${locale}`)}"
      lang="${locale}"
      ${attributes({ 'aria-current': locale === view.locale ? 'page' : undefined })}
      >${name}</a
    >
  </li>`;
  return html`<nav aria-label="${page.t('mail-text.languages')}">
    <ul class="switches">
      ${tab('en', 'English')} ${tab('fr', 'Français')}
    </ul>
  </nav>`;
}

function paperSwitch(page: Page, view: MailTextView): Html {
  const choice = (paper: Paper) => html`<li>
    <a
      href="${page.href(`${pathOf(view)}?locale=${view.locale}&paper=${paper}`)}#preview"
      ${attributes({ 'aria-current': paper === view.paper ? 'true' : undefined })}
      >${page.t(`mail-text.paper.${paper}`)}</a
    >
  </li>`;
  return html`<ul class="switches">
    ${papers.map(choice)}
  </ul>`;
}

function placeholderList(page: Page, { placeholders, required }: MailTextView): Html {
  return html`<details class="fold">
    <summary>${page.t('mail-text.placeholders')}</summary>
    <dl class="facts facts--long">
      ${placeholders.map(
        (name) =>
          html`<div>
            <dt><code>{${name}}</code></dt>
            <dd>
              ${page.t(`placeholder.${name as 'link'}`)}
              ${required.includes(name) ? html`<strong>${page.t('mail-text.required')}</strong>` : ''}
            </dd>
          </div>`,
      )}
    </dl>
  </details>`;
}
