// The three steps of a member in making a threshold key (T. P. Pedersen 1991), and what the server puts together between
// them. Any `threshold` of the members can decrypt, fewer learn nothing. Specification: "Threshold key".

import { assert } from '../assert.ts';
import {
  type Certificate,
  type CertificateContext,
  MEMBERS_LIMIT,
  encodeCertificate,
  isCertificateFor,
  readCertificate,
} from './certificate.ts';
import { type ChannelProblem, receiveMessage, sendMessage } from './channel.ts';
import { type Element, type Group, product } from './group.ts';
import { evaluate, evaluateInExponent } from './polynomial.ts';
import { type Proof, encodeProof, parseProof } from './proof.ts';
import { readList, readObject, readText } from './reading.ts';
import { parseScalar, randomScalar, scalarsOf } from './scalar.ts';
import { keysOfSeed } from './seed.ts';
import { type SignedMessage, encodeSignedMessage, isSigned, parseSignedMessage, signText } from './signed-message.ts';
import { parseStrictJson } from './strict-json.ts';
import { type TrusteeKey, isPossessed, trusteeKeyOf } from './trustee-key.ts';
import { type Pedersen, readCoefficients } from './trustees.ts';
import { polynomialStatement } from './verify-trustees.ts';

/** The ceremony as every member must see it: the same certificates for everyone. */
export interface Ceremony {
  readonly group: Group;
  readonly threshold: number;
  readonly certs: readonly SignedMessage[];
}

/** Step 2 of a member: one encrypted share for each member, and what all may see. */
export interface Polynomial {
  readonly secrets: readonly string[];
  readonly coefexps: SignedMessage;
  readonly signature: Proof;
}

/** What the server can check of a polynomial. */
type PublicPolynomial = Pick<Polynomial, 'coefexps' | 'signature'>;

/** Step 3 of a member: its decryption key, encrypted to itself for keeping, and its public part. */
export interface MemberKey {
  readonly decryptionKey: string;
  readonly publicKey: TrusteeKey;
}

/** What is wrong with a ceremony, or with what one of its members sent. */
export type CeremonyProblem =
  | ChannelProblem
  | 'certificate'
  | 'not-a-member'
  | 'coefficients'
  | 'polynomial-signature'
  | 'secret-malformed'
  | 'secret-not-of-polynomial'
  | 'verification-key';

type Checked<T> = ({ readonly ok: true } & T) | CeremonyRefusal;

/** `member` counts from 1: whose message is at fault. */
interface CeremonyRefusal {
  readonly ok: false;
  readonly reason: CeremonyProblem;
  readonly member?: number;
}

/** A polynomial's public form as JSON, members in this order: what a member hands to the server. */
export function encodePolynomial({ secrets, coefexps, signature }: Polynomial): object {
  return { secrets, coefexps: encodeSignedMessage(coefexps), signature: encodeProof(signature) };
}

/** Undefined for what is none; whether it belongs to a ceremony says checkPolynomial. */
export function parsePolynomial(group: Group, value: unknown): Polynomial | undefined {
  const shape = { what: 'polynomial', members: ['secrets', 'coefexps', 'signature'] };
  const object = readObject(value, shape, new Set());
  const secrets = readList(object?.['secrets'], readText, { least: 1, most: MEMBERS_LIMIT });
  const coefexps = parseSignedMessage(group, object?.['coefexps'], new Set());
  const signature = parseProof(group, object?.['signature'], new Set());
  return secrets && coefexps && signature && { secrets, coefexps, signature };
}

/** Step 1: the member's public keys, signed, for this place in this ceremony. */
export function makeCertificate(group: Group, seed: string, place: Omit<CertificateContext, 'group'>): SignedMessage {
  const { signing, verification, encryption } = keysOfSeed(group, seed);
  const [verificationText = '', encryptionText = ''] = group.texts([verification, encryption]);
  const message = encodeCertificate({ ...place, group: group.name }, verificationText, encryptionText);
  return { message, signature: signText(group, signing, message) };
}

/** Checked by the server when one comes, and by each member when all are there. */
export function checkCertificate(ceremony: Ceremony, index: number): boolean {
  return certificateAt(ceremony, index) !== undefined;
}

/** The certificate of this place (from 0), undefined when it is none, or for another place or ceremony. */
function certificateAt({ group, threshold, certs }: Ceremony, index: number): Certificate | undefined {
  const signed = certs[index]!;
  const certificate = readCertificate(group, signed, new Set());
  const expected = { group: group.name, size: certs.length, threshold, index: index + 1 };
  return certificate && isCertificateFor(group, { certificate, signed, expected }) ? certificate : undefined;
}

/** Step 2: a polynomial of degree threshold − 1, its value for each member, and commitments to its coefficients. */
export async function makePolynomial(ceremony: Ceremony, seed: string): Promise<Checked<{ polynomial: Polynomial }>> {
  const { group, threshold, certs } = ceremony;
  const members = readMembers(ceremony);
  if (!members.ok) return members;
  const { signing, verification } = keysOfSeed(group, seed);
  if (!members.members.some((one) => one.verification.equals(verification))) return refusal('not-a-member');
  const coefficients = Array.from({ length: threshold }, () => randomScalar(group));
  const exponentials = coefficients.map((one) => group.power(group.generator, one));
  const secrets = await Promise.all(
    members.members.map(({ encryption }, index) => {
      const message = JSON.stringify({ secret: evaluate(group, coefficients, index + 1).toString() });
      return sendMessage(group, { signingKey: signing, recipient: encryption, message });
    }),
  );
  const message = JSON.stringify({ coefexps: group.texts(exponentials) });
  const coefexps = { message, signature: signText(group, signing, message) };
  const signature = signText(group, signing, polynomialStatement(group, certs, exponentials));
  return { ok: true, polynomial: { secrets, coefexps, signature } };
}

/** All certificates, read; and the public parts of all polynomials, signed by their members, alone and together with the certificates. */
type PublicParts = Pick<Pedersen, 'certificates' | 'coefficients'>;

/** The certificates once, then each polynomial. */
export function checkPolynomials(
  ceremony: Ceremony,
  polynomials: readonly PublicPolynomial[],
): Checked<{ parts: PublicParts }> {
  const read = readMembers(ceremony);
  if (!read.ok) return read;
  const { members: certificates } = read;
  const coefficients: (readonly Element[])[] = [];
  for (const [index, member] of certificates.entries()) {
    const checked = checkPolynomialOf(ceremony, { member, index, polynomial: polynomials[index] });
    if (!checked.ok) return checked;
    coefficients.push(checked.coefficients);
  }
  return { ok: true, parts: { certificates, coefficients } };
}

/** The same of one member (`index` counts from 0): by the server when it comes. All certificates must be there. */
export function checkPolynomial(
  ceremony: Ceremony,
  index: number,
  polynomial: PublicPolynomial,
): Checked<{ coefficients: readonly Element[] }> {
  const read = readMembers(ceremony);
  return read.ok ? checkPolynomialOf(ceremony, { member: read.members[index]!, index, polynomial }) : read;
}

function checkPolynomialOf(
  { group, threshold, certs }: Ceremony,
  o: { readonly member: Certificate; readonly index: number; readonly polynomial: PublicPolynomial | undefined },
): Checked<{ coefficients: readonly Element[] }> {
  const { member, index, polynomial } = o;
  if (polynomial === undefined) return refusal('coefficients', index);
  const { verification: key } = member;
  const { coefexps, signature } = polynomial;
  const coefficients = readCoefficients(group, coefexps, threshold, new Set());
  if (coefficients === undefined || !isSigned(group, { key, ...coefexps })) return refusal('coefficients', index);
  const message = polynomialStatement(group, certs, coefficients);
  if (!isSigned(group, { key, message, signature })) return refusal('polynomial-signature', index);
  return { ok: true, coefficients };
}

/** Step 3: checks every secret that was sent to this member against its sender's commitments, and adds them up. */
export async function makeMemberKey(
  ceremony: Ceremony,
  seed: string,
  polynomials: readonly Polynomial[],
): Promise<Checked<{ memberKey: MemberKey }>> {
  const { group } = ceremony;
  const checked = checkPolynomials(ceremony, polynomials);
  if (!checked.ok) return checked;
  const { certificates, coefficients } = checked.parts;
  const { signing, decryption, verification, encryption } = keysOfSeed(group, seed);
  const own = certificates.findIndex((one) => one.verification.equals(verification));
  if (own < 0) return refusal('not-a-member');
  let sum = 0n;
  for (const [index, { verification: sender }] of certificates.entries()) {
    const sent = polynomials[index]!.secrets[own] ?? '';
    const received = await receiveMessage(group, { decryptionKey: decryption, recipient: encryption, sender, sent });
    if (!received.ok) return refusal(received.reason, index);
    const secret = parseSecret(group, received.message);
    if (secret === undefined) return refusal('secret-malformed', index);
    const expected = evaluateInExponent(group, coefficients[index]!, own + 1);
    if (!group.power(group.generator, secret).equals(expected)) return refusal('secret-not-of-polynomial', index);
    sum = scalarsOf(group).add(sum, secret);
  }
  const key = trusteeKeyOf(group, sum);
  const signature = signText(group, signing, key.publicKey);
  const message = { signingKey: signing, recipient: encryption, message: sum.toString() };
  return {
    ok: true,
    memberKey: { decryptionKey: await sendMessage(group, message), publicKey: { ...key, signature } },
  };
}

/** Opens the decryption key that a member encrypted to itself in step 3. */
export async function openDecryptionKey(
  group: Group,
  seed: string,
  decryptionKey: string,
): Promise<bigint | undefined> {
  const { decryption, verification, encryption } = keysOfSeed(group, seed);
  const message = { decryptionKey: decryption, recipient: encryption, sender: verification, sent: decryptionKey };
  const received = await receiveMessage(group, message);
  return received.ok ? parseScalar(group, received.message) : undefined;
}

/** What the election publishes about the group, after checking every member's key against all commitments. */
export function assemblePedersen(
  ceremony: Ceremony,
  polynomials: readonly PublicPolynomial[],
  keys: readonly TrusteeKey[],
): Checked<{ pedersen: Pedersen }> {
  const { group, threshold, certs } = ceremony;
  assert(keys.length === certs.length, 'every member has a key');
  const checked = checkPolynomials(ceremony, polynomials);
  if (!checked.ok) return checked;
  const { parts } = checked;
  const wrong = keys.findIndex((key, index) => !isMemberKey(group, { ...parts, key, index }));
  if (wrong >= 0) return refusal('verification-key', wrong);
  const coefexps = polynomials.map((one) => one.coefexps);
  const signatures = polynomials.map(({ signature }) => signature);
  return { ok: true, pedersen: { threshold, certs, coefexps, ...parts, signatures, keys } };
}

/** The key of one member (`index` counts from 0): by the server when it comes. All polynomials must be there. */
export function checkMemberKey(
  ceremony: Ceremony,
  polynomials: readonly PublicPolynomial[],
  { key, index }: { readonly key: TrusteeKey; readonly index: number },
): Checked<object> {
  const checked = checkPolynomials(ceremony, polynomials);
  if (!checked.ok) return checked;
  const holds = isMemberKey(ceremony.group, { ...checked.parts, key, index });
  return holds ? { ok: true } : refusal('verification-key', index);
}

/** It is what the coefficients of all say, its secret is known, and the member has signed it. */
function isMemberKey(group: Group, o: PublicParts & { readonly key: TrusteeKey; readonly index: number }): boolean {
  const expected = product(
    group,
    o.coefficients.map((one) => evaluateInExponent(group, one, o.index + 1)),
  );
  const { verification } = o.certificates[o.index]!;
  const { publicKey: message, signature } = o.key;
  if (!expected.equals(o.key.key) || !isPossessed(group, o.key)) return false;
  return signature !== undefined && isSigned(group, { key: verification, message, signature });
}

/** Every certificate, each for its place. */
function readMembers(ceremony: Ceremony): Checked<{ members: readonly Certificate[] }> {
  const members: Certificate[] = [];
  for (const index of ceremony.certs.keys()) {
    const certificate = certificateAt(ceremony, index);
    if (certificate === undefined) return refusal('certificate', index);
    members.push(certificate);
  }
  // Two places for one key would be two shares in one hand.
  const texts = ceremony.group.texts(members.map(({ verification }) => verification));
  const twice = texts.findIndex((text, index) => texts.indexOf(text) !== index);
  assert(members.length > 0, 'a ceremony has members');
  return twice >= 0 ? refusal('certificate', twice) : { ok: true, members };
}

function parseSecret(group: Group, text: string): bigint | undefined {
  const parsed = parseStrictJson(text);
  const object = parsed.ok ? readObject(parsed.value, { what: 'secret', members: ['secret'] }, new Set()) : undefined;
  return parseScalar(group, object?.['secret']);
}

function refusal(reason: CeremonyProblem, index?: number): CeremonyRefusal {
  return { ok: false, reason, ...(index !== undefined && { member: index + 1 }) };
}
