// Screen 2: what was chosen, one field for the code, one button that says the act. Locked while the vote is on its way.
import { html, nothing, type TemplateResult } from 'lit-html';
import { actionButton } from '../page/views.ts';
import { isBusy, isCommitted, type BoothState } from './state.ts';
import type { BoothView } from './screen.ts';

export function reviewScreen(view: BoothView, state: BoothState): TemplateResult {
  const { say, dispatch } = view;
  const isLocked = isBusy(state);
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'record-pressed' });
  };
  return html`
    <p class="eyebrow">${view.definition.name}</p>
    <h1 tabindex="-1">${say(state.resumed ? 'resumed-title' : 'review-title')}</h1>
    ${state.resumed ? html`<p>${say('resumed-text')}</p>` : choices(view, state)}
    <form method="dialog" novalidate aria-busy=${isLocked} @submit=${submit}>
      ${codeField(view, state)} ${state.credential === null ? nothing : credentialField(view, state)}
      <div role="status" class="not-yet">${standing(view, state)}</div>
      <button class="button button--primary button--wide booth-act" aria-disabled=${isLocked} data-ready="true">
        ${say(isLocked ? 'recording-now' : state.sending === 'stuck' ? 'send-again' : 'record')}
      </button>
    </form>
  `;
}

function choices({ say, dispatch }: BoothView, state: BoothState): TemplateResult {
  const names = (index: number) => {
    const { candidates } = state.contests[index]!;
    const pick = state.picks[index]!;
    return pick.blank ? [say('blank')] : pick.candidates.map((candidate) => candidates[candidate]!.name);
  };
  return html`<div class="choices">
    <dl>
      ${state.contests.map(
        ({ title }, index) => html`<div>
          <dt>${title}</dt>
          ${names(index).map((name) => html`<dd>${name}</dd>`)}
        </div>`,
      )}
    </dl>
    ${isCommitted(state) ? nothing : actionButton(say('change'), () => dispatch({ type: 'change-pressed' }), 'quiet')}
  </div>`;
}

function codeField({ say, dispatch }: BoothView, state: BoothState): TemplateResult {
  const problem = state.codeProblem;
  const typed = (event: Event) => dispatch({ type: 'code-typed', code: (event.target as HTMLInputElement).value });
  return html`<div class=${problem === null ? 'field' : 'field field--wrong'}>
    <label for="code">${say('code-label')}</label>
    <p id="code-hint" class="hint">${say('code-hint')}</p>
    ${
      problem === null
        ? nothing
        : html`<p id="code-problem" class="problem">
          ${problem.kind === 'malformed' ? say('code-malformed') : problem.detail}
        </p>`
    }
    <input
      id="code"
      class="code"
      type="text"
      inputmode="numeric"
      autocomplete="one-time-code"
      autocapitalize="off"
      spellcheck="false"
      maxlength="40"
      aria-describedby=${problem === null ? 'code-hint' : 'code-hint code-problem'}
      aria-invalid=${problem === null ? nothing : 'true'}
      ?readonly=${isBusy(state)}
      .value=${state.code}
      @input=${typed}
    />
  </div>`;
}

/** Where the link came without it: it stands in a registrar's letter, or the link was typed, or cut off by a mail program. */
function credentialField({ say, data, dispatch }: BoothView, state: BoothState): TemplateResult {
  const { isWrongCredential: isWrong } = state;
  const registrar = data.verifiable?.registrar ?? null;
  const typed = (event: Event) =>
    dispatch({ type: 'credential-typed', credential: (event.target as HTMLInputElement).value });
  return html`<div class=${isWrong ? 'field field--wrong' : 'field'}>
    <label for="credential">${say('credential-label')}</label>
    <p id="credential-hint" class="hint">
      ${registrar === null ? say('credential-hint') : say('credential-hint-letter', { name: registrar })}
    </p>
    ${isWrong ? html`<p id="credential-problem" class="problem">${say('credential-malformed')}</p>` : nothing}
    <input
      id="credential"
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      maxlength="300"
      aria-describedby=${isWrong ? 'credential-hint credential-problem' : 'credential-hint'}
      aria-invalid=${isWrong ? 'true' : nothing}
      ?readonly=${isBusy(state)}
      .value=${state.credential ?? ''}
      @input=${typed}
    />
  </div>`;
}

/** Where the vote stands, in words, right above the button; a screen reader hears every change. */
function standing({ say }: BoothView, state: BoothState) {
  switch (state.sending) {
    case 'idle':
      return html`<p><strong>${say(state.resumed ? 'not-sure-yet' : 'not-recorded-yet')}</strong></p>`;
    case 'sealing':
    case 'sending':
      return html`<p><strong>${say(state.attempts > 1 ? 'retrying' : 'recording')}</strong></p>`;
    case 'waiting':
      return html`<p><strong>${say('retrying')}</strong></p>
        <p>${say('retrying-hint')}</p>`;
    case 'stuck':
      return html`<p><strong>${say('stuck')}</strong></p>
        <p>${say('stuck-hint')}</p>`;
  }
}
