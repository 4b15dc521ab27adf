// Moves the trustee's page from one state to the next. Pure. Two rules behind it: nothing goes to the server before the key
// file that belongs to it was saved, and a first key file is opened again before its key counts.
import type { Step } from '../page/program.ts';
import type { Reply } from '../page/reply.ts';
import type { Seat } from './data.ts';
import {
  isWaiting,
  needsKey,
  type TrusteeEffect,
  type TrusteeEvent,
  type TrusteeState,
  type Unsaved,
} from './state.ts';

type TrusteeStep = Step<TrusteeState, TrusteeEffect>;

const stay = (state: TrusteeState): TrusteeStep => ({ state, effects: [] });
const heading = { type: 'focus-heading' } as const;

export function reduce(state: TrusteeState, event: TrusteeEvent): TrusteeStep {
  switch (event.type) {
    case 'seat-read':
      return read(state, event.reply);
    case 'make-pressed':
      return state.isBusy || state.seat === null
        ? stay(state)
        : { state: busy(state), effects: [{ type: 'make', seat: state.seat }] };
    case 'made':
      return keep(state, event.unsaved);
    case 'failed': {
      const { problem: keyProblem, faulty } = event;
      const next = { ...state, isBusy: false, progress: null, key: null, keyProblem, faulty };
      return { state: next, effects: [{ type: 'focus', id: 'key-file' }] };
    }
    case 'progressed':
      return stay({ ...state, progress: { done: event.done, total: event.total } });
    case 'stopped':
      return stay({ ...state, isBusy: false, progress: null, problem: event.failure });
    case 'opened':
      return goOn({ ...state, key: event.key, typedPassphrase: '', chosenFile: null });
    case 'go-on-pressed':
      return open(state);
    case 'file-chosen':
      return stay({ ...state, chosenFile: event.text });
    case 'passphrase-typed':
      return stay({ ...state, typedPassphrase: event.typed });
    case 'sent':
      return sent(state, event.reply);
    case 'save-pressed':
    case 'saved-pressed':
    case 'copy-pressed':
    case 'copied':
    case 'print-pressed':
    case 'noted-pressed':
    case 'passphrase-wanted':
    case 'prove-pressed':
    case 'proven':
      return state.unsaved === null ? stay(state) : reduceUnsaved(state, state.unsaved, event);
  }
}

const busy = (state: TrusteeState): TrusteeState => ({
  ...state,
  isBusy: true,
  keyProblem: null,
  faulty: null,
  problem: null,
});

function read(state: TrusteeState, reply: Reply): TrusteeStep {
  if (reply.kind === 'problem') return stay({ ...state, problem: reply });
  if (reply.kind === 'no-answer') return { state: { ...state, problem: reply }, effects: [{ type: 'read-seat-soon' }] };
  const seat = reply.body as unknown as Seat;
  const next: TrusteeState = { ...state, seat, problem: null };
  if (isWaiting(seat)) return { state: next, effects: [{ type: 'read-seat-soon' }] };
  // With the key at hand the next step of the ceremony asks for nothing; a share is given only when its trustee says so.
  return needsKey(seat) && seat.stage === 'making' && state.key !== null && !state.isBusy && state.unsaved === null
    ? goOn(next)
    : stay(next);
}

function open(state: TrusteeState): TrusteeStep {
  if (state.isBusy || state.seat === null) return stay(state);
  if (state.key !== null) return goOn(state);
  const { chosenFile: text, typedPassphrase } = state;
  if (text === null) {
    return { state: { ...state, keyProblem: 'no-file' }, effects: [{ type: 'focus', id: 'key-file' }] };
  }
  return { state: busy(state), effects: [{ type: 'open', text, passphrase: typedPassphrase }] };
}

function goOn(state: TrusteeState): TrusteeStep {
  const { seat, key } = state;
  if (seat === null || key === null || !needsKey(seat)) return stay({ ...state, isBusy: false });
  return { state: busy(state), effects: [{ type: 'go-on', seat, key }] };
}

/** A file that remembers nothing new need not be saved again. */
function keep(state: TrusteeState, unsaved: Unsaved): TrusteeStep {
  const next: TrusteeState = { ...state, isBusy: false, progress: null, isSaved: false };
  if (unsaved.text === '') {
    return { state: { ...busy(next), unsaved }, effects: [{ type: 'send', outgoing: unsaved.outgoing }] };
  }
  return { state: { ...next, unsaved, screen: 'save' }, effects: [heading] };
}

type UnsavedEvent = Extract<
  TrusteeEvent,
  {
    type:
      | 'save-pressed'
      | 'saved-pressed'
      | 'copy-pressed'
      | 'copied'
      | 'print-pressed'
      | 'noted-pressed'
      | 'passphrase-wanted'
      | 'prove-pressed'
      | 'proven';
  }
>;

function reduceUnsaved(state: TrusteeState, unsaved: Unsaved, event: UnsavedEvent): TrusteeStep {
  switch (event.type) {
    case 'save-pressed':
      return { state: { ...state, isSaved: true }, effects: [{ type: 'save', text: unsaved.text }] };
    case 'saved-pressed': {
      if (!state.isSaved || state.isBusy) return stay(state);
      return unsaved.isNew ? { state: { ...state, screen: 'paper' }, effects: [heading] } : send(state, unsaved);
    }
    case 'copy-pressed':
      return { state: { ...state, copied: null }, effects: [{ type: 'copy', text: unsaved.key.passphrase }] };
    case 'copied':
      return stay({ ...state, copied: event.worked ? 'yes' : 'no' });
    case 'print-pressed':
      return { state, effects: [{ type: 'print' }] };
    case 'noted-pressed':
      return { state: { ...state, screen: 'prove', copied: null, chosenFile: null }, effects: [heading] };
    case 'passphrase-wanted': {
      const back = { ...state, screen: 'paper', typedPassphrase: '', keyProblem: null } as const;
      return state.isBusy ? stay(state) : { state: back, effects: [heading] };
    }
    case 'prove-pressed':
      return prove(state, unsaved);
    case 'proven':
      return send(state, unsaved);
  }
}

function prove(state: TrusteeState, unsaved: Unsaved): TrusteeStep {
  if (state.isBusy) return stay(state);
  const { chosenFile: text, typedPassphrase: passphrase } = state;
  if (text === null) {
    return { state: { ...state, keyProblem: 'no-file' }, effects: [{ type: 'focus', id: 'key-file' }] };
  }
  return { state: busy(state), effects: [{ type: 'prove', text, passphrase, expected: unsaved.key }] };
}

const send = (state: TrusteeState, { outgoing }: Unsaved): TrusteeStep => ({
  state: busy(state),
  effects: [{ type: 'send', outgoing }],
});

function sent(state: TrusteeState, reply: Reply): TrusteeStep {
  if (state.unsaved === null) return stay(state);
  // Nothing is lost: what was made stays here, to be sent again.
  if (reply.kind !== 'ok') return stay({ ...state, isBusy: false, problem: reply });
  const { key, outgoing } = state.unsaved;
  const next: TrusteeState = {
    ...state,
    isBusy: false,
    key,
    unsaved: null,
    screen: 'home',
    typedPassphrase: '',
    chosenFile: null,
    head: outgoing.to === 'share' ? outgoing.head : null,
  };
  return { state: next, effects: [{ type: 'read-seat' }, heading] };
}
