// Behind a one-time link: somebody chooses the password of their account.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page, Problems } from './page.ts';

export interface ChoosePasswordView {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  /** password, passwordAgain */
  readonly problems: Problems;
}

export function choosePasswordPage(page: Page, { token, name, email, problems }: ChoosePasswordView): Html {
  const title = page.t('choose-password.title');
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      <p class="lead">${page.t('choose-password.lead', { name })}</p>
      <form method="post" action="${page.href(`/choose-password/${token}`)}" class="form" novalidate>
        ${textField({
          name: 'email',
          type: 'email',
          label: page.t('login.email'),
          value: email,
          more: { readonly: true, autocomplete: 'username' },
        })}
        ${newPasswordFields(page, problems)}
        <button class="button button--primary button--wide">${page.t('choose-password.submit')}</button>
      </form>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0, shape: 'card' });
}

/** A new password, twice. */
export function newPasswordFields(page: Page, problems: Problems): Html {
  const more = { autocomplete: 'new-password', required: true };
  const field = (name: 'password' | 'passwordAgain') =>
    ({ name, type: 'password', value: '', problem: problems[name], more }) as const;
  return html`${textField({
    ...field('password'),
    label: page.t('choose-password.password'),
    hint: page.t('setup.password-hint'),
  })}
  ${textField({ ...field('passwordAgain'), label: page.t('setup.passwordAgain') })}`;
}
