// The registrar page's composition root.
import { render } from 'lit-html';
import { readPageData, takeStage } from '../page/data.ts';
import { followDisplay } from '../page/display.ts';
import { insecurePage } from '../page/insecure.ts';
import { speakWith } from '../page/messages.ts';
import { runProgram } from '../page/program.ts';
import { warnBeforeLeaving } from '../page/unfinished.ts';
import type { RegistrarData } from './data.ts';
import { performEffect } from './effects.ts';
import { reduce } from './reduce.ts';
import type { RegistrarView } from './screen.ts';
import { firstState, isUnfinished, type RegistrarEffect, type RegistrarEvent, type RegistrarState } from './state.ts';
import { registrarPage } from './view.ts';

const data = readPageData('registrar-data') as RegistrarData;
const stage = takeStage('registrar');
followDisplay();
const say = speakWith(data.messages);
if (window.isSecureContext) run();
else render(insecurePage(say), stage);

function run(): void {
  let latest = firstState;
  const view: RegistrarView = { say, data, dispatch: (event) => dispatch(event) };
  const dispatch = runProgram<RegistrarState, RegistrarEvent, RegistrarEffect>({
    first: { state: firstState, effects: [{ type: 'read-seat' }] },
    reduce: (state, event) => reduce(state, event, data.locale),
    draw: (state) => {
      latest = state;
      render(registrarPage(view, state), stage);
    },
    perform: (effect, send) => performEffect(data, stage, effect, send),
  });
  window.addEventListener('beforeprint', () => dispatch({ type: 'printing', begins: true }));
  window.addEventListener('afterprint', () => dispatch({ type: 'printing', begins: false }));
  warnBeforeLeaving(() => isUnfinished(latest));
}
