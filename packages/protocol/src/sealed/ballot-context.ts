// What all ballots of one election have in common: the constant header, the exact lengths, the key. Specification: "Ballot".

import type { CryptoKey } from 'jose';
import { type Definition, type DefinitionProblem, definitionHash, parseDefinition } from '../definition.ts';
import { base64urlLength, encodeBase64url } from '../encoding/base64.ts';
import { type Bytes, utf8 } from '../encoding/bytes.ts';
import { plaintextLength } from './plaintext.ts';
import { type PublicKeyFacts, type PublicKeyProblem, importPublicKey, readPublicKey } from './public-key.ts';

/** Everything needed to verify a sealed ballot without any key. Lengths in bytes, `ballotLength` in characters. */
export interface BallotContext {
  readonly definition: Definition;
  readonly definitionHash: string;
  readonly publicKeyPem: string;
  readonly fingerprint: string;
  /** The first segment of every ballot: base64url of the header's JSON. */
  readonly header: string;
  /** n of the RSA key, big-endian. */
  readonly modulus: Bytes;
  readonly encryptedKeyBytes: number;
  readonly plaintextBytes: number;
  readonly ballotLength: number;
}

/** A context that can seal: with the imported public key. */
export type SealingContext = BallotContext & { readonly publicKey: CryptoKey };

/** Why there is no context: the definition or the key is not ours. */
export type ContextProblem = DefinitionProblem | PublicKeyProblem;

type Failure = { readonly ok: false; readonly reason: ContextProblem };

/** Bytes of the initialisation vector and of the tag of A256GCM (RFC 7518 §5.3). */
export const GCM = { iv: 12, tag: 16 } as const;

/** The header of every ballot of an election, as jose writes it: `kid` is the key's fingerprint, no `crit` (RFC 7516 §4.1). */
export interface BallotHeader {
  readonly alg: 'RSA-OAEP-256';
  readonly enc: 'A256GCM';
  readonly kid: string;
  readonly votix: 1;
  readonly election: string;
}

type Named = Pick<BallotContext, 'definition' | 'definitionHash'>;

/** The header's member `election`: `<election>:<definition hash>`. */
export function electionOf({ definition, definitionHash: hash }: Named): string {
  return `${definition.election}:${hash}`;
}

/** The header's members in their order. */
export function ballotHeader(o: Named & Pick<BallotContext, 'fingerprint'>): BallotHeader {
  return { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: o.fingerprint, votix: 1, election: electionOf(o) };
}

/** The context of an election from its exact definition text and its public key, synchronously: enough to verify and to open. */
export function readBallotContext(
  definitionText: unknown,
  publicKeyPem: unknown,
): { readonly ok: true; readonly context: BallotContext } | Failure {
  const read = readBoth(definitionText, publicKeyPem);
  return read.ok ? { ok: true, context: contextOf(read) } : read;
}

/** The context of an election with its imported public key: enough to seal. */
export async function ballotContext(
  definitionText: unknown,
  publicKeyPem: unknown,
): Promise<{ readonly ok: true; readonly context: SealingContext } | Failure> {
  const read = readBoth(definitionText, publicKeyPem);
  if (!read.ok) return read;
  return { ok: true, context: { ...contextOf(read), publicKey: await importPublicKey(read.key) } };
}

interface Both {
  readonly ok: true;
  readonly definition: Definition;
  readonly hash: string;
  readonly key: PublicKeyFacts;
}

function readBoth(definitionText: unknown, publicKeyPem: unknown): Both | Failure {
  const parsed = parseDefinition(definitionText);
  if (!parsed.ok) return parsed;
  if (parsed.definition.sealing !== 'sealed-box') return { ok: false, reason: 'definition-sealing' };
  const key = readPublicKey(publicKeyPem);
  if (!key.ok) return key;
  return { ok: true, definition: parsed.definition, hash: definitionHash(definitionText as string), key: key.facts };
}

function contextOf({ definition, hash, key }: Both): BallotContext {
  const { fingerprint, modulus, publicKeyPem } = key;
  const members = ballotHeader({ definition, definitionHash: hash, fingerprint });
  const header = encodeBase64url(utf8(JSON.stringify(members)));
  const plaintextBytes = plaintextLength(definition);
  const lengths = [modulus.length, GCM.iv, plaintextBytes, GCM.tag].map(base64urlLength);
  const ballotLength = lengths.reduce((length, segment) => length + 1 + segment, header.length);
  const facts = { definition, definitionHash: hash, publicKeyPem, fingerprint, header, modulus };
  return { ...facts, encryptedKeyBytes: modulus.length, plaintextBytes, ballotLength };
}
