// The audit log: who did what, when and why, filtered, a page at a time, with the state of its chain. For the whole instance
// and for one election.
import { html } from 'hono/html';
import { chainPanel, type ChainState } from './audit-chain.ts';
import { type Choice, errorSummary, selectField, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';
import { pager } from './pager.ts';

export interface AuditEntryView {
  readonly position: number;
  readonly at: number;
  /** A name, or a sentence for who has none. */
  readonly actor: string;
  readonly sentence: string;
  /** Whom or what it was done to. */
  readonly subject?: string | undefined;
  readonly election?: { readonly id: string; readonly name: string } | undefined;
  readonly details: readonly (readonly [label: string, value: string])[];
  readonly reason: string;
  readonly hash: string;
}

export interface AuditFilterValues {
  readonly election: string;
  readonly actor: string;
  readonly action: string;
  readonly from: string;
  readonly until: string;
}

export interface AuditView {
  /** The log of one election; the whole instance's without. */
  readonly election?: ElectionHead | undefined;
  readonly zone: string;
  /** To name the zone as it is called today. */
  readonly now: number;
  readonly entries: readonly AuditEntryView[];
  readonly count: number;
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly values: AuditFilterValues;
  readonly problems: Problems;
  readonly elections: readonly Choice[];
  readonly actors: readonly Choice[];
  readonly actions: readonly Choice[];
  readonly chain: ChainState;
  readonly done?: string | undefined;
}

export function auditPage(page: Page, view: AuditView): Html {
  const { election, problems } = view;
  const title = page.t(election === undefined ? 'nav.section.audit' : 'nav.step.log');
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    <p class="lead">${page.t('audit.lead')}</p>
    ${chainPanel(page, view.chain, view.zone)} ${filterForm(page, view)} ${entrySection(page, view)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(
    page,
    election === undefined
      ? { title, content, section: 'audit', hasProblems }
      : { title, content, election, current: 'log', hasProblems },
  );
}

const pathOf = ({ election }: AuditView): string =>
  election === undefined ? '/console/audit' : `/console/elections/${election.id}/log`;

const isFiltered = ({ values }: AuditView): boolean => Object.values(values).some((value) => value !== '');

function filterForm(page: Page, view: AuditView): Html {
  const { values, problems, election } = view;
  const select = (name: 'election' | 'actor' | 'action', choices: readonly Choice[]) =>
    selectField({
      name,
      label: page.t(`audit.filter-${name}`),
      value: values[name],
      choices: [{ value: '', label: page.t(`audit.all-${name}`) }, ...choices],
    });
  const date = (name: 'from' | 'until') =>
    textField({
      name,
      label: page.t(`audit.filter-${name}`),
      value: values[name],
      problem: problems[name],
      more: { type: 'date', placeholder: '2026-03-14' },
    });
  return html`<form method="get" action="${page.href(pathOf(view))}" class="filters" role="search" novalidate>
    ${election === undefined ? select('election', view.elections) : ''} ${select('actor', view.actors)}
    ${select('action', view.actions)} ${date('from')} ${date('until')}
    <div class="actions">
      <button class="button button--secondary">${page.t('audit.filter')}</button>
      ${isFiltered(view) ? html`<a class="button button--quiet" href="${page.href(pathOf(view))}">${page.t('audit.unfilter')}</a>` : ''}
    </div>
  </form>`;
}

function entrySection(page: Page, view: AuditView): Html {
  const { entries, count, values, pageNumber, pageCount } = view;
  if (count === 0)
    return html`<div class="empty">
      <h2>${page.t(isFiltered(view) ? 'audit.none-found-title' : 'audit.none-title')}</h2>
      <p>${page.t(isFiltered(view) ? 'audit.none-found' : 'audit.none')}</p>
    </div>`;
  const [path, query] = [pathOf(view), queryOf(values)];
  return html`<div class="title-row">
      <p class="counts">
        ${page.t('audit.count', { count })} ${page.t('audit.zone', { zone: page.formatZone(view.now, view.zone) })}
      </p>
      <div class="actions">
        <a class="button button--quiet" href="${page.href(`${path}.csv${query}`)}" download>${page.t('audit.csv')}</a>
        <a class="button button--quiet" href="${page.href(`${path}.jsonl${query}`)}" download>${page.t('audit.jsonl')}</a>
      </div>
    </div>
    <div class="table-frame" tabindex="0" role="region" aria-label="${page.t('nav.section.audit')}">
      <table class="table table--stack table--dense">
        <thead>
          <tr>
            <th scope="col">${page.t('audit.when')}</th>
            <th scope="col">${page.t('audit.who')}</th>
            <th scope="col">${page.t('audit.what')}</th>
            ${view.election === undefined ? html`<th scope="col">${page.t('console.election')}</th>` : ''}
          </tr>
        </thead>
        <tbody>
          ${entries.map((entry) => entryRow(page, entry, view))}
        </tbody>
      </table>
    </div>
    ${pager(page, { path, pageNumber, pageCount, query })}`;
}

/** The filter as it stands in addresses, with its question mark. */
function queryOf(values: AuditFilterValues): string {
  const given = Object.entries(values).filter(([, value]) => value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function entryRow(page: Page, entry: AuditEntryView, { zone, election }: AuditView): Html {
  return html`<tr>
    <td data-label="${page.t('audit.when')}">
      <span
        ><span class="moment">${page.formatShortMoment(entry.at, zone)}</span>
        <small class="quiet">#${entry.position}</small></span
      >
    </td>
    <td data-label="${page.t('audit.who')}">${entry.actor}</td>
    <td data-label="${page.t('audit.what')}">${deed(page, entry)}</td>
    ${
      election !== undefined
        ? ''
        : html`<td data-label="${page.t('console.election')}">
            ${
              entry.election === undefined
                ? '–'
                : html`<a href="${page.href(`/console/elections/${entry.election.id}/log`)}">${entry.election.name}</a>`
            }
          </td>`
    }
  </tr>`;
}

function deed(page: Page, { sentence, subject, details, reason, hash, position }: AuditEntryView): Html {
  return html`<div class="deed">
    <p><strong>${sentence}</strong>${subject === undefined ? '' : html` ${subject}`}</p>
    ${reason === '' ? '' : html`<p class="deed-reason">${page.t('audit.reason', { reason })}</p>`}
    <details>
      <summary>
        ${page.t('audit.more')}<span class="visually-hidden"> ${page.t('audit.more-of', { position })}</span>
      </summary>
      <dl class="facts facts--long">
        ${details.map(
          ([label, value]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
        <div>
          <dt>${page.t('audit.hash')}</dt>
          <dd><code class="digest">${hash}</code></dd>
        </div>
      </dl>
    </details>
  </div>`;
}
