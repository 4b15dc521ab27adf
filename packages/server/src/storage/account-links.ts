// One-time links with which people choose their password: one for an account, found by the hash of its token.

import type { Reader, Writer } from './database.ts';
import type { AccountLinksTable, Instant } from './tables.ts';

/** The former link of the account, and every one that has run out, are gone. */
export async function replaceAccountLink(tx: Writer, link: AccountLinksTable, now: Instant): Promise<void> {
  await tx
    .deleteFrom('account_links')
    .where((or) => or.or([or('account_id', '=', link.account_id), or('expires_at', '<=', now)]))
    .execute();
  await tx.insertInto('account_links').values(link).execute();
}

export async function findAccountLink(db: Reader, linkHash: string): Promise<AccountLinksTable | undefined> {
  return db.selectFrom('account_links').selectAll().where('link_hash', '=', linkHash).executeTakeFirst();
}

/** The link that stood there, now gone: of several at once, one gets it. */
export async function takeAccountLink(tx: Writer, linkHash: string): Promise<AccountLinksTable | undefined> {
  return tx.deleteFrom('account_links').where('link_hash', '=', linkHash).returningAll().executeTakeFirst();
}

export async function deleteAccountLinks(tx: Writer, accountId: string): Promise<void> {
  await tx.deleteFrom('account_links').where('account_id', '=', accountId).execute();
}
