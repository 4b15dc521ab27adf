// The wizard's first page: what will be made, and the choice of who must come together to open the box.
import { SHARE_HOLDERS } from '@votix/protocol';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { KeysView } from './screen.ts';
import type { KeysState, Way } from './state.ts';

const WAYS: readonly Way[] = ['one', 'split', 'own'];

export function explainPage(view: KeysView, state: KeysState): TemplateResult {
  const { say, dispatch, data } = view;
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'make-pressed' });
  };
  return html`
    <h2 tabindex="-1">${say('explain-title')}</h2>
    <p>${say('explain-text', { election: data.electionName })}</p>
    <ul class="explained">
      <li>${say('explain-file')}</li>
      <li>${say('explain-passphrase')}</li>
    </ul>
    <p>${say('explain-proof-and-arm')}</p>
    <p class="notice notice--warn">${say('explain-warning')}</p>
    <p>${say('explain-have-ready')}</p>
    <form method="dialog" novalidate autocomplete="off" aria-busy=${state.isBusy} @submit=${submit}>
      <fieldset class="ways">
        <legend>${say('way-legend')}</legend>
        ${WAYS.map((way) => wayChoice(view, state, way))}
      </fieldset>
      ${state.way === 'split' ? splitFields(view, state) : nothing}
      ${state.makingFailed ? html`<p class="problem" role="alert">${say('making-failed')}</p>` : nothing}
      <button class="button button--primary" aria-disabled=${state.isBusy}>
        ${state.isBusy ? say('making') : say(state.way === 'own' ? 'own' : 'make')}
      </button>
      <p role="status" class="visually-hidden">${state.isBusy ? say('making') : nothing}</p>
    </form>
  `;
}

function wayChoice({ say, dispatch }: KeysView, state: KeysState, way: Way): TemplateResult {
  const [label, hint] = wordsOf(say, way);
  return html`<div class="way">
    <input
      type="radio"
      name="way"
      id="way-${way}"
      aria-describedby="way-${way}-hint"
      .checked=${live(state.way === way)}
      @change=${() => dispatch({ type: 'way-chosen', way })}
    />
    <label for="way-${way}">${label}</label>
    <p class="hint" id="way-${way}-hint">${hint}</p>
  </div>`;
}

function wordsOf(say: KeysView['say'], way: Way): readonly [string, string] {
  if (way === 'one') return [say('way-one'), say('way-one-hint')];
  return way === 'split' ? [say('way-split'), say('way-split-hint')] : [say('way-own'), say('way-own-hint')];
}

function splitFields(view: KeysView, state: KeysState): TemplateResult {
  const { say, dispatch } = view;
  return html`<div class=${state.isWrongSplit ? 'split field--wrong' : 'split'}>
    ${
      state.isWrongSplit
        ? html`<p class="problem" id="split-problem">
            ${say('wrong-split', { fewest: SHARE_HOLDERS.fewest, most: SHARE_HOLDERS.most })}
          </p>`
        : nothing
    }
    <div class="split-fields">
      ${numberField(state, { id: 'holders', label: say('holders-label'), value: state.typedHolders }, (typed) =>
        dispatch({ type: 'holders-typed', typed }),
      )}
      ${numberField(state, { id: 'needed', label: say('needed-label'), value: state.typedNeeded }, (typed) =>
        dispatch({ type: 'needed-typed', typed }),
      )}
    </div>
    <p class="hint">${say('shares-warning')}</p>
  </div>`;
}

function numberField(
  { isWrongSplit }: KeysState,
  { id, label, value }: { readonly id: string; readonly label: string; readonly value: string },
  onTyped: (typed: string) => void,
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      type="number"
      id=${id}
      min=${SHARE_HOLDERS.fewest}
      max=${SHARE_HOLDERS.most}
      aria-invalid=${isWrongSplit ? 'true' : nothing}
      aria-describedby=${isWrongSplit ? 'split-problem' : nothing}
      .value=${live(value)}
      @input=${(event: Event) => onTyped((event.target as HTMLInputElement).value)}
    />
  </div>`;
}
