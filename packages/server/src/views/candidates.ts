// The candidates of an election, in the order of the ballot paper: list, adding, editing, removing until it is armed.
import { html } from 'hono/html';
import { errorSummary, textArea, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface CandidateValues {
  readonly name: string;
  readonly text: string;
}

export interface CandidatesView {
  readonly election: ElectionHead;
  readonly candidates: readonly (CandidateValues & { readonly id: string })[];
  /** The form for a new one. */
  readonly values: CandidateValues;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export interface CandidateView {
  readonly election: ElectionHead;
  readonly id: string;
  readonly values: CandidateValues;
  readonly problems: Problems;
}

const isFrozen = ({ phase }: ElectionHead): boolean => phase !== 'draft';
const listPath = ({ id }: ElectionHead): string => `/console/elections/${id}/candidates`;

export function candidatesPage(page: Page, view: CandidatesView): Html {
  const { election, candidates, values, problems } = view;
  const title = page.t('nav.step.candidates');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    ${isFrozen(election) ? notice('info', page.t('candidates.frozen-title'), page.t('candidates.frozen')) : ''}
    ${
      candidates.length === 0
        ? html`<div class="empty">
          <h2>${page.t('candidates.empty-title')}</h2>
          <p>${page.t('candidates.empty')}</p>
        </div>`
        : html`<p class="quiet">${page.t('candidates.count', { count: candidates.length })}</p>
          <ol class="rows">
            ${candidates.map((candidate) => candidateRow(page, election, candidate))}
          </ol>`
    }
    ${
      isFrozen(election)
        ? ''
        : html`<section class="card" aria-labelledby="add-candidate">
          <h2 id="add-candidate">${page.t('candidates.add-title')}</h2>
          <form method="post" action="${page.href(listPath(election))}" class="form" novalidate>
            ${candidateFields(page, values, problems)}
            <button class="button button--primary">${page.t('candidates.add')}</button>
          </form>
        </section>`
    }`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'candidates', content, hasProblems });
}

export function candidatePage(page: Page, { election, id, values, problems }: CandidateView): Html {
  const title = page.t('candidates.edit-title');
  const path = `${listPath(election)}/${id}`;
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(listPath(election))}">${page.t('candidates.back')}</a></p>
    <h1>${title}</h1>
    <form method="post" action="${page.href(path)}" class="form" novalidate>
      ${candidateFields(page, values, problems)}
      <button class="button button--primary">${page.t('candidates.save')}</button>
    </form>
    <section class="apart" aria-labelledby="remove-candidate">
      <h2 id="remove-candidate">${page.t('candidates.remove-title')}</h2>
      <p>${page.t('candidates.remove-text')}</p>
      <form method="post" action="${page.href(`${path}/delete`)}">
        <button class="button button--danger">${page.t('candidates.remove')}</button>
      </form>
    </section>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'candidates', content, hasProblems });
}

function candidateRow(
  page: Page,
  election: ElectionHead,
  { id, name, text }: CandidateValues & { readonly id: string },
): Html {
  const edit = html`<a class="button button--quiet" href="${page.href(`${listPath(election)}/${id}`)}"
    >${page.t('candidates.edit')} <span class="visually-hidden">${name}</span></a
  >`;
  return html`<li class="row">
    <div>
      <h2>${name}</h2>
      ${text === '' ? '' : html`<p class="prose quiet">${text}</p>`}
    </div>
    ${isFrozen(election) ? '' : edit}
  </li>`;
}

function candidateFields(page: Page, values: CandidateValues, problems: Problems): Html {
  return html`${textField({
    name: 'name',
    label: page.t('candidates.name'),
    hint: page.t('candidates.name-hint'),
    value: values.name,
    problem: problems['name'],
    more: {
      required: true,
      maxlength: 200,
    },
  })}
  ${textArea({
    name: 'text',
    label: page.t('candidates.text'),
    hint: page.t('candidates.text-hint'),
    value: values.text,
    problem: problems['text'],
    rows: 4,
    more: { maxlength: 5e3 },
  })}`;
}
