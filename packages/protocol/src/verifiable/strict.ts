// strict.json: for every share a second proof whose challenge hashes the whole statement, the ciphertext and the factor
// included, which the archive's own proof leaves out. Ours, beside the archive. Specification: "Strict proofs".

import { challengeOf } from './challenge.ts';
import type { ElectionContext } from './election.ts';
import type { Group } from './group.ts';
import { type Proof, encodeProof, parseProof } from './proof.ts';
import { choicesOf } from './question.ts';
import { hasExactly } from '../encoding/json.ts';
import { readInteger, readList } from './reading.ts';
import type { FactorChallenge, Share } from './share.ts';
import { parseStrictJson } from './strict-json.ts';

/** The strict proofs of one trustee's share. */
export interface StrictShare {
  /** From 1 over all trustees, as in the archive. */
  readonly owner: number;
  readonly proofs: readonly (readonly Proof[])[];
}

/** `election` is φ. */
export interface StrictFile {
  readonly election: string;
  readonly shares: readonly StrictShare[];
}

const DOMAIN = 'votix-strict-decryption-1';

/** H("votix-strict-decryption-1|GROUP|φ|X|α|F|A,B"). */
export function strictChallenge({ group, fingerprint }: ElectionContext): FactorChallenge {
  return ({ key, alpha, factor }, commitments) =>
    challengeOf(
      group,
      [DOMAIN, group.name, fingerprint, key.publicKey, ...group.texts([alpha, factor]), commitments].join('|'),
    );
}

/** The one text of strict.json. `election` is φ. */
export function encodeStrictFile({ election, shares }: StrictFile): string {
  return JSON.stringify({
    votix: 1,
    kind: 'strict',
    election,
    shares: shares.map(encodeStrictShare),
  });
}

/** The strict proofs of one share as strict.json has them. */
export function encodeStrictShare({ owner, proofs }: StrictShare): object {
  return { owner, proofs: proofs.map((list) => list.map(encodeProof)) };
}

/** Reads strict.json: accepted only when the text is the one we would write. */
export function parseStrictFile({ group, election }: ElectionContext, text: string): StrictFile | undefined {
  const parsed = parseStrictJson(text);
  const value = parsed.ok ? parsed.value : undefined;
  if (!hasExactly(value, ['votix', 'kind', 'election', 'shares'])) return undefined;
  if (value['votix'] !== 1 || value['kind'] !== 'strict' || typeof value['election'] !== 'string') return undefined;
  const sizes = election.questions.map(choicesOf);
  const shares = readList(value['shares'], (share) => parseStrictShare(group, share, sizes));
  const file = shares && { election: value['election'], shares };
  return file && encodeStrictFile(file) === text ? file : undefined;
}

/** The strict proofs of one share, as encodeStrictShare writes them; `sizes`: the number of choices of each question. */
export function parseStrictShare(group: Group, value: unknown, sizes: readonly number[]): StrictShare | undefined {
  if (!hasExactly(value, ['owner', 'proofs'])) return undefined;
  const owner = readInteger(value['owner'], 1);
  const proofs = parseProofs(group, value['proofs'], sizes);
  return owner === undefined || proofs === undefined ? undefined : { owner, proofs };
}

function parseProofs(group: Group, value: unknown, sizes: readonly number[]): Share['proofs'] | undefined {
  return readList(
    value,
    (list, index) =>
      readList(list, (proof) => parseProof(group, proof, new Set()), { least: sizes[index]!, most: sizes[index]! }),
    { least: sizes.length, most: sizes.length },
  );
}
