// Who makes the voters' credentials of a verifiable election: the server, or a registrar whom an administrator names and who
// has a link of their own. With a registrar the server never has a secret credential. Until arming it can be changed; what a
// registrar hands in is registrar-steps.ts.

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { deleteVoterCredentials, listUncovered } from '../storage/credentials.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import {
  deleteRegistered,
  deleteRegistrar,
  findRegistrar,
  insertRegistrar,
  type RegistrarRow,
  updateRegistrar,
} from '../storage/registrars.ts';
import { deleteReserve, listReserve } from '../storage/reserve-credentials.ts';
import { type AuditAction, recordAudit } from './audit-log.ts';
import { type Change, changeDraft } from './elections.ts';
import { giveReserve, sealHolder } from './reserve-credentials.ts';
import type { Admin } from './scopes.ts';
import { nameOf } from './text.ts';
import type { Vault } from './vault.ts';

export const mostReserve = 1000;

/** The archive says `server` where no registrar made them: nobody else may be called so there. */
export const registrarSchema = z.strictObject({
  name: nameOf(120).refine((name) => name.toLowerCase() !== 'server'),
  reserve: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().max(mostReserve)),
});

export type NewRegistrar = Readonly<z.infer<typeof registrarSchema>>;

/** Whether the credentials of an election are ready for arming; the server's are made then. */
export type CredentialState = 'ready' | 'registrar-unfinished' | 'registrar-outdated';

export interface Registrar {
  readonly name: string;
  readonly reserve: number;
  readonly state: CredentialState;
  /** Voters without a credential, once the registrar has made them. */
  readonly uncovered: number;
  /** Reserve credentials that nobody has. */
  readonly free: number;
}

/** Undefined where the server makes them. */
export async function readRegistrar(db: Reader, electionId: string): Promise<Registrar | undefined> {
  const row = await findRegistrar(db, electionId);
  if (!row) return undefined;
  const { name, reserve, credentials } = row;
  if (credentials === null) return { name, reserve, state: 'registrar-unfinished', uncovered: 0, free: 0 };
  const uncovered = (await listUncovered(db, electionId)).length;
  const free = (await listReserve(db, electionId)).filter(({ given }) => given === null).length;
  return { name, reserve, state: uncovered === 0 ? 'ready' : 'registrar-outdated', uncovered, free };
}

export type RegistrarChange<T = object> =
  Change<T> | { readonly ok: false; readonly reason: 'other-sealing' | 'unknown-registrar' };

interface Held {
  readonly tx: Writer;
  readonly row: RegistrarRow | undefined;
  readonly record: (action: AuditAction, details?: Readonly<Record<string, number>>) => Promise<void>;
}

async function change<T>(
  db: Database,
  actor: Admin,
  electionId: string,
  work: (held: Held) => Promise<RegistrarChange<T>>,
): Promise<RegistrarChange<T>> {
  const outcome = await changeDraft<RegistrarChange<T>>(db, electionId, async (tx, election) => {
    if (election.sealing !== 'verifiable') return { ok: false, reason: 'other-sealing' };
    const record: Held['record'] = (action, details = {}) =>
      recordAudit(db, tx, { actor, action, electionId, details });
    return work({ tx, row: await findRegistrar(tx, electionId), record });
  });
  return outcome.ok ? outcome.value : outcome;
}

/** What was handed in counts no more: no letter that was printed from it is worth anything. */
export async function voidCredentials(tx: Writer, electionId: string): Promise<void> {
  await deleteRegistered(tx, electionId);
  await deleteReserve(tx, electionId);
  await deleteVoterCredentials(tx, electionId);
}

const nothingMade = { attempt: null, credentials: null, voters: null } as const;

/** In place of the server, or of another registrar: with a new link, and nothing made. */
export async function nameRegistrar(
  db: Database,
  vault: Vault,
  actor: Admin,
  electionId: string,
  { name, reserve }: NewRegistrar,
): Promise<RegistrarChange<{ readonly token: string }>> {
  const token = randomBytes(20).toString('base64url');
  const [link_hash, sealed] = [vault.hash('registrar', token), await vault.seal('registrar', electionId, token)];
  return change<{ readonly token: string }>(db, actor, electionId, async ({ tx, row, record }) => {
    await voidCredentials(tx, electionId);
    if (row) await deleteRegistrar(tx, electionId);
    await insertRegistrar(tx, { election_id: electionId, name, reserve, link_hash, sealed, ...nothingMade });
    await record('registrar-named', { reserve });
    return { ok: true, token };
  });
}

/** The server makes them again. */
export const dismissRegistrar = (db: Database, actor: Admin, electionId: string): Promise<RegistrarChange> =>
  change<object>(db, actor, electionId, async ({ tx, row, record }) => {
    if (!row) return { ok: true };
    await voidCredentials(tx, electionId);
    await deleteRegistrar(tx, electionId);
    await record('registrar-dismissed');
    return { ok: true };
  });

/** A file was lost, or too many voters have come since: the registrar makes all of them anew, under the same link. */
export const restartRegistrar = (db: Database, actor: Admin, electionId: string): Promise<RegistrarChange> =>
  change<object>(db, actor, electionId, async ({ tx, row, record }) => {
    if (!row) return { ok: false, reason: 'unknown-registrar' };
    await voidCredentials(tx, electionId);
    await updateRegistrar(tx, electionId, nothingMade);
    await record('registrar-restarted');
    return { ok: true };
  });

export type Covered =
  | Change<{ readonly voters: number }>
  | { readonly ok: false; readonly reason: 'no-reserve-left' | 'unknown-registrar' };

/** Before arming: everybody who came after the registrar's work gets one of the reserve, or nobody does. */
export async function coverVoters(db: Database, vault: Vault, actor: Admin, electionId: string): Promise<Covered> {
  const seen = await listUncovered(db.reader, electionId);
  const holders = new Map(
    await Promise.all(
      seen.slice(0, mostReserve).map(async (id) => [id, await sealHolder(vault, electionId, id)] as const),
    ),
  );
  const outcome = await changeDraft<Covered>(db, electionId, async (tx) => {
    if (!(await findRegistrar(tx, electionId))?.credentials) return { ok: false, reason: 'unknown-registrar' };
    const uncovered = await listUncovered(tx, electionId);
    const known = uncovered.every((id) => holders.has(id)); // one who came this very moment waits for the next time
    const givings = uncovered.map((voterId) => ({ voterId, holder: holders.get(voterId)!, given: 'late' as const }));
    if (!known || !(await giveReserve(tx, vault, electionId, givings))) return { ok: false, reason: 'no-reserve-left' };
    const details = { voters: uncovered.length };
    if (uncovered.length > 0) await recordAudit(db, tx, { actor, action: 'reserve-given', electionId, details });
    return { ok: true, voters: uncovered.length };
  });
  return outcome.ok ? outcome.value : outcome;
}

/** The last part of the registrar's address, for the administrator who hands it over. */
export async function readRegistrarLink(
  db: Reader,
  vault: Vault,
  _: Admin,
  electionId: string,
): Promise<string | undefined> {
  const row = await findRegistrar(db, electionId);
  return row && vault.open('registrar', electionId, row.sealed);
}
