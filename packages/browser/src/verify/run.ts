// Runs the check on a page of the server or in the file that works from disk.
import { render, type TemplateResult } from 'lit-html';
import { speakWith } from '../page/messages.ts';
import { runProgram } from '../page/program.ts';
import { givenFiles } from './choose-view.ts';
import type { ListedElection, Locale, Messages } from './data.ts';
import { makePerformer } from './effects.ts';
import { reduce } from './reduce.ts';
import type { VerifyView } from './screen.ts';
import { firstState, type VerifyEffect, type VerifyEvent, type VerifyState } from './state.ts';
import { verifyPage } from './view.ts';

export interface VerifyProgram {
  readonly stage: HTMLElement;
  readonly locale: Locale;
  readonly messagesIn: (locale: Locale) => Messages;
  readonly makeWorker: () => Worker;
  readonly version: string;
  readonly elections: readonly ListedElection[];
  readonly chosen: string;
  /** What is drawn around it. */
  readonly frame?: (view: VerifyView, state: VerifyState, page: TemplateResult) => TemplateResult;
}

export function runVerify(program: VerifyProgram): void {
  const { stage, elections, version, messagesIn, frame, makeWorker } = program;
  const chosen = elections.some(({ id }) => id === program.chosen) ? program.chosen : (elections[0]?.id ?? '');
  const viewIn = (locale: Locale): VerifyView => ({
    say: speakWith(messagesIn(locale)),
    dispatch: (event) => dispatch(event),
    elections,
    version,
    ...formatsIn(locale),
  });
  let spoken = { locale: program.locale, view: viewIn(program.locale) };
  const dispatch = runProgram<VerifyState, VerifyEvent, VerifyEffect>({
    first: { state: firstState({ locale: program.locale, election: chosen }), effects: [] },
    reduce,
    draw: (state) => {
      if (state.locale !== spoken.locale) spoken = { locale: state.locale, view: viewIn(state.locale) };
      const page = verifyPage(spoken.view, state);
      render(frame === undefined ? page : frame(spoken.view, state, page), stage);
    },
    perform: makePerformer({ stage, makeWorker }),
  });
  takeDroppedFiles(dispatch);
}

/** Anywhere on the page: a file dropped beside the place meant for it would otherwise be opened by the browser, and the page gone. */
function takeDroppedFiles(dispatch: (event: VerifyEvent) => void): void {
  const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
  window.addEventListener('dragover', (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    dispatch({ type: 'files-given', files: givenFiles(event.dataTransfer?.files) });
  });
}

/** Instants in the reader's own zone, which is named. */
function formatsIn(locale: Locale): Pick<VerifyView, 'formatNumber' | 'formatInstant'> {
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB';
  const numbers = new Intl.NumberFormat(tag);
  const instants = new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return {
    formatNumber: (value) => numbers.format(value),
    formatInstant: (value) => (Math.abs(value) <= 8.64e15 ? instants.format(value) : String(value)),
  };
}
