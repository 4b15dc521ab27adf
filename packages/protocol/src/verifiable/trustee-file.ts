// A trustee's key file: the secret, encrypted under a passphrase as a JWE (RFC 7516) with PBES2 (RFC 7518 §4.8), and which tally
// was signed with it. Specification: "Trustee's key file".

import { hasExactly } from '../encoding/json.ts';
import { MEMBERS_LIMIT } from './certificate.ts';
import type { GroupName } from './group.ts';
import { findGroup } from './groups.ts';
import { openUnderPassphrase, type PassphraseProblem, sealUnderPassphrase } from './passphrase-file.ts';
import { readInteger, readList } from './reading.ts';
import { parseScalar } from './scalar.ts';
import { isSeed } from './seed.ts';
import { parseStrictJson } from './strict-json.ts';

/** A mandatory trustee's secret, or a member's seed with its place and, after the ceremony, its encrypted decryption key. */
export type TrusteeSecret =
  | { readonly kind: 'mandatory'; readonly x: bigint }
  | {
      readonly kind: 'member';
      readonly seed: string;
      readonly size: number;
      readonly threshold: number;
      readonly index: number;
      readonly decryptionKey: string | null;
    };

/** What a trustee keeps. */
export interface TrusteeFile {
  readonly group: GroupName;
  readonly secret: TrusteeSecret;
  /** φ of each election and the hash of the one tally that was signed in it. */
  readonly signed: readonly { readonly election: string; readonly tally: string }[];
}

/** Why a trustee's key file does not open. */
export type TrusteeFileProblem = PassphraseProblem;

const LENGTH_LIMIT = 1_000_000;

/** The key file's text. Every call gives another one. */
export async function sealTrusteeFile(file: TrusteeFile, passphrase: string): Promise<string> {
  const { secret } = file;
  const written = secret.kind === 'mandatory' ? { ...secret, x: secret.x.toString() } : secret;
  const text = JSON.stringify({
    votix: 1,
    kind: 'trustee-key',
    group: file.group,
    secret: written,
    signed: file.signed,
  });
  return sealUnderPassphrase(text, passphrase);
}

/** What a key file holds. */
export async function openTrusteeFile(
  text: string,
  passphrase: string,
): Promise<
  { readonly ok: true; readonly file: TrusteeFile } | { readonly ok: false; readonly reason: TrusteeFileProblem }
> {
  const opened = await openUnderPassphrase(text, passphrase, LENGTH_LIMIT);
  if (!opened.ok) return opened;
  const file = parseTrusteeFile(opened.text);
  return file === undefined ? { ok: false, reason: 'malformed-key-file' } : { ok: true, file };
}

function parseTrusteeFile(text: string): TrusteeFile | undefined {
  const parsed = parseStrictJson(text);
  const value = parsed.ok ? parsed.value : undefined;
  if (!hasExactly(value, ['votix', 'kind', 'group', 'secret', 'signed'])) return undefined;
  const group = findGroup(value['group']);
  if (value['votix'] !== 1 || value['kind'] !== 'trustee-key' || group === undefined) return undefined;
  const secret = parseSecret(value['secret'], (x) => parseScalar(group, x));
  const signed = readList(value['signed'], parseSigned);
  return secret && signed && { group: group.name, secret, signed };
}

function parseSecret(value: unknown, scalar: (x: unknown) => bigint | undefined): TrusteeSecret | undefined {
  if (hasExactly(value, ['kind', 'x'])) {
    const x = scalar(value['x']);
    return x === undefined || x === 0n || value['kind'] !== 'mandatory' ? undefined : { kind: 'mandatory', x };
  }
  if (!hasExactly(value, ['kind', 'seed', 'size', 'threshold', 'index', 'decryptionKey'])) return undefined;
  const { kind, seed, decryptionKey } = value;
  const size = readInteger(value['size'], 1, MEMBERS_LIMIT);
  const threshold = readInteger(value['threshold'], 1, size);
  const index = readInteger(value['index'], 1, size);
  if (kind !== 'member' || typeof seed !== 'string' || !isSeed(seed)) return undefined;
  if (size === undefined || threshold === undefined || index === undefined) return undefined;
  if (decryptionKey !== null && typeof decryptionKey !== 'string') return undefined;
  return { kind, seed, size, threshold, index, decryptionKey };
}

function parseSigned(value: unknown): TrusteeFile['signed'][number] | undefined {
  if (!hasExactly(value, ['election', 'tally'])) return undefined;
  const { election, tally } = value;
  return typeof election === 'string' && typeof tally === 'string' ? { election, tally } : undefined;
}
