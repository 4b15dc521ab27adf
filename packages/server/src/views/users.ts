// Who may work with this instance: the list, a new user, one user's page, and the one-time link to hand over.
import { html } from 'hono/html';
import { attributes } from './attributes.ts';
import { breakable } from './breakable.ts';
import { errorSummary, selectField, textField } from './form.ts';
import { layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Account, Html, Page, Problems } from './page.ts';

type Role = Account['role'];
const roles: readonly Role[] = ['admin', 'technician', 'observer'];
const list = '/console/users';

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** The account of whoever looks. */
  readonly own: boolean;
  readonly hasPassword: boolean;
  /** A log-in asks for more than the password. */
  readonly secondStep: boolean;
  /** A link to choose a password is valid until then. */
  readonly linkUntil?: number | undefined;
}

export interface UsersView {
  readonly users: readonly UserRow[];
  readonly zone: string;
  readonly done?: string | undefined;
}

export function usersPage(page: Page, { users, zone, done }: UsersView): Html {
  const title = page.t('nav.section.users');
  const content = html`${doneNotice(done)}
    <div class="title-row">
      <h1>${title}</h1>
      <a class="button button--primary" href="${page.href(`${list}/new`)}">${page.t('users.add')}</a>
    </div>
    <p class="lead">${page.t('users.lead')}</p>
    <div class="table-frame" tabindex="0" role="region" aria-label="${title}">
      <table class="table table--stack">
        <thead>
          <tr>
            <th scope="col">${page.t('users.name')}</th>
            <th scope="col">${page.t('users.email')}</th>
            <th scope="col">${page.t('users.role')}</th>
            <th scope="col">${page.t('users.state')}</th>
            <th scope="col">${page.t('second-step.short')}</th>
          </tr>
        </thead>
        <tbody>
          ${users.map((user) => userRow(page, user, zone))}
        </tbody>
      </table>
    </div>
    ${rolesExplained(page)}
    <section aria-labelledby="two-persons">
      <h2 id="two-persons">${page.t('approvals.title')}</h2>
      <p>${page.t('approvals.about')}</p>
      <p><a href="${page.href('/console/approvals')}">${page.t('approvals.open')}</a></p>
    </section>`;
  return layoutConsole(page, { title, section: 'users', content });
}

function userRow(page: Page, user: UserRow, zone: string): Html {
  return html`<tr>
    <th scope="row">
      <a href="${page.href(`${list}/${user.id}`)}">${user.name}</a>
      ${user.own ? html`<span class="quiet">${page.t('users.you')}</span>` : ''}
    </th>
    <td class="wide" data-label="${page.t('users.email')}"><span>${breakable(user.email)}</span></td>
    <td data-label="${page.t('users.role')}">${page.t(`role.${user.role}`)}</td>
    <td data-label="${page.t('users.state')}">${stateOf(page, user, zone)}</td>
    <td data-label="${page.t('second-step.short')}">${page.t(user.secondStep ? 'second-step.on' : 'second-step.off')}</td>
  </tr>`;
}

function stateOf(page: Page, { hasPassword, linkUntil }: UserRow, zone: string): Html | string {
  if (linkUntil !== undefined) return page.t('users.state-link', { until: page.formatShortMoment(linkUntil, zone) });
  return hasPassword
    ? page.t('users.state-active')
    : html`<span class="pill pill--warn">${page.t('users.state-no-link')}</span>`;
}

function rolesExplained(page: Page): Html {
  return html`<section aria-labelledby="roles">
    <h2 id="roles">${page.t('users.roles-title')}</h2>
    <dl class="facts facts--long">
      ${roles.map(
        (role) =>
          html`<div>
            <dt>${page.t(`role.${role}`)}</dt>
            <dd>${page.t(`role.${role}.about`)}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** As typed. */
export interface UserValues {
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

export interface NewUserView {
  readonly values: UserValues;
  readonly problems: Problems;
  /** How long the link will be valid. */
  readonly hours: number;
}

export function newUserPage(page: Page, { values, problems, hours }: NewUserView): Html {
  const title = page.t('users.add-title');
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(list)}">${page.t('users.back')}</a></p>
    <h1>${title}</h1>
    <p class="lead">${page.t('users.add-lead', { hours })}</p>
    <form method="post" action="${page.href(`${list}/new`)}" class="form" novalidate>
      ${userFields(page, values, problems)}
      <button class="button button--primary">${page.t('users.add-submit')}</button>
    </form>
    ${rolesExplained(page)}`;
  return layoutConsole(page, { title, section: 'users', content, hasProblems: Object.keys(problems).length > 0 });
}

function userFields(page: Page, values: UserValues, problems: Problems, { ownRole = false } = {}): Html {
  const field = (name: 'name' | 'email') => ({
    name,
    label: page.t(`users.${name}`),
    value: values[name],
    problem: problems[name],
  });
  const choices = roles.map((role) => ({ value: role, label: page.t(`role.${role}`) }));
  const role = { name: 'role', label: page.t('users.role'), value: values.role, problem: problems['role'] };
  return html`${textField({ ...field('name'), more: { required: true, maxlength: 120, autocomplete: 'off' } })}
  ${textField({
    ...field('email'),
    type: 'email',
    hint: page.t('users.email-hint'),
    more: { required: true, maxlength: 254, autocomplete: 'off' },
  })}
  ${
    ownRole
      ? html`<input ${attributes({ type: 'hidden', name: 'role', value: values.role })} />`
      : selectField({ ...role, choices, width: 'medium' })
  }`;
}

export interface UserView {
  readonly id: string;
  /** As it is stored. */
  readonly name: string;
  readonly own: boolean;
  readonly hasPassword: boolean;
  readonly values: UserValues;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function userPage(page: Page, view: UserView): Html {
  const { id, name, own, values, problems, done } = view;
  const path = `${list}/${id}`;
  const content = html`${errorSummary(page, problems)} ${doneNotice(done)}
    <p><a href="${page.href(list)}">${page.t('users.back')}</a></p>
    <h1>${name}</h1>
    ${own ? notice('info', page.t('users.own-title'), ownText(page)) : ''}
    <form method="post" action="${page.href(path)}" class="form" novalidate>
      ${userFields(page, values, problems, { ownRole: own })}
      <button class="button button--primary">${page.t('users.save')}</button>
    </form>
    ${own ? '' : deeds(page, view, path)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title: name, section: 'users', content, hasProblems });
}

const ownText = (page: Page): Html =>
  html`<p>${page.t('users.own')}</p>
    <p><a href="${page.href('/console/account')}">${page.t('users.own-link')}</a></p>`;

/** What is done to somebody else's account, each in a section of its own with what it means. */
function deeds(page: Page, { hasPassword }: UserView, path: string): Html {
  const deed = (name: 'link' | 'sessions' | 'delete', button: string) =>
    html`<section class="apart" aria-labelledby="user-${name}">
      <h2 id="user-${name}">${page.t(`users.${name}-title`)}</h2>
      <p>${page.t(`users.${name}-text`)}</p>
      <form method="post" action="${page.href(`${path}/${name}`)}">
        <button class="button ${button}">${page.t(`users.${name}`)}</button>
      </form>
    </section>`;
  return html`${deed('link', 'button--secondary')} ${hasPassword ? deed('sessions', 'button--secondary') : ''}
  ${deed('delete', 'button--danger')}`;
}

export interface UserLinkView {
  readonly name: string;
  readonly email: string;
  readonly link: string;
  readonly expiresAt: number;
  readonly zone: string;
}

export function userLinkPage(page: Page, { name, email, link, expiresAt, zone }: UserLinkView): Html {
  const title = page.t('users.link-ready', { name });
  const copy = {
    type: 'button',
    class: 'button button--primary',
    'data-copy': 'user-link',
    'data-copied': page.t('users.link-copied'),
    hidden: true,
  };
  const content = html`<h1>${title}</h1>
    <p class="lead">${page.t('users.link-lead', { name, email })}</p>
    <p class="card"><code class="secret" id="user-link">${link}</code></p>
    <div class="actions">
      <button ${attributes(copy)}>${page.t('users.link-copy')}</button>
      <a class="button button--secondary" href="${page.href(list)}">${page.t('users.link-done')}</a>
    </div>
    ${notice(
      'warn',
      page.t('users.link-once-title'),
      page.t('users.link-once', { until: page.formatInstant(expiresAt, zone) }),
    )}`;
  return layoutConsole(page, { title, section: 'users', content });
}
