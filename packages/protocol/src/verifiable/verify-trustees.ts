// What is signed and proven about those who can decrypt. Each function checks one kind of thing and names the first that is
// wrong by its index among all trustees.

import { type CertificateContext, isCertificateFor } from './certificate.ts';
import { type Element, type Group, product } from './group.ts';
import { evaluateInExponent } from './polynomial.ts';
import { type SignedMessage, encodeSignedMessage, isSigned } from './signed-message.ts';
import { isPossessed } from './trustee-key.ts';
import { type Pedersen, type TrusteeItem, shareOwners } from './trustees.ts';

/** How many things were looked at; `reason` when one is wrong, `at` which. */
export interface Finding {
  readonly count: number;
  readonly reason?: string;
  readonly at?: number;
}

/** Every key comes with the proof that its secret is known. */
export function checkTrusteeKeys(group: Group, items: readonly TrusteeItem[]): Finding {
  const owners = shareOwners(items);
  const at = owners.findIndex(({ key }) => !isPossessed(group, key));
  return finding(owners.length, at, 'trustee-key-proof');
}

/** Every certificate is signed with its own key, for this group, size, threshold and index. */
export function checkCertificates(group: Group, items: readonly TrusteeItem[]): Finding {
  return eachMember(items, (pedersen, index) => {
    const certificate = pedersen.certificates[index]!;
    const expected = certificateContext(group, pedersen, index);
    if (certificate.context === undefined) return 'certificate-before-3.0';
    const signed = pedersen.certs[index]!;
    return isCertificateFor(group, { certificate, signed, expected }) ? undefined : 'certificate-signature';
  });
}

/** Every list of coefficients is signed by its member, alone and together with all certificates. */
export function checkCoefficients(group: Group, items: readonly TrusteeItem[]): Finding {
  return eachMember(items, (pedersen, index) => {
    const { verification: key } = pedersen.certificates[index]!;
    if (!isSigned(group, { key, ...pedersen.coefexps[index]! })) return 'coefficients-signature';
    if (pedersen.signatures === undefined) return 'polynomial-before-3.0';
    const message = polynomialStatement(group, pedersen.certs, pedersen.coefficients[index]!);
    return isSigned(group, { key, message, signature: pedersen.signatures[index]! })
      ? undefined
      : 'polynomial-signature';
  });
}

/** Every member's verification key is what the coefficients of all say, and signed by the member. */
export function checkVerificationKeys(group: Group, items: readonly TrusteeItem[]): Finding {
  return eachMember(items, (pedersen, index) => {
    const { key, publicKey, signature } = pedersen.keys[index]!;
    const expected = product(
      group,
      pedersen.coefficients.map((one) => evaluateInExponent(group, one, index + 1)),
    );
    if (!expected.equals(key)) return 'verification-key';
    if (signature === undefined) return 'verification-key-before-3.0';
    const { verification } = pedersen.certificates[index]!;
    return isSigned(group, { key: verification, message: publicKey, signature })
      ? undefined
      : 'verification-key-signature';
  });
}

function certificateContext(
  group: Group,
  { threshold, keys }: Pick<Pedersen, 'threshold' | 'keys'>,
  index: number,
): CertificateContext {
  return { group: group.name, size: keys.length, threshold, index: index + 1 };
}

/** What a member signs about its polynomial: all certificates, and the A_i0, …, A_it of its own. */
export function polynomialStatement(
  group: Group,
  certs: readonly SignedMessage[],
  coefficients: readonly Element[],
): string {
  return `certs_sig|${JSON.stringify({ certs: certs.map(encodeSignedMessage), coefexps: group.texts(coefficients) })}`;
}

function finding(count: number, at: number, reason: string): Finding {
  return at < 0 ? { count } : { count, reason, at };
}

function eachMember(
  items: readonly TrusteeItem[],
  find: (pedersen: Pedersen, index: number) => string | undefined,
): Finding {
  const members = items.flatMap((item) =>
    item.kind === 'Pedersen' ? item.pedersen.keys.map((_, index) => ({ pedersen: item.pedersen, index })) : [],
  );
  for (const [at, { pedersen, index }] of members.entries()) {
    const reason = find(pedersen, index);
    if (reason !== undefined) return { count: members.length, reason, at };
  }
  return { count: members.length };
}
