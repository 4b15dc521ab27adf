// Who can decrypt: mandatory trustees, threshold groups (t of n members), or both. Reading and the flat numbering of shares.
// Specification: "Trustees". verify-trustees.ts checks what is signed and proven in it.

import { type Certificate, MEMBERS_LIMIT, readCertificate } from './certificate.ts';
import { type Element, type Group, product } from './group.ts';
import { type Proof, encodeProof, parseProof } from './proof.ts';
import { type Unknowns, allOf, readInteger, readList, readObject } from './reading.ts';
import { type SignedMessage, encodeSignedMessage, parseSignedMessage } from './signed-message.ts';
import { parseStrictJson } from './strict-json.ts';
import { type TrusteeKey, encodeTrusteeKey, parseTrusteeKey } from './trustee-key.ts';

/** A threshold group. `threshold` is t + 1 of the specification: how many members it takes. */
export interface Pedersen {
  readonly threshold: number;
  readonly certs: readonly SignedMessage[];
  readonly certificates: readonly Certificate[];
  readonly coefexps: readonly SignedMessage[];
  /** A_i0, …, A_it of each member i. */
  readonly coefficients: readonly (readonly Element[])[];
  /** Of the polynomials, one per member; absent before Belenios 3.0. */
  readonly signatures?: readonly Proof[];
  readonly keys: readonly TrusteeKey[];
}

/** One mandatory trustee, or one threshold group. */
export type TrusteeItem =
  { readonly kind: 'Single'; readonly key: TrusteeKey } | { readonly kind: 'Pedersen'; readonly pedersen: Pedersen };

/** One who can give a share, by its number `owner` (from 1, over all items in order). */
export interface ShareOwner {
  readonly item: number;
  /** From 1, inside the item. */
  readonly member: number;
  readonly key: TrusteeKey;
}

const ITEMS = { least: 1, most: 100 };
const THRESHOLD_MEMBERS = ['threshold', 'certs', 'coefexps', 'verification_keys'];

/** The form only: as many certificates, commitments and keys as members. verify-trustees.ts checks what they say. */
export function readTrustees(
  group: Group,
  text: string,
  unknowns: Unknowns = new Set(),
): readonly TrusteeItem[] | undefined {
  const parsed = parseStrictJson(text);
  return parsed.ok ? readList(parsed.value, (item) => readItem(group, item, unknowns), ITEMS) : undefined;
}

/** The text of the trustees, as the archive has it. */
export function encodeTrustees(items: readonly TrusteeItem[]): string {
  return JSON.stringify(
    items.map((item) =>
      item.kind === 'Single' ? ['Single', encodeTrusteeKey(item.key)] : ['Pedersen', encodePedersen(item.pedersen)],
    ),
  );
}

function encodePedersen({ threshold, certs, coefexps, signatures, keys }: Pedersen): object {
  return {
    threshold,
    certs: certs.map(encodeSignedMessage),
    coefexps: coefexps.map(encodeSignedMessage),
    ...(signatures && { signatures: signatures.map(encodeProof) }),
    verification_keys: keys.map(encodeTrusteeKey),
  };
}

/** All who can give a share, in the order of their numbers. */
export function shareOwners(items: readonly TrusteeItem[]): readonly ShareOwner[] {
  return items.flatMap((one, item) =>
    one.kind === 'Single'
      ? [{ item, member: 1, key: one.key }]
      : one.pedersen.keys.map((key, index) => ({ item, member: index + 1, key })),
  );
}

/** y: the product of the sub-keys; a threshold group's is the product of its members' A_i0. */
export function electionKeyOf(group: Group, items: readonly TrusteeItem[]): Element {
  return product(
    group,
    items.flatMap((item) =>
      item.kind === 'Single' ? [item.key.key] : item.pedersen.coefficients.map(([constant]) => constant!),
    ),
  );
}

function readItem(group: Group, value: unknown, unknowns: Unknowns): TrusteeItem | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [kind, content] = value as readonly unknown[];
  if (kind === 'Single') {
    const key = parseTrusteeKey(group, content, unknowns);
    return key && { kind, key };
  }
  if (kind !== 'Pedersen') return undefined;
  const pedersen = readPedersen(group, content, unknowns);
  return pedersen && { kind, pedersen };
}

function readPedersen(group: Group, value: unknown, unknowns: Unknowns): Pedersen | undefined {
  const shape = { what: 'threshold_parameters', members: THRESHOLD_MEMBERS, optional: ['signatures'] };
  const object = readObject(value, shape, unknowns);
  const keys = readList(object?.['verification_keys'], (key) => parseTrusteeKey(group, key, unknowns), {
    least: 1,
    most: MEMBERS_LIMIT,
  });
  if (object === undefined || keys === undefined) return undefined;
  const each = { least: keys.length, most: keys.length };
  const threshold = readInteger(object['threshold'], 1, keys.length);
  const signed = (list: unknown) => readList(list, (one) => parseSignedMessage(group, one, unknowns), each);
  const [certs, coefexps] = [signed(object['certs']), signed(object['coefexps'])];
  if (threshold === undefined || certs === undefined || coefexps === undefined) return undefined;
  const certificates = allOf(certs, (cert) => readCertificate(group, cert, unknowns));
  const coefficients = allOf(coefexps, (one) => readCoefficients(group, one, threshold, unknowns));
  if (certificates === undefined || coefficients === undefined) return undefined;
  const read = { threshold, certs, certificates, coefexps, coefficients, keys };
  if (object['signatures'] === undefined) return read;
  const signatures = readList(object['signatures'], (proof) => parseProof(group, proof, unknowns), each);
  return signatures && { ...read, signatures };
}

/** As many as the threshold: a polynomial of degree t has t + 1 coefficients. */
export function readCoefficients(
  group: Group,
  { message }: SignedMessage,
  threshold: number,
  unknowns: Unknowns,
): readonly Element[] | undefined {
  const parsed = parseStrictJson(message);
  const object = parsed.ok
    ? readObject(parsed.value, { what: 'raw_coefexps', members: ['coefexps'] }, unknowns)
    : undefined;
  const elements = readList(object?.['coefexps'], (one) => group.parse(one), { least: threshold, most: threshold });
  return elements?.[0]?.isIdentity === false ? elements : undefined;
}
