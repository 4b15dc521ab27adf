// One question: what voters choose, how many are elected, in which order the candidates stand. Added, edited, removed.
import { html } from 'hono/html';
import { checkbox, errorSummary, radioGroup, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

/** As typed. */
export interface ContestValues {
  readonly title: string;
  readonly minChoices: string;
  readonly maxChoices: string;
  readonly blank: boolean;
  readonly seats: string;
  readonly order: string;
}

export interface ContestView {
  readonly election: ElectionHead;
  /** Absent for a new one. */
  readonly id?: string;
  readonly values: ContestValues;
  readonly problems: Problems;
  /** The seed in force, where the order is drawn. */
  readonly seed?: string | undefined;
  /** Absent where it is the only one and so cannot be removed. */
  readonly candidates?: number | undefined;
  readonly done?: string | undefined;
}

const orders = ['fixed', 'alphabetical', 'drawn'] as const;

export function contestPage(page: Page, view: ContestView): Html {
  const { election, id, problems } = view;
  const list = `/console/elections/${election.id}/contests`;
  const title = page.t(id === undefined ? 'contests.add' : 'contests.edit-title');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <p><a href="${page.href(list)}">${page.t('contests.back')}</a></p>
    <h1>${title}</h1>
    <form method="post" action="${page.href(`${list}/${id ?? 'new'}`)}" class="form" novalidate>
      ${fields(page, view)}
      <button class="button button--primary">${page.t(id === undefined ? 'contests.create' : 'contests.save')}</button>
    </form>
    ${id === undefined ? '' : html`${drawSection(page, view, `${list}/${id}`)} ${removeSection(page, view, `${list}/${id}`)}`}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'contests', content, hasProblems });
}

function fields(page: Page, { values, problems }: ContestView): Html {
  const count = (name: 'minChoices' | 'maxChoices' | 'seats', max: number) =>
    textField({
      name,
      label: page.t(`contests.${name}`),
      value: values[name],
      problem: problems[name],
      type: 'number',
      width: 'short',
      more: { min: 1, max, inputmode: 'numeric', required: true },
    });
  return html`${textField({
    name: 'title',
    label: page.t('election.form-contestTitle'),
    hint: page.t('contests.title-hint'),
    value: values.title,
    problem: problems['title'],
    more: { required: true, maxlength: 200 },
  })}
    <fieldset class="group">
      <legend>${page.t('contests.choices')}</legend>
      <p class="hint">${page.t('contests.choices-hint')}</p>
      <div class="pair">${count('minChoices', 200)} ${count('maxChoices', 200)}</div>
      ${checkbox({
        name: 'blank',
        label: page.t('election.form-blank'),
        checked: values.blank,
        hint: page.t('election.form-blank-hint'),
      })}
    </fieldset>
    <fieldset class="group">
      <legend>${page.t('contests.count')}</legend>
      <p class="hint">${page.t('contests.seats-hint')}</p>
      ${count('seats', 500)}
    </fieldset>
    ${radioGroup({
      name: 'order',
      label: page.t('contests.order'),
      value: values.order,
      problem: problems['order'],
      choices: orders.map((value) => ({
        value,
        label: page.t(`contests.order-${value}`),
        hint: page.t(`contests.order-${value}-hint`),
      })),
    })}`;
}

function drawSection(page: Page, { seed }: ContestView, path: string): Html | '' {
  if (seed === undefined) return '';
  return html`<section class="apart" aria-labelledby="draw">
    <h2 id="draw">${page.t('contests.draw-title')}</h2>
    <p>${page.t('contests.draw-text')}</p>
    <p><code class="digest">${seed}</code></p>
    <form method="post" action="${page.href(`${path}/draw`)}">
      <button class="button button--secondary">${page.t('contests.draw')}</button>
    </form>
  </section>`;
}

function removeSection(page: Page, { candidates }: ContestView, path: string): Html | '' {
  if (candidates === undefined) return '';
  return html`<section class="apart" aria-labelledby="remove-contest">
    <h2 id="remove-contest">${page.t('contests.remove-title')}</h2>
    <p>${page.t('contests.remove-text', { count: candidates })}</p>
    <form method="post" action="${page.href(`${path}/delete`)}">
      <button class="button button--danger">${page.t('contests.remove')}</button>
    </form>
  </section>`;
}
