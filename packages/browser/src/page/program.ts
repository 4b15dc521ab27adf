// The one loop every program runs: an event goes through the reducer, the new state is drawn, its effects are done; those that
// somebody waits for come first.
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
  /**
   * Effects that ask nothing of the page and tell their event later. They are begun at once, and a step that has no others is
   * drawn with the next picture: nobody waits for the drawing.
   */
  readonly isUrgent?: (effect: Effect) => boolean;
}

export function runProgram<State, Event, Effect>(program: Program<State, Event, Effect>): (event: Event) => void {
  let { state } = program.first;
  const { perform, isUrgent = () => false } = program;
  let picture: number | undefined;
  const draw = () => {
    if (picture !== undefined) cancelAnimationFrame(picture);
    picture = undefined;
    program.draw(state);
  };
  const settle = (step: Step<State, Effect>) => {
    state = step.state;
    const [urgent, others] = [step.effects.filter(isUrgent), step.effects.filter((effect) => !isUrgent(effect))];
    for (const effect of urgent) perform(effect, dispatch);
    if (urgent.length > 0 && others.length === 0) picture ??= requestAnimationFrame(draw);
    else draw();
    for (const effect of others) perform(effect, dispatch);
  };
  const dispatch = (event: Event) => settle(program.reduce(state, event));
  settle(program.first);
  return dispatch;
}
