// The cryptography of a trustee's steps, on the trustee's own machine. Each gives the key file as it is to be kept from then on
// and what goes to the server.
import {
  encodePolynomial,
  encodeSignedMessage,
  encodeTrusteeKey,
  findGroup,
  makeCertificate,
  makeMemberKey,
  makePolynomial,
  makeSeed,
  openTrusteeFile,
  parsePolynomial,
  parseSignedMessage,
  randomScalar,
  sealTrusteeFile,
  type TrusteeFile,
  trusteeKeyOf,
} from '@votix/protocol/verifiable';
import { makePassphrase, parsePassphrase } from '@votix/protocol';
import { assert } from '../page/assert.ts';
import type { Seat } from './data.ts';
import type { Key, KeyProblem, Outgoing, Unsaved } from './state.ts';

export type Made =
  | { readonly ok: true; readonly unsaved: Unsaved }
  /** `member` from 1: whose part is wrong. */
  | { readonly ok: false; readonly problem: KeyProblem; readonly member: number | null };

function groupOf({ groupName }: Seat) {
  const group = findGroup(groupName);
  assert(group, 'the server names a group of ours');
  return group;
}

/** A new key, or of a threshold key the member's certificate, under a new passphrase. */
export async function makeFirst(seat: Seat): Promise<Unsaved> {
  const group = groupOf(seat);
  const passphrase = makePassphrase();
  if (seat.step === 'key') {
    const x = randomScalar(group);
    const file: TrusteeFile = { group: group.name, secret: { kind: 'mandatory', x }, signed: [] };
    return unsaved({ file, passphrase }, step('key', encodeTrusteeKey(trusteeKeyOf(group, x))), true);
  }
  const seed = makeSeed();
  const place = { size: seat.size, threshold: seat.threshold, index: seat.index };
  const secret = { kind: 'member' as const, seed, ...place, decryptionKey: null };
  const made = encodeSignedMessage(makeCertificate(group, seed, place));
  return unsaved({ file: { group: group.name, secret, signed: [] }, passphrase }, step('certificate', made), true);
}

/** The second and third step of a member, with what the others have made. */
export async function goOn(seat: Seat, key: Key): Promise<Made> {
  const { secret } = key.file;
  if (secret.kind !== 'member' || seat.certs === null) return refused('other-key');
  const { size, threshold, index } = secret;
  if (size !== seat.size || threshold !== seat.threshold || index !== seat.index) return refused('other-key');
  const group = groupOf(seat);
  const certs = seat.certs.map((cert) => parseSignedMessage(group, cert, new Set()));
  assert(!certs.includes(undefined), 'the server checked the certificates');
  const ceremony = { group, threshold, certs: certs.map((cert) => cert!) };
  if (seat.step === 'polynomial') {
    const made = await makePolynomial(ceremony, secret.seed);
    if (!made.ok) return refused(made.reason === 'not-a-member' ? 'other-key' : 'member', made.member ?? null);
    const outgoing = step('polynomial', encodePolynomial(made.polynomial));
    return { ok: true, unsaved: { key, text: '', outgoing, isNew: false } };
  }
  const polynomials = (seat.polynomials ?? []).map((one) => parsePolynomial(group, one));
  assert(!polynomials.includes(undefined), 'the server checked the polynomials');
  const made = await makeMemberKey(
    ceremony,
    secret.seed,
    polynomials.map((one) => one!),
  );
  if (!made.ok) return refused(made.reason === 'not-a-member' ? 'other-key' : 'member', made.member ?? null);
  const { decryptionKey, publicKey } = made.memberKey;
  const file = { ...key.file, secret: { ...secret, decryptionKey } };
  const outgoing = step('member-key', encodeTrusteeKey(publicKey));
  return { ok: true, unsaved: await unsaved({ ...key, file }, outgoing, false) };
}

/** A key file from the trustee's disk. */
export async function openKey(text: string, typed: string): Promise<Key | KeyProblem> {
  const parsed = parsePassphrase(typed);
  const passphrase = parsed.ok ? parsed.passphrase : typed.trim();
  const opened = await openTrusteeFile(text, passphrase);
  return opened.ok ? { file: opened.file, passphrase } : opened.reason;
}

/** The same secret: what was saved is what was made. */
export function isSameKey(a: Key, b: Key): boolean {
  const of = ({ file: { group, secret } }: Key) =>
    JSON.stringify([group, secret.kind === 'mandatory' ? secret.x.toString() : secret]);
  return of(a) === of(b);
}

export async function unsaved(key: Key, outgoing: Outgoing, isNew: boolean): Promise<Unsaved> {
  return { key, text: await sealTrusteeFile(key.file, key.passphrase), outgoing, isNew };
}

function step(name: string, made: object): Outgoing {
  return { to: 'step', step: name, made };
}

const refused = (problem: KeyProblem, member: number | null = null): Made => ({ ok: false, problem, member });
