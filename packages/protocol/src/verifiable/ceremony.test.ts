// Threshold keys: any t of n members open a tally, t − 1 don't, and whoever sends something wrong is named.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Ceremony,
  type Polynomial,
  assemblePedersen,
  checkMemberKey,
  checkPolynomials,
  makeCertificate,
  makeMemberKey,
  makePolynomial,
  openDecryptionKey,
} from './ceremony.ts';
import { encrypt } from './ciphertext.ts';
import { ed25519Group } from './ed25519.ts';
import { randomScalar } from './scalar.ts';
import { lagrangeCoefficient } from './polynomial.ts';
import { checkShareSet, combineShares, decryptedElements, findExponents } from './result.ts';
import { aThresholdGroup } from './sample-board.ts';
import { keysOfSeed, makeSeed } from './seed.ts';
import { decryptionFactors } from './share.ts';
import { sendMessage } from './channel.ts';
import { electionKeyOf } from './trustees.ts';
import { trusteeKeyOf } from './trustee-key.ts';

const group = ed25519Group;

test('for random t of n: any t shares open a tally, t − 1 are refused and do not', async () => {
  const sizes = fc
    .integer({ min: 1, max: 4 })
    .chain((size) => fc.record({ size: fc.constant(size), threshold: fc.integer({ min: 1, max: size }) }));
  const property = fc.asyncProperty(sizes, async ({ size, threshold }) => {
    const { pedersen, secrets } = await aThresholdGroup(group, { threshold, size });
    const items = [{ kind: 'Pedersen' as const, pedersen }];
    const key = electionKeyOf(group, items);
    const tally = [[encrypt(group, key, { m: 41, r: randomScalar(group) })]];
    const shareOf = (owner: number) => ({
      owner,
      share: { factors: decryptionFactors(group, tally, secrets.at(owner - 1)!), proofs: [] },
    });
    const open = (owners: readonly number[]) => {
      const elements = decryptedElements(tally, combineShares(group, items, owners.map(shareOf)));
      return findExponents(group, elements, 100).at(0)!.at(0);
    };
    for (const owners of subsets(size, threshold)) {
      expect(checkShareSet(items, owners, true)).toBeUndefined();
      expect(open(owners)).toBe(41);
    }
    for (const owners of subsets(size, threshold - 1)) {
      expect(checkShareSet(items, owners, true)).toBe('share-missing');
      if (owners.length > 0) expect(open(owners)).toBeUndefined();
    }
    for (const owners of subsets(size, threshold + 1)) {
      expect(checkShareSet(items, owners, true)).toBe('share-surplus');
    }
  });
  await fc.assert(property, { numRuns: 4 });
});

function subsets(size: number, length: number): readonly (readonly number[])[] {
  const all = Array.from({ length: 2 ** size }, (_, mask) =>
    Array.from({ length: size }, (_, index) => index + 1).filter((member) => (mask >> (member - 1)) & 1),
  );
  return all.filter((members) => members.length === length);
}

test('Lagrange coefficients give back the value at 0', () => {
  const f = (x: bigint) => 7n + 5n * x + 3n * x * x;
  const members = [2, 5, 3];
  const sum = members.reduce((total, m) => total + lagrangeCoefficient(group, members, m) * f(BigInt(m)), 0n);
  expect(sum % group.order).toBe(7n);
});

interface Made {
  readonly ceremony: Ceremony;
  readonly seeds: readonly string[];
  readonly polynomials: readonly Polynomial[];
}

async function made(): Promise<Made> {
  const seeds = [makeSeed(), makeSeed(), makeSeed()];
  const certs = seeds.map((seed, index) => makeCertificate(group, seed, { size: 3, threshold: 2, index: index + 1 }));
  const ceremony = { group, threshold: 2, certs };
  const polynomials = await Promise.all(seeds.map((seed) => polynomialOf(ceremony, seed)));
  return { ceremony, seeds, polynomials };
}

async function polynomialOf(ceremony: Ceremony, seed: string): Promise<Polynomial> {
  const made = await makePolynomial(ceremony, seed);
  if (!made.ok) throw new Error(made.reason);
  return made.polynomial;
}

test('a certificate that stands elsewhere, or was changed, or stands twice, is refused by everyone', async () => {
  const { ceremony, seeds } = await made();
  const [first, second, third] = ceremony.certs as [never, never, never];
  const placed = makeCertificate(group, seeds.at(0)!, { size: 3, threshold: 2, index: 2 });
  const wrong = [
    { certs: [second, first, third], member: 1 },
    { certs: [first, placed, third], member: 2 },
    { certs: [first, second, { ...(third as object), message: '{}' } as never], member: 3 },
    { certs: [first, second], member: 1 },
  ];
  for (const { certs, member } of wrong) {
    const refused = { ok: false, reason: 'certificate', member };
    expect(await makePolynomial({ ...ceremony, certs }, seeds.at(2)!)).toEqual(refused);
  }
  expect(await makePolynomial({ ...ceremony, threshold: 3 }, seeds.at(0)!)).toMatchObject({ reason: 'certificate' });
  expect(await makePolynomial(ceremony, makeSeed())).toEqual({ ok: false, reason: 'not-a-member' });
});

test('each certificate is looked at once, however many members: a server checks them while it serves others', async () => {
  const { ceremony, seeds, polynomials } = await made();
  const memberKey = await makeMemberKey(ceremony, seeds.at(0)!, polynomials);
  if (!memberKey.ok) throw new Error(memberKey.reason);
  const key = memberKey.memberKey.publicKey;
  let read = 0;
  const certs = ceremony.certs.map(({ message, signature }) => ({
    signature,
    get message() {
      read += 1;
      return message;
    },
  }));
  const first = { ...ceremony, certs };
  expect(checkPolynomials(first, polynomials.slice(0, 1))).toMatchObject({ reason: 'coefficients', member: 2 });
  const ofOne = read;
  expect(checkMemberKey(first, polynomials, { key, index: 0 })).toEqual({ ok: true });
  // Read again only for the texts that the other two signed together with the certificates.
  expect(read - ofOne).toBe(ofOne + 2 * certs.length);
});

test('commitments that were changed, or belong to another ceremony, are refused', async () => {
  const { ceremony, polynomials } = await made();
  const other = await made();
  const [first, second, third] = polynomials as [Polynomial, Polynomial, Polynomial];
  const swapped = { ...first, coefexps: second.coefexps };
  expect(checkPolynomials(ceremony, [swapped, second, third])).toMatchObject({ reason: 'coefficients', member: 1 });
  const resigned = { ...second, signature: third.signature };
  const refused = { ok: false, reason: 'polynomial-signature', member: 2 };
  expect(checkPolynomials(ceremony, [first, resigned, third])).toEqual(refused);
  expect(checkPolynomials(ceremony, other.polynomials)).toMatchObject({ reason: 'coefficients', member: 1 });
});

test('a secret that is not of the polynomial, of another sender, for another member or damaged, is named', async () => {
  const { ceremony, seeds, polynomials } = await made();
  const { signing } = keysOfSeed(group, seeds.at(0)!);
  const { encryption } = keysOfSeed(group, seeds.at(1)!);
  const send = (message: string) => sendMessage(group, { signingKey: signing, recipient: encryption, message });
  const [first, second, third] = polynomials as [Polynomial, Polynomial, Polynomial];
  const damaged = first.secrets.at(1)!.replace(/.(?="\}$)/u, (digit) => (digit === '0' ? '1' : '0'));
  const cases = [
    [await send('{"secret":"5"}'), 'secret-not-of-polynomial'],
    [await send('{"secret":5}'), 'secret-malformed'],
    [await send('{"secret":"5","secret":"6"}'), 'secret-malformed'],
    [second.secrets.at(1)!, 'message-sender'],
    [first.secrets.at(0)!, 'message-undecryptable'],
    [damaged, 'message-undecryptable'],
    ['{}', 'message-malformed'],
    [first.secrets.at(1)!.replace('AES-GCM', 'AES-CCM'), 'message-malformed'],
  ] as const;
  for (const [secret, reason] of cases) {
    const forged = { ...first, secrets: [first.secrets.at(0)!, secret, first.secrets.at(2)!] };
    const refused = { ok: false, reason, member: 1 };
    expect(await makeMemberKey(ceremony, seeds.at(1)!, [forged, second, third])).toEqual(refused);
  }
});

test('a member key that is not the sum of the secrets is refused, a true one is opened by its member only', async () => {
  const { ceremony, seeds, polynomials } = await made();
  const keys = await Promise.all(seeds.map((seed) => makeMemberKey(ceremony, seed, polynomials)));
  const publicKeys = keys.map((one) => {
    if (!one.ok) throw new Error(one.reason);
    return one.memberKey;
  });
  const all = publicKeys.map(({ publicKey }) => publicKey);
  expect(assemblePedersen(ceremony, polynomials, all)).toMatchObject({ ok: true });
  const forged = { ...trusteeKeyOf(group, randomScalar(group)), signature: all.at(1)!.signature! };
  const refused = { ok: false, reason: 'verification-key', member: 2 };
  expect(assemblePedersen(ceremony, polynomials, [all.at(0)!, forged, all.at(2)!])).toEqual(refused);
  const unsigned = { pok: all.at(1)!.pok, key: all.at(1)!.key, publicKey: all.at(1)!.publicKey };
  expect(assemblePedersen(ceremony, polynomials, [all.at(0)!, unsigned, all.at(2)!])).toEqual(refused);
  expect(await openDecryptionKey(group, seeds.at(0)!, publicKeys.at(0)!.decryptionKey)).toBeTypeOf('bigint');
  expect(await openDecryptionKey(group, seeds.at(1)!, publicKeys.at(0)!.decryptionKey)).toBeUndefined();
});
