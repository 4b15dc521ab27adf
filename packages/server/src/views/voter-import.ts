// A spreadsheet of voters: its format, and what became of the last file. A file with a mistake imports nothing.
import { html } from 'hono/html';
import { errorSummary, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export interface ImportProblem {
  readonly line: number;
  /** Finished sentence. */
  readonly sentence: string;
}

export type ImportOutcome =
  | { readonly kind: 'imported'; readonly added: number; readonly known: number }
  | { readonly kind: 'refused'; readonly problems: readonly ImportProblem[] };

export interface VoterImportView {
  readonly election: ElectionHead;
  readonly outcome?: ImportOutcome | undefined;
  /** `file`: none chosen, too large. */
  readonly problems: Problems;
}

const header = 'last_name,first_name,email,promotion,building';
const example = `${header}
Dupont,Alice,alice.dupont@example.org,E3,Perrault
Martin,Bob,bob.martin@example.org,E2,`;

export function voterImportPage(page: Page, { election, outcome, problems }: VoterImportView): Html {
  const title = page.t('import.title');
  const votersPath = `/console/elections/${election.id}/voters`;
  const frozen = election.phase !== 'draft';
  const content = html`${errorSummary(page, problems)}
    <p><a href="${page.href(votersPath)}">${page.t('import.back')}</a></p>
    <h1>${title}</h1>
    ${outcome === undefined ? '' : outcomeSection(page, outcome, votersPath)}
    ${frozen ? notice('info', page.t('voters.frozen-title'), page.t('voters.frozen')) : uploadForm(page, problems, votersPath)}
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
  const hasProblems = Object.keys(problems).length > 0 || outcome?.kind === 'refused';
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
        accept: '.csv,text/csv,text/plain',
        required: true,
      },
    })}
    <button class="button button--primary">${page.t('import.submit')}</button>
  </form>`;
}

function outcomeSection(page: Page, outcome: ImportOutcome, votersPath: string): Html {
  if (outcome.kind === 'imported') {
    const { added, known } = outcome;
    return html`<div class="notice notice--good" role="status">
      <p class="notice-title">${page.t('import.added', { added })}</p>
      <p>${page.t('import.known', { known })} <a href="${page.href(votersPath)}">${page.t('import.see')}</a></p>
    </div>`;
  }
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="import-refused">
    <h2 id="import-refused">${page.t('import.refused-title', { count: outcome.problems.length })}</h2>
    <p>${page.t('import.refused')}</p>
    <div class="table-frame table-frame--tall" tabindex="0" role="region" aria-labelledby="import-refused">
      <table class="table table--dense">
        <thead>
          <tr>
            <th scope="col" class="number">${page.t('import.line')}</th>
            <th scope="col">${page.t('import.problem')}</th>
          </tr>
        </thead>
        <tbody>
          ${outcome.problems.map(
            ({ line, sentence }) =>
              html`<tr>
                <td class="number">${page.formatNumber(line)}</td>
                <td>${sentence}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}
