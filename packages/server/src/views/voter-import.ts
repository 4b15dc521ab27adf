// A spreadsheet of voters is chosen here; its format; and the last import, while it can still be undone.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface VoterImportView {
  readonly election: ElectionHead;
  readonly zone: string;
  /** The import that can be undone. */
  readonly last: { readonly id: string; readonly at: number } | undefined;
  /** `file`: none chosen, too large, no text. */
  readonly problems: Problems;
}

const header = 'last_name,first_name,email,promotion,building,language';
const example = `${header}
Dupont,Alice,alice.dupont@example.org,E3,Perrault,fr
Martin,Bob,bob.martin@example.org,E2,,`;

export function voterImportPage(page: Page, { election, zone, last, problems }: VoterImportView): Html {
  const title = page.t('import.title');
  const votersPath = `/console/elections/${election.id}/voters`;
  const isTest = election.rehearsalOf !== undefined;
  const frozen = isTest || election.phase !== 'draft';
  const why = isTest
    ? notice('info', page.t('reason.test-voters.title'), page.t('voters.test'))
    : notice('info', page.t('voters.frozen-title'), page.t('voters.frozen'));
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(votersPath)}">${page.t('import.back')}</a></p>
    <h1>${title}</h1>
    ${frozen ? why : uploadForm(page, problems, votersPath)}
    ${last === undefined || frozen ? '' : undoSection(page, votersPath, last, zone)}
    <section aria-labelledby="format">
      <h2 id="format">${page.t('import.format-title')}</h2>
      <p>${page.t('import.format')}</p>
      <pre class="sample" tabindex="0" role="region" aria-label="${page.t('import.sample')}"><code>${example}</code></pre>
      <ul class="spaced">
        <li>${page.t('import.rule-header')}</li>
        <li>${page.t('import.rule-separator')}</li>
        <li>${page.t('import.rule-optional')}</li>
        <li>${page.t('import.rule-again')}</li>
      </ul>
    </section>`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

function uploadForm(page: Page, problems: Problems, votersPath: string): Html {
  const action = page.href(`${votersPath}/import`);
  return html`<form method="post" action="${action}" enctype="multipart/form-data" class="form" novalidate>
    ${textField({
      name: 'file',
      type: 'file',
      label: page.t('import.file'),
      hint: page.t('import.file-hint'),
      value: '',
      problem: problems['file'],
      more: {
        accept: '.csv,.txt,text/csv,text/plain',
        required: true,
      },
    })}
    <button class="button button--primary">${page.t('import.check')}</button>
  </form>`;
}

export function undoSection(
  page: Page,
  votersPath: string,
  { id, at }: { readonly id: string; readonly at?: number },
  zone = 'UTC',
): Html {
  return html`<section class="apart" aria-labelledby="undo-import">
    <h2 id="undo-import">${page.t('import.undo-title')}</h2>
    <p>
      ${at === undefined ? '' : page.t('import.undo-when', { at: page.formatShortMoment(at, zone) })}
      ${page.t('import.undo-text')}
    </p>
    <form method="post" action="${page.href(`${votersPath}/import/undo`)}">
      <input type="hidden" name="import" value="${id}" />
      <button class="button button--danger">${page.t('import.undo')}</button>
    </form>
  </section>`;
}
