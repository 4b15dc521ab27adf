// Moves the opening from stage to stage. A late word of a stopped opening finds no stage that listens to it.
import { parsePassphrase } from '@votix/protocol';
import type { Step } from '../page/program.ts';
import type { Failure, Reply } from '../page/reply.ts';
import { emptyFields, fieldOf, replaced } from '../page/shares.ts';
import {
  firstState,
  type DeliberationEffect,
  type DeliberationEvent,
  type DeliberationState,
  type KeyProblem,
  type Stage,
} from './state.ts';

export type DeliberationStep = Step<DeliberationState, DeliberationEffect>;
type Handlers = {
  readonly [Type in DeliberationEvent['type']]?: (
    state: DeliberationState,
    event: Extract<DeliberationEvent, { type: Type }>,
  ) => DeliberationStep;
};

const keyHandlers: Handlers = {
  'file-chosen': (state, { text }) => stay({ ...state, chosenFile: text }),
  'passphrase-typed': (state, { typed }) => stay({ ...state, typedPassphrase: typed }),
  'share-typed': (state, { at, typed }) => stay({ ...state, typedShares: replaced(state.typedShares, at, typed) }),
  'open-pressed': (state) => (state.isBusy ? stay(state) : openKey(state)),
  'key-refused': (state, { problem }) => complain(state, problem),
  'key-opened': (state, { privateKey, fingerprint }) => {
    if (fingerprint !== state.fingerprint) return complain(state, { kind: 'other-key', fingerprint });
    const typedShares = emptyFields(state.typedShares.length);
    const forgotten = { chosenFile: null, typedPassphrase: '', typedShares, keyProblem: null, isBusy: false };
    return openBox({ ...state, ...forgotten, privateKey });
  },
};

const openingHandlers: Handlers = {
  progressed: (state, { progress }) => stay({ ...state, progress }),
  'box-opened': (state, { opened }) => enter({ ...state, opened, privateKey: null, progress: null }, 'result'),
  'box-failed': (state, { problem }) => enter({ ...state, boxProblem: problem, progress: null }, 'failed'),
  'cancel-pressed': (state) => startAgain(state),
};

const failedHandlers: Handlers = {
  'retry-pressed': (state) => openBox({ ...state, boxProblem: null }),
  'cancel-pressed': (state) => startAgain(state),
};

const resultHandlers: Handlers = {
  'record-pressed': (state) => {
    if (state.isBusy || state.opened === null) return stay(state);
    return {
      state: { ...state, isBusy: true, recordProblem: null },
      effects: [{ type: 'record', opened: state.opened }],
    };
  },
  'record-answered': (state, { reply }) => believe({ ...state, isBusy: false }, reply),
};

const STAGE_HANDLERS: Readonly<Record<Stage, Handlers>> = {
  key: keyHandlers,
  opening: openingHandlers,
  failed: failedHandlers,
  result: resultHandlers,
  done: {},
};

export function reduce(state: DeliberationState, event: DeliberationEvent): DeliberationStep {
  const handle = STAGE_HANDLERS[state.stage][event.type] as
    ((state: DeliberationState, event: DeliberationEvent) => DeliberationStep) | undefined;
  return handle === undefined ? stay(state) : handle(state, event);
}

function stay(state: DeliberationState): DeliberationStep {
  return { state, effects: [] };
}

function enter(state: DeliberationState, stage: Stage): DeliberationStep {
  return { state: { ...state, stage }, effects: [{ type: 'focus-heading' }] };
}

function openKey(state: DeliberationState): DeliberationStep {
  const { chosenFile: keyFile, keyShares, typedShares: typed } = state;
  if (keyFile === null) return complain(state, { kind: 'no-file' });
  const busy = { ...state, isBusy: true, keyProblem: null };
  if (keyShares !== null)
    return { state: busy, effects: [{ type: 'open-key-with-shares', keyFile, typed, keyShares }] };
  const parsed = parsePassphrase(state.typedPassphrase);
  if (!parsed.ok) return complain(state, { kind: parsed.reason });
  return { state: busy, effects: [{ type: 'open-key', keyFile, passphrase: parsed.passphrase }] };
}

export function isOfPassphrase(
  problem: KeyProblem,
): problem is { readonly kind: 'malformed-passphrase' | 'wrong-passphrase' } {
  return problem.kind === 'malformed-passphrase' || problem.kind === 'wrong-passphrase';
}

function complain(state: DeliberationState, problem: KeyProblem): DeliberationStep {
  return {
    state: { ...state, isBusy: false, keyProblem: problem },
    effects: [{ type: 'focus', id: fieldAtFault(state, problem) }],
  };
}

function fieldAtFault({ typedShares }: DeliberationState, problem: KeyProblem): string {
  if (problem.kind === 'shares') return fieldOf(problem.shares, typedShares);
  return isOfPassphrase(problem) ? 'passphrase' : 'key-file';
}

function openBox(state: DeliberationState): DeliberationStep {
  if (state.privateKey === null) return startAgain(state);
  const { effects, state: opening } = enter({ ...state, progress: null }, 'opening');
  return { state: opening, effects: [...effects, { type: 'open-box', privateKey: state.privateKey }] };
}

function startAgain(state: DeliberationState): DeliberationStep {
  return {
    state: firstState(state.fingerprint, state.keyShares),
    effects: [{ type: 'stop' }, { type: 'focus-heading' }],
  };
}

function believe(state: DeliberationState, reply: Reply): DeliberationStep {
  if (reply.kind === 'ok' && reply.body['status'] === 'deliberated') return enter(state, 'done');
  const recordProblem: Failure = reply.kind === 'ok' ? { kind: 'no-answer' } : reply;
  return { state: { ...state, recordProblem }, effects: [{ type: 'focus', id: 'problem' }] };
}
