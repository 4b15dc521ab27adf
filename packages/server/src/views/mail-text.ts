// The text of a mail in one language: edited with a closed list of placeholders, shown as it will arrive.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { errorSummary, textArea, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { type LetterPreview, letterPreview, type MailKind, papers, type Paper } from './letter.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface MailTextView {
  readonly election: ElectionHead;
  readonly kind: MailKind;
  readonly locale: 'en' | 'fr';
  readonly values: { readonly subject: string; readonly body: string };
  readonly placeholders: readonly string[];
  readonly required: readonly string[];
  /** What was saved, newest first; none while the product's own text stands. */
  readonly versions: readonly TextVersion[];
  /** An earlier one that stands in the form. */
  readonly shown?: number | undefined;
  readonly zone: string;
  readonly preview: LetterPreview;
  readonly paper: Paper;
  /** Administrators change it; observers only read. */
  readonly mayEdit: boolean;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export interface TextVersion {
  readonly version: number;
  readonly savedAt: number;
  readonly subject: string;
}

export function mailTextPage(page: Page, view: MailTextView): Html {
  const { election, kind, problems } = view;
  const title = page.t('mail-text.title', { kind: page.t(`mails.kind.${kind}`) });
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <p><a href="${page.href(`/console/elections/${election.id}/mails`)}">${page.t('mails.back')}</a></p>
    <h1>${title}</h1>
    ${tabs(page, view)} ${standing(page, view)} ${textForm(page, view)} ${versionList(page, view)}
    <section id="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">${page.t('mail-text.preview-title')}</h2>
      ${paperSwitch(page, view)} ${letterPreview(page, view.preview, view.paper)}
    </section>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'mails', content, hasProblems });
}

function textForm(page: Page, view: MailTextView): Html {
  const { locale, values, problems, mayEdit, versions } = view;
  const more = { required: true, lang: locale, readonly: !mayEdit };
  return html`<form id="mail-text" method="post" action="${page.href(`${pathOf(view)}?locale=${locale}`)}" class="form" novalidate>
    ${textField({
      name: 'subject',
      label: page.t('mail-text.subject'),
      value: values.subject,
      problem: problems['subject'],
      more: { ...more, maxlength: 200 },
    })}
    ${textArea({
      name: 'body',
      label: page.t('mail-text.body'),
      hint: page.t('mail-text.body-hint'),
      value: values.body,
      problem: problems['body'],
      rows: 16,
      more: { ...more, maxlength: 10_000 },
    })}
    ${placeholderList(page, view)}
    ${
      mayEdit
        ? html`<div class="actions">
          <button class="button button--primary" name="act" value="save">${page.t('mail-text.save')}</button>
          <button class="button button--secondary" name="act" value="preview">${page.t('mail-text.preview')}</button>
          ${versions.length === 0 ? '' : html`<button class="button button--quiet" name="act" value="default">${page.t('mail-text.default')}</button>`}
        </div>`
        : html`<p class="hint">${page.t('checklist.of-admin')}</p>`
    }
  </form>`;
}

/** Which text it is that stands in the form. */
function standing(page: Page, { versions, shown, zone }: MailTextView): Html {
  const [newest] = versions;
  if (newest === undefined) return html`<p class="quiet">${page.t('mail-text.own')}</p>`;
  const found = versions.find(({ version }) => version === shown);
  if (found === undefined || found === newest)
    return html`<p class="quiet">${page.t('mail-text.version', { version: newest.version })}</p>`;
  const when = page.formatShortMoment(found.savedAt, zone);
  const title = page.t('mail-text.earlier-title', { version: found.version, when });
  return notice('info', title, page.t('mail-text.earlier'));
}

function versionList(page: Page, view: MailTextView): Html | '' {
  if (view.versions.length < 2) return '';
  const earlier = view.versions.slice(1).map(
    ({ version, savedAt, subject }) => html`<li>
      <a href="${page.href(`${pathOf(view)}?locale=${view.locale}&version=${version}`)}"
        >${page.t('mail-text.version-name', { version, when: page.formatShortMoment(savedAt, view.zone) })}</a
      >
      <span class="quiet" lang="${view.locale}">${subject}</span>
    </li>`,
  );
  return html`<details class="fold">
    <summary>${page.t('mail-text.versions')}</summary>
    <ul class="spaced">
      ${earlier}
    </ul>
  </details>`;
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

/** Whoever may edit takes along what stands in the form, saved or not. */
function paperSwitch(page: Page, view: MailTextView): Html {
  const choice = (paper: Paper) => {
    const address = `${page.href(`${pathOf(view)}?locale=${view.locale}&paper=${paper}`)}#preview`;
    const current = { 'aria-current': paper === view.paper ? 'true' : undefined };
    const name = page.t(`mail-text.paper.${paper}`);
    return html`<li>
      ${
        view.mayEdit
          ? html`<button form="mail-text" formaction="${address}" name="act" value="preview" ${attributes(current)}>${name}</button>`
          : html`<a href="${address}" ${attributes(current)}>${name}</a>`
      }
    </li>`;
  };
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
