// A passphrase split among holders by Shamir's scheme (Shamir 1979, over GF(2^8)), and put together again.
// Specification: "Split passphrase". Whoever combines holds the whole passphrase.

import { combine, split } from 'shamir-secret-sharing';
import { assert } from '../assert.ts';
import { decodeCrockford, encodeCrockford, inGroups } from '../encoding/crockford.ts';
import { parsePassphrase } from './passphrase.ts';
import { SHARE_HOLDERS, type Share, type ShareProblem, encodeShare, isSplit, parseShare, shareHash } from './share.ts';

/** Twenty bits that are always zero: 28 characters and these are 20 bytes, of which the last two carry nothing. */
const PADDING = '0000';
const SECRET_BYTES = 18;

/** What is asked of shares besides fitting each other: the key's fingerprint, and the hashes kept when they were made. */
export interface ExpectedShares {
  readonly fingerprint?: string | undefined;
  /** In the order of the holders. */
  readonly hashes?: readonly string[] | undefined;
}

/** Why shares don't open; `at` is the place, in the list given, of the share at fault. */
export type SharesProblem =
  | {
      readonly reason: ShareProblem | 'share-of-other-key' | 'share-of-other-split' | 'share-given-twice';
      readonly at: number;
    }
  | { readonly reason: 'too-few-shares'; readonly given: number; readonly needed: number }
  | { readonly reason: 'shares-do-not-fit' };

/** The passphrase in the form makePassphrase gives, or why there is none. */
export type CombinedShares =
  { readonly ok: true; readonly passphrase: string } | ({ readonly ok: false } & SharesProblem);

/** The texts of the shares, in the order of the holders. Fewer than `needed` of them tell nothing about the passphrase. */
export async function splitPassphrase(o: {
  readonly passphrase: string;
  readonly fingerprint: string;
  readonly holders: number;
  readonly needed: number;
}): Promise<readonly string[]> {
  const parsed = parsePassphrase(o.passphrase);
  assert(parsed.ok && isSplit(o.holders, o.needed), 'a passphrase of ours is split among 2 to 10 holders');
  const secret = decodeCrockford(parsed.passphrase.replaceAll('-', '') + PADDING).slice(0, SECRET_BYTES);
  const points = await split(secret, o.holders, o.needed);
  return points.map((point, n) => encodeShare({ ...o, index: n + 1, point: new Uint8Array(point) }));
}

/** The passphrase of enough shares as people type them, in any order. Total for any input; the first fault is named. */
export async function combineShares(typed: readonly unknown[], expected: ExpectedShares = {}): Promise<CombinedShares> {
  const shares: Share[] = [];
  for (const [at, text] of typed.entries()) {
    const parsed = parseShare(text);
    if (!parsed.ok) return { ...parsed, at };
    const reason = problemAmong(parsed.share, shares, expected);
    if (reason !== undefined) return { ok: false, reason, at };
    shares.push(parsed.share);
  }
  const needed = shares[0]?.needed ?? SHARE_HOLDERS.fewest;
  if (shares.length < needed) return { ok: false, reason: 'too-few-shares', given: shares.length, needed };
  const secret = await combine(shares.map(({ point }) => point));
  const characters = encodeCrockford(Uint8Array.of(...secret, 0, 0));
  if (!characters.endsWith(PADDING)) return { ok: false, reason: 'shares-do-not-fit' };
  return { ok: true, passphrase: inGroups(characters.slice(0, -PADDING.length), 4, '-') };
}

function problemAmong(share: Share, others: readonly Share[], { fingerprint, hashes }: ExpectedShares) {
  const [first] = others;
  const mark = fingerprint?.slice(0, 4) ?? first?.keyMark ?? share.keyMark;
  if (share.keyMark !== mark) return 'share-of-other-key';
  if (hashes !== undefined && shareHash(share.text) !== hashes[share.index - 1]) return 'share-of-other-split';
  if (first !== undefined && (share.holders !== first.holders || share.needed !== first.needed))
    return 'share-of-other-split';
  const isTwice = others.some(({ index, point }) => index === share.index || point.at(-1) === share.point.at(-1));
  return isTwice ? 'share-given-twice' : undefined;
}
