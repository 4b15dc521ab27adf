// Screen 1: the ballot. Native radios or checkboxes, rows as targets, nothing preselected, the blank vote at the end.
import type { Candidate, Contest } from '@votix/protocol';
import { html, nothing, type TemplateResult } from 'lit-html';
import { findShortfalls } from './reduce.ts';
import { takesSeveral, type Pick, type Shortfall } from './picks.ts';
import type { BoothState } from './state.ts';
import type { BoothView } from './screen.ts';

const LONG_DESCRIPTION = 180;

export function chooseScreen(view: BoothView, state: BoothState): TemplateResult {
  const { say, dispatch, data } = view;
  const submit = (event: Event) => {
    event.preventDefault();
    dispatch({ type: 'next-pressed' });
  };
  const isReady = findShortfalls(state).every((shortfall) => shortfall === null);
  return html`
    <header class="booth-heading">
      <h1 tabindex="-1">${view.definition.name}</h1>
      <p>${say('closes', { closes: data.closes })}</p>
      ${description(view)}
    </header>
    ${problems(view, state)}
    <form method="dialog" novalidate autocomplete="off" @submit=${submit}>
      ${state.contests.map((_, index) => contest(view, state, index))} ${rules(view)}
      <button class="button button--primary button--wide booth-act" data-ready=${isReady}>${say('next')}</button>
    </form>
  `;
}

function description({ say, data }: BoothView) {
  if (data.description === '') return nothing;
  if (data.description.length <= LONG_DESCRIPTION) return html`<p class="prose">${data.description}</p>`;
  return html`<details>
    <summary>${say('about-election')}</summary>
    <p class="prose">${data.description}</p>
  </details>`;
}

/** Folded: whoever wants to know finds them on the ballot, and nobody has to read them. */
function rules({ say, data, definition }: BoothView): TemplateResult {
  const list = (sentences: readonly string[]) => html`<ul>
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
  const ofContest = (id: string) => data.contestRules[id] ?? [];
  const [first, ...others] = definition.contests;
  return html`<details class="booth-rules">
    <summary>${say('rules')}</summary>
    ${
      others.length === 0
        ? list([...ofContest(first!.id), ...data.rules])
        : html`${definition.contests.map(
            ({ id, title }) => html`<h2>${title}</h2>
              ${list(ofContest(id))}`,
          )}
            <h2>${say('rules-all')}</h2>
            ${list(data.rules)}`
    }
  </details>`;
}

function problems(view: BoothView, state: BoothState) {
  const found = state.shortfalls.flatMap((shortfall, index) => (shortfall === null ? [] : [{ shortfall, index }]));
  if (found.length === 0) return nothing;
  const goTo = (event: Event, index: number) => {
    event.preventDefault(); // the address must not tell where the voter is
    document.getElementById(firstInput(index))?.focus();
  };
  return html`<div class="error-summary" id="problems" role="alert" tabindex="-1" aria-labelledby="problems-title">
    <h2 id="problems-title">${view.say('problems')}</h2>
    <ul>
      ${found.map(
        ({ shortfall, index }) => html`<li>
          <a href="#${firstInput(index)}" @click=${(event: Event) => goTo(event, index)}
            >${complaintAbout(view, state, index, shortfall)}</a
          >
        </li>`,
      )}
    </ul>
  </div>`;
}

/** In the summary a contest is named only where there are several. */
function complaintAbout(view: BoothView, state: BoothState, index: number, shortfall: Shortfall): string {
  const problem = complaint(view, state, index, shortfall);
  if (state.contests.length === 1) return problem;
  return view.say('problem-in', { contest: state.contests[index]!.title, problem });
}

function complaint({ say }: BoothView, state: BoothState, index: number, shortfall: Shortfall): string {
  const { blank, minChoices, maxChoices } = state.contests[index]!;
  const values = { min: minChoices, max: maxChoices, count: state.picks[index]!.candidates.length };
  if (shortfall === 'nothing') return say(blank ? 'nothing-chosen-or-blank' : 'nothing-chosen', values);
  return say(shortfall, values);
}

function contest(view: BoothView, state: BoothState, index: number): TemplateResult {
  const asked = state.contests[index]!;
  const pick = state.picks[index]!;
  const shortfall = state.shortfalls[index] ?? null;
  const described = [`hint-${index}`, ...(shortfall === null ? [] : [`problem-${index}`])].join(' ');
  return html`<fieldset class="contest" aria-describedby=${described} data-problem=${shortfall ?? nothing}>
    <legend>${asked.title}</legend>
    <p id="hint-${index}" class="hint">${howMany(view, asked)}</p>
    ${
      shortfall === null
        ? nothing
        : html`<p id="problem-${index}" class="problem">${complaint(view, state, index, shortfall)}</p>`
    }
    <div class=${isPictured(view, asked) ? 'options options--pictured' : 'options'}>
      ${asked.candidates.map((_, candidate) => candidateRow(view, asked, { index, candidate, pick }))}
    </div>
    ${asked.blank ? blankRow(view, asked, index, pick) : nothing}
    ${takesSeveral(asked) ? count(view, asked, pick) : nothing}
  </fieldset>`;
}

function howMany({ say }: BoothView, { minChoices, maxChoices }: Contest): string {
  if (maxChoices === 1) return say('choose-one');
  if (minChoices === maxChoices) return say('choose-exactly', { max: maxChoices });
  return minChoices > 1
    ? say('choose-between', { min: minChoices, max: maxChoices })
    : say('choose-up-to', { max: maxChoices });
}

function candidateRow(
  view: BoothView,
  asked: Contest,
  { index, candidate, pick }: { index: number; candidate: number; pick: Pick },
): TemplateResult {
  const { id, name } = asked.candidates[candidate]!;
  const text = view.data.candidateTexts[id] ?? '';
  return html`<div class="option">
    <label>
      <input
        type=${takesSeveral(asked) ? 'checkbox' : 'radio'}
        name="contest-${index}"
        id=${candidate === 0 ? firstInput(index) : nothing}
        aria-labelledby="name-${id}"
        .checked=${pick.candidates.includes(candidate)}
        @change=${() => view.dispatch({ type: 'candidate-toggled', contest: index, candidate })}
      />
      ${logo(view, asked, { id, name })}
      <span id="name-${id}">${name}</span>
    </label>
    ${
      text === ''
        ? nothing
        : html`<details>
          <summary aria-label=${view.say('read-about', { name })}><span>${view.say('read')}</span></summary>
          <p class="prose">${text}</p>
        </details>`
    }
  </div>`;
}

const isPictured = ({ data }: BoothView, { candidates }: Contest): boolean =>
  candidates.some(({ id }) => data.logos[id] !== undefined);

/** One frame for all; where others have a picture, an empty one keeps the names in line. */
function logo(view: BoothView, asked: Contest, { id, name }: Candidate) {
  if (!isPictured(view, asked)) return nothing;
  const src = view.data.logos[id];
  if (src === undefined) return html`<span class="logo logo--none"></span>`;
  return html`<img class="logo" src=${src} alt=${name} width="56" height="56" decoding="async" />`;
}

function blankRow({ say, dispatch }: BoothView, asked: Contest, index: number, pick: Pick): TemplateResult {
  return html`<p class="divider"><span>${say('or')}</span></p>
    <div class="option">
      <label>
        <input
          type=${takesSeveral(asked) ? 'checkbox' : 'radio'}
          name="contest-${index}"
          aria-describedby="blank-${index}"
          .checked=${pick.blank}
          @change=${() => dispatch({ type: 'blank-toggled', contest: index })}
        />
        <span>${say('blank')} <small id="blank-${index}">${say('blank-hint')}</small></span>
      </label>
    </div>`;
}

function count({ say }: BoothView, { maxChoices }: Contest, pick: Pick): TemplateResult {
  return html`<p class="hint" role="status">
    ${say('chosen-count', { count: pick.candidates.length, max: maxChoices })}
  </p>`;
}

function firstInput(index: number): string {
  return `contest-${index}`;
}
