// The settings of the instance, a tab each: what is in force, who says so, and the way back to what the environment says.
// Administrators change them, observers read them.
import { html } from 'hono/html';
import { accentsOf, isColour, ownAccent } from './accent.ts';
import { attributes } from './attributes.ts';
import { directoryConnection, type DirectoryConnectionView } from './directory-connection.ts';
import { checkbox, type Choice, errorSummary, selectField, textArea, textField } from './form.ts';
import { layoutConsole } from './layout-console.ts';
import { mailTrial, type MailTrialView } from './mail-trial.ts';
import { doneNotice, notice } from './notice.ts';
import type { Html, Page, Problems } from './page.ts';

export const configureTabs = ['general', 'voting', 'smtp', 'google', 'appearance'] as const;
export type ConfigureTab = (typeof configureTabs)[number];

export interface SettingField {
  readonly name: string;
  readonly shape: 'text' | 'email' | 'url' | 'number' | 'area' | 'choice' | 'moment' | 'colour' | 'secret';
  readonly label: string;
  readonly hint: string;
  /** As typed; of a secret always empty. */
  readonly value: string;
  /** As it was when the form was made: what is still the same was not touched. */
  readonly was: string;
  /** For those who only read. */
  readonly told: string;
  readonly isSet: boolean;
  readonly isFromEnvironment: boolean;
  /** What the environment says beside what was saved. */
  readonly given?: string | undefined;
  /** The box to go back to it is ticked. */
  readonly again: boolean;
  /** The box to have no secret at all is ticked. */
  readonly none: boolean;
  readonly required: boolean;
  readonly choices: readonly Choice[];
}

export interface ConfigureView {
  readonly tab: ConfigureTab;
  readonly fields: readonly SettingField[];
  readonly mayEdit: boolean;
  /** The password was given within the last minutes: saving asks for it. */
  readonly isConfirmed: boolean;
  readonly problems: Problems;
  readonly done?: string | undefined;
  /** Read at the start, and only shown here. */
  readonly server?: readonly (readonly [name: string, label: string, value: string])[];
  /** The election being prepared, whose window can follow. */
  readonly draft?: { readonly id: string; readonly name: string; readonly ticked: boolean } | undefined;
  readonly trial?: MailTrialView | undefined;
  readonly directory?: DirectoryConnectionView | undefined;
}

const pathOf = (tab: ConfigureTab): string => `/console/configure/${tab}`;

export function configurePage(page: Page, view: ConfigureView): Html {
  const { tab, mayEdit, problems } = view;
  const name = page.t(`configure.tab.${tab}`);
  const content = html`${errorSummary(page, problems)} ${doneNotice(view.done)}
    <h1>${page.t('nav.section.configure')}</h1>
    ${tabs(page, tab)}
    <section class="stack" aria-labelledby="tab">
      <h2 id="tab">${name}</h2>
      <p class="lead">${page.t(`configure.lead.${tab}`)}</p>
      ${page.isDemo === true && tab === 'smtp' ? caughtMails(page) : ''}
      ${mayEdit && !view.isConfirmed ? passwordFirst(page, tab) : ''} ${mayEdit ? form(page, view) : facts(view)}
    </section>
    ${view.trial === undefined ? '' : mailTrial(page, view.trial)}
    ${view.directory === undefined ? '' : directoryConnection(page, view.directory)}
    ${view.server === undefined ? '' : serverFacts(page, view.server)}`;
  const hasProblems = Object.keys(problems).length > 0;
  return layoutConsole(page, {
    title: `${page.t('nav.section.configure')}: ${name}`,
    section: 'configure',
    content,
    hasProblems,
  });
}

function tabs(page: Page, current: ConfigureTab): Html {
  const entry = (tab: ConfigureTab) => html`<li>
    <a href="${page.href(pathOf(tab))}" ${attributes({ 'aria-current': tab === current ? 'page' : undefined })}
      >${page.t(`configure.tab.${tab}`)}</a
    >
  </li>`;
  return html`<nav aria-label="${page.t('configure.tabs')}">
    <ul class="switches">
      ${configureTabs.map(entry)}
    </ul>
  </nav>`;
}

function caughtMails(page: Page): Html {
  const link = html`<a href="${page.href('/demo/mails')}">${page.t('configure.demo-mails-link')}</a>`;
  return notice('info', page.t('configure.demo-mails-title'), html`${page.t('configure.demo-mails')} ${link}`);
}

/** Said before anything is typed. */
function passwordFirst(page: Page, tab: ConfigureTab): Html {
  const href = page.href(`/reauthenticate?next=${encodeURIComponent(pathOf(tab))}`);
  return notice(
    'info',
    page.t('configure.password-first-title'),
    html`${page.t('configure.password-first')} <a href="${href}">${page.t('configure.password-first-link')}</a>`,
  );
}

function form(page: Page, { tab, fields, problems, draft }: ConfigureView): Html {
  return html`<form method="post" action="${page.href(pathOf(tab))}" class="form" novalidate>
    ${fields.map(
      (field) =>
        html`${settingField(page, field, problems[field.name])}
        ${draft !== undefined && field.name === 'VOTING_END' ? draftBox(page, draft) : ''}`,
    )}
    <button class="button button--primary">${page.t('configure.save')}</button>
  </form>`;
}

function draftBox(page: Page, { id, name, ticked }: NonNullable<ConfigureView['draft']>): Html {
  return html`<input type="hidden" name="draft" value="${id}" />
    ${checkbox({
      name: 'withDraft',
      label: page.t('configure.with-draft', { name }),
      hint: page.t('configure.with-draft-hint'),
      checked: ticked,
    })}`;
}

function settingField(page: Page, field: SettingField, problem: string | undefined): Html {
  return html`<div class="setting">
    ${control(page, field, problem)} ${field.shape === 'secret' ? '' : hidden(field)} ${origin(page, field)}
  </div>`;
}

const hidden = ({ name, was }: SettingField): Html => html`<input type="hidden" name="was-${name}" value="${was}" />`;

function control(page: Page, field: SettingField, problem: string | undefined): Html {
  const { name, shape, label, hint, value, choices, required } = field;
  const shared = { name, label, hint, value, problem };
  const more = { required, spellcheck: 'false', autocomplete: 'off' } as const;
  switch (shape) {
    case 'choice':
      return selectField({ ...shared, choices, width: choices.length < 10 ? 'medium' : 'full' });
    case 'area':
      return textArea({ ...shared, rows: 3, more: { spellcheck: 'false' } });
    case 'moment':
      return textField({ ...shared, type: 'datetime-local', width: 'medium', more: { required } });
    case 'number':
      return textField({ ...shared, width: 'short', more: { ...more, inputmode: 'numeric', maxlength: 6 } });
    case 'colour':
      return colourControl(page, field, problem);
    case 'secret':
      return html`${textField({ ...shared, type: 'password', hint: secretHint(page, field), more: { autocomplete: 'new-password' } })}
      ${field.isSet ? checkbox({ name: `none-${name}`, label: page.t('configure.no-secret'), checked: field.none }) : ''}`;
    case 'text':
    case 'email':
    case 'url':
      return textField({ ...shared, type: shape, more });
  }
}

/** The native field offers a colour, the text beside it counts: empty is none, which the native field cannot say. */
function colourControl(page: Page, { name, label, hint, value, was }: SettingField, problem: string | undefined): Html {
  const shown = isColour(value) ? value : ownAccent;
  return html`<div class="pair">
      ${textField({ name, label, hint, value, problem, width: 'medium', more: { maxlength: 20, autocomplete: 'off', spellcheck: 'false', placeholder: ownAccent } })}
      ${textField({ name: `pick-${name}`, type: 'color', label: page.t('configure.pick-colour'), value: shown, more: { 'data-colour': name } })}
    </div>
    <input type="hidden" name="offered-${name}" value="${shown}" />
    ${isColour(was) ? accentSwatches(page, was) : ''}`;
}

/** What becomes of the colour that is saved. */
function accentSwatches(page: Page, colour: string): Html {
  const { light, dark } = accentsOf(colour);
  const swatch = (scheme: 'light' | 'dark', ground: string, drawn: string) => html`<li>
    <svg viewBox="0 0 80 40" width="80" height="40" aria-hidden="true" focusable="false">
      <rect width="80" height="40" rx="8" fill="${ground}" />
      <rect x="12" y="10" width="56" height="20" rx="6" fill="${drawn}" />
    </svg>
    ${page.t(`configure.swatch.${scheme}`)}
  </li>`;
  return html`<ul class="swatches">
    ${swatch('light', '#fffdf9', light.accent)} ${swatch('dark', '#201c15', dark.accent)}
  </ul>`;
}

function secretHint(page: Page, { hint, isSet }: SettingField): string {
  if (!isSet) return `${page.t('configure.secret-unset')} ${hint}`;
  return `${page.t('configure.secret-set')} ${page.t('configure.keep-secret')} ${hint}`;
}

/** Who decides now; and the way back to the environment where somebody has saved something else. A demonstration reads no file. */
function origin(page: Page, { name, shape, isFromEnvironment, given, again }: SettingField): Html | '' {
  const isDemo = page.isDemo === true;
  if (isFromEnvironment)
    return html`<p class="setting-origin">${page.t(isDemo ? 'configure.from-demo' : 'configure.from-environment')}</p>`;
  if (given === undefined) return '';
  const says =
    shape === 'secret'
      ? page.t('configure.environment-has-secret')
      : page.t(isDemo ? 'configure.demo-says' : 'configure.environment-says', { value: given });
  return html`<div class="setting-origin">
    <p>${says}</p>
    ${checkbox({ name: `again-${name}`, label: page.t('configure.use-again'), checked: again })}
  </div>`;
}

function facts({ fields }: ConfigureView): Html {
  return html`<dl class="facts facts--long">
    ${fields.map(({ label, told }) => fact(label, told))}
  </dl>`;
}

function serverFacts(page: Page, server: NonNullable<ConfigureView['server']>): Html {
  return html`<section class="apart" aria-labelledby="server">
    <h2 id="server">${page.t('configure.server-title')}</h2>
    <p>${page.t('configure.server')}</p>
    <dl class="facts facts--long">
      ${server.map(([name, label, value]) => fact(html`${label} <code>${name}</code>`, value))}
    </dl>
  </section>`;
}

const fact = (term: string | Html, value: string): Html =>
  html`<div>
    <dt>${term}</dt>
    <dd class="prose">${value || '–'}</dd>
  </div>`;
