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

export interface SecondStepView {
  readonly next: string;
  /** `code` */
  readonly problems: Problems;
}

export interface ReauthenticateView {
  readonly next: string;
  /** The account has a second step: a code is asked for beside the password. */
  readonly secondStep: boolean;
  /** `password`, `code`, `form` */
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
      <p><a href="${page.href('/forgot-password')}">${page.t('forgot.title')}</a></p>
      <p class="hint">${page.t('login.voters')}</p>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0, shape: 'card' });
}

/** After the password: who has it alone comes no further. */
export function secondStepPage(page: Page, { next, problems }: SecondStepView): Html {
  const title = page.t('second-step.login-title');
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      <form method="post" action="${page.href('/login/second')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${codeField(page, problems, { autofocus: Object.keys(problems).length === 0 })}
        <button class="button button--primary button--wide">${page.t('login.submit')}</button>
      </form>
      ${lostCode(page)}
      <p><a href="${page.href('/login')}">${page.t('second-step.login-again')}</a></p>
    </div>`;
  return layoutPublic(page, { title, content, hasProblems: Object.keys(problems).length > 0, shape: 'card' });
}

const lostCode = (page: Page): Html =>
  html`<details class="help">
    <summary>${page.t('second-step.lost')}</summary>
    <p>${page.t('second-step.lost-text')}</p>
  </details>`;

function codeField(page: Page, problems: Problems, more: { readonly autofocus?: boolean } = {}): Html {
  return textField({
    name: 'code',
    label: page.t('second-step.code'),
    hint: page.t('second-step.code-hint'),
    value: '',
    width: 'medium',
    problem: problems['code'],
    more: {
      autocomplete: 'one-time-code',
      autocapitalize: 'characters',
      spellcheck: 'false',
      maxlength: 40,
      required: true,
      ...more,
    },
  });
}

export function reauthenticatePage(page: Page, { next, secondStep, problems }: ReauthenticateView): Html {
  const title = page.t('login.again-title');
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      <p class="lead">${page.t(secondStep ? 'second-step.again-why' : 'login.again-why')}</p>
      <form method="post" action="${page.href('/reauthenticate')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${page.account === undefined ? '' : html`<p>${page.t('login.again-account', { name: page.account.name })}</p>`}
        ${passwordField(page, problems)} ${secondStep ? codeField(page, problems) : ''}
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
