// The candidates of an election, question by question in the order of the ballot paper: list, adding, editing, moving,
// removing until it is armed.
import type { CandidateOrder } from '@votix/protocol';
import { html } from 'hono/html';
import { errorSummary, selectField, textArea, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { hasLogos, logoFrame, type Pictured } from './logo.ts';
import { moveButtons } from './move-buttons.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface CandidateValues {
  readonly name: string;
  readonly text: string;
}

export interface CandidateRow extends CandidateValues {
  readonly id: string;
  readonly logo?: string | null;
}

export interface ContestOfCandidates {
  readonly id: string;
  readonly title: string;
  readonly order: CandidateOrder;
  readonly candidates: readonly CandidateRow[];
}

export interface CandidatesView {
  readonly election: ElectionHead;
  readonly contests: readonly ContestOfCandidates[];
  /** The form for a new one; `contest` is the question it stands in. */
  readonly values: CandidateValues & { readonly contest: string };
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export interface CandidateView {
  readonly election: ElectionHead;
  readonly id: string;
  readonly logo?: string | null;
  readonly values: CandidateValues;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

const isFrozen = ({ phase }: ElectionHead): boolean => phase !== 'draft';
const listPath = ({ id }: ElectionHead): string => `/console/elections/${id}/candidates`;
/** Observers read only. */
const mayChange = (page: Page, election: ElectionHead): boolean =>
  !isFrozen(election) && page.account?.role !== 'observer';

export function candidatesPage(page: Page, view: CandidatesView): Html {
  const { election, contests, problems } = view;
  const title = page.t('nav.step.candidates');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    ${isFrozen(election) ? notice('info', page.t('candidates.frozen-title'), page.t('candidates.frozen')) : ''}
    ${contests.map((contest) => contestSection(page, view, contest))}
    ${mayChange(page, election) ? addSection(page, view) : ''}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'candidates', content, hasProblems });
}

function contestSection(page: Page, { election, contests }: CandidatesView, contest: ContestOfCandidates): Html {
  const { id, candidates, order } = contest;
  const more = html`<p>
    <a href="${page.href(`${listPath(election)}?contest=${id}`)}#add-candidate">${page.t('candidates.add-here')}</a>
  </p>`;
  return html`<section class="stack">
    <h2>${contest.title}</h2>
    ${
      candidates.length === 0
        ? html`<div class="empty">
          <p class="empty-title">${page.t('candidates.empty-title')}</p>
          <p>${page.t('candidates.empty')}</p>
        </div>`
        : html`<p class="quiet">
            ${page.t('candidates.count', { count: candidates.length })}
          </p>
          ${order === 'fixed' ? '' : html`<p class="quiet">${page.t(`rules.order.${order}`)}</p>`}
          <ol class="rows">
            ${candidates.map((candidate, index) => candidateRow(page, election, { contest, candidate, index }))}
          </ol>`
    }
    ${contests.length > 1 && mayChange(page, election) ? more : ''}
  </section>`;
}

interface RowParts {
  readonly contest: ContestOfCandidates;
  readonly candidate: CandidateRow;
  readonly index: number;
}

function candidateRow(page: Page, election: ElectionHead, { contest, candidate, index }: RowParts): Html {
  const { id, name, text } = candidate;
  const path = `${listPath(election)}/${id}`;
  const ends = { isFirst: index === 0, isLast: index === contest.candidates.length - 1 };
  const acts = () => html`<div class="row-acts">
    <a class="button button--quiet" href="${page.href(path)}"
      >${page.t('candidates.edit')} <span class="visually-hidden">${name}</span></a
    >
    ${contest.order === 'fixed' ? moveButtons(page, { action: `${path}/move`, name, ...ends }) : ''}
  </div>`;
  return html`<li class="row" id="row-${id}">
    ${hasLogos(contest.candidates) ? logoFrame(page, candidate) : ''}
    <div>
      <h3>${name}</h3>
      ${text === '' ? '' : html`<p class="prose quiet">${text}</p>`}
    </div>
    ${mayChange(page, election) ? acts() : ''}
  </li>`;
}

function addSection(page: Page, { election, contests, values, problems }: CandidatesView): Html {
  const contestField = () =>
    selectField({
      name: 'contest',
      label: page.t('election.form-contestTitle'),
      value: values.contest,
      choices: contests.map(({ id, title }) => ({ value: id, label: title })),
    });
  return html`<section class="card" aria-labelledby="add-candidate">
    <h2 id="add-candidate">${page.t('candidates.add-title')}</h2>
    <form method="post" action="${page.href(listPath(election))}" enctype="multipart/form-data" class="form" novalidate>
      ${contests.length === 1 ? '' : contestField()} ${candidateFields(page, values, problems)}
      <button class="button button--primary">${page.t('candidates.add')}</button>
    </form>
  </section>`;
}

export function candidatePage(page: Page, { election, id, logo, values, problems, done }: CandidateView): Html {
  const title = page.t('candidates.edit-title');
  const path = `${listPath(election)}/${id}`;
  const content = html`${errorSummary(page, problems)} ${doneNotice(done)}
    <p><a href="${page.href(listPath(election))}">${page.t('candidates.back')}</a></p>
    <h1>${title}</h1>
    <form method="post" action="${page.href(path)}" enctype="multipart/form-data" class="form" novalidate>
      ${candidateFields(page, values, problems)}
      <button class="button button--primary">${page.t('candidates.save')}</button>
    </form>
    ${logo ? logoSection(page, { name: values.name, logo }, `${path}/logo/delete`) : ''}
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

const logoSection = (page: Page, pictured: Pictured, path: string): Html =>
  html`<section class="apart" aria-labelledby="logo-title">
    <h2 id="logo-title">${page.t('candidates.logo-title')}</h2>
    <p>${logoFrame(page, pictured)}</p>
    <form method="post" action="${page.href(path)}">
      <button class="button button--secondary">${page.t('candidates.logo-remove')}</button>
    </form>
  </section>`;

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
  })}
  ${textField({
    name: 'logo',
    label: page.t('candidates.logo'),
    hint: page.t('candidates.logo-hint'),
    value: '',
    problem: problems['logo'],
    type: 'file',
    more: { accept: 'image/png,image/jpeg,image/gif,image/webp,image/avif' },
  })}`;
}
