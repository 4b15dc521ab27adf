// Somebody has lost their password: the address to mail a link to, and what is said afterwards, whoever it is.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { layoutPublic } from './layout.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface ForgotView {
  readonly email: string;
  /** Without a mail server nothing can be sent: the page says whom to ask. */
  readonly hasMail: boolean;
  /** email */
  readonly problems: Problems;
}

const back = (page: Page): Html => html`<p><a href="${page.href('/login')}">${page.t('forgot.back')}</a></p>`;

export function forgotPage(page: Page, { email, hasMail, problems }: ForgotView): Html {
  const title = page.t('forgot.title');
  const form = html`<p class="lead">${page.t('forgot.lead')}</p>
    <form method="post" action="${page.href('/forgot-password')}" class="form" novalidate>
      ${textField({
        name: 'email',
        type: 'email',
        label: page.t('login.email'),
        value: email,
        problem: problems['email'],
        more: { autocomplete: 'username', required: true, maxlength: 254 },
      })}
      <button class="button button--primary button--wide">${page.t('forgot.submit')}</button>
    </form>`;
  const without = notice('info', page.t('forgot.no-mail-title'), page.t('forgot.no-mail'));
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      ${hasMail ? form : without}
      ${hasMail ? html`<p class="hint">${page.t('forgot.other-ways')}</p>` : ''} ${back(page)}
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0, shape: 'card' });
}

export function forgotSentPage(page: Page, { email, minutes }: { readonly email: string; readonly minutes: number }) {
  const title = page.t('forgot.sent-title');
  const content = html`<div class="card">
    <h1>${title}</h1>
    <p class="lead">${page.t('forgot.sent', { email })}</p>
    <p>${page.t('forgot.sent-next', { minutes })}</p>
    <p class="hint">${page.t('forgot.other-ways')}</p>
    ${back(page)}
  </div>`;
  return layoutPublic(page, { title, content, shape: 'card' });
}
