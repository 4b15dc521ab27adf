// Checks the end of an archive: the tally against the ballots, each share against its trustee's key, the result against the
// shares, and the strict proofs beside the archive.

import type { ElectionContext } from './election.ts';
import type { History } from './history.ts';
import { choicesOf } from './question.ts';
import { type Unknowns, readWeight } from './reading.ts';
import { type OwnedShare, checkShareSet, combineShares, decryptedElements, isResultOf, parseResult } from './result.ts';
import { type SharePlace, type Share, findFalseFactor, parseShare, shareChallenge } from './share.ts';
import { parseStrictFile, strictChallenge } from './strict.ts';
import { type EncryptedTally, type Tally, parseTally } from './tally.ts';
import { type ShareOwner, type TrusteeItem, shareOwners } from './trustees.ts';
import type { Finding } from './verify-trustees.ts';

/** A finding with the place in the tally, where there is one. */
export type PlacedFinding = Finding & Partial<SharePlace>;

/** What is known of an archive once its beginning was read. */
export interface DecryptionFacts {
  readonly context: ElectionContext;
  readonly history: History;
  readonly trustees: readonly TrusteeItem[];
  readonly unknowns: Unknowns;
}

/** The tally is the one expected, the product of the ballots that count, and is of as many ballots and votes as it says. */
export function checkTally(
  { context, history, unknowns }: DecryptionFacts,
  expected: Tally,
): { readonly tally: EncryptedTally | undefined; readonly product: PlacedFinding; readonly size: Finding } {
  const { encrypted = '', numTallied, totalWeight } = history.tally ?? {};
  const tally = parseTally(context, encrypted, unknowns);
  const count = context.election.questions.reduce((sum, question) => sum + choicesOf(question), 0);
  const place = tally && differenceOf(expected.encrypted, tally);
  const fault = tally === undefined ? 'tally-malformed' : 'tally-ciphertext';
  const product = tally !== undefined && place === undefined ? { count } : { count, reason: fault, ...place };
  return { tally, product, size: sizeFinding(expected, numTallied, readWeight(totalWeight)) };
}

function sizeFinding(
  expected: { readonly numTallied: number; readonly totalWeight: number },
  numTallied: number | undefined,
  totalWeight: number | undefined,
): Finding {
  const { numTallied: count } = expected;
  if (numTallied !== count) return { count, reason: 'tally-number' };
  return totalWeight === expected.totalWeight ? { count } : { count, reason: 'tally-weight' };
}

function differenceOf(expected: EncryptedTally, tally: EncryptedTally): SharePlace | undefined {
  for (const [question, choices] of expected.entries()) {
    const choice = choices.findIndex(({ text }, index) => tally[question]![index]!.text !== text);
    if (choice >= 0) return { question, choice };
  }
  return undefined;
}

/** The shares of the archive that can be read and have an owner. */
export function readShares(facts: DecryptionFacts): { readonly shares: readonly OwnedShare[]; readonly form: Finding } {
  const { context, history, trustees, unknowns } = facts;
  const count = history.shares.length;
  const owners = history.shares.map(({ owner }) => owner);
  const reason = checkShareSet(trustees, owners, history.result !== undefined);
  if (reason !== undefined) return { shares: [], form: { count, reason } };
  const read = history.shares.map(({ owner, text }) => ({ owner, share: parseShare(context, text, unknowns) }));
  const at = read.findIndex(({ share }) => share === undefined);
  if (at >= 0) return { shares: [], form: { count, reason: 'share-malformed', at } };
  return { shares: read as readonly OwnedShare[], form: { count } };
}

/** Every proof of every share. */
export function checkShareProofs(
  { context, trustees }: DecryptionFacts,
  tally: EncryptedTally,
  shares: readonly OwnedShare[],
): PlacedFinding {
  const owners = shareOwners(trustees);
  for (const [at, { owner, share }] of shares.entries()) {
    const { key } = owners[owner - 1]!;
    const place = findFalseFactor(context.group, { tally, share, key, challenge: shareChallenge(context) });
    if (place !== undefined) return { count: shares.length, reason: 'share-proof', at, ...place };
  }
  return { count: shares.length };
}

/** strict.json: one strict proof for each share, and for no other. */
export function checkStrictProofs(
  { context, trustees }: DecryptionFacts,
  o: { readonly tally: EncryptedTally; readonly shares: readonly OwnedShare[]; readonly text: string },
): PlacedFinding {
  const count = o.shares.length;
  const file = parseStrictFile(context, o.text);
  if (file === undefined) return { count, reason: 'strict-malformed' };
  if (file.election !== context.fingerprint) return { count, reason: 'strict-other-election' };
  if (file.shares.length !== count) return { count, reason: 'strict-missing' };
  const owners = shareOwners(trustees);
  for (const [at, { owner, share }] of o.shares.entries()) {
    const proofs = file.shares.find((one) => one.owner === owner)?.proofs;
    if (proofs === undefined) return { count, reason: 'strict-missing', at };
    const place = findFalseStrictProof(context, { ...o, share: { ...share, proofs }, owner: owners[owner - 1]! });
    if (place !== undefined) return { count, reason: 'strict-proof', at, ...place };
  }
  return { count };
}

function findFalseStrictProof(
  context: ElectionContext,
  { tally, share, owner }: { readonly tally: EncryptedTally; readonly share: Share; readonly owner: ShareOwner },
): SharePlace | undefined {
  return findFalseFactor(context.group, { tally, share, key: owner.key, challenge: strictChallenge(context) });
}

/** The result is what the shares decrypt the tally to. */
export function checkResult(
  { context, history, trustees, unknowns }: DecryptionFacts,
  tally: EncryptedTally,
  shares: readonly OwnedShare[],
): Finding {
  const result = parseResult(context, history.result ?? '', unknowns);
  if (result === undefined) return { count: 0, reason: 'result-malformed' };
  const count = result.reduce((sum, counts) => sum + counts.length, 0);
  const factors = combineShares(context.group, trustees, shares);
  return isResultOf(context.group, result, decryptedElements(tally, factors)) ? { count } : { count, reason: 'result' };
}
