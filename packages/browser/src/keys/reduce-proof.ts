// The wizard's second half: possession is proven with what the holder really kept, then the election is armed.
import { parsePassphrase } from '@votix/protocol';
import type { Reply } from '../page/reply.ts';
import { enter, stay, type KeysStep, type StageHandlers } from './step.ts';
import type { ArmProblem, KeysState, ProofProblem } from './state.ts';

export const proveHandlers: StageHandlers = {
  'file-chosen': (state, { text }) => stay({ ...state, chosenFile: text }),
  'passphrase-typed': (state, { typed }) => stay({ ...state, typedPassphrase: typed }),
  'save-pressed': (state) => {
    return { state, effects: state.secrets === null ? [] : [{ type: 'save', keyFile: state.secrets.keyFile }] };
  },
  'passphrase-wanted': (state) => {
    return state.isBusy ? stay(state) : enter({ ...state, typedPassphrase: '', proofProblem: null }, 'passphrase');
  },
  'prove-pressed': (state) => (state.isBusy ? stay(state) : prove(state)),
  proven: (state) => forgetSecrets(state),
  'not-proven': (state, { problem }) => complain(state, problem),
};

export const confirmHandlers: StageHandlers = {
  'name-typed': (state, { typed }) => stay({ ...state, typedName: typed }),
  'arm-pressed': (state) => (state.isBusy ? stay(state) : arm(state)),
  'arm-answered': (state, { reply }) => believe({ ...state, isBusy: false }, reply),
};

function prove(state: KeysState): KeysStep {
  if (state.secrets === null) return stay(state);
  if (state.chosenFile === null) return complain(state, 'no-file');
  const parsed = parsePassphrase(state.typedPassphrase);
  if (!parsed.ok) return complain(state, parsed.reason);
  const { fingerprint } = state.secrets;
  return {
    state: { ...state, isBusy: true, proofProblem: null },
    effects: [{ type: 'prove', keyFile: state.chosenFile, passphrase: parsed.passphrase, fingerprint }],
  };
}

function complain(state: KeysState, problem: ProofProblem): KeysStep {
  const isOfPassphrase = problem === 'malformed-passphrase' || problem === 'wrong-passphrase';
  return {
    state: { ...state, isBusy: false, proofProblem: problem },
    effects: [{ type: 'focus', id: isOfPassphrase ? 'passphrase' : 'key-file' }],
  };
}

/** The holder has both, so this page needs neither any more. */
function forgetSecrets(state: KeysState): KeysStep {
  if (state.secrets === null) return stay(state);
  const { publicKeyPem, fingerprint } = state.secrets;
  const left = { secrets: null, chosenFile: null, typedPassphrase: '', proofProblem: null, isBusy: false };
  return enter({ ...state, ...left, publicPart: { publicKeyPem, fingerprint } }, 'confirm');
}

function arm(state: KeysState): KeysStep {
  if (state.publicPart === null) return stay(state);
  if (sameName(state.typedName) !== sameName(state.electionName)) {
    return { state: { ...state, isOtherName: true }, effects: [{ type: 'focus', id: 'election-name' }] };
  }
  return {
    state: { ...state, isBusy: true, isOtherName: false, armProblem: null },
    effects: [{ type: 'arm', publicPart: state.publicPart }],
  };
}

/** Typing the name shows the will; capitals, spaces and the way accents are composed don't matter. */
function sameName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

function believe(state: KeysState, reply: Reply): KeysStep {
  if (reply.kind === 'ok' && reply.body['status'] === 'armed') return enter(state, 'done');
  const armProblem: ArmProblem =
    reply.kind === 'problem' ? { kind: 'told', problem: reply.problem } : { kind: 'no-answer' };
  return { state: { ...state, armProblem }, effects: [{ type: 'focus', id: 'arm-problem' }] };
}
