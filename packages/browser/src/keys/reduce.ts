// Moves the arm wizard from stage to stage. Each stage knows only its own events, so no stage can be skipped.
import { isSplit } from '@votix/protocol';
import { emptyFields } from '../page/shares.ts';
import { confirmHandlers, proveHandlers } from './reduce-proof.ts';
import { firstState, type KeysEvent, type KeysState, type Stage } from './state.ts';
import { enter, stay, type KeysStep, type StageHandlers } from './step.ts';

const explainHandlers: StageHandlers = {
  'way-chosen': (state, { way }) => (state.isBusy ? stay(state) : stay({ ...state, way, isWrongSplit: false })),
  'holders-typed': (state, { typed }) => stay({ ...state, typedHolders: typed }),
  'needed-typed': (state, { typed }) => stay({ ...state, typedNeeded: typed }),
  'make-pressed': (state) => (state.isBusy ? stay(state) : begin(state)),
  made: (state, { keys }) => enter({ ...state, isBusy: false, secrets: keys }, 'save'),
  'making-failed': (state) => stay({ ...state, isBusy: false, makingFailed: true }),
};

function begin(state: KeysState): KeysStep {
  if (state.way === 'own') return enter({ ...state, isWrongSplit: false }, 'prove');
  const split = state.way === 'one' ? null : { holders: Number(state.typedHolders), needed: Number(state.typedNeeded) };
  if (split !== null && !isSplit(split.holders, split.needed)) {
    return { state: { ...state, isWrongSplit: true }, effects: [{ type: 'focus', id: 'holders' }] };
  }
  const making = { ...state, isBusy: true, makingFailed: false, isWrongSplit: false };
  return { state: making, effects: [{ type: 'make', split }] };
}

const saveHandlers: StageHandlers = {
  'save-pressed': (state) => {
    if (state.secrets === null) return stay(state);
    return { state: { ...state, isSaved: true }, effects: [{ type: 'save', keyFile: state.secrets.keyFile }] };
  },
  'saved-pressed': (state) => (state.isSaved ? enter({ ...state, paper: 0 }, 'passphrase') : stay(state)),
};

const passphraseHandlers: StageHandlers = {
  'copy-pressed': (state) => {
    const text = state.secrets?.papers[state.paper];
    return text === undefined ? stay(state) : { state: { ...state, copied: null }, effects: [{ type: 'copy', text }] };
  },
  copied: (state, { worked }) => stay({ ...state, copied: worked ? 'yes' : 'no' }),
  'print-pressed': (state) => ({ state, effects: [{ type: 'print' }] }),
  'former-paper-pressed': (state) => turnTo(state, Math.max(0, state.paper - 1)),
  'noted-pressed': (state) => {
    const papers = state.secrets?.papers.length ?? 0;
    return state.paper + 1 < papers ? turnTo(state, state.paper + 1) : toProof(state);
  },
};

function turnTo(state: KeysState, paper: number): KeysStep {
  return enter({ ...state, paper, copied: null }, 'passphrase');
}

function toProof(state: KeysState): KeysStep {
  const typedShares = emptyFields(state.secrets?.keyShares?.holders ?? 0);
  return enter({ ...state, copied: null, typedShares }, 'prove');
}

const STAGE_HANDLERS: Readonly<Record<Stage, StageHandlers>> = {
  explain: explainHandlers,
  save: saveHandlers,
  passphrase: passphraseHandlers,
  prove: proveHandlers,
  confirm: confirmHandlers,
  done: {},
};

export function reduce(state: KeysState, event: KeysEvent): KeysStep {
  if (event.type === 'start-over-pressed' && !state.isBusy && state.stage !== 'done') {
    return enter(firstState(state.electionName), 'explain');
  }
  const handle = STAGE_HANDLERS[state.stage][event.type] as
    ((state: KeysState, event: KeysEvent) => KeysStep) | undefined;
  return handle === undefined ? stay(state) : handle(state, event);
}
