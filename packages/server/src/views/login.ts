// Signing in, and giving the password again before an act that cannot be undone.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { passkeyForm } from './passkey-form.ts';
import { layoutPublic } from './layout.ts';
import type { Html, Page, Problems } from './page.ts';

export interface LoginView {
  readonly email: string;
  /** Where to go afterwards; a path of this site. */
  readonly next: string;
  /** Browsers have passkeys at this address. */
  readonly canPasskeys: boolean;
  /** `form`: it does not tell which of the two was wrong. */
  readonly problems: Problems;
}

/** Which ways an account has to show that it is them, besides recovery codes. */
interface Ways {
  readonly app: boolean;
  readonly passkeys: boolean;
  readonly canPasskeys: boolean;
}

export interface SecondStepView extends Ways {
  readonly next: string;
  /** `code`, `form` */
  readonly problems: Problems;
}

export interface ReauthenticateView extends Ways {
  readonly next: string;
  /** The account has a second step: a code is asked for beside the password. */
  readonly secondStep: boolean;
  /** `password`, `code`, `form` */
  readonly problems: Problems;
}

export function loginPage(page: Page, { email, next, canPasskeys, problems }: LoginView): Html {
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
      ${canPasskeys ? passkeyForm(page, { action: '/login/passkey', options: '/api/passkeys/login', label: page.t('passkeys.login'), next }) : ''}
      <p><a href="${page.href('/forgot-password')}">${page.t('forgot.title')}</a></p>
      <p class="hint">${page.t('login.voters')}</p>
    </div>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutPublic(page, { title, content, hasProblems, shape: 'card', scripts: ['console'] });
}

/** After the password: who has it alone comes no further. */
export function secondStepPage(page: Page, view: SecondStepView): Html {
  const { next, problems } = view;
  const title = page.t('second-step.login-title');
  const doors = { action: '/login/second/passkey', options: '/api/passkeys/second', next };
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      ${ownPasskey(page, view, doors)}
      <form method="post" action="${page.href('/login/second')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${codeField(page, view)}
        <button class="button button--primary button--wide">${page.t('login.submit')}</button>
      </form>
      ${lostCode(page)}
      <p><a href="${page.href('/login')}">${page.t('second-step.login-again')}</a></p>
    </div>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutPublic(page, { title, content, hasProblems, shape: 'card', scripts: ['console'] });
}

/** The quickest way first, for whoever has one. */
function ownPasskey(
  page: Page,
  { passkeys, canPasskeys }: Ways,
  doors: { action: string; options: string; next: string },
): Html | '' {
  if (!passkeys) return '';
  if (!canPasskeys) return html`<p>${page.t('passkeys.not-here')}</p>`;
  return passkeyForm(page, { ...doors, label: page.t('passkeys.use') });
}

const lostCode = (page: Page): Html =>
  html`<details class="help">
    <summary>${page.t('second-step.lost')}</summary>
    <p>${page.t('second-step.lost-text')}</p>
  </details>`;

function codeField(page: Page, { app, problems }: Ways & { readonly problems: Problems }): Html {
  return textField({
    name: 'code',
    label: page.t('second-step.code'),
    hint: page.t(app ? 'second-step.code-hint' : 'second-step.code-hint-no-app'),
    value: '',
    width: 'medium',
    problem: problems['code'],
    more: {
      autocomplete: 'one-time-code',
      autocapitalize: 'characters',
      spellcheck: 'false',
      maxlength: 40,
      required: true,
    },
  });
}

export function reauthenticatePage(page: Page, view: ReauthenticateView): Html {
  const { next, secondStep, problems } = view;
  const doors = { action: '/reauthenticate/passkey', options: '/api/passkeys/confirm', next };
  const title = page.t('login.again-title');
  const content = html`${errorSummary(page, problems)}
    <div class="card">
      <h1>${title}</h1>
      <p class="lead">${page.t(secondStep ? 'second-step.again-why' : 'login.again-why')}</p>
      ${ownPasskey(page, view, doors)}
      <form method="post" action="${page.href('/reauthenticate')}" class="form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        ${page.account === undefined ? '' : html`<p>${page.t('login.again-account', { name: page.account.name })}</p>`}
        ${passwordField(page, problems)} ${secondStep ? codeField(page, view) : ''}
        <button class="button button--primary button--wide">${page.t('login.again-submit')}</button>
      </form>
      <p><a href="${page.href('/console')}">${page.t('login.again-cancel')}</a></p>
    </div>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutPublic(page, { title, content, hasProblems, shape: 'card', scripts: ['console'] });
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
