// The composition root of the page on which a key is proven again.
import { render } from 'lit-html';
import { readPageData, takeStage } from '../page/data.ts';
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { insecurePage } from '../page/insecure.ts';
import { speakWith } from '../page/messages.ts';
import { runProgram } from '../page/program.ts';
import { postJson } from '../page/reply.ts';
import { reduceAgain } from './again-reduce.ts';
import { type AgainData, type AgainEffect, type AgainEvent, type AgainState, firstAgain } from './again-state.ts';
import { againPage, type AgainView } from './again-view.ts';
import { proveKey } from './proof.ts';

const data = readPageData('proof-data') as AgainData;
const stage = takeStage('proof');
const say = speakWith(data.messages);
if (window.isSecureContext) run();
else
  render(
    insecurePage((key, values) => say(key === 'insecure-title' ? 'again-insecure-title' : key, values)),
    stage,
  );

function run(): void {
  const view: AgainView = { say, data, dispatch: (event) => dispatch(event) };
  const dispatch = runProgram<AgainState, AgainEvent, AgainEffect>({
    first: { state: firstAgain(data.keyShares), effects: [] },
    reduce: reduceAgain,
    draw: (state) => render(againPage(view, state), stage),
    perform,
  });
}

function perform(effect: AgainEffect, dispatch: (event: AgainEvent) => void): void {
  const { fingerprint, keyShares } = data;
  switch (effect.type) {
    case 'focus-heading':
      return focusOnHeading(stage);
    case 'focus':
      return focusOn(effect.id);
    case 'prove': {
      const expected = { publicKeyPem: '', fingerprint, keyShares };
      return void proveKey({ ...effect, expected, wanted: keyShares?.needed ?? 0 }).then(dispatch);
    }
    case 'record':
      return void postJson(data.proofUrl, { fingerprint, possessionProven: true }).then((reply) =>
        dispatch({ type: 'record-answered', reply }),
      );
  }
}
