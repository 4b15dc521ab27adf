// Small verifiable elections for tests: made step by step with the makers of this folder, every secret at hand, so that a
// test can take any part, change it, and go on.

import { concatBytes } from '@noble/hashes/utils.js';
import { assert } from '../assert.ts';
import type { Bytes } from '../encoding/bytes.ts';
import {
  type Appended,
  appendBallot,
  appendResult,
  appendShare,
  appendTally,
  endBallots,
  setUp,
} from './archive-writer.ts';
import { readBallot } from './ballot.ts';
import { randomBase58 } from './base58.ts';
import { assemblePedersen, makeCertificate, makeMemberKey, makePolynomial, openDecryptionKey } from './ceremony.ts';
import type { Choices } from './choices.ts';
import { encodeCredentials } from './credential-list.ts';
import { makeCredential, publicCredential } from './credential.ts';
import { makeShare, openTally } from './decrypt.ts';
import { type ElectionContext, encodeElection, readElection } from './election.ts';
import { type Group, textOf } from './group.ts';
import type { Question } from './question.ts';
import type { Result } from './result.ts';
import { randomScalar } from './scalar.ts';
import { sealBallot } from './seal.ts';
import { makeSeed } from './seed.ts';
import { encodeShare, parseShare } from './share.ts';
import { encodeStrictFile } from './strict.ts';
import { type Tally, tallyOf } from './tally.ts';
import { trusteeKeyOf } from './trustee-key.ts';
import { type Pedersen, type TrusteeItem, electionKeyOf, encodeTrustees, shareOwners } from './trustees.ts';

export interface SampleVote {
  /** Index of the voter. */
  readonly voter: number;
  readonly choices: Choices;
}

export interface SamplePlan {
  readonly group: Group;
  readonly questions?: readonly Question[];
  /** Mandatory trustees. */
  readonly singles: number;
  readonly pedersen?: { readonly threshold: number; readonly size: number; readonly present: readonly number[] };
  /** One weight per voter. */
  readonly weights: readonly number[];
  readonly votes: readonly SampleVote[];
}

/** Everything that is set before the first vote, secrets included. */
export interface SampleSetUp {
  readonly context: ElectionContext;
  readonly items: readonly TrusteeItem[];
  /** The secret of each trustee, by owner − 1. */
  readonly secrets: readonly bigint[];
  readonly credentials: readonly string[];
  readonly weights: readonly number[];
  readonly texts: { readonly election: string; readonly trustees: string; readonly credentials: string };
}

/** An archive at its stages. */
export interface SampleBoard extends SampleSetUp {
  readonly ballots: readonly string[];
  readonly tally: Tally;
  readonly shares: readonly { readonly owner: number; readonly text: string }[];
  readonly strict: string;
  readonly result: Result;
}

export const TIMESTAMP = 1_800_000_000;

export const YES_OR_NO: Question = { question: 'Boat?', answers: ['Yes', 'No'], blank: true, min: 1, max: 1 };
export const ONE_OF_THREE: Question = { question: 'Who?', answers: ['Ann', 'Bo', 'Cy'], blank: false, min: 1, max: 1 };

export async function aThresholdGroup(
  group: Group,
  { threshold, size }: { readonly threshold: number; readonly size: number },
): Promise<{ readonly pedersen: Pedersen; readonly secrets: readonly bigint[] }> {
  const seeds = Array.from({ length: size }, makeSeed);
  const certs = seeds.map((seed, index) => makeCertificate(group, seed, { size, threshold, index: index + 1 }));
  const ceremony = { group, threshold, certs };
  const polynomials = await Promise.all(
    seeds.map(async (seed) => {
      const made = await makePolynomial(ceremony, seed);
      assert(made.ok, 'a polynomial is made');
      return made.polynomial;
    }),
  );
  const keys = await Promise.all(
    seeds.map(async (seed) => {
      const made = await makeMemberKey(ceremony, seed, polynomials);
      assert(made.ok, 'a key is made');
      const secret = await openDecryptionKey(group, seed, made.memberKey.decryptionKey);
      assert(secret !== undefined, 'a member opens its own key');
      return { secret, publicKey: made.memberKey.publicKey };
    }),
  );
  const publicKeys = keys.map(({ publicKey }) => publicKey);
  const assembled = assemblePedersen(ceremony, polynomials, publicKeys);
  assert(assembled.ok, 'a threshold key is assembled');
  return { pedersen: assembled.pedersen, secrets: keys.map(({ secret }) => secret) };
}

async function aSetUp(plan: Omit<SamplePlan, 'votes'>): Promise<SampleSetUp> {
  const { group, weights, questions = [ONE_OF_THREE, YES_OR_NO] } = plan;
  const singles = Array.from({ length: plan.singles }, () => randomScalar(group));
  const members = plan.pedersen && (await aThresholdGroup(group, plan.pedersen));
  const items: readonly TrusteeItem[] = [
    ...singles.map((x) => ({ kind: 'Single' as const, key: trusteeKeyOf(group, x) })),
    ...(members === undefined ? [] : [{ kind: 'Pedersen' as const, pedersen: members.pedersen }]),
  ];
  const uuid = randomBase58(14);
  const credentials = weights.map(makeCredential);
  const listed = credentials.map((credential, index) => ({
    publicCredential: publicCredential(group, uuid, credential),
    weight: weights[index]!,
  }));
  const election = encodeElection({
    uuid,
    name: 'Committee 2027',
    description: 'General assembly, with « guillemets » and "quotes"',
    group: group.name,
    publicKey: textOf(group, electionKeyOf(group, items)),
    questions,
    administrator: 'Board',
    credentialAuthority: 'Registrar',
  });
  const read = readElection(election);
  assert(read.ok, 'an election of ours is read');
  const isWeighted = weights.some((weight) => weight !== 1);
  const texts = {
    election,
    trustees: encodeTrustees(items),
    credentials: encodeCredentials(group, listed, isWeighted),
  };
  const secrets = [...singles, ...(members?.secrets ?? [])];
  return { context: read.context, items, secrets, credentials, weights, texts };
}

export async function aBoard(plan: SamplePlan): Promise<SampleBoard> {
  const start = await aSetUp(plan);
  const ballots = plan.votes.map(({ voter, choices }) => aBallot(start, { voter, choices }));
  const present = plan.pedersen?.present.map((member) => plan.singles + member) ?? [];
  const owners = [...Array.from({ length: plan.singles }, (_, index) => index + 1), ...present];
  return { ...start, ballots, ...openBox(start, { ballots, owners }) };
}

export function aBallot({ context, credentials }: SampleSetUp, { voter, choices }: SampleVote): string {
  const sealed = sealBallot(context, { credential: credentials[voter]!, choices });
  assert(sealed.ok, 'choices are allowed');
  return sealed.ballot;
}

/** Tally, shares of these owners, result. */
export function openBox(
  start: SampleSetUp,
  { ballots, owners }: { readonly ballots: readonly string[]; readonly owners: readonly number[] },
): Pick<SampleBoard, 'tally' | 'shares' | 'strict' | 'result'> {
  const { context, items, secrets } = start;
  const tally = sampleTally(start, ballots);
  const made = owners.map((owner) => {
    const { key } = shareOwners(items)[owner - 1]!;
    return { owner, ...makeShare(context, { tally: tally.encrypted, x: secrets[owner - 1]!, key }) };
  });
  const { totalWeight, encrypted } = tally;
  const opened = openTally(context, { tally: encrypted, trustees: items, shares: made, totalWeight });
  assert(opened.ok, 'the shares open the tally');
  const strict = encodeStrictFile({
    election: context.fingerprint,
    shares: made.map((one) => ({ owner: one.owner, proofs: one.strict })),
  });
  const shares = made.map(({ owner, share }) => ({ owner, text: encodeShare(context.group, share) }));
  assert(
    shares.every(({ text }) => parseShare(context, text) !== undefined),
    'a share of ours is read',
  );
  return { tally, shares, strict, result: opened.result };
}

function sampleTally({ context, credentials, weights }: SampleSetUp, ballots: readonly string[]): Tally {
  const { group, election } = context;
  const publicTexts = credentials.map((credential) => publicCredential(group, election.uuid, credential));
  const last = new Map<string, string>();
  for (const ballot of ballots) {
    const read = readBallot(context, ballot);
    assert(read.ok, 'a ballot of ours is read');
    last.set(read.ballot.credential, ballot);
  }
  const final = [...last].map(([credential, text]) => {
    const read = readBallot(context, text);
    assert(read.ok, 'a ballot of ours is read');
    return { answers: read.ballot.answers, weight: weights[publicTexts.indexOf(credential)]! };
  });
  return tallyOf(context, final);
}

/** The archive of a board after each event, from the set-up to the result. */
export function stagesOf(board: Omit<SampleBoard, keyof SampleSetUp | 'strict'> & Pick<SampleSetUp, 'texts'>): Bytes[] {
  let last: Appended = setUp(TIMESTAMP, board.texts);
  const stages = [last.bytes];
  const add = (appended: Appended): void => {
    last = appended;
    stages.push(concatBytes(stages.at(-1)!, appended.bytes));
  };
  for (const ballot of board.ballots) add(appendBallot(last.board, ballot));
  add(endBallots(last.board));
  add(appendTally(last.board, board.tally));
  for (const { owner, text } of board.shares) add(appendShare(last.board, owner, text));
  add(appendResult(last.board, board.result));
  return stages;
}

/** The finished archive. */
export function archiveOf(board: Parameters<typeof stagesOf>[0]): Bytes {
  return stagesOf(board).at(-1)!;
}
