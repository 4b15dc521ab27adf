// Those who hold a part of the key of a verifiable election: named by an administrator, each with a link of their own. Until
// arming they can be changed; what they make of the key is trustee-steps.ts.

import { randomBytes, randomUUID } from 'node:crypto';
import type { GroupName } from '@votix/protocol/verifiable';
import { z } from 'zod';
import type { Database, Reader, Writer } from '../storage/database.ts';
import {
  deleteTrustee,
  findTrusteeByLink,
  insertTrustee,
  listTrustees,
  type TrusteeRow,
  updateTrustee,
  updateTrustees,
} from '../storage/trustees.ts';
import { findVerifiable, updateVerifiable, type VerifiableRow } from '../storage/verifiable-elections.ts';
import { type AuditAction, recordAudit } from './audit-log.ts';
import { type Change, changeDraft, type Election } from './elections.ts';
import type { Admin } from './scopes.ts';
import { nameOf } from './text.ts';
import type { Vault } from './vault.ts';

export type { TrusteeRow, VerifiableRow };

export const mostTrustees = 15;

export const trusteeSchema = z.strictObject({ name: nameOf(120) });
export const thresholdSchema = z.strictObject({ threshold: z.coerce.number().int().min(0).max(mostTrustees) });

/** What a trustee has to do next in making the key; `waiting` for the others. */
export type TrusteeStep = 'key' | 'certificate' | 'polynomial' | 'member-key' | 'waiting' | 'done';

export interface Trustee {
  readonly id: string;
  readonly name: string;
  /** From 1, in the order of the archive. */
  readonly position: number;
  readonly step: TrusteeStep;
  readonly hasShare: boolean;
}

export interface Ceremony {
  readonly groupName: GroupName;
  /** 0: all of them must decrypt. */
  readonly threshold: number;
  readonly trustees: readonly Trustee[];
}

export async function readCeremony(db: Reader, electionId: string): Promise<Ceremony | undefined> {
  const verifiable = await findVerifiable(db, electionId);
  return verifiable && ceremonyOf(verifiable, await listTrustees(db, electionId));
}

export function ceremonyOf({ group_name, threshold }: VerifiableRow, rows: readonly TrusteeRow[]): Ceremony {
  const trustees = rows.map((row, index) => ({
    id: row.id,
    name: row.name,
    position: index + 1,
    step: stepOf(row, rows, threshold),
    hasShare: row.share !== null,
  }));
  return { groupName: group_name, threshold, trustees };
}

/** Everybody is asked for the same thing before anybody is asked for the next. */
function stepOf(own: TrusteeRow, all: readonly TrusteeRow[], threshold: number): TrusteeStep {
  if (threshold === 0) return own.public_key === null ? 'key' : 'done';
  if (own.certificate === null) return 'certificate';
  if (all.some(({ certificate }) => certificate === null)) return 'waiting';
  if (own.polynomial === null) return 'polynomial';
  if (all.some(({ polynomial }) => polynomial === null)) return 'waiting';
  return own.public_key === null ? 'member-key' : 'done';
}

export type KeyState = 'no-trustees' | 'threshold-too-low' | 'trustees-unfinished' | 'ready';

/** Whether the key of an election is whole. More than half must be needed: else two halves could open two results. */
export function keyState({ threshold, trustees }: Ceremony): KeyState {
  if (trustees.length === 0) return 'no-trustees';
  if (!isThreshold(threshold, trustees.length)) return 'threshold-too-low';
  return trustees.every(({ step }) => step === 'done') ? 'ready' : 'trustees-unfinished';
}

export const isThreshold = (threshold: number, of: number): boolean =>
  threshold === 0 || (2 * threshold > of && threshold <= of);

export type TrusteeChange<T = object> =
  | Change<T>
  | {
      readonly ok: false;
      readonly reason: 'other-sealing' | 'too-many-trustees' | 'unknown-trustee' | 'wrong-threshold';
    };

interface Held {
  readonly tx: Writer;
  readonly election: Election;
  readonly verifiable: VerifiableRow;
  readonly rows: readonly TrusteeRow[];
  readonly record: (action: AuditAction, subject?: string, details?: Readonly<Record<string, number>>) => Promise<void>;
}

async function change<T>(
  db: Database,
  actor: Admin,
  electionId: string,
  work: (held: Held) => Promise<TrusteeChange<T>>,
): Promise<TrusteeChange<T>> {
  const outcome = await changeDraft<TrusteeChange<T>>(db, electionId, async (tx, election) => {
    const verifiable = await findVerifiable(tx, electionId);
    if (!verifiable) return { ok: false, reason: 'other-sealing' };
    const rows = await listTrustees(tx, electionId);
    const record: Held['record'] = (action, subject, details = {}) =>
      recordAudit(db, tx, { actor, action, electionId, subject, details });
    return work({ tx, election, verifiable, rows, record });
  });
  return outcome.ok ? outcome.value : outcome;
}

const nothingMade = { certificate: null, polynomial: null, public_key: null, share: null, strict: null } as const;

/** Certificates say how many members there are: with another number of them all begin anew. */
async function beginAnew({ tx, election, verifiable }: Held): Promise<void> {
  if (verifiable.threshold > 0) await updateTrustees(tx, election.id, nothingMade);
}

export interface Invited {
  readonly id: string;
  /** The last part of the trustee's address. */
  readonly token: string;
}

export async function addTrustee(
  db: Database,
  vault: Vault,
  actor: Admin,
  electionId: string,
  { name }: { readonly name: string },
): Promise<TrusteeChange<Invited>> {
  const [id, token] = [randomUUID(), randomBytes(20).toString('base64url')];
  const sealed = await vault.seal('trustee', id, token);
  return change<Invited>(db, actor, electionId, async (held) => {
    const { tx, rows, record } = held;
    if (rows.length >= mostTrustees) return { ok: false, reason: 'too-many-trustees' };
    const position = 1 + Math.max(0, ...rows.map((row) => row.position));
    const link_hash = vault.hash('trustee', token);
    await insertTrustee(tx, { id, election_id: electionId, position, name, link_hash, sealed, ...nothingMade });
    await beginAnew(held);
    await record('trustee-added', id);
    return { ok: true, id, token };
  });
}

export const removeTrustee = (db: Database, actor: Admin, electionId: string, id: string): Promise<TrusteeChange> =>
  change<object>(db, actor, electionId, async (held) => {
    const { tx, rows, record } = held;
    if (!rows.some((row) => row.id === id)) return { ok: false, reason: 'unknown-trustee' };
    await deleteTrustee(tx, id);
    await beginAnew(held);
    await record('trustee-removed', id);
    return { ok: true };
  });

/** How many decrypt; 0: all of them. Keys that were made for another number are void. */
export const setThreshold = (db: Database, actor: Admin, electionId: string, threshold: number) =>
  change<object>(db, actor, electionId, async ({ tx, rows, verifiable, record }) => {
    if (!isThreshold(threshold, rows.length)) return { ok: false, reason: 'wrong-threshold' };
    if (threshold === verifiable.threshold) return { ok: true };
    await updateVerifiable(tx, electionId, { threshold });
    await updateTrustees(tx, electionId, nothingMade);
    await record('threshold-changed', undefined, { threshold, trustees: rows.length });
    return { ok: true };
  });

/** A key was lost, or something wrong was sent: that trustee makes a new one; of a threshold key all begin anew. */
export const restartTrustee = (db: Database, actor: Admin, electionId: string, id: string): Promise<TrusteeChange> =>
  change<object>(db, actor, electionId, async (held) => {
    const { tx, rows, record } = held;
    if (!rows.some((row) => row.id === id)) return { ok: false, reason: 'unknown-trustee' };
    await updateTrustee(tx, id, nothingMade);
    await beginAnew(held);
    await record('trustee-restarted', id);
    return { ok: true };
  });

/** The last part of each trustee's address, for the administrator who hands the links out. */
export async function readTrusteeLinks(
  db: Reader,
  vault: Vault,
  _: Admin,
  electionId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await listTrustees(db, electionId);
  return new Map(
    await Promise.all(rows.map(async ({ id, sealed }) => [id, await vault.open('trustee', id, sealed)] as const)),
  );
}

const token = /^[\w-]{27}$/;

/** The trustee whose link this is. */
export const findSeat = async (db: Reader, vault: Vault, text: string): Promise<TrusteeRow | undefined> =>
  token.test(text) ? findTrusteeByLink(db, vault.hash('trustee', text)) : undefined;
