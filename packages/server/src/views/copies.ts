// Copying an election into a new draft, and deleting a draft.
import { html } from 'hono/html';
import { checkbox, errorSummary, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface CloneView {
  readonly election: ElectionHead;
  /** On the roll that can be copied. */
  readonly voters: number;
  readonly values: { readonly name: string; readonly voters: boolean };
  readonly problems: Problems;
}

const back = (page: Page, { id }: ElectionHead): Html =>
  html`<p><a href="${page.href(`/console/elections/${id}`)}">${page.t('arm.to-checklist')}</a></p>`;

export function clonePage(page: Page, { election, voters, values, problems }: CloneView): Html {
  const title = page.t('clone.title');
  const content = html`${errorSummary(page, problems)} ${back(page, election)}
    <h1>${title}</h1>
    <p class="lead">${page.t('clone.lead')}</p>
    <p>${page.t('clone.text')}</p>
    <form method="post" action="${page.href(`/console/elections/${election.id}/clone`)}" class="form" novalidate>
      ${textField({
        name: 'name',
        label: page.t('clone.name'),
        value: values.name,
        problem: problems['name'],
        more: { required: true, maxlength: 200 },
      })}
      ${
        voters === 0
          ? html`<p class="hint">${page.t('clone.no-voters')}</p>`
          : checkbox({
              name: 'voters',
              label: page.t('clone.voters', { count: voters }),
              hint: page.t('clone.voters-hint'),
              checked: values.voters,
            })
      }
      <button class="button button--primary">${page.t('clone.submit')}</button>
    </form>`;
  return layoutConsole(page, { title, election, content, hasProblems: Object.keys(problems).length > 0 });
}

export interface DeletionView {
  readonly election: ElectionHead;
  /** As typed. */
  readonly name: string;
  readonly problems: Problems;
}

export function deletionPage(page: Page, { election, name, problems }: DeletionView): Html {
  const title = page.t('deletion.title');
  const content = html`${errorSummary(page, problems)} ${back(page, election)}
    <h1>${title}</h1>
    ${
      election.phase === 'draft'
        ? html`<p class="lead">${page.t('deletion.lead')}</p>
          <form method="post" action="${page.href(`/console/elections/${election.id}/delete`)}" class="form" novalidate>
            ${textField({
              name: 'name',
              label: page.t('changes.name'),
              hint: election.name,
              value: name,
              problem: problems['name'],
              more: { required: true, maxlength: 500, autocomplete: 'off' },
            })}
            <button class="button button--danger">${page.t('deletion.submit')}</button>
          </form>`
        : notice('info', page.t('changes.not-possible'), page.t('deletion.only-drafts'))
    }`;
  return layoutConsole(page, { title, election, content, hasProblems: Object.keys(problems).length > 0 });
}
