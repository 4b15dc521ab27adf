// Moves the arm wizard from stage to stage. Each stage knows only its own events, so no stage can be skipped.
import { confirmHandlers, proveHandlers } from './reduce-proof.ts';
import { firstState, type KeysEvent, type KeysState, type Stage } from './state.ts';
import { enter, stay, type KeysStep, type StageHandlers } from './step.ts';

const explainHandlers: StageHandlers = {
  'make-pressed': (state) => {
    if (state.isBusy) return stay(state);
    return { state: { ...state, isBusy: true, makingFailed: false }, effects: [{ type: 'make' }] };
  },
  made: (state, { keys }) => enter({ ...state, isBusy: false, secrets: keys }, 'save'),
  'making-failed': (state) => stay({ ...state, isBusy: false, makingFailed: true }),
};

const saveHandlers: StageHandlers = {
  'save-pressed': (state) => {
    if (state.secrets === null) return stay(state);
    return { state: { ...state, isSaved: true }, effects: [{ type: 'save', keyFile: state.secrets.keyFile }] };
  },
  'saved-pressed': (state) => (state.isSaved ? enter(state, 'passphrase') : stay(state)),
};

const passphraseHandlers: StageHandlers = {
  'copy-pressed': (state) => {
    if (state.secrets === null) return stay(state);
    return { state: { ...state, copied: null }, effects: [{ type: 'copy', text: state.secrets.passphrase }] };
  },
  copied: (state, { worked }) => stay({ ...state, copied: worked ? 'yes' : 'no' }),
  'print-pressed': (state) => ({ state, effects: [{ type: 'print' }] }),
  'noted-pressed': (state) => enter({ ...state, copied: null }, 'prove'),
};

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
