// Does what the check asks for: fetches, has workers check, saves, prints. One check at a time.
import { focusOn, focusOnHeading } from '../page/focus.ts';
import { measurePace } from '../page/pace.ts';
import { saveTextFile } from '../page/save-file.ts';
import { startChecking, type Checking } from './checking.ts';
import type { ListedElection } from './data.ts';
import { fetchFiles } from './fetched.ts';
import type { Report } from './report.ts';
import type { VerifyEffect, VerifyEvent } from './state.ts';
import type { GivenFile, LeadAnswer } from './worker-messages.ts';

export interface VerifyWorld {
  readonly stage: HTMLElement;
  readonly makeWorker: () => Worker;
}

type Dispatch = (event: VerifyEvent) => void;

export function makePerformer({ stage, makeWorker }: VerifyWorld): (effect: VerifyEffect, dispatch: Dispatch) => void {
  let running: { readonly fetching: AbortController; checking: Checking | null } | null = null;
  const stop = () => {
    running?.fetching.abort();
    running?.checking?.stop();
    running = null;
  };
  const check = (files: readonly GivenFile[], dispatch: Dispatch) => {
    const onAnswer = answerTeller(dispatch);
    const onBroken = () => dispatch({ type: 'failed', problem: { kind: 'workers' } });
    return startChecking({ files, makeWorker, onAnswer, onBroken });
  };
  const fetchAndCheck = async (election: ListedElection, dispatch: Dispatch) => {
    const own = (running = { fetching: new AbortController(), checking: null as Checking | null });
    const files = await fetchFiles(election, own.fetching.signal, (done) =>
      dispatch({ type: 'progressed', progress: { doing: 'fetching', done, total: 0, secondsLeft: null } }),
    );
    if (own.fetching.signal.aborted) return;
    if (files === null) return dispatch({ type: 'failed', problem: { kind: 'unreachable' } });
    own.checking = check(files, dispatch);
  };
  return (effect, dispatch) => {
    switch (effect.type) {
      case 'focus-heading':
        // With the next frame: the long report is drawn in one task, laid out in another, and the page never waits for both.
        requestAnimationFrame(() => focusOnHeading(stage.querySelector<HTMLElement>('.verify') ?? stage));
        return;
      case 'focus':
        return focusOn(effect.id);
      case 'fetch':
        return void fetchAndCheck(effect.election, dispatch);
      case 'check':
        running = { fetching: new AbortController(), checking: check(effect.files, dispatch) };
        return;
      case 'stop':
        return stop();
      case 'find':
        return running?.checking?.find(effect.typed);
      case 'save':
        return saveTextFile(nameOfReport(effect.report), `${effect.report.json}\n`);
      case 'print':
        return window.print();
    }
  };
}

function answerTeller(dispatch: Dispatch): (answer: Exclude<LeadAnswer, { readonly type: 'want-hands' }>) => void {
  let pace: ReturnType<typeof measurePace> | null = null;
  return (answer) => {
    switch (answer.type) {
      case 'progress': {
        const { doing, done, total } = answer;
        if (doing === 'ballots') pace ??= measurePace(total);
        const secondsLeft = doing === 'ballots' && pace !== null ? pace(done).secondsLeft : null;
        return dispatch({ type: 'progressed', progress: { doing, done, total, secondsLeft } });
      }
      case 'refused':
        return dispatch({ type: 'failed', problem: { kind: 'file', problem: answer.problem } });
      case 'reported':
        return dispatch({ type: 'reported', report: answer.report, at: Date.now() });
      case 'found':
        return dispatch({ type: 'receipt-answered', answer: answer.answer });
    }
  };
}

function nameOfReport({ fileName }: Report): string {
  return `${fileName.replace(/\.[a-z]{1,5}$/i, '')}-report.json`;
}
