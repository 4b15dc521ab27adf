// The wizard's second half: possession is proven with what the holder really kept, then the election is armed.
import { parsePassphrase } from '@votix/protocol';
import type { Failure, Reply } from '../page/reply.ts';
import { isSameName } from '../page/same-name.ts';
import { fieldOf, type KeyShares, replaced } from '../page/shares.ts';
import { enter, stay, type KeysStep, type StageHandlers } from './step.ts';
import { type Given, type KeysState, nothingGiven, type ProofProblem, type PublicPart } from './state.ts';

export const proveHandlers: StageHandlers = {
  'file-chosen': (state, { text }) => stay({ ...state, chosenFile: text }),
  'passphrase-typed': (state, { typed }) => stay({ ...state, typedPassphrase: typed }),
  'share-typed': (state, { at, typed }) => stay({ ...state, typedShares: replaced(state.typedShares, at, typed) }),
  'save-pressed': (state) => {
    return { state, effects: state.secrets === null ? [] : [{ type: 'save', keyFile: state.secrets.keyFile }] };
  },
  'passphrase-wanted': (state) => {
    if (state.isBusy || state.secrets === null) return stay(state);
    return enter({ ...state, ...nothingGiven, paper: 0 }, 'passphrase');
  },
  'prove-pressed': (state) => (state.isBusy ? stay(state) : prove(state)),
  proven: (state, { publicPart }) => forgetSecrets(state, publicPart),
  'shares-refused': (state, { problem }) => ({
    state: { ...state, isBusy: false, sharesProblem: problem },
    effects: [{ type: 'focus', id: fieldOf(problem, state.typedShares) }],
  }),
  'not-proven': (state, { problem }) => complain(state, problem),
};

export const confirmHandlers: StageHandlers = {
  'name-typed': (state, { typed }) => stay({ ...state, typedName: typed }),
  'arm-pressed': (state) => (state.isBusy ? stay(state) : arm(state)),
  'arm-answered': (state, { reply }) => believe({ ...state, isBusy: false }, reply),
};

/** A key made elsewhere is compared with nothing: what it proves to be is what the election gets. */
function prove(state: KeysState): KeysStep {
  const { secrets } = state;
  if (secrets === null && state.way !== 'own') return stay(state);
  if (state.chosenFile === null) return complain(state, 'no-file');
  const given = givenIn({ ...state, keyShares: secrets?.keyShares ?? null });
  if (given === 'malformed-passphrase') return complain(state, given);
  const expected = secrets && publicPartOf(secrets);
  return {
    state: { ...state, isBusy: true, proofProblem: null, sharesProblem: null },
    effects: [{ type: 'prove', keyFile: state.chosenFile, given, expected }],
  };
}

interface Typed extends Pick<KeysState, 'typedShares' | 'typedPassphrase'> {
  readonly keyShares: KeyShares | null;
}

export function givenIn({ keyShares, typedShares, typedPassphrase }: Typed): Given | 'malformed-passphrase' {
  if (keyShares !== null) return { kind: 'shares', typed: typedShares };
  const parsed = parsePassphrase(typedPassphrase);
  return parsed.ok ? { kind: 'passphrase', passphrase: parsed.passphrase } : parsed.reason;
}

function publicPartOf({ publicKeyPem, fingerprint, keyShares }: PublicPart): PublicPart {
  return { publicKeyPem, fingerprint, keyShares };
}

function complain(state: KeysState, problem: ProofProblem): KeysStep {
  return {
    state: { ...state, isBusy: false, proofProblem: problem },
    effects: [{ type: 'focus', id: fieldAtFault(problem) }],
  };
}

export const isOfPassphrase = (problem: ProofProblem): boolean =>
  problem === 'malformed-passphrase' || problem === 'wrong-passphrase';

export const fieldAtFault = (problem: ProofProblem): string => (isOfPassphrase(problem) ? 'passphrase' : 'key-file');

/** The holders have it all, so this page needs none of it any more. */
function forgetSecrets(state: KeysState, publicPart: PublicPart): KeysStep {
  return enter({ ...state, ...nothingGiven, typedShares: [], secrets: null, isBusy: false, publicPart }, 'confirm');
}

function arm(state: KeysState): KeysStep {
  if (state.publicPart === null) return stay(state);
  if (!isSameName(state.typedName, state.electionName)) {
    return { state: { ...state, isOtherName: true }, effects: [{ type: 'focus', id: 'election-name' }] };
  }
  return {
    state: { ...state, isBusy: true, isOtherName: false, armProblem: null },
    effects: [{ type: 'arm', publicPart: state.publicPart }],
  };
}

function believe(state: KeysState, reply: Reply): KeysStep {
  if (reply.kind === 'ok' && reply.body['status'] === 'armed') return enter(state, 'done');
  const armProblem: Failure = reply.kind === 'ok' ? { kind: 'no-answer' } : reply;
  return { state: { ...state, armProblem }, effects: [{ type: 'focus', id: 'arm-problem' }] };
}
