// One voter's way in, given anew or shown: for a link that went astray, a forgotten code, a mail that never arrives.
// Only while it can still be used: not after the close, and not for somebody who has voted.

import { deleteCodeFailures, saveCode } from '../storage/codes.ts';
import type { Database } from '../storage/database.ts';
import { insertLink, markReplaced } from '../storage/links.ts';
import { findRegistrar } from '../storage/registrars.ts';
import { recordAudit } from './audit-log.ts';
import { type Access, issueCode, issueLink, readAccesses } from './links.ts';
import { giveReserve, sealHolder } from './reserve-credentials.ts';
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
  const link = issueLink(vault, voterId, await db.now());
  return changeVoter<AccessChanged>(db, change, async ({ tx, now }) => {
    await markReplaced(tx, voterId, now);
    await insertLink(tx, link);
    await recordAudit(db, tx, { actor, action: 'link-replaced', electionId, subject: voterId, reason });
    return { ok: true };
  });
}

/** A new code; the former one is worth nothing, and a pause after wrong codes ends. */
export async function replaceCode(db: Database, vault: Vault, actor: Technician, change: AccessChange) {
  const { electionId, voterId, reason } = change;
  const code = issueCode(vault, voterId);
  return changeVoter<AccessChanged>(db, change, async ({ tx }) => {
    await saveCode(tx, code);
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
  const access = (await readAccesses(db, vault, actor, [voterId])).get(voterId);
  return access ? { ok: true, access } : { ok: false, reason: 'unknown-voter' };
}

export type CredentialReplaced =
  { readonly ok: true } | VoterRefusal | { readonly ok: false; readonly reason: 'no-reserve-left' | 'no-registrar' };

/** For somebody who lost theirs: from then on the former one is nobody's. Link and code stay as they are. */
export async function replaceCredential(
  db: Database,
  vault: Vault,
  actor: Technician,
  change: AccessChange,
): Promise<CredentialReplaced> {
  const { electionId, voterId, reason } = change;
  const holder = await sealHolder(vault, electionId, voterId);
  return changeVoter<CredentialReplaced>(db, change, async ({ tx }) => {
    if (!(await findRegistrar(tx, electionId))?.credentials) return { ok: false, reason: 'no-registrar' };
    const given = await giveReserve(tx, vault, electionId, [{ voterId, holder, given: 'replaced' }]);
    if (!given) return { ok: false, reason: 'no-reserve-left' };
    await recordAudit(db, tx, { actor, action: 'credential-replaced', electionId, subject: voterId, reason });
    return { ok: true };
  });
}
