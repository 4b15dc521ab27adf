// The typed way in, for a voter whose printed link cannot be scanned: a short address and a personal key of 16 characters.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page, Problems } from './page.ts';

export interface TypedKeyView {
  /** What was typed, kept. */
  readonly key: string;
  /** `key` */
  readonly problems: Problems;
}

export function typedKeyPage(page: Page, { key, problems }: TypedKeyView): Html {
  const title = page.t('vote.title');
  const hasProblems = Object.keys(problems).length > 0;
  const more = {
    autocapitalize: 'characters',
    autocomplete: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    maxlength: 60,
    required: true,
  };
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      <p class="lead">${page.t('vote.lead')}</p>
      <form method="post" action="${page.href('/vote')}" novalidate>
        ${textField({
          name: 'key',
          label: page.t('vote.key'),
          hint: page.t('vote.key-hint'),
          value: key,
          problem: problems['key'],
          more: {
            ...more,
            class: 'input-key',
          },
        })}
        <button class="button button--primary button--wide">${page.t('vote.submit')}</button>
      </form>
      <p class="hint">${page.t('vote.code-later')}</p>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems, shape: 'card' });
}
