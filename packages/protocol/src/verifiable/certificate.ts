// The first message of a threshold key ceremony: a member's two public keys, bound to the ceremony and to its place in it.
// Specification: "Threshold key".

import type { Element, Group } from './group.ts';
import { type Unknowns, readInteger, readObject } from './reading.ts';
import { type SignedMessage, isSigned } from './signed-message.ts';
import { parseStrictJson } from './strict-json.ts';

/** What a certificate is for: `threshold` of `size` members can decrypt; `index` counts from 1. */
export interface CertificateContext {
  readonly group: string;
  readonly size: number;
  readonly threshold: number;
  readonly index: number;
}

/** What a member signed: keys for checking its signatures, and for sending to it. */
export interface Certificate {
  /** Absent before Belenios 3.0. */
  readonly context?: CertificateContext;
  readonly verification: Element;
  readonly encryption: Element;
}

/** How many members a threshold group may have. */
export const MEMBERS_LIMIT = 100;

/** The text that is signed. */
export function encodeCertificate(context: CertificateContext, verification: string, encryption: string): string {
  const { group, size, threshold, index } = context;
  return JSON.stringify({ context: { group, size, threshold, index }, verification, encryption });
}

/** The form only; undefined for what is none, and for the identity as a key. */
export function readCertificate(group: Group, { message }: SignedMessage, unknowns: Unknowns): Certificate | undefined {
  const parsed = parseStrictJson(message);
  const shape = { what: 'cert_keys', members: ['verification', 'encryption'], optional: ['context'] };
  const object = parsed.ok ? readObject(parsed.value, shape, unknowns) : undefined;
  const [verification, encryption] = [group.parse(object?.['verification']), group.parse(object?.['encryption'])];
  if (verification === undefined || encryption === undefined) return undefined;
  if (verification.isIdentity || encryption.isIdentity) return undefined;
  if (object!['context'] === undefined) return { verification, encryption };
  const context = readContext(object!['context'], unknowns);
  return context && { context, verification, encryption };
}

/** Whether a certificate is signed with its own key and says the place it stands at. */
export function isCertificateFor(
  group: Group,
  o: { readonly certificate: Certificate; readonly signed: SignedMessage; readonly expected: CertificateContext },
): boolean {
  const { context, verification: key } = o.certificate;
  const { group: name, size, threshold, index } = o.expected;
  if (context?.group !== name || context.size !== size) return false;
  if (context.threshold !== threshold || context.index !== index) return false;
  return isSigned(group, { key, ...o.signed });
}

function readContext(value: unknown, unknowns: Unknowns): CertificateContext | undefined {
  const object = readObject(value, { what: 'context', members: ['group', 'size', 'threshold', 'index'] }, unknowns);
  const group = object?.['group'];
  const [size, threshold, index] = ['size', 'threshold', 'index'].map((name) =>
    readInteger(object?.[name], 1, MEMBERS_LIMIT),
  );
  if (typeof group !== 'string' || size === undefined || threshold === undefined || index === undefined) {
    return undefined;
  }
  return { group, size, threshold, index };
}
