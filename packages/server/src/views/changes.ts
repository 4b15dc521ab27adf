// After arming: which ways are still open and why the others are not, one page for each, and what was changed with its reason.
import { html } from 'hono/html';
import { errorSummary, textArea, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { type VotingWindow, windowFacts } from './window.ts';

export type WayBack = 'extend' | 'disarm' | 'abandon';

export interface ChangesView {
  readonly election: ElectionHead;
  readonly zone: string;
  /** `why` says that it cannot be done now; finished. */
  readonly ways: readonly { readonly way: WayBack; readonly why?: string | undefined }[];
  /** The newest first. */
  readonly changes: readonly {
    readonly at: number;
    /** Finished. */
    readonly what: string;
    readonly by?: string | undefined;
    readonly reason: string;
  }[];
  readonly done?: string | undefined;
}

/** As typed; an extension asks for the end, the others for the election's name. */
export interface WayBackValues {
  readonly closesAt: string;
  readonly name: string;
  readonly reason: string;
}

export interface WayBackView {
  readonly election: ElectionHead;
  readonly window: VotingWindow;
  readonly way: WayBack;
  readonly why?: string | undefined;
  readonly values: WayBackValues;
  readonly problems: Problems;
}

const pathOf = ({ id }: ElectionHead): string => `/console/elections/${id}/changes`;

export function changesPage(page: Page, view: ChangesView): Html {
  const { election } = view;
  const title = page.t('nav.step.changes');
  const content = html`${doneNotice(view.done)}
    <h1>${title}</h1>
    <p class="lead">${page.t('changes.lead')}</p>
    <ul class="rows">
      ${view.ways.map((way) => wayRow(page, election, way))}
    </ul>
    <h2>${page.t('changes.list-title')}</h2>
    ${view.changes.length === 0 ? html`<p class="quiet">${page.t('changes.none')}</p>` : changeTable(page, view)}`;
  return layoutConsole(page, { title, election, current: 'changes', content });
}

function wayRow(page: Page, election: ElectionHead, { way, why }: ChangesView['ways'][number]): Html {
  const mayAct = page.account?.role === 'admin';
  const link = html`<a
    class="button ${way === 'abandon' ? 'button--danger' : 'button--secondary'}"
    href="${page.href(`${pathOf(election)}/${way}`)}"
    >${page.t(`changes.${way}`)}</a
  >`;
  return html`<li class="row">
    <div>
      <h2>${page.t(`changes.${way}-title`)}</h2>
      <p>${page.t(`changes.${way}-text`)}</p>
      ${why === undefined ? '' : html`<p class="hint">${page.t('changes.not-now', { why })}</p>`}
      ${mayAct || why !== undefined ? '' : html`<p class="hint">${page.t('checklist.of-admin')}</p>`}
    </div>
    ${why === undefined && mayAct ? link : ''}
  </li>`;
}

function changeTable(page: Page, { changes, zone }: ChangesView): Html {
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="${page.t('changes.list-title')}">
    <table class="table table--stack">
      <thead>
        <tr>
          <th scope="col">${page.t('changes.what')}</th>
          <th scope="col">${page.t('changes.when')}</th>
          <th scope="col">${page.t('changes.by')}</th>
          <th scope="col">${page.t('changes.reason')}</th>
        </tr>
      </thead>
      <tbody>
        ${changes.map(
          ({ what, at, by, reason }) =>
            html`<tr>
              <th scope="row">${what}</th>
              <td class="moment" data-label="${page.t('changes.when')}">${page.formatShortMoment(at, zone)}</td>
              <td data-label="${page.t('changes.by')}">${by ?? '–'}</td>
              <td class="prose" data-label="${page.t('changes.reason')}">${reason}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function wayBackPage(page: Page, view: WayBackView): Html {
  const { election, way, why, problems } = view;
  const title = page.t(`changes.${way}-title`);
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(pathOf(election))}">${page.t('changes.back')}</a></p>
    <h1>${title}</h1>
    ${why === undefined ? wayForm(page, view) : notice('info', page.t('changes.not-possible'), page.t('changes.not-now', { why }))}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'changes', content, hasProblems });
}

function wayForm(page: Page, { election, window, way, values, problems }: WayBackView): Html {
  const reason = textArea({
    name: 'reason',
    label: page.t('changes.reason'),
    hint: page.t(way === 'abandon' ? 'changes.reason-public' : 'changes.reason-hint'),
    value: values.reason,
    problem: problems['reason'],
    rows: 3,
    more: { required: true, maxlength: 500 },
  });
  return html`${way === 'extend' ? windowFacts(page, window) : ''}
    <ul class="explained">
      <li>${page.t(`changes.${way}-1`)}</li>
      <li>${page.t(`changes.${way}-2`)}</li>
      <li>${page.t(`changes.${way}-3`)}</li>
    </ul>
    <form method="post" action="${page.href(`${pathOf(election)}/${way}`)}" class="form" novalidate>
      ${way === 'extend' ? endField(page, values, problems) : nameField(page, election, values, problems)} ${reason}
      <button class="button ${way === 'extend' ? 'button--primary' : 'button--danger'}">
        ${page.t(`changes.${way}`)}
      </button>
    </form>`;
}

const endField = (page: Page, values: WayBackValues, problems: Problems): Html =>
  textField({
    name: 'closesAt',
    label: page.t('changes.closesAt'),
    hint: page.t('changes.closesAt-hint'),
    type: 'datetime-local',
    width: 'medium',
    value: values.closesAt,
    problem: problems['closesAt'],
    more: { required: true },
  });

const nameField = (page: Page, { name }: ElectionHead, values: WayBackValues, problems: Problems): Html =>
  textField({
    name: 'name',
    label: page.t('changes.name'),
    hint: name,
    value: values.name,
    problem: problems['name'],
    more: { required: true, maxlength: 500, autocomplete: 'off' },
  });
