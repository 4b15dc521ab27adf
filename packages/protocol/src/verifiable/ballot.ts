// A ballot: encrypted answers with proofs, signed with the voter's credential. One text per ballot: compact JSON in a fixed
// order of members; a reader that takes only that text. Specification: "Ballot".

import { isObject } from '../encoding/json.ts';
import { type Answer, encodeAnswer, parseAnswer } from './answer.ts';
import { type AnswerProblem, findFalseProof } from './answer-proofs.ts';
import { ballotPrefix, challengeOf } from './challenge.ts';
import { type ElectionContext, fingerprintOf } from './election.ts';
import type { Element } from './group.ts';
import { type Proof, encodeProof, isKnowledge, parseProof } from './proof.ts';
import { readObject } from './reading.ts';
import { parseStrictJson } from './strict-json.ts';

/** `hash`: fingerprint of the ballot without its signature; the proof: of the secret of its credential, H("sig|hash|A"). */
export interface Signature {
  readonly hash: string;
  readonly proof: Proof;
}

/** A ballot without its election, which is the context's. */
export interface Ballot {
  /** The text of the public credential. */
  readonly credential: string;
  readonly answers: readonly Answer[];
  readonly signature: Signature;
}

/** Why a text is no ballot of this election, and of which question (counted from 0) where one is at fault. */
export type BallotProblem = { readonly question?: number } & ({ readonly reason: BallotReason } | AnswerProblem);

/** Why a text is no ballot, but for the proofs of its answers. */
export type BallotReason =
  | 'ballot-oversized'
  | 'ballot-malformed'
  | 'ballot-not-canonical'
  | 'ballot-other-election'
  | 'ballot-credential'
  | 'ballot-answer'
  | 'ballot-signature-hash'
  | 'ballot-signature';

/** A ballot of the right form, with its public credential as an element. */
export type ReadBallot =
  | { readonly ok: true; readonly ballot: Ballot; readonly credential: Element }
  | ({ readonly ok: false } & BallotProblem);

/** A ballot whose proofs and signature hold; its tracker is the fingerprint of its text. */
export type VerifiedBallot =
  { readonly ok: true; readonly ballot: Ballot; readonly tracker: string } | ({ readonly ok: false } & BallotProblem);

const LENGTH_LIMIT = 10_000_000;
const MEMBERS = ['election_uuid', 'election_hash', 'credential', 'answers', 'signature'];

/** The ballot's JSON without its signature: what the signature's hash is of. */
export function encodeUnsigned(
  { election, fingerprint }: ElectionContext,
  { credential, answers }: Omit<Ballot, 'signature'>,
): string {
  return JSON.stringify({
    election_uuid: election.uuid,
    election_hash: fingerprint,
    credential,
    answers: answers.map(encodeAnswer),
  });
}

/** The one text of a ballot. */
export function encodeBallot(context: ElectionContext, ballot: Ballot): string {
  const { hash, proof } = ballot.signature;
  const signature = JSON.stringify({ hash, proof: encodeProof(proof) });
  return `${encodeUnsigned(context, ballot).slice(0, -1)},"signature":${signature}}`;
}

/** What the challenge of a ballot's signature hashes before the commitment. */
export function signaturePrefix(hash: string): string {
  return `sig|${hash}|`;
}

/** The form of a ballot: its members, canonical elements of the group, scalars below q, the number of choices and proofs. */
export function readBallot(context: ElectionContext, text: unknown): ReadBallot {
  if (typeof text !== 'string') return problem('ballot-malformed');
  if (text.length > LENGTH_LIMIT) return problem('ballot-oversized');
  const { election, fingerprint, group } = context;
  const parsed = parseStrictJson(text);
  const object = parsed.ok ? readObject(parsed.value, { what: 'ballot', members: MEMBERS }, new Set()) : undefined;
  if (object === undefined) return problem('ballot-malformed');
  if (object['election_uuid'] !== election.uuid || object['election_hash'] !== fingerprint) {
    return problem('ballot-other-election');
  }
  const credential = group.parse(object['credential']);
  if (credential === undefined || credential.isIdentity) return problem('ballot-credential');
  const signature = parseSignature(context, object['signature']);
  if (signature === undefined) return problem('ballot-malformed');
  const answers = parseAnswers(context, object['answers']);
  if (typeof answers === 'number') return { ...problem('ballot-answer'), question: answers };
  const ballot = { credential: object['credential'] as string, answers, signature };
  if (encodeBallot(context, ballot) !== text) return problem('ballot-not-canonical');
  return { ok: true, ballot, credential };
}

/** Every check of a ballot that needs no secret and no other ballot; whether its credential is listed is asked elsewhere. */
export function verifyBallot(context: ElectionContext, text: unknown): VerifiedBallot {
  const read = readBallot(context, text);
  if (!read.ok) return read;
  const { ballot, credential } = read;
  const prefix = ballotPrefix(context.fingerprint, ballot.credential);
  for (const [index, question] of context.election.questions.entries()) {
    const answer = ballot.answers[index]!;
    const found = findFalseProof(context, { question, answer, prefix });
    if (found !== undefined) return { ok: false, ...found, question: index };
  }
  const { hash, proof } = ballot.signature;
  if (hash !== fingerprintOf(encodeUnsigned(context, ballot))) return problem('ballot-signature-hash');
  const challengeFor = (commitment: string) => challengeOf(context.group, `${signaturePrefix(hash)}${commitment}`);
  if (!isKnowledge(context.group, { key: credential, proof, challengeFor })) return problem('ballot-signature');
  return { ok: true, ballot, tracker: fingerprintOf(text as string) };
}

/** The answers, or the index of the first question whose answer has not the right form. */
function parseAnswers({ election, group }: ElectionContext, value: unknown): readonly Answer[] | number {
  const { questions } = election;
  if (!Array.isArray(value) || value.length !== questions.length) return 0;
  const answers = (value as readonly unknown[]).map((one, index) => parseAnswer(group, one, questions[index]!));
  const wrong = answers.indexOf(undefined);
  return wrong >= 0 ? wrong : (answers as readonly Answer[]);
}

function parseSignature({ group }: ElectionContext, value: unknown): Signature | undefined {
  if (!isObject(value) || typeof value['hash'] !== 'string') return undefined;
  const proof = parseProof(group, value['proof'], new Set());
  return proof && { hash: value['hash'], proof };
}

function problem(reason: BallotReason): { readonly ok: false; readonly reason: BallotReason } {
  return { ok: false, reason };
}
