// Moves the registrar's page from one state to the next. Pure. Two rules behind it: nothing goes to the server before the file
// with the codes was saved and opened again, and only the public parts ever go there.
import type { Step } from '../page/program.ts';
import type { Reply } from '../page/reply.ts';
import type { Seat } from './data.ts';
import { lettersOf, listOf } from './letters.ts';
import type { Made, RegistrarEffect, RegistrarEvent, RegistrarState } from './state.ts';

type RegistrarStep = Step<RegistrarState, RegistrarEffect>;

const stay = (state: RegistrarState): RegistrarStep => ({ state, effects: [] });
const heading = { type: 'focus-heading' } as const;

export function reduce(state: RegistrarState, event: RegistrarEvent, locale: 'en' | 'fr' = 'en'): RegistrarStep {
  switch (event.type) {
    case 'seat-read':
      return read(state, event.reply);
    case 'look-pressed':
      return { state, effects: [{ type: 'read-seat' }] };
    case 'make-pressed':
      return state.isBusy || state.seat === null
        ? stay(state)
        : { state: busy(state), effects: [{ type: 'make', seat: state.seat }] };
    case 'progressed':
      return stay({ ...state, progress: { done: event.done, total: event.total } });
    case 'made': {
      const next = { ...idle(state), made: event.made, screen: 'save' as const, isSaved: false, isProven: false };
      return { state: next, effects: [heading] };
    }
    case 'failed':
      return { state: { ...idle(state), fileProblem: event.problem }, effects: [{ type: 'focus', id: 'key-file' }] };
    case 'stopped':
      return stopped(state, event.reply);
    case 'file-chosen':
      return stay({ ...state, chosenFile: event.text });
    case 'passphrase-typed':
      return stay({ ...state, typedPassphrase: event.typed });
    case 'open-pressed':
    case 'prove-pressed':
      return open(state);
    case 'opened':
      return opened(state, event.file);
    case 'handed-in':
      return handedIn(state);
    case 'choice-made':
      return stay({ ...state, choice: event.choice });
    case 'list-pressed':
      return saveList(state, locale);
    case 'printing':
      return stay({ ...state, isPrinting: event.begins });
    case 'print-pressed':
      return { state, effects: [{ type: 'print' }] };
    case 'copied':
      return stay({ ...state, copied: event.worked ? 'yes' : 'no' });
    case 'save-pressed':
    case 'saved-pressed':
    case 'copy-pressed':
    case 'noted-pressed':
    case 'passphrase-wanted':
      return state.made === null ? stay(state) : keep(state, state.made, event.type);
  }
}

const busy = (state: RegistrarState): RegistrarState => ({ ...state, isBusy: true, fileProblem: null, problem: null });
const idle = (state: RegistrarState): RegistrarState => ({ ...state, isBusy: false, progress: null });

function read(state: RegistrarState, reply: Reply): RegistrarStep {
  if (reply.kind === 'problem') return stay({ ...state, problem: reply });
  if (reply.kind === 'no-answer') return { state: { ...state, problem: reply }, effects: [{ type: 'read-seat-soon' }] };
  return stay({ ...state, seat: reply.body as unknown as Seat, problem: null });
}

/** Nothing is lost: what was made stays here, to be handed in again. */
function stopped(state: RegistrarState, reply: Reply): RegistrarStep {
  if (reply.kind === 'ok') return stay(idle(state));
  return stay({ ...idle(state), problem: reply });
}

type KeepEvent = 'save-pressed' | 'saved-pressed' | 'copy-pressed' | 'noted-pressed' | 'passphrase-wanted';

function keep(state: RegistrarState, made: Made, event: KeepEvent): RegistrarStep {
  switch (event) {
    case 'save-pressed':
      return { state: { ...state, isSaved: true }, effects: [{ type: 'save', text: made.text }] };
    case 'saved-pressed':
      return state.isSaved ? { state: { ...state, screen: 'paper' }, effects: [heading] } : stay(state);
    case 'copy-pressed':
      return { state: { ...state, copied: null }, effects: [{ type: 'copy', text: made.passphrase }] };
    case 'noted-pressed':
      return { state: { ...state, screen: 'prove', copied: null, chosenFile: null }, effects: [heading] };
    case 'passphrase-wanted': {
      const back = { ...state, screen: 'paper', typedPassphrase: '', fileProblem: null } as const;
      return state.isBusy || state.isProven ? stay(state) : { state: back, effects: [heading] };
    }
  }
}

/** To prove what was saved, or later to print from it. Once it is proven, the button hands in again. */
function open(state: RegistrarState): RegistrarStep {
  if (state.isBusy) return stay(state);
  const { chosenFile: text, typedPassphrase: passphrase, made } = state;
  if (made !== null && state.isProven) return { state: busy(state), effects: [{ type: 'hand-in', made }] };
  if (text === null)
    return { state: { ...state, fileProblem: 'no-file' }, effects: [{ type: 'focus', id: 'key-file' }] };
  return { state: busy(state), effects: [{ type: 'open', text, passphrase }] };
}

function opened(state: RegistrarState, file: NonNullable<RegistrarState['file']>): RegistrarStep {
  const { made, seat } = state;
  const isOther =
    made === null
      ? file.uuid !== seat?.uuid || file.attempt !== seat.attempt
      : JSON.stringify(file) !== JSON.stringify(made.file);
  if (isOther) {
    const next = { ...idle(state), fileProblem: 'other-file' as const };
    return { state: next, effects: [{ type: 'focus', id: 'key-file' }] };
  }
  if (made !== null) return { state: { ...busy(state), isProven: true }, effects: [{ type: 'hand-in', made }] };
  return toLetters(state, file);
}

function handedIn(state: RegistrarState): RegistrarStep {
  if (state.made === null) return stay(state);
  const { state: next, effects } = toLetters(state, state.made.file);
  return { state: { ...next, made: null }, effects: [{ type: 'read-seat' }, ...effects] };
}

function toLetters(state: RegistrarState, file: NonNullable<RegistrarState['file']>): RegistrarStep {
  const cleared = { typedPassphrase: '', chosenFile: null, fileProblem: null, problem: null };
  return { state: { ...idle(state), ...cleared, file, screen: 'letters' }, effects: [heading] };
}

function saveList(state: RegistrarState, locale: 'en' | 'fr'): RegistrarStep {
  if (state.file === null) return stay(state);
  const text = listOf(lettersOf(state.file, state.seat?.given ?? []), locale);
  return { state: { ...state, isListSaved: true }, effects: [{ type: 'save-list', text }] };
}
