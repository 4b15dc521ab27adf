// The deliberation page's composition root.
import { readBallotContext } from '@votix/protocol';
import { render } from 'lit-html';
import { assert } from '../page/assert.ts';
import { readPageData, takeStage } from '../page/data.ts';
import { insecurePage } from '../page/insecure.ts';
import { speakWith } from '../page/messages.ts';
import { runProgram } from '../page/program.ts';
import { warnBeforeLeaving } from '../page/unfinished.ts';
import type { DeliberationData } from './data.ts';
import { makePerformer } from './effects.ts';
import { reduce } from './reduce.ts';
import {
  firstState,
  isUnfinished,
  type DeliberationEffect,
  type DeliberationEvent,
  type DeliberationState,
} from './state.ts';
import { deliberationPage, deliberationTitle } from './view.ts';
import type { DeliberationView } from './screen.ts';

const data = readPageData('deliberation-data') as DeliberationData;
const stage = takeStage('deliberation');
const say = speakWith(data.messages);
if (window.isSecureContext) runDeliberation();
else render(insecurePage(say), stage);

function runDeliberation(): void {
  const read = readBallotContext(data.definition, data.publicKey);
  assert(read.ok && read.context.fingerprint === data.fingerprint, 'the page carries the armed definition and key');
  const { definition } = read.context;
  let latest = firstState(data.fingerprint, data.keyShares);
  const view: DeliberationView = { say, data, definition, ...numberFormats(), dispatch: (event) => dispatch(event) };
  const dispatch = runProgram<DeliberationState, DeliberationEvent, DeliberationEffect>({
    first: { state: latest, effects: [] },
    reduce,
    draw: (state) => {
      latest = state;
      render(deliberationPage(view, state), stage);
      document.title = deliberationTitle(view, state);
    },
    perform: makePerformer({ data, definition, stage }),
  });
  warnBeforeLeaving(() => isUnfinished(latest));
}

function numberFormats(): Pick<DeliberationView, 'formatNumber' | 'formatShare'> {
  const tag = data.locale === 'fr' ? 'fr-FR' : 'en-GB';
  const numbers = new Intl.NumberFormat(tag);
  const shares = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  return {
    formatNumber: (value) => numbers.format(value),
    formatShare: (part, whole) => (whole === 0 ? '–' : shares.format(part / whole)),
  };
}
