// The cryptography of verifiable elections that costs too much for the thread that answers requests: each is a function of
// texts to texts, so that a pool of threads can make it. Nothing here knows a secret but the credentials it makes.

import {
  checkShareSet,
  type ElectionContext,
  encodeCredentials,
  encodeStrictShare,
  encodeTally,
  findGroup,
  findVerifyingGroup,
  type GroupName,
  makeCredential,
  openTally,
  parseShare,
  parseTally,
  publicCredential,
  readBallot,
  readCredentials,
  readElection,
  readTrustees,
  receiveShare,
  type Result,
  type ShareProblem,
  tallyHash,
  tallyOf,
  type TrusteeItem,
  verifyBallot,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { keepLast } from './keep-last.ts';

export type BallotVerdict =
  | { readonly ok: true; readonly tracker: string; readonly credential: string }
  | { readonly ok: false; readonly reason: 'malformed-ballot' | 'oversized-ballot' | 'other-election' };

/** Every proof of a ballot. `election` is the exact text of the archive. */
function ballot(election: string, text: string): BallotVerdict {
  const verified = verifyBallot(contextOf(election), text);
  if (verified.ok) return { ok: true, tracker: verified.tracker, credential: verified.ballot.credential };
  if (verified.reason === 'ballot-oversized') return { ok: false, reason: 'oversized-ballot' };
  return { ok: false, reason: verified.reason === 'ballot-other-election' ? 'other-election' : 'malformed-ballot' };
}

export interface MadeCredential {
  readonly secret: string;
  readonly publicText: string;
}

/** New credentials, as many as `count`. */
function credentials(groupName: GroupName, uuid: string, count: number): readonly MadeCredential[] {
  const group = findGroup(groupName);
  assert(group);
  return Array.from({ length: count }, () => {
    const secret = makeCredential();
    return { secret, publicText: publicCredential(group, uuid, secret) };
  });
}

/** Whether each is an element that only a credential of the group can give. */
function areCredentials(groupName: GroupName, publicTexts: readonly string[]): boolean {
  const group = findVerifyingGroup(groupName);
  assert(group);
  return readCredentials(group, JSON.stringify(publicTexts)).ok;
}

/** The election's list of them, in its order. */
function credentialList(groupName: GroupName, publicTexts: readonly string[]): string {
  const group = findVerifyingGroup(groupName); // sorting needs each as an element; nothing here is secret
  assert(group);
  const listed = publicTexts.map((publicText) => ({ publicCredential: publicText, weight: 1 }));
  return encodeCredentials(group, listed, false);
}

/** The encrypted tally of some ballots, as text: that of all is the product of such parts. */
function tallyPart(election: string, ballots: readonly string[]): string {
  const context = contextOf(election);
  const final = ballots.map((text) => {
    const read = readBallot(context, text);
    assert(read.ok);
    return { answers: read.ballot.answers, weight: 1 };
  });
  return encodeTally(tallyOf(context, final).encrypted);
}

export interface TallyText {
  readonly text: string;
  readonly hash: string;
}

function joinTallies(election: string, parts: readonly string[]): TallyText {
  const context = contextOf(election);
  const factors = parts.map((part) => ({
    answers: encryptedOf(context, part).map((choices) => ({ choices })),
    weight: 1,
  }));
  const { encrypted } = tallyOf(context, factors);
  return { text: encodeTally(encrypted), hash: tallyHash(encrypted) };
}

export type ShareVerdict =
  | { readonly ok: true; readonly share: string; readonly strict: string }
  | { readonly ok: false; readonly reason: ShareProblem };

/** Both proofs of what a trustee hands over, against the tally of the board. */
function share(
  board: { readonly election: string; readonly trustees: string; readonly tally: TallyText },
  owner: number,
  handedOver: string,
): ShareVerdict {
  const context = contextOf(board.election);
  const tally = encryptedOf(context, board.tally.text);
  const trustees = itemsOf(context, board.trustees);
  const received = receiveShare(context, { handedOver, owner, trustees, tally, hash: board.tally.hash });
  if (!received.ok) return received;
  return { ok: true, share: received.text, strict: JSON.stringify(encodeStrictShare(received.strict)) };
}

/** The result of shares that were checked; undefined while one is missing. */
function result(
  board: { readonly election: string; readonly trustees: string; readonly tally: TallyText },
  shares: readonly { readonly owner: number; readonly share: string }[],
  totalWeight: number,
): Result | undefined {
  const context = contextOf(board.election);
  const trustees = itemsOf(context, board.trustees);
  const owners = shares.map(({ owner }) => owner);
  if (checkShareSet(trustees, owners, true) !== undefined) return undefined;
  const read = shares.map((one) => ({ owner: one.owner, share: parseShare(context, one.share)! }));
  const opened = openTally(context, {
    tally: encryptedOf(context, board.tally.text),
    trustees,
    shares: read,
    totalWeight,
  });
  assert(opened.ok, 'shares that were checked open the tally');
  return opened.result;
}

export const proofs = { ballot, credentials, areCredentials, credentialList, tallyPart, joinTallies, share, result };

export type Proofs = typeof proofs;

/** Makes one of them in another thread. */
export type Prover = <Kind extends keyof Proofs>(
  kind: Kind,
  ...given: Parameters<Proofs[Kind]>
) => Promise<ReturnType<Proofs[Kind]>>;

/** In this thread: for commands, where nobody waits for another answer. */
export const proveHere: Prover = async (kind, ...given) => {
  const made = (proofs[kind] as (...given: readonly unknown[]) => unknown)(...given);
  return Promise.resolve(made as ReturnType<Proofs[typeof kind]>);
};

/** Of an election's text, with its tables, which take longer to make than a ballot to check. Everything raised here is public. */
const contextOf = keepLast(20, (election: string): ElectionContext => {
  const read = readElection(election, new Set(), findVerifyingGroup);
  assert(read.ok, 'the stored election is read');
  return read.context;
});

function encryptedOf(context: ElectionContext, text: string) {
  const tally = parseTally(context, text);
  assert(tally, 'the stored tally is read');
  return tally;
}

function itemsOf({ group }: ElectionContext, text: string): readonly TrusteeItem[] {
  const trustees = readTrustees(group, text);
  assert(trustees, 'the stored trustees are read');
  return trustees;
}
