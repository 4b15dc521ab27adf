// What a registrar sees: where things stand, and one thing to do.
import { html, nothing, type TemplateResult } from 'lit-html';
import { toldFailure } from '../page/told-problem.ts';
import { actionButton } from '../page/views.ts';
import type { Seat } from './data.ts';
import { fileForm, paperScreen, progressOf, proveScreen, saveScreen } from './keep-view.ts';
import { lettersScreen, printedLetters } from './letters-view.ts';
import type { RegistrarView } from './screen.ts';
import type { RegistrarState } from './state.ts';

export function registrarPage(view: RegistrarView, state: RegistrarState): TemplateResult {
  const isPrinted = state.screen === 'letters';
  return html`<div
      class="ceremony card ${isPrinted ? 'screen-only' : ''}"
      data-screen=${state.screen}
      aria-busy=${state.isBusy}
    >
      ${screen(view, state)} ${problem(view, state)}
    </div>
    ${printedLetters(view, state)}`;
}

function screen(view: RegistrarView, state: RegistrarState): TemplateResult {
  switch (state.screen) {
    case 'save':
      return saveScreen(view, state);
    case 'paper':
      return paperScreen(view, state);
    case 'prove':
      return proveScreen(view, state);
    case 'letters':
      return lettersScreen(view, state);
    case 'home':
      return state.seat === null ? html`<p role="status">${view.say('loading')}</p>` : home(view, state, state.seat);
  }
}

function problem({ say }: RegistrarView, { problem: met }: RegistrarState): TemplateResult | typeof nothing {
  if (met === null) return nothing;
  return html`<div class="notice notice--warn" role="alert">
    ${toldFailure(say, met)}
  </div>`;
}

function home(view: RegistrarView, state: RegistrarState, seat: Seat): TemplateResult {
  const { say, data } = view;
  const values = { voters: seat.voters, reserve: seat.reserve, opens: data.opens, closes: data.closes };
  return html`<h2 tabindex="-1">${say(`title-${seat.stage}`)}</h2>
    <p>${say(`text-${seat.stage}`, values)}</p>
    ${seat.uncovered > 0 ? html`<p>${say('uncovered', { count: seat.uncovered })}</p>` : nothing}
    ${seat.stage === 'making' ? makeForm(view, state) : nothing}
    ${
      seat.stage === 'making' || seat.stage === 'over'
        ? nothing
        : html`<h3>${say('open-title')}</h3>
          <p>${say(seat.given.length > 0 ? 'open-given' : 'open-text', { count: seat.given.length })}</p>
          ${fileForm(view, state, {
            label: say(state.isBusy ? 'opening' : 'open'),
            press: () => view.dispatch({ type: 'open-pressed' }),
          })}`
    }`;
}

function makeForm(view: RegistrarView, state: RegistrarState): TemplateResult {
  const { say, dispatch } = view;
  return html`<ul>
      <li>${say('make-file')}</li>
      <li>${say('make-letters')}</li>
      <li>${say('make-nobody')}</li>
    </ul>
    ${state.fileProblem === 'unusable' ? html`<p class="problem" role="alert">${say('problem-unusable')}</p>` : nothing}
    ${progressOf(view, state)}
    ${actionButton(say(state.isBusy ? 'making' : 'make'), () => dispatch({ type: 'make-pressed' }), 'primary')}`;
}
