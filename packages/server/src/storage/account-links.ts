// One-time links with which people choose their password, found by the hash of their token. Of those handed over and those
// mailed an account has one each: asking for the latter, which anybody can, takes none of the former away.

import type { Reader, Writer } from './database.ts';
import type { AccountLinksTable, Instant } from './tables.ts';

export type LinkTable = 'account_links' | 'password_resets';
const tables = ['account_links', 'password_resets'] as const;

/** The former link of the account in this table, and every one that has run out, are gone. Of several at once one stays. */
export async function replaceAccountLink(
  tx: Writer,
  table: LinkTable,
  link: AccountLinksTable,
  now: Instant,
): Promise<void> {
  await tx.deleteFrom(table).where('expires_at', '<=', now).execute();
  const { link_hash, expires_at } = link;
  await tx
    .insertInto(table)
    .values(link)
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ link_hash, expires_at }))
    .execute();
}

export interface FoundLink extends AccountLinksTable {
  readonly table: LinkTable;
}

export async function findAccountLink(db: Reader, linkHash: string): Promise<FoundLink | undefined> {
  for (const table of tables) {
    const link = await db.selectFrom(table).selectAll().where('link_hash', '=', linkHash).executeTakeFirst();
    if (link) return { ...link, table };
  }
  return undefined;
}

/** The link that stood there, now gone: of several at once, one gets it. */
export async function takeAccountLink(tx: Writer, linkHash: string): Promise<FoundLink | undefined> {
  for (const table of tables) {
    const link = await tx.deleteFrom(table).where('link_hash', '=', linkHash).returningAll().executeTakeFirst();
    if (link) return { ...link, table };
  }
  return undefined;
}

/** Handed over or mailed, or only those of one kind. */
export async function deleteAccountLinks(
  tx: Writer,
  accountId: string,
  of: readonly LinkTable[] = tables,
): Promise<void> {
  for (const table of of) await tx.deleteFrom(table).where('account_id', '=', accountId).execute();
}

export async function deleteAllAccountLinks(tx: Writer): Promise<void> {
  for (const table of tables) await tx.deleteFrom(table).execute();
}
