// A voter's way in: the personal link (UUID), the key to type instead (16 characters, 80 bits), the 4-digit code. They are kept
// nowhere: the secret, the voter and a salt give them again (docs/decisions/098-derived-links.md). Nobody has one before it is
// first mailed, printed or shown (docs/decisions/095-links-when-given.md).

import { randomBytes, randomUUID } from 'node:crypto';
import { countLocked, insertMissingCodes } from '../storage/codes.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { shareElection } from '../storage/elections.ts';
import {
  type AccessRow,
  findKeyHolder,
  findLinkHolder,
  insertMissingLinks,
  type LinkHolder,
  type LinkRow,
  listAccesses,
} from '../storage/links.ts';
import type { CodesTable, Instant } from '../storage/tables.ts';
import { listVotersById } from '../storage/voters.ts';
import type { ConfirmedTechnician } from './scopes.ts';
import { slices } from './turns.ts';
import { uuidOf } from './uuids.ts';
import type { Vault } from './vault.ts';

export { countLocked, type LinkHolder };

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Five bits of each byte. */
const keyOf = (bytes: Uint8Array): string => bytes.reduce((key, byte) => key + alphabet[byte & 31]!, '');

/** One that stands for nothing else. */
export const makeKey = (): string => keyOf(randomBytes(16));

/** Of 8 bytes: no code is likelier than another by more than 2⁻⁵⁰. */
const codeOf = (bytes: Uint8Array): string =>
  String(new DataView(bytes.buffer).getBigUint64(0) % 10_000n).padStart(4, '0');

function deriveWay(vault: Vault, voterId: string, salt: string): readonly [link: string, key: string] {
  const bytes = vault.derive('link', voterId, salt);
  return [uuidOf(bytes.subarray(0, 16)), keyOf(bytes.subarray(16))];
}

const deriveCode = (vault: Vault, voterId: string, salt: string): string => codeOf(vault.derive('code', voterId, salt));

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

/** What is hashed of a code: bound to its voter, so that equal codes have different hashes. */
export const boundCode = (voterId: string, code: string): string => `${voterId} ${code}`;

/** The salt of each voter's first link and code: what a backup does not know is the same when it is issued again. */
const first = 'first';

/** One that replaces another has a salt of its own. */
export function issueLink(vault: Vault, voterId: string, now: Instant, salt: string = randomUUID()): LinkRow {
  const [link, key] = deriveWay(vault, voterId, salt);
  return {
    link_hash: vault.hash('link', link),
    key_hash: vault.hash('key', key),
    voter_id: voterId,
    salt,
    sealed: '',
    issued_at: now,
    replaced_at: null,
  };
}

export function issueCode(vault: Vault, voterId: string, salt: string = randomUUID()): CodesTable {
  const code_hash = vault.hash('code', boundCode(voterId, deriveCode(vault, voterId, salt)));
  return { voter_id: voterId, code_hash, salt, sealed: '' };
}

/** Those of these voters who have no way in yet get one. */
export async function issueMissing(tx: Writer, vault: Vault, voterIds: readonly string[], now: Instant): Promise<void> {
  for (const ids of slices(voterIds)) {
    await insertMissingLinks(
      tx,
      ids.map((id) => issueLink(vault, id, now, first)),
    );
    await insertMissingCodes(
      tx,
      ids.map((id) => issueCode(vault, id, first)),
    );
  }
}

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

/** Throws where the secret is another one, or the row was tampered with. */
async function readWay(vault: Vault, row: Pick<LinkRow, 'voter_id' | 'link_hash' | 'salt' | 'sealed'>) {
  const { voter_id, link_hash, salt, sealed } = row;
  if (sealed !== '') return JSON.parse(await vault.open('link', voter_id, sealed)) as [link: string, key: string];
  const way = deriveWay(vault, voter_id, salt);
  if (!vault.isHash('link', way[0], link_hash)) throw new Error('A link is not the one that was issued.');
  return way;
}

async function readCode(vault: Vault, { voter_id, code_hash, salt, sealed }: CodesTable): Promise<string> {
  if (sealed !== '') return vault.open('code', voter_id, sealed);
  const code = deriveCode(vault, voter_id, salt);
  if (!vault.isHash('code', boundCode(voter_id, code), code_hash))
    throw new Error('A code is not the one that was issued.');
  return code;
}

async function readAccess(vault: Vault, { link: row, code }: AccessRow): Promise<Access> {
  const [link, key] = await readWay(vault, row);
  return { link, key, code: await readCode(vault, code) };
}

/** Links, keys and codes of these voters in the clear: for the printed sheets, and for one voter's copy. */
export const readAccesses = (
  db: Database,
  vault: Vault,
  _: ConfirmedTechnician,
  voterIds: readonly string[],
): Promise<Map<string, Access>> => openAccesses(db, vault, voterIds);

/** For the mails that an administrator has started; nothing that answers a request may call it. Whoever has none yet gets one. */
export async function openAccesses(
  db: Database,
  vault: Vault,
  voterIds: readonly string[],
): Promise<Map<string, Access>> {
  const known = await listAccesses(db.reader, voterIds);
  const given = new Set(known.map(({ link }) => link.voter_id));
  const missing = voterIds.filter((id) => !given.has(id));
  const rows = missing.length === 0 ? known : [...known, ...(await giveAccesses(db, vault, missing))];
  return new Map(
    await Promise.all(rows.map(async (row) => [row.link.voter_id, await readAccess(vault, row)] as const)),
  );
}

/** With their elections shared: nobody leaves the roll and no link is replaced meanwhile. */
async function giveAccesses(db: Database, vault: Vault, voterIds: readonly string[]): Promise<AccessRow[]> {
  return db.write(async (tx) => {
    const elections = new Set((await listVotersById(tx, voterIds)).map((voter) => voter.election_id));
    for (const id of [...elections].toSorted()) await shareElection(db, tx, id);
    const ids = (await listVotersById(tx, voterIds)).map(({ id }) => id).toSorted();
    await issueMissing(tx, vault, ids, await db.now(tx));
    return listAccesses(tx, ids);
  });
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
  const [link] = await readWay(vault, holder);
  return { ok: true, link };
}
