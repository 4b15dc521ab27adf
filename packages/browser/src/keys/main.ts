// The arm page's composition root.
import { parseDefinition } from '@votix/protocol';
import { render } from 'lit-html';
import { assert } from '../page/assert.ts';
import { readPageData, takeStage } from '../page/data.ts';
import { insecurePage } from '../page/insecure.ts';
import { speakWith } from '../page/messages.ts';
import { runProgram } from '../page/program.ts';
import { warnBeforeLeaving } from '../page/unfinished.ts';
import type { KeysData } from './data.ts';
import { performEffect } from './effects.ts';
import { reduce } from './reduce.ts';
import { firstState, isUnfinished, type KeysEffect, type KeysEvent, type KeysState } from './state.ts';
import { keysPage, keysTitle } from './view.ts';
import type { KeysView } from './screen.ts';

const data = readPageData('keys-data') as KeysData;
const stage = takeStage('keys');
const say = speakWith(data.messages);
if (window.isSecureContext && data.secure) runWizard();
else render(insecurePage(say), stage);

function runWizard(): void {
  const parsed = parseDefinition(data.definition);
  assert(parsed.ok, 'the page carries the definition that arming freezes');
  let latest = firstState(data.electionName);
  const view: KeysView = { say, data, definition: parsed.definition, dispatch: (event) => dispatch(event) };
  const dispatch = runProgram<KeysState, KeysEvent, KeysEffect>({
    first: { state: latest, effects: [] },
    reduce,
    draw: (state) => {
      latest = state;
      render(keysPage(view, state), stage);
      document.title = keysTitle(view, state);
    },
    perform: (effect, send) => performEffect(data, stage, effect, send),
  });
  warnBeforeLeaving(() => isUnfinished(latest));
}
