// Who makes the voter codes of an election that everyone can check: the server, or a registrar with a link of their own; how
// far they are, and which codes of the reserve were given to whom.
import { html } from 'hono/html';
import { copyable } from './copyable.ts';
import { fact } from './facts.ts';
import { errorSummary, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { voterPath } from './roll-query.ts';

export interface RegistrarView {
  readonly name: string;
  /** Absolute. */
  readonly link: string;
  readonly reserve: number;
  readonly state: 'ready' | 'registrar-unfinished' | 'registrar-outdated';
  /** Voters without a code, once the others have one. */
  readonly uncovered: number;
  /** Codes of the reserve that nobody has. */
  readonly free: number;
}

export interface GivenRow {
  readonly number: number;
  readonly given: 'late' | 'replaced';
  readonly voterId: string;
  readonly name: string;
}

export interface CredentialsView {
  readonly election: ElectionHead;
  /** Undefined where the server makes them. */
  readonly registrar: RegistrarView | undefined;
  readonly given: readonly GivenRow[];
  readonly canChange: boolean;
  /** As typed, with what is wrong with it. */
  readonly values: { readonly name: string; readonly reserve: string };
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function credentialsPage(page: Page, view: CredentialsView): Html {
  const { election, registrar, problems, canChange } = view;
  const title = page.t('nav.step.credentials');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    <p class="lead">${page.t('credentials.lead')}</p>
    ${registrar === undefined ? byServer(page) : byRegistrar(page, view, registrar)}
    ${registrar !== undefined && view.given.length > 0 ? givenTable(page, view) : ''}
    ${canChange ? (registrar === undefined ? nameForm(page, view) : serverForm(page, view)) : ''}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'credentials', content, hasProblems });
}

const byServer = (page: Page): Html => notice('info', page.t('credentials.server-title'), page.t('credentials.server'));

function post(page: Page, { election }: CredentialsView, act: string, label: string, kind = 'secondary'): Html {
  return html`<form method="post" action="${page.href(`/console/elections/${election.id}/credentials/${act}`)}">
    <button class="button button--${kind}">${label}</button>
  </form>`;
}

function byRegistrar(page: Page, view: CredentialsView, registrar: RegistrarView): Html {
  const { name, link, reserve, state, free } = registrar;
  const isMade = state !== 'registrar-unfinished';
  const pill = html`<span class="pill pill--${isMade ? 'good' : 'neutral'}"
    >${page.t(isMade ? 'credentials.made' : 'credentials.not-made')}</span
  >`;
  return html`${state === 'registrar-outdated' && view.canChange ? outdated(page, view, registrar) : ''}
    <section class="card" aria-labelledby="registrar-title">
      <h2 id="registrar-title">${page.t('credentials.registrar-title')}</h2>
      <dl class="facts facts--long">
        ${fact(page.t('credentials.name'), name)} ${fact(page.t('trustees.state'), pill)}
        ${fact(page.t('credentials.reserve'), page.t('credentials.reserve-of', { reserve, free: isMade ? free : reserve }))}
        ${fact(page.t('trustees.link'), copyable(page, { id: 'registrar-link', label: page.t('trustees.link-of', { name }), value: link }))}
      </dl>
      <p>${page.t(isMade ? 'credentials.made-text' : 'credentials.hand-over')}</p>
      ${isMade && view.canChange ? html`<div class="actions">${post(page, view, 'restart', page.t('credentials.restart'))}</div><p class="hint">${page.t('credentials.restart-hint')}</p>` : ''}
    </section>`;
}

/** Voters came after the codes were made. */
function outdated(page: Page, view: CredentialsView, { uncovered, free }: RegistrarView): Html {
  const text =
    uncovered <= free
      ? html`<p>${page.t('credentials.outdated-give')}</p>
          <div class="actions">${post(page, view, 'reserve', page.t('credentials.give'), 'primary')}</div>`
      : page.t('credentials.outdated-anew', { free });
  return notice('warn', page.t('credentials.outdated', { count: uncovered }), text);
}

function givenTable(page: Page, { election, given }: CredentialsView): Html {
  return html`<section>
    <h2 id="given-title">${page.t('credentials.given-title')}</h2>
    <p>${page.t('credentials.given-text')}</p>
    <div class="table-frame" tabindex="0" role="region" aria-labelledby="given-title">
      <table class="table table--stack">
        <thead>
          <tr>
            <th scope="col">${page.t('credentials.number')}</th>
            <th scope="col">${page.t('credentials.voter')}</th>
            <th scope="col">${page.t('credentials.why')}</th>
          </tr>
        </thead>
        <tbody>
          ${given.map(
            (row) => html`<tr>
              <th scope="row">${page.formatNumber(row.number)}</th>
              <td data-label="${page.t('credentials.voter')}">
                <a href="${page.href(voterPath(election, row.voterId))}">${row.name}</a>
              </td>
              <td data-label="${page.t('credentials.why')}">${page.t(`credentials.why-${row.given}`)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function nameForm(page: Page, { election, values, problems }: CredentialsView): Html {
  return html`<section aria-labelledby="name-registrar">
    <h2 id="name-registrar">${page.t('credentials.name-title')}</h2>
    <p>${page.t('credentials.name-text')}</p>
    <form
      method="post"
      action="${page.href(`/console/elections/${election.id}/credentials/registrar`)}"
      class="form"
      novalidate
    >
      ${textField({
        name: 'name',
        label: page.t('credentials.name'),
        hint: page.t('credentials.name-hint'),
        value: values.name,
        problem: problems['name'],
        more: { required: true, maxlength: 120, autocomplete: 'off' },
      })}
      ${textField({
        name: 'reserve',
        label: page.t('credentials.reserve'),
        hint: page.t('credentials.reserve-hint'),
        value: values.reserve,
        problem: problems['reserve'],
        width: 'short',
        more: { inputmode: 'numeric', maxlength: 4, autocomplete: 'off' },
      })}
      <button class="button button--primary">${page.t('credentials.name-do')}</button>
    </form>
  </section>`;
}

function serverForm(page: Page, view: CredentialsView): Html {
  return html`<section class="apart" aria-labelledby="by-server">
    <h2 id="by-server">${page.t('credentials.back-title')}</h2>
    <p>${page.t('credentials.back')}</p>
    ${post(page, view, 'server', page.t('credentials.back-do'))}
  </section>`;
}
