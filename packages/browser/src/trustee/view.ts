// What a trustee sees: where the election stands and everybody with it, and one thing to do.
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Say } from '../page/messages.ts';
import { toldFailure } from '../page/told-problem.ts';
import { actionButton } from '../page/views.ts';
import type { Seat, TrusteeData } from './data.ts';
import { keyForm, paperScreen, proveScreen, saveScreen } from './key-view.ts';
import type { TrusteeView } from './screen.ts';
import { isWaiting, needsKey, type TrusteeState } from './state.ts';

export function trusteePage(view: TrusteeView, state: TrusteeState): TemplateResult {
  return html`<div class="ceremony card" data-screen=${state.screen} aria-busy=${state.isBusy}>
    ${screen(view, state)} ${problem(view, state)}
  </div>`;
}

function screen(view: TrusteeView, state: TrusteeState): TemplateResult {
  switch (state.screen) {
    case 'save':
      return saveScreen(view, state);
    case 'paper':
      return paperScreen(view, state);
    case 'prove':
      return proveScreen(view, state);
    case 'home':
      return state.seat === null ? html`<p role="status">${view.say('loading')}</p>` : home(view, state, state.seat);
  }
}

function problem({ say }: TrusteeView, { problem: met }: TrusteeState): TemplateResult | typeof nothing {
  if (met === null) return nothing;
  return html`<div class="notice notice--warn" role="alert">
    ${toldFailure(say, met)}
  </div>`;
}

function home(view: TrusteeView, state: TrusteeState, seat: Seat): TemplateResult {
  const { say, data } = view;
  const { title, text } = words(say, data, seat);
  return html`<h2 tabindex="-1">${title}</h2>
    <p>${text}</p>
    ${state.head === null ? nothing : headOf(say, state.head)} ${act(view, state, seat)}
    ${isWaiting(seat) ? html`<p role="status" class="hint">${say('waiting-hint')}</p>` : nothing}
    ${seat.size > 1 ? everybody(say, seat) : nothing}
    ${
      seat.stage === 'opened'
        ? html`<p><a class="button button--secondary" href=${data.electionUrl}>${say('to-election')}</a></p>`
        : nothing
    }`;
}

function words(say: Say, data: TrusteeData, seat: Seat): { readonly title: string; readonly text: string } {
  const { stage, step, hasShare, threshold, size } = seat;
  const named = (name: string) => ({
    title: say(`title-${name}`),
    text: say(`text-${name}`, { closes: data.closes, needed: threshold === 0 ? size : threshold, of: size }),
  });
  if (stage === 'making') {
    const isFirst = step === 'key' || step === 'certificate';
    return named(isFirst ? (size === 1 ? 'make-alone' : 'make') : step);
  }
  if (stage === 'tallied') return named(hasShare ? 'share-given' : 'tallied');
  return named(stage);
}

/** The one thing to do now, if there is one. */
function act(view: TrusteeView, state: TrusteeState, seat: Seat): TemplateResult | typeof nothing {
  const { say, dispatch } = view;
  const isFirst = seat.stage === 'making' && (seat.step === 'key' || seat.step === 'certificate');
  if (isFirst) {
    return html`<ul>
        <li>${say('make-file')}</li>
        <li>${say('make-passphrase')}</li>
        <li>${say('make-lost')}</li>
      </ul>
      ${state.keyProblem === 'unusable' ? html`<p class="problem" role="alert">${say('problem-unusable')}</p>` : nothing}
      ${actionButton(say(state.isBusy ? 'making' : 'make'), () => dispatch({ type: 'make-pressed' }), 'primary')}`;
  }
  return needsKey(seat) ? keyForm(view, state, seat) : nothing;
}

/** To be compared with what other people see. */
function headOf(say: Say, head: string): TemplateResult {
  return html`<p>${say('head')}</p>
    <p><code class="digest">${head}</code></p>`;
}

function everybody(say: Say, { trustees, stage }: Seat): TemplateResult {
  const isOpening = stage === 'tallied' || stage === 'opened';
  const stateOf = (one: Seat['trustees'][number]) =>
    isOpening ? say(one.hasShare ? 'has-share' : 'no-share') : say(`step-${one.step}`);
  return html`<h3>${say('everybody')}</h3>
    <ul class="task-list">
      ${trustees.map(
        (one) => html`<li class="task">
          <div class="task-name">${one.name}</div>
          <span class="task-state">${stateOf(one)}</span>
        </li>`,
      )}
    </ul>`;
}
