// The letters: who gets one, printed four to a sheet with the code as text and as a square, and the same as a list.
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { qrPicture } from '../page/qr.ts';
import { actionButton } from '../page/views.ts';
import type { Given } from './data.ts';
import { type Choice, choose, type Letter, lettersOf, promotionsOf } from './letters.ts';
import type { RegistrarView } from './screen.ts';
import type { RegistrarState } from './state.ts';

const perSheet = 4;
/** One and the same list, by which the letters are known again. */
const nobody: readonly Given[] = [];

export function lettersScreen(view: RegistrarView, state: RegistrarState): TemplateResult {
  const { say, dispatch } = view;
  if (state.file === null) return html``;
  const given = state.seat?.given ?? nobody;
  const letters = lettersOf(state.file, given);
  const chosen = choose(letters, state.choice);
  const [first] = chosen.shown;
  return html`<h2 tabindex="-1">${say('letters-title')}</h2>
    <p>${say('letters-text')}</p>
    ${given.length === 0 ? nothing : givenList(view, given)} ${choiceForm(view, state.choice, letters, chosen.parts)}
    <p role="status">${say('letters-count', { count: chosen.shown.length, of: letters.length })}</p>
    <div class="actions">
      ${actionButton(say('letters-print'), () => dispatch({ type: 'print-pressed' }), 'primary')}
      ${actionButton(say('list-save'), () => dispatch({ type: 'list-pressed' }))}
      ${actionButton(say('look-again'), () => dispatch({ type: 'look-pressed' }), 'quiet')}
    </div>
    ${state.isListSaved ? html`<p role="status" class="hint">${say('list-saved')}</p>` : nothing}
    ${first === undefined ? nothing : html`<h3>${say('sample')}</h3> ${slip(view, first)}`}
    <p class="hint">${say('letters-after')}</p>`;
}

/** What is printed, as soon as printing begins; on the screen one of them stands as a sample. */
export function printedLetters(view: RegistrarView, state: RegistrarState): TemplateResult | typeof nothing {
  if (!state.isPrinting || state.screen !== 'letters' || state.file === null) return nothing;
  const { shown } = choose(lettersOf(state.file, state.seat?.given ?? nobody), state.choice);
  const sheets = Array.from({ length: Math.ceil(shown.length / perSheet) }, (_, index) =>
    shown.slice(index * perSheet, (index + 1) * perSheet),
  );
  return html`<div class="letters">
    ${sheets.map(
      (letters) =>
        html`<div class="sheet-page">${repeat(
          letters,
          ({ voterId }) => voterId,
          (letter) => slip(view, letter),
        )}</div>`,
    )}
  </div>`;
}

function givenList({ say, dispatch }: RegistrarView, given: readonly Given[]): TemplateResult {
  const nameOf = ({ firstName, lastName }: Given) => `${firstName} ${lastName}`;
  return html`<h3>${say('given-title')}</h3>
    <p>${say('given-text')}</p>
    <ul class="task-list">
      ${given.map(
        (one) => html`<li class="task">
          <div class="task-name">
            ${nameOf(one)}
            <p class="hint">${say(`given-${one.given}`, { number: one.number })}</p>
          </div>
          ${actionButton(say('given-choose'), () =>
            dispatch({ type: 'choice-made', choice: { promotion: null, name: nameOf(one), part: 0 } }),
          )}
        </li>`,
      )}
    </ul>`;
}

function choiceForm(
  { say, dispatch }: RegistrarView,
  choice: Choice,
  letters: readonly Letter[],
  parts: number,
): TemplateResult {
  const change = (more: Partial<Choice>) => dispatch({ type: 'choice-made', choice: { ...choice, part: 0, ...more } });
  const promotions = promotionsOf(letters);
  const typed = (event: Event) => change({ name: (event.target as HTMLInputElement).value });
  const picked = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    change({ promotion: value === '' ? null : value.slice(1) });
  };
  const part = (event: Event) => change({ part: Number((event.target as HTMLSelectElement).value) });
  return html`<form method="dialog" class="letters-choice" autocomplete="off" @submit=${(event: Event) => event.preventDefault()}>
    <div class="field">
      <label for="letters-name">${say('choose-name')}</label>
      <input id="letters-name" type="search" spellcheck="false" maxlength="100" .value=${choice.name} @input=${typed} />
    </div>
    ${
      promotions.length < 2
        ? nothing
        : html`<div class="field">
            <label for="letters-promotion">${say('choose-promotion')}</label>
            <select id="letters-promotion" @change=${picked}>
              <option value="" ?selected=${choice.promotion === null}>${say('everybody')}</option>
              ${promotions.map(
                (name) => html`<option value="=${name}" ?selected=${choice.promotion === name}>
                  ${name === '' ? say('no-promotion') : name}
                </option>`,
              )}
            </select>
          </div>`
    }
    ${
      parts < 2
        ? nothing
        : html`<div class="field">
            <label for="letters-part">${say('choose-part')}</label>
            <select id="letters-part" @change=${part}>
              ${Array.from(
                { length: parts },
                (_, index) => html`<option value=${index} ?selected=${choice.part === index}>
                  ${say('part', { part: index + 1, parts })}
                </option>`,
              )}
            </select>
          </div>`
    }
  </form>`;
}

/** Without link and without secret code: whoever finds it cannot vote with it. */
function slip({ say, data }: RegistrarView, letter: Letter): TemplateResult {
  const name = `${letter.firstName} ${letter.lastName}`;
  return html`<article class="slip slip--letter" aria-label=${name}>
    <header class="slip-head">
      <p class="slip-name">${name}</p>
      <p>${letter.promotion}</p>
    </header>
    <div class="slip-what">
      <p class="slip-election">${data.electionName}</p>
      <p>${say('letter-window', { opens: data.opens, closes: data.closes })}</p>
    </div>
    <div class="qr">${qrPicture(letter.credential, say('letter-qr', { name }))}</div>
    <div class="slip-way">
      <p class="slip-step">${say('letter-code')}</p>
      <p class="slip-key" translate="no">${letter.credential}</p>
      <p class="slip-step">${say('letter-how')}</p>
    </div>
    <footer class="slip-foot">${say('letter-foot', { name: data.registrarName })}</footer>
  </article>`;
}
