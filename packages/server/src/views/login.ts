// Signing in, and giving the password again before an act that cannot be undone.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page, Problems } from './page.ts';

export interface LoginView {
  readonly email: string;
  /** Where to go afterwards; a path of this site. */
  readonly next: string;
  /** `form`: it does not tell which of the two was wrong. */
  readonly problems: Problems;
}

export interface ReauthenticateView {
  readonly next: string;
  /** `password`, `form` */
  readonly problems: Problems;
}

export function loginPage(page: Page, { email, next, problems }: LoginView): Html {
  const title = page.t('login.title');
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      <form method="post" action="${page.href('/login')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${textField({
          name: 'email',
          type: 'email',
          label: page.t('login.email'),
          value: email,
          more: {
            autocomplete: 'username',
            required: true,
          },
        })}
        ${passwordField(page, problems)}
        <button class="button button--primary button--wide">${page.t('login.submit')}</button>
      </form>
      <p class="hint">${page.t('login.voters')}</p>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0, shape: 'card' });
}

export function reauthenticatePage(page: Page, { next, problems }: ReauthenticateView): Html {
  const title = page.t('login.again-title');
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      <p class="lead">${page.t('login.again-why')}</p>
      <form method="post" action="${page.href('/reauthenticate')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${page.account === undefined ? '' : html`<p>${page.t('login.again-account', { name: page.account.name })}</p>`}
        ${passwordField(page, problems)}
        <button class="button button--primary button--wide">${page.t('login.again-submit')}</button>
      </form>
      <p><a href="${page.href('/console')}">${page.t('login.again-cancel')}</a></p>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0, shape: 'card' });
}

function passwordField(page: Page, problems: Problems): Html {
  return textField({
    name: 'password',
    type: 'password',
    label: page.t('login.password'),
    value: '',
    problem: problems['password'],
    more: {
      autocomplete: 'current-password',
      required: true,
    },
  });
}
