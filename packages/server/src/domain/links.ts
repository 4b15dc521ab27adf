// A voter's way in: the personal link (UUID), the key to type instead (16 characters, 80 bits), the 4-digit code.

import { randomInt, randomUUID } from 'node:crypto';
import { countLocked } from '../storage/codes.ts';
import type { Reader } from '../storage/database.ts';
import { findKeyHolder, findLinkHolder, type LinkHolder, type LinkRow, listAccesses } from '../storage/links.ts';
import type { CodesTable, Instant } from '../storage/tables.ts';
import type { ConfirmedTechnician } from './scopes.ts';
import { breather, slices } from './turns.ts';
import type { Vault } from './vault.ts';

export { countLocked, type LinkHolder };

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyLength = 16;

export const makeKey = (): string =>
  Array.from({ length: keyLength }, () => alphabet[randomInt(alphabet.length)]).join('');
const makeCode = (): string => String(randomInt(10_000)).padStart(4, '0');

/** As typed by hand: spaces, dashes, lower case, O for 0, I and L for 1. Undefined when it can be no key. */
export function parseKey(typed: string): string | undefined {
  const key = typed
    .replace(/[\s\-‐-―]/gu, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(key) ? key : undefined;
}

/** Spaces and dashes tolerated; undefined when it can be no code. */
export function parseCode(typed: string): string | undefined {
  const code = typed.replace(/[\s\-‐-―]/gu, '');
  return /^[0-9]{4}$/.test(code) ? code : undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Scanners write # as %23 and change the case, sentences end with a full stop: none of it is part of the link. */
export function parseLink(text: string): string | undefined {
  const link = (text.split('#')[0] ?? '')
    .replace(/[.,;:!?)>\s]+$/, '')
    .trimStart()
    .toLowerCase();
  return uuid.test(link) ? link : undefined;
}

export interface Issued {
  readonly link: LinkRow;
  readonly code: CodesTable;
}

/** What is hashed of a code: bound to its voter, so that equal codes have different hashes. */
export const boundCode = (voterId: string, code: string): string => `${voterId} ${code}`;

export async function issueLink(vault: Vault, voterId: string, now: Instant): Promise<LinkRow> {
  const [link, key] = [randomUUID(), makeKey()];
  return {
    link_hash: vault.hash('link', link),
    key_hash: vault.hash('key', key),
    voter_id: voterId,
    sealed: await vault.seal('link', voterId, JSON.stringify([link, key])),
    issued_at: now,
    replaced_at: null,
  };
}

export async function issueCode(vault: Vault, voterId: string): Promise<CodesTable> {
  const code = makeCode();
  return {
    voter_id: voterId,
    code_hash: vault.hash('code', boundCode(voterId, code)),
    sealed: await vault.seal('code', voterId, code),
  };
}

export const issueAccess = async (vault: Vault, voterId: string, now: Instant): Promise<Issued> => ({
  link: await issueLink(vault, voterId, now),
  code: await issueCode(vault, voterId),
});

/** Link, key and code of each of these voters, some at a time, in their order. */
export type Issuer = (voterIds: readonly string[], now: Instant) => AsyncGenerator<readonly Issued[]>;

const issuedAtOnce = 50;

/** In this thread: WebCrypto seals some of them while others are made ready, and whoever asks is answered between them. */
export const issueHere = (vault: Vault): Issuer =>
  async function* (voterIds, now) {
    const breathe = breather();
    for (const slice of slices(voterIds, issuedAtOnce)) {
      yield await Promise.all(slice.map((id) => issueAccess(vault, id, now)));
      await breathe();
    }
  };

export interface Access {
  readonly link: string;
  readonly key: string;
  readonly code: string;
  /** Of a verifiable election, while it waits to be told. */
  readonly credential?: string;
}

/** A voter's address. What stands behind # no browser sends to any server. */
export const voteAddress = (baseUrl: string, { link, credential }: Pick<Access, 'link' | 'credential'>): string =>
  `${baseUrl}/vote/${link}${credential === undefined ? '' : `#${credential}`}`;

async function opened(vault: Vault, sealed: { voter_id: string; link: string; code: string }): Promise<Access> {
  const { voter_id: voterId } = sealed;
  const opening = [vault.open('link', voterId, sealed.link), vault.open('code', voterId, sealed.code)] as const;
  const [way, code] = await Promise.all(opening);
  const [link, key] = JSON.parse(way) as [string, string];
  return { link, key, code };
}

/** Links, keys and codes of these voters in the clear: for the printed sheets, and for one voter's copy. */
export const readAccesses = (
  db: Reader,
  vault: Vault,
  _: ConfirmedTechnician,
  voterIds: readonly string[],
): Promise<Map<string, Access>> => openAccesses(db, vault, voterIds);

/** For the mails that an administrator has started; nothing that answers a request may call it. */
export async function openAccesses(
  db: Reader,
  vault: Vault,
  voterIds: readonly string[],
): Promise<Map<string, Access>> {
  const rows = await listAccesses(db, voterIds);
  return new Map(await Promise.all(rows.map(async (row) => [row.voter_id, await opened(vault, row)] as const)));
}

export type Holder =
  | { readonly ok: true; readonly holder: LinkHolder }
  | { readonly ok: false; readonly reason: 'unknown-link' }
  | { readonly ok: false; readonly reason: 'replaced-link'; readonly holder: LinkHolder };

export async function readHolder(db: Reader, vault: Vault, text: string): Promise<Holder> {
  const link = parseLink(text);
  const holder = link === undefined ? undefined : await findLinkHolder(db, vault.hash('link', link));
  if (!holder) return { ok: false, reason: 'unknown-link' };
  return holder.replaced_at === null ? { ok: true, holder } : { ok: false, reason: 'replaced-link', holder };
}

export type TypedKey =
  | { readonly ok: true; readonly link: string }
  | { readonly ok: false; readonly reason: 'malformed-key' | 'unknown-key' };

/** The link that a typed key stands for. */
export async function readTypedKey(db: Reader, vault: Vault, typed: string): Promise<TypedKey> {
  const key = parseKey(typed);
  if (key === undefined) return { ok: false, reason: 'malformed-key' };
  const holder = await findKeyHolder(db, vault.hash('key', key));
  if (!holder) return { ok: false, reason: 'unknown-key' };
  const [link] = JSON.parse(await vault.open('link', holder.voter_id, holder.sealed)) as [string];
  return { ok: true, link };
}
