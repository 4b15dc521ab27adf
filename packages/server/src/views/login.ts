// Signing in, and giving the password again before an act that cannot be undone.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page } from './page.ts';

export interface LoginView {
  readonly email: string;
  /** Where to go afterwards; a path of this site. */
  readonly next: string;
  /** Finished sentence that does not tell which of the two was wrong. */
  readonly problem?: string | undefined;
}

export interface ReauthenticateView {
  readonly next: string;
  readonly problem?: string | undefined;
}

export function loginPage(page: Page, { email, next, problem }: LoginView): Html {
  const title = page.t('login.title');
  const content = html`${problem === undefined ? '' : errorSummary(page, { form: problem })}
    <div class="card">
      <h1>${title}</h1>
      <form method="post" action="${page.href('/login')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${textField({
          ...{ name: 'email', type: 'email', label: page.t('login.email'), value: email },
          more: { autocomplete: 'username', required: true },
        })}
        ${passwordField(page)}
        <button class="button button--primary button--wide">${page.t('login.submit')}</button>
      </form>
      <p class="hint">${page.t('login.voters')}</p>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: problem !== undefined, shape: 'card' });
}

export function reauthenticatePage(page: Page, { next, problem }: ReauthenticateView): Html {
  const title = page.t('login.again-title');
  const content = html`${problem === undefined ? '' : errorSummary(page, { form: problem })}
    <div class="card">
      <h1>${title}</h1>
      <p class="lead">${page.t('login.again-why')}</p>
      <form method="post" action="${page.href('/reauthenticate')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${page.account === undefined ? '' : html`<p>${page.t('login.again-account', { name: page.account.name })}</p>`}
        ${passwordField(page)}
        <button class="button button--primary button--wide">${page.t('login.again-submit')}</button>
      </form>
      <p><a href="${page.href('/console')}">${page.t('login.again-cancel')}</a></p>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: problem !== undefined, shape: 'card' });
}

function passwordField(page: Page): Html {
  return textField({
    ...{ name: 'password', type: 'password', label: page.t('login.password'), value: '' },
    more: { autocomplete: 'current-password', required: true },
  });
}
