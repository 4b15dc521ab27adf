// Personal links and typed keys: found by keyed hash.

import type { Reader, Writer } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { prepared } from './prepared.ts';
import type { CodesTable, Instant, LinksTable } from './tables.ts';

export type LinkRow = LinksTable;

export interface LinkHolder extends LinkRow {
  election_id: string;
  building_id: string | null;
  promotion: string;
  /** Empty where none was chosen for the voter. */
  language: string;
  code_hash: string;
  signed_on: string | null;
  locked_until: number | null;
}

const holders = (db: Reader) =>
  db
    .selectFrom('links')
    .innerJoin('voters', 'voters.id', 'links.voter_id')
    .innerJoin('codes', 'codes.voter_id', 'links.voter_id')
    .leftJoin('signatures', (on) =>
      on.onRef('signatures.election_id', '=', 'voters.election_id').onRef('signatures.voter_id', '=', 'voters.id'),
    )
    .leftJoin('code_failures', 'code_failures.voter_id', 'voters.id')
    .selectAll('links')
    .select(['voters.election_id', 'voters.building_id', 'voters.promotion', 'voters.language'])
    .select(['codes.code_hash', 'signatures.signed_on', 'code_failures.locked_until']);

export async function insertLink(tx: Writer, link: LinkRow): Promise<void> {
  await insertRows(tx, 'links', [link]);
}

/** Of voters who have one in force nothing is written. */
export async function insertMissingLinks(tx: Writer, links: readonly LinkRow[]): Promise<void> {
  await insertRows(tx, 'links', links, (query) => query.onConflict((conflict) => conflict.doNothing()));
}

const holdersOfLink = prepared((db, linkHash: string) => holders(db).where('link_hash', '=', linkHash));

export async function findLinkHolder(db: Reader, linkHash: string): Promise<LinkHolder | undefined> {
  return (await holdersOfLink(db, linkHash))[0];
}

export async function findKeyHolder(db: Reader, keyHash: string): Promise<LinkHolder | undefined> {
  return holders(db).where('key_hash', '=', keyHash).executeTakeFirst();
}

/** The link that is in force until now is so no longer. */
export async function markReplaced(tx: Writer, voterId: string, now: Instant): Promise<void> {
  await tx
    .updateTable('links')
    .set({ replaced_at: now })
    .where('voter_id', '=', voterId)
    .where('replaced_at', 'is', null)
    .execute();
}

/** What is in force for each voter at this moment: by it a cast is judged once more inside its transaction. */
export async function listAccessHashes(
  tx: Writer,
  voterIds: readonly string[],
): Promise<{ voter_id: string; link_hash: string; code_hash: string }[]> {
  return tx
    .selectFrom('links')
    .innerJoin('codes', 'codes.voter_id', 'links.voter_id')
    .select(['links.voter_id', 'links.link_hash', 'codes.code_hash'])
    .where('links.voter_id', 'in', voterIds)
    .where('replaced_at', 'is', null)
    .execute();
}

export interface AccessRow {
  readonly link: Pick<LinkRow, 'voter_id' | 'link_hash' | 'salt' | 'sealed'>;
  readonly code: CodesTable;
}

/** The current link and the code of each voter. */
export async function listAccesses(db: Reader, voterIds: readonly string[]): Promise<AccessRow[]> {
  if (voterIds.length === 0) return [];
  const rows = await db
    .selectFrom('links')
    .innerJoin('codes', 'codes.voter_id', 'links.voter_id')
    .select(['links.voter_id', 'link_hash', 'links.salt', 'links.sealed'])
    .select(['code_hash', 'codes.salt as code_salt', 'codes.sealed as code_sealed'])
    .where('links.voter_id', 'in', voterIds)
    .where('replaced_at', 'is', null)
    .execute();
  return rows.map(({ code_hash, code_salt, code_sealed, ...link }) => ({
    link,
    code: { voter_id: link.voter_id, code_hash, salt: code_salt, sealed: code_sealed },
  }));
}
