// The one loop every program runs: an event goes through the reducer, the new state is drawn, its effects are done.
// Reducers are pure and live apart, so that they are tested without a page.

export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export interface Program<State, Event, Effect> {
  readonly first: Step<State, Effect>;
  readonly reduce: (state: State, event: Event) => Step<State, Effect>;
  readonly draw: (state: State) => void;
  readonly perform: (effect: Effect, dispatch: (event: Event) => void) => void;
}

export function runProgram<State, Event, Effect>(program: Program<State, Event, Effect>): (event: Event) => void {
  let { state } = program.first;
  const settle = (step: Step<State, Effect>) => {
    state = step.state;
    program.draw(state);
    for (const effect of step.effects) program.perform(effect, dispatch);
  };
  const dispatch = (event: Event) => settle(program.reduce(state, event));
  settle(program.first);
  return dispatch;
}
