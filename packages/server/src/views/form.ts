// Form controls with label, hint and problem tied together, and the summary of all problems that takes the focus.
import { html } from 'hono/html';
import { type Attributes, attributes } from './attributes.ts';
import type { Html, Page, Problems } from './page.ts';

export interface Control {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | Html;
  readonly problem?: string | undefined;
  /** How wide the answer is likely to be; the control shows it. */
  readonly width?: 'short' | 'medium' | 'full';
}

export interface TextControl extends Control {
  readonly value: string;
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'number' | 'datetime-local' | 'file' | 'color';
  readonly more?: Attributes;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** With what a choice means, for those that are explained. */
export interface ExplainedChoice extends Choice {
  readonly hint?: string;
}

export function textField(control: TextControl): Html {
  const value = control.type === 'password' || control.type === 'file' ? undefined : control.value;
  const all = { id: control.name, name: control.name, type: control.type ?? 'text', value, ...control.more };
  return framed(control, html`<input ${attributes({ ...all, ...describing(control) })} />`);
}

export function textArea(control: TextControl & { readonly rows?: number }): Html {
  const all = { id: control.name, name: control.name, rows: control.rows ?? 5, ...control.more };
  // The line break after the tag is eaten by HTML: without it a text that starts with one would lose it.
  const start = html`<textarea ${attributes({ ...all, ...describing(control) })}>`;
  return framed(control, html`${start}${'\n'}${control.value}</textarea>`);
}

export function selectField(control: Control & { readonly value: string; readonly choices: readonly Choice[] }): Html {
  const option = ({ value, label }: Choice) =>
    html`<option ${attributes({ value, selected: value === control.value })}>${label}</option>`;
  const all = { id: control.name, name: control.name, ...describing(control) };
  return framed(
    control,
    html`<select ${attributes(all)}>
      ${control.choices.map(option)}
    </select>`,
  );
}

export function checkbox(control: Control & { readonly checked: boolean }): Html {
  const all = { id: control.name, name: control.name, type: 'checkbox', value: 'yes', checked: control.checked };
  return html`<div class="field field--check">
    <input ${attributes({ ...all, ...describing(control) })} />
    <label for="${control.name}">${control.label}</label>
    ${hintOf(control)} ${problemOf(control)}
  </div>`;
}

/** One of a few choices, all of them to be seen. The first has the group's name as its id: the summary of problems leads there. */
export function radioGroup(
  control: Control & { readonly value: string; readonly choices: readonly ExplainedChoice[] },
): Html {
  const { name, label, problem, value: chosen, choices } = control;
  const radio = ({ value, label, hint }: ExplainedChoice, index: number) => {
    const id = index === 0 ? name : `${name}-${value}`;
    const described = { 'aria-describedby': hint === undefined ? undefined : `${id}-hint` };
    return html`<div class="field field--check">
      <input ${attributes({ id, name, type: 'radio', value, checked: value === chosen, ...described })} />
      <label for="${id}">${label}</label>
      ${hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${hint}</p>`}
    </div>`;
  };
  const wrong = problem === undefined ? undefined : `${name}-problem`;
  return html`<fieldset ${attributes({ class: 'group', 'aria-describedby': wrong })}>
    <legend>${label}</legend>
    ${problemOf(control)} ${choices.map(radio)}
  </fieldset>`;
}

/** All problems at once, each leading to its field. Takes the focus when the page arrives. */
export function errorSummary(page: Page, problems: Problems): Html | '' {
  const entries = Object.entries(problems);
  if (entries.length === 0) return '';
  const entry = ([name, sentence]: [string, string]) =>
    html`<li>${name === 'form' ? sentence : html`<a href="#${name}">${sentence}</a>`}</li>`;
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary-title">
    <h2 id="error-summary-title">${page.t('form.error-title', { count: entries.length })}</h2>
    <ul>
      ${entries.map(entry)}
    </ul>
  </div>`;
}

function framed(control: Control, input: Html): Html {
  const wrong = control.problem === undefined ? '' : 'field--wrong';
  return html`<div class="field field--${control.width ?? 'full'} ${wrong}">
    <label for="${control.name}">${control.label}</label>
    ${hintOf(control)} ${problemOf(control)} ${input}
  </div>`;
}

function describing({ name, hint, problem }: Control): Attributes {
  const ids = [hint === undefined ? '' : `${name}-hint`, problem === undefined ? '' : `${name}-problem`];
  return {
    'aria-describedby': ids.filter((id) => id !== '').join(' ') || undefined,
    'aria-invalid': problem === undefined ? undefined : 'true',
  };
}

function hintOf({ name, hint }: Control): Html | '' {
  return hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`;
}

function problemOf({ name, problem }: Control): Html | '' {
  return problem === undefined ? '' : html`<p class="problem" id="${name}-problem">${problem}</p>`;
}
