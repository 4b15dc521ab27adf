// Picks the screen and its title. Everything shown comes from the state and from what the server wrote into the page.
import { html, type TemplateResult } from 'lit-html';
import type { Say } from '../page/messages.ts';
import { stepList } from '../page/views.ts';
import { chooseScreen } from './choose-view.ts';
import { finishedScreen, refusalTitle, refusedScreen } from './end-views.ts';
import { recordedScreen } from './recorded-view.ts';
import { reviewScreen } from './review-view.ts';
import type { BoothState } from './state.ts';
import type { BoothView } from './screen.ts';

const STEPS = ['choose', 'review', 'recorded'] as const;

export function boothPage(view: BoothView, state: BoothState): TemplateResult {
  const { say } = view;
  const step = STEPS.findIndex((name) => name === state.screen);
  const names = [say('step-choose'), say('step-review'), say('step-recorded')];
  return html`<div class="booth-card card" data-screen=${state.screen}>
    ${step === -1 ? '' : stepList(say('steps'), names, step)} ${screen(view, state)}
  </div>`;
}

function screen(view: BoothView, state: BoothState): TemplateResult {
  switch (state.screen) {
    case 'choose':
      return chooseScreen(view, state);
    case 'review':
      return reviewScreen(view, state);
    case 'recorded':
      return recordedScreen(view, state);
    case 'refused':
      return refusedScreen(view, state);
    case 'finished':
      return finishedScreen(view);
  }
}

/** What the window and the screen reader are told: never the choice. */
export function boothTitle(
  { say, definition }: { readonly say: Say; readonly definition: { readonly name: string } },
  state: BoothState,
): string {
  const isWrong = state.codeProblem !== null || state.isWrongCredential;
  const hasProblem = isWrong || state.shortfalls.some((shortfall) => shortfall !== null);
  const here = screenName(say, state);
  return `${hasProblem ? say('error-title', { title: here }) : here} – ${definition.name}`;
}

function screenName(say: Say, state: BoothState): string {
  switch (state.screen) {
    case 'choose':
      return say('choose-title');
    case 'review':
      return say(state.resumed ? 'resumed-title' : 'review-title');
    case 'recorded':
      return say('recorded-title');
    case 'refused':
      return state.refusal === null ? '' : refusalTitle(say, state.refusal);
    case 'finished':
      return say('finished-title');
  }
}
