// Who holds the key of an election that everyone can check: each trustee with their link and how far they are, and how many
// of them open the box.
import { html } from 'hono/html';
import { copyable } from './copyable.ts';
import { errorSummary, selectField, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export type TrusteeStep = 'key' | 'certificate' | 'polynomial' | 'member-key' | 'waiting' | 'done';

export interface TrusteeRow {
  readonly id: string;
  readonly name: string;
  /** From 1. */
  readonly position: number;
  readonly step: TrusteeStep;
  readonly hasShare: boolean;
}

export interface TrusteesView {
  readonly election: ElectionHead;
  /** `link` is absolute. */
  readonly trustees: readonly (TrusteeRow & { readonly link: string })[];
  /** 0: all of them. */
  readonly threshold: number;
  /** The numbers that may be needed beside "all". */
  readonly choices: readonly number[];
  readonly canChange: boolean;
  /** The box is closed: what counts now are their shares. */
  readonly isOpening: boolean;
  /** As typed, with what is wrong with it. */
  readonly name: string;
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function trusteesPage(page: Page, view: TrusteesView): Html {
  const { election, trustees, problems, canChange } = view;
  const title = page.t('nav.step.trustees');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    <p class="lead">${page.t('trustees.lead')}</p>
    ${trustees.length === 0 ? notice('info', page.t('trustees.none-title'), page.t('trustees.none')) : table(page, view)}
    ${
      trustees.length === 1 && canChange ? notice('warn', page.t('trustees.alone-title'), page.t('trustees.alone')) : ''
    }
    ${canChange ? html`${addForm(page, view)} ${trustees.length > 1 ? thresholdForm(page, view) : ''}` : ''}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'trustees', content, hasProblems });
}

/** What each has done, for the console's pages; without links. */
export function trusteeState(page: Page, { step, hasShare }: TrusteeRow, isOpening: boolean): Html {
  const [kind, words] = isOpening
    ? hasShare
      ? ['good', page.t('trustees.share-there')]
      : ['warn', page.t('trustees.share-missing')]
    : [step === 'done' ? 'good' : 'neutral', page.t(`trustees.step.${step}`)];
  return html`<span class="pill pill--${kind}">${words}</span>`;
}

function table(page: Page, view: TrusteesView): Html {
  const { trustees, isOpening, canChange } = view;
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="${page.t('nav.step.trustees')}">
    <table class="table table--stack">
      <thead>
        <tr>
          <th scope="col">${page.t('trustees.name')}</th>
          <th scope="col">${page.t('trustees.state')}</th>
          <th scope="col">${page.t('trustees.link')}</th>
          ${canChange ? html`<th scope="col">${page.t('trustees.acts')}</th>` : ''}
        </tr>
      </thead>
      <tbody>
        ${trustees.map(
          (trustee) => html`<tr>
            <th scope="row">${trustee.name}</th>
            <td data-label="${page.t('trustees.state')}">${trusteeState(page, trustee, isOpening)}</td>
            <td data-label="${page.t('trustees.link')}">
              ${copyable(page, {
                id: `link-${trustee.id}`,
                label: page.t('trustees.link-of', { name: trustee.name }),
                value: trustee.link,
              })}
            </td>
            ${canChange ? html`<td data-label="${page.t('trustees.acts')}">${acts(page, view, trustee)}</td>` : ''}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function acts(page: Page, { election, threshold }: TrusteesView, { id, name, step }: TrusteeRow): Html {
  const base = `/console/elections/${election.id}/trustees/${id}`;
  const button = (act: 'restart' | 'remove') =>
    html`<form method="post" action="${page.href(`${base}/${act}`)}">
      <button class="button button--secondary button--small" aria-label="${page.t(`trustees.${act}-of`, { name })}"
        >${page.t(`trustees.${act}`)}</button
      >
    </form>`;
  const hasBegun = threshold === 0 ? step === 'done' : step !== 'certificate';
  return html`<div class="actions">${hasBegun ? button('restart') : ''} ${button('remove')}</div>`;
}

function addForm(page: Page, { election, name, problems }: TrusteesView): Html {
  return html`<section aria-labelledby="add-trustee">
    <h2 id="add-trustee">${page.t('trustees.add-title')}</h2>
    <p>${page.t('trustees.add-text')}</p>
    <form method="post" action="${page.href(`/console/elections/${election.id}/trustees`)}" class="form" novalidate>
      ${textField({
        name: 'name',
        label: page.t('trustees.name'),
        value: name,
        problem: problems['name'],
        more: { required: true, maxlength: 120, autocomplete: 'off' },
      })}
      <button class="button button--primary">${page.t('trustees.add')}</button>
    </form>
  </section>`;
}

function thresholdForm(page: Page, { election, trustees, threshold, choices }: TrusteesView): Html {
  const of = trustees.length;
  const all = { value: '0', label: page.t('trustees.all', { of }) };
  const some = choices.map((needed) => ({
    value: String(needed),
    label: page.t('trustees.some', { needed, of }),
  }));
  return html`<section aria-labelledby="threshold-title">
    <h2 id="threshold-title">${page.t('trustees.threshold-title')}</h2>
    <p>${page.t('trustees.threshold-text')}</p>
    <form
      method="post"
      action="${page.href(`/console/elections/${election.id}/trustees/threshold`)}"
      class="form"
      novalidate
    >
      ${selectField({
        name: 'threshold',
        label: page.t('trustees.threshold'),
        hint: page.t('trustees.threshold-hint'),
        value: String(threshold),
        choices: [all, ...some],
      })}
      <button class="button button--secondary">${page.t('trustees.threshold-save')}</button>
    </form>
  </section>`;
}
