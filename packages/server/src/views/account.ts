// One's own account: name, password, and where one is logged in.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { layoutConsole } from './layout-console.ts';
import { doneNotice } from './notice.ts';
import { newPasswordFields } from './choose-password.ts';
import { fact } from './facts.ts';
import type { Account, Html, Page, Problems } from './page.ts';

export interface SessionEntry {
  readonly id: string;
  /** Empty when the browser did not say. */
  readonly device: string;
  readonly startedAt: number;
  readonly seenAt: number;
  readonly current: boolean;
}

export interface AccountView {
  /** As typed, or as stored. */
  readonly name: string;
  readonly email: string;
  readonly role: Account['role'];
  /** Whether a log-in asks for more than the password. */
  readonly secondStep: boolean;
  readonly sessions: readonly SessionEntry[];
  readonly zone: string;
  /** name, current, password, passwordAgain */
  readonly problems: Problems;
  readonly done?: string | undefined;
}

const path = '/console/account';

export function accountPage(page: Page, view: AccountView): Html {
  const { name, email, role, secondStep, problems, done } = view;
  const title = page.t('account.title');
  const content = html`${errorSummary(page, problems)} ${doneNotice(done)}
    <h1>${title}</h1>
    <dl class="facts">
      ${fact(page.t('users.email'), email)} ${fact(page.t('users.role'), page.t(`role.${role}`))}
    </dl>
    <form method="post" action="${page.href(path)}" class="form" novalidate>
      ${textField({
        name: 'name',
        label: page.t('setup.name'),
        hint: page.t('account.name-hint'),
        value: name,
        problem: problems['name'],
        more: { required: true, maxlength: 120, autocomplete: 'name' },
      })}
      <button class="button button--secondary">${page.t('account.save-name')}</button>
    </form>
    <section class="apart" aria-labelledby="own-password">
      <h2 id="own-password">${page.t('account.password-title')}</h2>
      <p>${page.t('account.password-text')}</p>
      <form method="post" action="${page.href(`${path}/password`)}" class="form" novalidate>
        ${textField({
          name: 'current',
          type: 'password',
          label: page.t('account.current'),
          value: '',
          problem: problems['current'],
          more: { required: true, autocomplete: 'current-password' },
        })}
        ${newPasswordFields(page, problems)}
        <button class="button button--secondary">${page.t('account.save-password')}</button>
      </form>
    </section>
    <section class="apart" aria-labelledby="own-second-step">
      <h2 id="own-second-step">${page.t('second-step.title')}</h2>
      <p>${page.t(secondStep ? 'account.second-step-on' : 'account.second-step-off')}</p>
      <p>
        <a class="button button--secondary" href="${page.href(`${path}/second-step`)}"
          >${page.t(secondStep ? 'account.second-step-manage' : 'account.second-step-set-up')}</a
        >
      </p>
    </section>
    ${sessionList(page, view)}`;
  return layoutConsole(page, { title, section: 'account', content, hasProblems: Object.keys(problems).length > 0 });
}

function sessionList(page: Page, { sessions, zone }: AccountView): Html {
  const others = html`<form method="post" action="${page.href(`${path}/sessions`)}">
    <button class="button button--secondary">${page.t('account.end-others')}</button>
  </form>`;
  return html`<section class="apart" aria-labelledby="own-sessions">
    <h2 id="own-sessions">${page.t('account.sessions-title')}</h2>
    <p>${page.t('account.sessions-text')}</p>
    <ul class="rows">
      ${sessions.map((session) => sessionRow(page, session, zone))}
    </ul>
    ${sessions.length > 1 ? others : ''}
  </section>`;
}

function sessionRow(page: Page, { id, device, startedAt, seenAt, current }: SessionEntry, zone: string): Html {
  const moments = {
    started: page.formatShortMoment(startedAt, zone),
    seen: page.formatShortMoment(seenAt, zone),
  };
  const end = html`<form method="post" action="${page.href(`${path}/sessions`)}">
    <input type="hidden" name="session" value="${id}" />
    <button class="button button--quiet">
      ${page.t('account.end')} <span class="visually-hidden">${device || page.t('account.unknown-device')}</span>
    </button>
  </form>`;
  return html`<li class="row">
    <div>
      <p><strong>${device || page.t('account.unknown-device')}</strong></p>
      <p class="quiet">${page.t('account.session', moments)}</p>
    </div>
    ${current ? html`<span class="pill">${page.t('account.this-session')}</span>` : end}
  </li>`;
}
