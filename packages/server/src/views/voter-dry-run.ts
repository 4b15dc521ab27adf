// The dry run of an import, in each of its states: being read, what it would do, everything wrong, being done, done.
import { html } from 'hono/html';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { notice } from './notice.ts';
import type { Html, Page } from './page.ts';
import { unitsPath } from './directory-units.ts';
import { fact } from './facts.ts';
import { undoSection } from './voter-import.ts';
import { votersPath } from './roll-query.ts';

export type ImportState = 'reading' | 'ready' | 'refused' | 'running' | 'done' | 'interrupted';
type Field = 'lastName' | 'firstName' | 'email' | 'promotion' | 'building' | 'language';

export interface SummaryView {
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252';
  /** Undefined for a spreadsheet. */
  readonly source?: 'directory' | undefined;
  readonly columns: readonly { readonly field: Field; readonly header: string }[];
  readonly ignored: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly problemCount: number;
  readonly problems: readonly { readonly line: number; readonly sentence: string }[];
  readonly changes: readonly {
    readonly line: number;
    readonly name: string;
    readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
  }[];
  /** Names of the first who are new. */
  readonly fresh: readonly string[];
  readonly buildings: readonly string[];
}

export interface DryRunView {
  readonly election: ElectionHead;
  readonly id: string;
  readonly state: ImportState;
  readonly done: number;
  readonly total: number;
  readonly summary: SummaryView | undefined;
}

export function voterDryRunPage(page: Page, view: DryRunView): Html {
  const { election, state, summary } = view;
  const title = page.t(summary?.source === 'directory' ? 'units.title' : 'import.title');
  const voters = votersPath(election);
  const content = html`<p><a href="${page.href(voters)}">${page.t('import.back')}</a></p>
    <h1>${title}</h1>
    ${bodyOf(page, view)}`;
  const hasProblems = state === 'refused' && summary !== undefined;
  return layoutConsole(page, { title, election, current: 'voters', content, hasProblems });
}

function bodyOf(page: Page, view: DryRunView): Html {
  const { state, summary } = view;
  if (state === 'interrupted') return again(page, view, page.t('import.interrupted'));
  if (state === 'reading' || state === 'running' || summary === undefined) return progress(page, view);
  if (state === 'refused') return refused(page, view, summary);
  return state === 'done' ? imported(page, view, summary) : preview(page, view, summary);
}

function again(page: Page, { election }: DryRunView, sentence: string): Html {
  return html`${notice('warn', sentence)}
    <p>
      <a class="button button--primary" href="${page.href(`${votersPath(election)}/import`)}"
        >${page.t('import.choose-again')}</a
      >
    </p>`;
}

function progress(page: Page, { state, done, total }: DryRunView): Html {
  if (state !== 'running') return html`<p class="lead" role="status">${page.t('import.reading')}</p>`;
  return html`<div role="status">
      <p class="lead">${page.t('import.running', { done, total })}</p>
      <progress max="${Math.max(total, 1)}" value="${done}" aria-label="${page.t('import.title')}"></progress>
    </div>
    <p class="hint">${page.t('import.running-hint')}</p>`;
}

function preview(page: Page, view: DryRunView, summary: SummaryView): Html {
  const { added, changed } = summary;
  const words = wordsOf(page, summary);
  const action = page.href(`${votersPath(view.election)}/import/${view.id}`);
  const list = page.href(startOf(view.election, summary));
  return html`<p class="lead">${words.preview}</p>
    ${counts(page, summary)} ${understood(page, summary)} ${newcomers(page, summary)} ${changeTable(page, summary)}
    ${
      added + changed === 0
        ? notice('good', words.nothing)
        : html`<form method="post" action="${action}" class="actions">
          <button class="button button--primary">${words.confirm}</button>
          <a class="button button--quiet" href="${list}">${words.other}</a>
        </form>`
    }`;
}

/** Where another list is chosen. */
const startOf = (election: ElectionHead, { source }: SummaryView): string =>
  source === 'directory' ? unitsPath(election) : `${votersPath(election)}/import`;

/** Of a spreadsheet, or of people who were chosen in the directory. */
function wordsOf(page: Page, { source, added, changed }: SummaryView) {
  const count = added + changed;
  if (source === 'directory')
    return {
      preview: page.t('units.preview'),
      nothing: page.t('units.nothing'),
      confirm: page.t('units.confirm', { count }),
      other: page.t('units.choose-other'),
      corrected: page.t('units.choose-other'),
      refused: page.t('units.refused'),
    };
  return {
    preview: page.t('import.preview'),
    nothing: page.t('import.nothing'),
    confirm: page.t('import.confirm', { count }),
    other: page.t('import.choose-other'),
    corrected: page.t('import.choose-corrected'),
    refused: page.t('import.refused'),
  };
}

function counts(page: Page, { added, changed, unchanged }: SummaryView): Html {
  const count = (label: string, value: number) => fact(label, page.formatNumber(value));
  return html`<dl class="facts facts--grid">
    ${count(page.t('import.new'), added)} ${count(page.t('import.changed'), changed)}
    ${count(page.t('import.unchanged'), unchanged)}
  </dl>`;
}

/** How the file was read, so that a wrong guess is seen before anything happens. */
function understood(page: Page, { encoding, source, columns, ignored, buildings }: SummaryView): Html {
  const pairs = columns.map(({ field, header }) => `${header} → ${page.t(`voters.${field}`)}`).join(', ');
  return html`${encoding === 'windows-1252' ? notice('info', page.t('import.encoding-title'), page.t('import.encoding')) : ''}
    <ul class="spaced">
      ${source === 'directory' ? '' : html`<li>${page.t('import.columns', { columns: pairs })}</li>`}
      ${ignored.length === 0 ? '' : html`<li>${page.t('import.ignored', { columns: ignored.join(', ') })}</li>`}
      ${
        buildings.length === 0
          ? ''
          : html`<li>${page.t('import.buildings', { count: buildings.length, names: buildings.slice(0, 20).join(', ') })}</li>`
      }
    </ul>`;
}

function newcomers(page: Page, { fresh, added }: SummaryView): Html | '' {
  if (added === 0) return '';
  const rest = added - fresh.length;
  const names = fresh.join(', ');
  return html`<p>
    ${page.t('import.newcomers', { names })} ${rest > 0 ? page.t('removal.more', { count: rest }) : ''}
  </p>`;
}

function changeTable(page: Page, { changes, changed, source }: SummaryView): Html | '' {
  if (changed === 0) return '';
  const shown = (field: string, value: string): string =>
    field === 'language' && (value === 'en' || value === 'fr') ? page.t(`voters.language-${value}`) : value || '–';
  const field = ({ field, before, after }: SummaryView['changes'][number]['fields'][number]) =>
    html`<li><span class="quiet">${page.t(`voters.${field as Field}`)}</span> <del>${shown(field, before)}</del> → <ins>${shown(field, after)}</ins></li>`;
  return html`<section>
    <h2 id="changes">${page.t('import.changes-title')}</h2>
    <div class="table-frame table-frame--tall" tabindex="0" role="region" aria-labelledby="changes">
      <table class="table table--dense">
        <thead>
          <tr>
            ${source === 'directory' ? '' : html`<th scope="col" class="number">${page.t('import.line')}</th>`}
            <th scope="col">${page.t('voters.name')}</th>
            <th scope="col">${page.t('import.what')}</th>
          </tr>
        </thead>
        <tbody>
          ${changes.map(
            ({ line, name, fields }) =>
              html`<tr>
                ${source === 'directory' ? '' : html`<td class="number">${page.formatNumber(line)}</td>`}
                <th scope="row">${name}</th>
                <td><ul class="plain">${fields.map(field)}</ul></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${changed > changes.length ? html`<p class="hint">${page.t('removal.more', { count: changed - changes.length })}</p>` : ''}
  </section>`;
}

function refused(page: Page, view: DryRunView, summary: SummaryView): Html {
  const { problems, problemCount } = summary;
  const words = wordsOf(page, summary);
  const base = `${votersPath(view.election)}/import`;
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="import-refused">
      <h2 id="import-refused">${page.t('import.refused-title', { count: problemCount })}</h2>
      <p>${words.refused}</p>
      <div class="table-frame table-frame--tall" tabindex="0" role="region" aria-labelledby="import-refused">
        <table class="table table--dense">
          <thead>
            <tr>
              <th scope="col" class="number">${page.t('import.line')}</th>
              <th scope="col">${page.t('import.problem')}</th>
            </tr>
          </thead>
          <tbody>
            ${problems.map(
              ({ line, sentence }) =>
                html`<tr>
                  <td class="number">${page.formatNumber(line)}</td>
                  <td>${sentence}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${problemCount > problems.length ? html`<p>${page.t('removal.more', { count: problemCount - problems.length })}</p>` : ''}
    </div>
    <div class="actions">
      <a class="button button--primary" href="${page.href(startOf(view.election, summary))}">${words.corrected}</a>
      <a class="button button--quiet" href="${page.href(`${base}/${view.id}/problems`)}" download
        >${page.t('import.download')}</a
      >
    </div>`;
}

function imported(page: Page, view: DryRunView, { added, changed }: SummaryView): Html {
  const voters = votersPath(view.election);
  return html`<div class="notice notice--good" role="status">
      <p class="notice-title">${page.t('import.done', { added, changed })}</p>
      <p><a href="${page.href(voters)}">${page.t('import.see')}</a></p>
    </div>
    ${view.election.phase === 'draft' ? undoSection(page, voters, view) : ''}`;
}
