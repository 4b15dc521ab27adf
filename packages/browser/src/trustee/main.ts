// The trustee page's composition root.
import { render } from 'lit-html';
import { readPageData, takeStage } from '../page/data.ts';
import { followDisplay } from '../page/display.ts';
import { insecurePage } from '../page/insecure.ts';
import { speakWith } from '../page/messages.ts';
import { runProgram } from '../page/program.ts';
import { warnBeforeLeaving } from '../page/unfinished.ts';
import type { TrusteeData } from './data.ts';
import { performEffect } from './effects.ts';
import { reduce } from './reduce.ts';
import type { TrusteeView } from './screen.ts';
import { firstState, isUnfinished, type TrusteeEffect, type TrusteeEvent, type TrusteeState } from './state.ts';
import { trusteePage } from './view.ts';

const data = readPageData('trustee-data') as TrusteeData;
const stage = takeStage('trustee');
followDisplay();
const say = speakWith(data.messages);
if (window.isSecureContext) run();
else render(insecurePage(say), stage);

function run(): void {
  let latest = firstState;
  const view: TrusteeView = { say, data, dispatch: (event) => dispatch(event) };
  const dispatch = runProgram<TrusteeState, TrusteeEvent, TrusteeEffect>({
    first: { state: firstState, effects: [{ type: 'read-seat' }] },
    reduce,
    draw: (state) => {
      latest = state;
      render(trusteePage(view, state), stage);
    },
    perform: (effect, send) => performEffect(data, stage, effect, send),
  });
  warnBeforeLeaving(() => isUnfinished(latest));
}
