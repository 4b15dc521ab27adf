// One voter's way in, given anew or shown: for a link that went astray, a forgotten code, a mail that never arrives.
// Only while it can still be used: not after the close, and not for somebody who has voted.

import { deleteCodeFailures, updateCode } from '../storage/codes.ts';
import type { Database } from '../storage/database.ts';
import { insertLinks, markReplaced } from '../storage/links.ts';
import { recordAudit } from './audit-log.ts';
import { type Access, issueCode, issueLink, readAccesses } from './links.ts';
import { changeVoter, type VoterRefusal } from './roll-changes.ts';
import type { ConfirmedTechnician, Technician } from './scopes.ts';
import type { Vault } from './vault.ts';

export interface AccessChange {
  readonly electionId: string;
  readonly voterId: string;
  /** Needed from arming on. */
  readonly reason: string;
}

export type AccessChanged = { readonly ok: true } | VoterRefusal;

/** A new link and a new key to type; the former ones lead to a page that says so. */
export async function replaceLink(db: Database, vault: Vault, actor: Technician, change: AccessChange) {
  const { electionId, voterId, reason } = change;
  const link = await issueLink(vault, voterId, await db.now());
  return changeVoter<AccessChanged>(db, change, async ({ tx, now }) => {
    await markReplaced(tx, voterId, now);
    await insertLinks(tx, [link]);
    await recordAudit(db, tx, { actor, action: 'link-replaced', electionId, subject: voterId, reason });
    return { ok: true };
  });
}

/** A new code; the former one is worth nothing, and a pause after wrong codes ends. */
export async function replaceCode(db: Database, vault: Vault, actor: Technician, change: AccessChange) {
  const { electionId, voterId, reason } = change;
  const code = await issueCode(vault, voterId);
  return changeVoter<AccessChanged>(db, change, async ({ tx }) => {
    await updateCode(tx, code);
    await deleteCodeFailures(tx, [voterId]);
    await recordAudit(db, tx, { actor, action: 'code-replaced', electionId, subject: voterId, reason });
    return { ok: true };
  });
}

export type AccessShown = { readonly ok: true; readonly access: Access } | VoterRefusal;

/** Link, key and code in the clear, once the log says who saw them. */
export async function showAccess(
  db: Database,
  vault: Vault,
  actor: ConfirmedTechnician,
  change: AccessChange,
): Promise<AccessShown> {
  const { electionId, voterId, reason } = change;
  const noted = await changeVoter<AccessChanged>(db, change, async ({ tx }) => {
    await recordAudit(db, tx, { actor, action: 'access-shown', electionId, subject: voterId, reason });
    return { ok: true };
  });
  if (!noted.ok) return noted;
  const access = (await readAccesses(db.reader, vault, actor, [voterId])).get(voterId);
  return access ? { ok: true, access } : { ok: false, reason: 'unknown-voter' };
}
