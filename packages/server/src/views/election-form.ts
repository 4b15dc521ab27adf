// Name and dates of an election, and for a new one its question: all that the simple case needs. Read-only once armed, and for
// observers.
import { html } from 'hono/html';
import { checkbox, errorSummary, radioGroup, selectField, textArea, textField } from './form.ts';
import { type ElectionHead, layoutConsole } from './layout-console.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

/** As typed; question and rules are asked of a new election only, later they have a page of their own. `opensAt` and `closesAt` are wall clock times of the zone (`2026-03-14T18:00`). */
export interface ElectionFormValues {
  readonly name: string;
  readonly description: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly zone: string;
  readonly contestTitle: string;
  readonly blank: boolean;
  readonly minimumBallots: string;
  readonly sealing: string;
}

export interface ElectionFormView {
  /** Absent for a new one: the form is then posted to /console/elections/new. */
  readonly election?: ElectionHead | undefined;
  readonly values: ElectionFormValues;
  readonly zones: readonly string[];
  readonly problems: Problems;
  readonly done?: string | undefined;
}

export function electionFormPage(page: Page, view: ElectionFormView): Html {
  const { election, problems } = view;
  const title = page.t(election === undefined ? 'election.form-new' : 'nav.step.details');
  const frozen = election !== undefined && election.phase !== 'draft';
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${title}</h1>
    ${frozen ? notice('info', page.t('election.frozen-title'), page.t('election.frozen')) : ''}
    ${frozen || page.account?.role !== 'admin' ? facts(page, view.values) : editableForm(page, view)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, { title, election, current: 'details', content, hasProblems });
}

function editableForm(page: Page, view: ElectionFormView): Html {
  const { election, values, zones, problems } = view;
  const path = election === undefined ? '/console/elections/new' : `/console/elections/${election.id}/details`;
  const named = (name: Exclude<keyof ElectionFormValues, 'blank' | 'sealing'>) => ({
    name,
    label: page.t(`election.form-${name}`),
    value: values[name],
    problem: problems[name],
  });
  const hinted = (name: 'description' | 'closesAt' | 'zone') => ({
    ...named(name),
    hint: page.t(`election.form-${name}-hint`),
  });
  const zoneChoices = zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  return html`<form method="post" action="${page.href(path)}" class="form" novalidate>
    ${textField({ ...named('name'), more: { required: true, maxlength: 200 } })}
    ${textArea({ ...hinted('description'), rows: 4, more: { maxlength: 5000 } })}
    <fieldset class="group">
      <legend>${page.t('election.form-window')}</legend>
      <div class="pair">
        ${textField({ ...named('opensAt'), type: 'datetime-local', more: { required: true } })}
        ${textField({ ...hinted('closesAt'), type: 'datetime-local', more: { required: true } })}
      </div>
      ${selectField({ ...hinted('zone'), choices: zoneChoices })}
    </fieldset>
    ${election === undefined ? ballotFields(page, view) : toContests(page, election)}
    <button class="button button--primary"
      >${page.t(election === undefined ? 'election.form-create' : 'election.form-save')}</button
    >
  </form>`;
}

const toContests = (page: Page, { id }: ElectionHead): Html =>
  html`<p class="hint">
    ${page.t('election.form-elsewhere')}
    <a href="${page.href(`/console/elections/${id}/contests`)}">${page.t('nav.step.contests')}</a>
  </p>`;

function ballotFields(page: Page, { values, problems }: ElectionFormView): Html {
  const hinted = (name: 'contestTitle' | 'minimumBallots') => ({
    name,
    label: page.t(`election.form-${name}`),
    hint: page.t(`election.form-${name}-hint`),
    value: values[name],
    problem: problems[name],
  });
  return html`<fieldset class="group">
      <legend>${page.t('election.form-ballot')}</legend>
      ${textField({ ...hinted('contestTitle'), more: { required: true, maxlength: 200 } })}
      ${checkbox({
        name: 'blank',
        label: page.t('election.form-blank'),
        checked: values.blank,
        hint: page.t('election.form-blank-hint'),
      })}
      ${textField({
        ...hinted('minimumBallots'),
        type: 'number',
        width: 'short',
        more: {
          min: 1,
          max: 1e6,
          inputmode: 'numeric',
          required: true,
        },
      })}
    </fieldset>
    ${sealingChoice(page, values, problems)}`;
}

/** Chosen once: everything that follows depends on it. */
function sealingChoice(page: Page, values: ElectionFormValues, problems: Problems): Html {
  const choices = (['sealed-box', 'verifiable'] as const).map((value) => ({
    value,
    label: page.t(`election.sealing-${value}`),
    hint: page.t(`election.sealing-${value}-hint`),
  }));
  const { sealing: value } = values;
  return radioGroup({
    name: 'sealing',
    label: page.t('election.sealing'),
    value,
    choices,
    problem: problems['sealing'],
  });
}

function facts(page: Page, values: ElectionFormValues): Html {
  const wallClock = (text: string) => page.formatMoment(Date.parse(`${text}Z`), 'UTC');
  const fact = (term: string, value: string) =>
    html`<div>
      <dt>${term}</dt>
      <dd class="prose">${value || '–'}</dd>
    </div>`;
  return html`<dl class="facts facts--long">
    ${fact(page.t('election.form-name'), values.name)}
    ${fact(page.t('election.form-description'), values.description)}
    ${fact(page.t('election.form-opensAt'), wallClock(values.opensAt))}
    ${fact(page.t('election.form-closesAt'), wallClock(values.closesAt))}
    ${fact(page.t('election.form-zone'), values.zone.replaceAll('_', ' '))}
  </dl>`;
}
