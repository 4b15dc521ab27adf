// What a wizard's stage may do with an event, and the two ways a step can end: here, or at the start of another stage.
import type { Step } from '../page/program.ts';
import type { KeysEffect, KeysEvent, KeysState, Stage } from './state.ts';

export type KeysStep = Step<KeysState, KeysEffect>;

/** The events one stage listens to; all others leave it as it is. */
export type StageHandlers = {
  readonly [Type in KeysEvent['type']]?: (state: KeysState, event: Extract<KeysEvent, { type: Type }>) => KeysStep;
};

export function stay(state: KeysState): KeysStep {
  return { state, effects: [] };
}

export function enter(state: KeysState, stage: Stage): KeysStep {
  return { state: { ...state, stage }, effects: [{ type: 'focus-heading' }] };
}
