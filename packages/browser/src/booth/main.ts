// The booth's composition root: reads the page, checks that it can seal at all, starts the loop, listens to the browser.
import { render } from 'lit-html';
import { readPageData, takeStage } from '../page/data.ts';
import { followDisplay } from '../page/display.ts';
import { focusOnHeading } from '../page/focus.ts';
import { speakWith } from '../page/messages.ts';
import { runProgram } from '../page/program.ts';
import { credentialInAddress } from './credential.ts';
import type { BoothData } from './data.ts';
import { isUrgent, performEffect, type BoothWorld } from './effects.ts';
import { insecureScreen, unreadyScreen } from './end-views.ts';
import { forgetBallot, recallBallot } from './memory.ts';
import { reduce } from './reduce.ts';
import { rehearseSending } from './reduce-sending.ts';
import { makeSealer, type Sealer, WARM_UP_AFTER_MS } from './sealer.ts';
import { firstState, type BoothEffect, type BoothEvent, type BoothState, type SealedVote } from './state.ts';
import { boothPage, boothTitle } from './view.ts';
import type { BoothView } from './screen.ts';

async function start(): Promise<void> {
  const data = readPageData('booth-data') as BoothData;
  if (data.isDoor && recallBallot(data.storageKey) === null) return;
  const say = speakWith(data.messages);
  const page = { data, say };
  if (!window.isSecureContext) return showInstead(insecureScreen(page), say('insecure-title'));
  await nextTask();
  // A browser whose cryptography refuses the key throws; the voter must read why, not wait for ever.
  const sealer = await makeSealer(data).catch(() => null);
  if (sealer === null) return data.isDoor ? undefined : showInstead(unreadyScreen(page), say('unready-title'));
  const remembered = await recallVote(data.storageKey, sealer);
  if (data.isDoor && remembered === null) return; // nothing to send again: the door stands
  await nextTask();
  const stage = takeStage('booth');
  const view: BoothView = { ...page, definition: sealer.definition, dispatch: (event) => dispatch(event) };
  const credential = data.verifiable === null ? null : credentialInAddress(location);
  const dispatch = runBooth({ view, stage, sealer, credential }, remembered);
  listenToBrowser(dispatch);
  setTimeout(() => rehearseSending(sealer.definition.contests), WARM_UP_AFTER_MS);
}

/** Starting the program, preparing the key and drawing are a task each: in one they would stop a slow phone for longer than one feels. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function runBooth(world: BoothWorld, remembered: SealedVote | null): (event: BoothEvent) => void {
  const { view, stage, credential } = world;
  const asksCredential = view.data.verifiable !== null && credential === null;
  const state = firstState(view.definition.contests, remembered, asksCredential);
  history.replaceState({ screen: state.screen }, '');
  return runProgram<BoothState, BoothEvent, BoothEffect>({
    first: { state, effects: remembered === null ? [] : [{ type: 'focus-heading' }] },
    reduce,
    draw: (next) => {
      render(boothPage(view, next), stage);
      document.title = boothTitle(view, next);
    },
    perform: (effect, dispatch) => performEffect(world, effect, dispatch),
    isUrgent,
  });
}

/** Only a ballot of this very election and key is worth sending again. */
async function recallVote(key: string, sealer: Sealer): Promise<SealedVote | null> {
  const ballot = recallBallot(key);
  const vote = ballot === null ? null : await sealer.recall(ballot);
  if (ballot !== null && vote === null) forgetBallot(key);
  return vote;
}

function listenToBrowser(dispatch: (event: BoothEvent) => void): void {
  window.addEventListener('popstate', (event) => {
    const { screen } = (event.state ?? {}) as { screen?: unknown };
    dispatch({ type: screen === 'review' ? 'went-forward' : 'went-back' });
  });
  window.addEventListener('online', () => dispatch({ type: 'retry-due' }));
  // A page brought back from the browser's memory may be before someone else's eyes: begin again, without the choice.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && document.querySelector('#booth form') !== null) location.reload();
  });
}

function showInstead(screen: Parameters<typeof render>[0], title: string): void {
  const stage = takeStage('booth');
  render(screen, stage);
  document.title = title;
  focusOnHeading(stage);
}

followDisplay();
await start();
