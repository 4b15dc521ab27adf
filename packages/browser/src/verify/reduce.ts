// Moves the check from stage to stage. A late word of a stopped check finds no stage that listens to it.
import type { Step } from '../page/program.ts';
import { firstState, type Stage, type VerifyEffect, type VerifyEvent, type VerifyState } from './state.ts';

export type VerifyStep = Step<VerifyState, VerifyEffect>;
type Handlers = {
  readonly [Type in VerifyEvent['type']]?: (
    state: VerifyState,
    event: Extract<VerifyEvent, { type: Type }>,
  ) => VerifyStep;
};

const everywhere: Handlers = {
  'language-chosen': (state, { locale }) => stay({ ...state, locale }),
};

const chooseHandlers: Handlers = {
  'election-chosen': (state, { id }) => stay({ ...state, election: id }),
  'election-pressed': (state, { elections }) => {
    const election = elections.find(({ id }) => id === state.election);
    return election === undefined ? stay(state) : start(state, { type: 'fetch', election });
  },
  'files-given': (state, { files }) =>
    files.length === 0 ? complain(state, { kind: 'file', problem: 'nothing' }) : start(state, { type: 'check', files }),
};

const checkingHandlers: Handlers = {
  progressed: (state, { progress }) => stay({ ...state, progress }),
  failed: (state, { problem }) => giveUp(state, problem),
  reported: (state, { report, at }) => ({
    state: { ...state, stage: 'report', report, checkedAt: at },
    effects: [{ type: 'focus-heading' }],
  }),
  'cancel-pressed': (state) => startAgain(state),
};

const reportHandlers: Handlers = {
  'again-pressed': (state) => startAgain(state),
  'receipt-typed': (state, { typed }) => stay({ ...state, typedReceipt: typed, receiptAnswer: null }),
  'receipt-pressed': (state) => ({ state, effects: [{ type: 'find', typed: state.typedReceipt }] }),
  'receipt-answered': (state, { answer }) => ({
    state: { ...state, receiptAnswer: answer },
    effects: answer.kind === 'malformed' ? [{ type: 'focus', id: 'receipt' }] : [],
  }),
  'save-pressed': (state) => ({
    state,
    effects: state.report === null ? [] : [{ type: 'save', report: state.report }],
  }),
  'print-pressed': (state) => ({ state, effects: [{ type: 'print' }] }),
  // Dropped on the report: the next check.
  'files-given': (state, { files }) =>
    files.length === 0 ? stay(state) : start(state, { type: 'check', files }, [{ type: 'stop' }]),
};

const STAGE_HANDLERS: Readonly<Record<Stage, Handlers>> = {
  choose: { ...everywhere, ...chooseHandlers },
  checking: { ...everywhere, ...checkingHandlers },
  report: { ...everywhere, ...reportHandlers, failed: (state, { problem }) => giveUp(state, problem) },
};

export function reduce(state: VerifyState, event: VerifyEvent): VerifyStep {
  const handle = STAGE_HANDLERS[state.stage][event.type] as
    ((state: VerifyState, event: VerifyEvent) => VerifyStep) | undefined;
  return handle === undefined ? stay(state) : handle(state, event);
}

function stay(state: VerifyState): VerifyStep {
  return { state, effects: [] };
}

const again = ({ locale, election }: VerifyState): VerifyState => firstState({ locale, election });

function start(state: VerifyState, effect: VerifyEffect, before: readonly VerifyEffect[] = []): VerifyStep {
  return { state: { ...again(state), stage: 'checking' }, effects: [...before, { type: 'focus-heading' }, effect] };
}

function complain(state: VerifyState, problem: NonNullable<VerifyState['problem']>): VerifyStep {
  return { state: { ...state, problem }, effects: [{ type: 'focus', id: 'problem' }] };
}

/** Nothing is known about the file; what was chosen stays. */
function giveUp(state: VerifyState, problem: NonNullable<VerifyState['problem']>): VerifyStep {
  const { state: next, effects } = complain(again(state), problem);
  return { state: next, effects: [{ type: 'stop' }, ...effects] };
}

function startAgain(state: VerifyState): VerifyStep {
  return { state: again(state), effects: [{ type: 'stop' }, { type: 'focus-heading' }] };
}
