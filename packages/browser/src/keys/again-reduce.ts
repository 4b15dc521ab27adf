// What happens while a key is proven again. The proof is recorded at once; only a lost answer asks for another press.
import type { Failure, Reply } from '../page/reply.ts';
import { fieldOf, replaced } from '../page/shares.ts';
import type { Step } from '../page/program.ts';
import { type AgainEffect, type AgainEvent, type AgainState, forgotten } from './again-state.ts';
import { fieldAtFault, givenIn } from './reduce-proof.ts';
import type { ProofEvent, ProofProblem } from './state.ts';

type AgainStep = Step<AgainState, AgainEffect>;

const stay = (state: AgainState): AgainStep => ({ state, effects: [] });

export function reduceAgain(state: AgainState, event: AgainEvent): AgainStep {
  const isOfRecord = event.type === 'record-pressed' || event.type === 'record-answered';
  if (state.stage === 'key') return isOfRecord ? stay(state) : proving(state, event);
  return state.stage === 'record' && isOfRecord ? recording(state, event) : stay(state);
}

function proving(state: AgainState, event: ProofEvent): AgainStep {
  switch (event.type) {
    case 'file-chosen':
      return stay({ ...state, chosenFile: event.text });
    case 'passphrase-typed':
      return stay({ ...state, typedPassphrase: event.typed });
    case 'share-typed':
      return stay({ ...state, typedShares: replaced(state.typedShares, event.at, event.typed) });
    case 'prove-pressed':
      return state.isBusy ? stay(state) : prove(state);
    case 'proven':
      return withHeading(record({ ...forgotten(state), stage: 'record' }));
    case 'not-proven':
      return complain(state, event.problem);
    case 'shares-refused': {
      const { problem } = event;
      const focus = { type: 'focus', id: fieldOf(problem, state.typedShares) } as const;
      return { state: { ...state, isBusy: false, sharesProblem: problem }, effects: [focus] };
    }
  }
}

function recording(state: AgainState, event: Exclude<AgainEvent, ProofEvent>): AgainStep {
  if (event.type === 'record-answered') return believe({ ...state, isBusy: false }, event.reply);
  return state.isBusy ? stay(state) : record(state);
}

function prove(state: AgainState): AgainStep {
  if (state.chosenFile === null) return complain(state, 'no-file');
  const given = givenIn(state);
  if (given === 'malformed-passphrase') return complain(state, given);
  return {
    state: { ...state, isBusy: true, proofProblem: null, sharesProblem: null },
    effects: [{ type: 'prove', keyFile: state.chosenFile, given }],
  };
}

const withHeading = ({ state, effects }: AgainStep): AgainStep => ({
  state,
  effects: [{ type: 'focus-heading' }, ...effects],
});

function complain(state: AgainState, problem: ProofProblem): AgainStep {
  return {
    state: { ...state, isBusy: false, proofProblem: problem },
    effects: [{ type: 'focus', id: fieldAtFault(problem) }],
  };
}

const record = (state: AgainState): AgainStep => ({
  state: { ...state, isBusy: true, recordProblem: null },
  effects: [{ type: 'record' }],
});

function believe(state: AgainState, reply: Reply): AgainStep {
  if (reply.kind === 'ok' && reply.body['status'] === 'proven')
    return { state: { ...state, stage: 'done' }, effects: [{ type: 'focus-heading' }] };
  const recordProblem: Failure = reply.kind === 'ok' ? { kind: 'no-answer' } : reply;
  return { state: { ...state, recordProblem }, effects: [{ type: 'focus', id: 'record-problem' }] };
}
