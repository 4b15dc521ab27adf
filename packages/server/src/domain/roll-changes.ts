// Changes of the roll and the rules of each phase: anything before arming; from then until the close an added voter, and an
// address, link or code of somebody who has not voted, each with a reason. The election's row is held meanwhile: a cast or a
// sealing comes wholly before or wholly after, and who has voted is looked up inside.

import { randomUUID } from 'node:crypto';
import { listBuildings } from '../storage/buildings.ts';
import type { Database, Writer } from '../storage/database.ts';
import { type ElectionRow, lockElection } from '../storage/elections.ts';
import { countRoll, listRollAfter, type RollFilter } from '../storage/roll.ts';
import { findRegistrar } from '../storage/registrars.ts';
import { listReserve } from '../storage/reserve-credentials.ts';
import { recountRoll } from '../storage/roll-counts.ts';
import { listSignatures } from '../storage/signatures.ts';
import type { Instant } from '../storage/tables.ts';
import { deleteVoters, findVoter, listVotersByKey, updateVoters, type VoterRow } from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { type Correction, followAddress } from './address-corrections.ts';
import { recordAudit } from './audit-log.ts';
import { changeDraft } from './elections.ts';
import { phaseOf } from './lifecycle.ts';
import type { MailConditions } from './mailings.ts';
import { giveReserve, sealHolder } from './reserve-credentials.ts';
import type { Technician } from './scopes.ts';
import { nameKey, paragraphsOf } from './text.ts';
import { breather } from './turns.ts';
import type { Vault } from './vault.ts';
import { judgeVoter, type Ruled, type VoterRules } from './voter-rules.ts';
import { insertNewVoters, resolveBuildings, voterColumns, type VoterDraft } from './voters.ts';

export const reasonSchema = paragraphsOf(500);

/** One object for each reason, so that what is left is known once some are dealt with. */
type Refused<Reason extends string> = Reason extends string ? { readonly ok: false; readonly reason: Reason } : never;
export type RollRefusal = Refused<
  'unknown-election' | 'election-armed' | 'roll-closed' | 'roll-frozen' | 'no-reserve-left' | 'reason-missing'
>;
export type VoterRefusal = RollRefusal | Refused<'unknown-voter' | 'voter-has-voted'>;
type AgainstRules = Exclude<Ruled, { ok: true }>;

export interface HeldRoll {
  readonly tx: Writer;
  readonly election: ElectionRow;
  readonly phase: 'draft' | 'armed' | 'open';
  readonly now: Instant;
}

/** Runs a change of the roll with the election held. After arming it takes a reason, after the close there is none. */
export async function changeRoll<T>(
  db: Database,
  { electionId, reason }: { readonly electionId: string; readonly reason: string },
  work: (held: HeldRoll) => Promise<T>,
): Promise<T | RollRefusal> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, electionId);
    if (!election) return { ok: false, reason: 'unknown-election' };
    const now = await db.now(tx); // after the wait for the row
    const phase = phaseOf(election, now);
    if (phase !== 'draft' && phase !== 'armed' && phase !== 'open') return { ok: false, reason: 'roll-closed' };
    if (phase !== 'draft' && reason === '') return { ok: false, reason: 'reason-missing' };
    return work({ tx, election, phase, now });
  });
}

/** The same for one voter who has not voted. */
export async function changeVoter<T>(
  db: Database,
  { electionId, voterId, reason }: { readonly electionId: string; readonly voterId: string; readonly reason: string },
  work: (held: HeldRoll, voter: VoterRow) => Promise<T>,
): Promise<T | VoterRefusal> {
  return changeRoll<T | VoterRefusal>(db, { electionId, reason }, async (held) => {
    const voter = await findVoter(held.tx, electionId, voterId);
    if (!voter) return { ok: false, reason: 'unknown-voter' };
    const signatures = await listSignatures(held.tx, electionId, [voterId]);
    return signatures.length > 0 ? { ok: false, reason: 'voter-has-voted' } : work(held, voter);
  });
}

/** Refusals that belong to a field of the voter's form. */
export type FormRefusal = AgainstRules | Refused<'known-email' | 'reason-missing'>;

export interface RollChange {
  readonly electionId: string;
  readonly reason: string;
  readonly rules: VoterRules;
}

export type VoterAdded =
  | { readonly ok: true; readonly id: string; readonly isReserve: boolean }
  | RollRefusal
  | AgainstRules
  | Refused<'known-email' | 'test-voters'>;

/** One voter more, until the close. `isReserve`: with a reserve credential, which the registrar hands over. */
export async function addVoter(
  db: Database,
  vault: Vault,
  actor: Technician,
  { electionId, reason, rules }: RollChange,
  draft: VoterDraft,
): Promise<VoterAdded> {
  const judged = judgeVoter(rules, draft);
  if (!judged.ok) return judged;
  const id = randomUUID();
  const voter = { id, draft: { ...draft, promotion: judged.promotion } };
  const holder = await sealHolder(vault, electionId, id);
  return changeRoll<VoterAdded>(db, { electionId, reason }, async ({ tx, phase, election, now }) => {
    if (election.rehearsal_of !== null) return { ok: false, reason: 'test-voters' };
    const isReserve = phase !== 'draft' && election.sealing === 'verifiable';
    // Every credential is on the board from arming on: who comes later gets one that was made for nobody yet.
    if (isReserve && !(await findRegistrar(tx, electionId))) return { ok: false, reason: 'roll-frozen' };
    if (await isTaken(tx, electionId, draft.email)) return { ok: false, reason: 'known-email' };
    const isLeft = !isReserve || (await listReserve(tx, electionId)).some(({ given }) => given === null);
    if (!isLeft) return { ok: false, reason: 'no-reserve-left' };
    const own = { election_id: electionId, import_id: null, added_at: now };
    await insertNewVoters(tx, [voter], own, await resolveBuildings(db, tx, [draft.building]));
    if (isReserve) await giveReserve(tx, vault, electionId, [{ voterId: id, holder, given: 'late' }]);
    await recountRoll(tx, electionId);
    await recordAudit(db, tx, { actor, action: 'voter-added', electionId, subject: id, reason });
    return { ok: true, id, isReserve };
  });
}

const isTaken = async (tx: Writer, electionId: string, email: string, except?: string): Promise<boolean> =>
  (await listVotersByKey(tx, electionId, [emailKey(email)])).some(({ id }) => id !== except);

export type VoterEdited =
  | { readonly ok: true; readonly correction?: Correction | undefined }
  | VoterRefusal
  | AgainstRules
  | Refused<'known-email' | 'test-voters'>;

export interface VoterChange extends RollChange {
  readonly voterId: string;
  /** Whether mails that went to a former address can go out again. */
  readonly conditions: MailConditions;
}

/** Before arming anything of a voter; from then on their address only, and mails follow it. */
export async function editVoter(
  db: Database,
  vault: Vault,
  actor: Technician,
  { electionId, voterId, reason, rules, conditions }: VoterChange,
  draft: VoterDraft,
): Promise<VoterEdited> {
  return changeVoter<VoterEdited>(db, { electionId, voterId, reason }, async (held, voter) => {
    const { tx, phase, election, now } = held;
    if (election.rehearsal_of !== null) return { ok: false, reason: 'test-voters' }; // no mail may go to anybody real
    const judged = judgeVoter(rules, draft, voter);
    if (!judged.ok) return judged;
    if (await isTaken(tx, electionId, draft.email, voterId)) return { ok: false, reason: 'known-email' };
    if (phase !== 'draft' && !(await isIn(tx, voter, draft.building))) return { ok: false, reason: 'election-armed' };
    const buildings = phase === 'draft' ? await resolveBuildings(db, tx, [draft.building]) : undefined;
    const building_id = buildings ? buildings.idOf(draft.building) : voter.building_id;
    const edited = { ...voter, ...voterColumns({ ...draft, promotion: judged.promotion }), building_id };
    const fields = editedFields(voter, edited);
    if (fields.length === 0) return { ok: true };
    if (phase !== 'draft' && fields.some((field) => field !== 'email')) return { ok: false, reason: 'election-armed' };
    await updateVoters(tx, [edited]);
    await recountRoll(tx, electionId);
    const entry = { electionId, subject: voterId, details: { fields: fields.join(', ') }, reason };
    await recordAudit(db, tx, { actor, action: 'voter-edited', ...entry });
    if (!fields.includes('email')) return { ok: true };
    const correcting = { actor, election, voterId, reason, conditions, vault, now };
    return { ok: true, correction: await followAddress(db, tx, correcting) };
  });
}

/** Whether the voter belongs to the building of this name; a name that nobody knows is not made a building. */
async function isIn(tx: Writer, { building_id }: VoterRow, name: string): Promise<boolean> {
  if (name === '') return building_id === null;
  return (await listBuildings(tx)).some((known) => known.name_key === nameKey(name) && known.id === building_id);
}

const fieldColumns = {
  last_name: 'lastName',
  first_name: 'firstName',
  email: 'email',
  promotion: 'promotion',
  building_id: 'building',
  language: 'language',
} as const;

const editedFields = (voter: VoterRow, edited: VoterRow): string[] =>
  Object.entries(fieldColumns)
    .filter(([column]) => voter[column as keyof typeof fieldColumns] !== edited[column as keyof typeof fieldColumns])
    .map(([, field]) => field);

type DraftRefusal = Refused<'unknown-election' | 'election-armed'>;
export type VoterRemoved = { readonly ok: true } | DraftRefusal | Refused<'unknown-voter'>;

/** Before arming only. */
export async function removeVoter(
  db: Database,
  actor: Technician,
  { electionId, voterId }: { readonly electionId: string; readonly voterId: string },
): Promise<VoterRemoved> {
  const outcome = await changeDraft<VoterRemoved>(db, electionId, async (tx) => {
    if (!(await findVoter(tx, electionId, voterId))) return { ok: false, reason: 'unknown-voter' };
    await deleteVoters(tx, [voterId]);
    await recountRoll(tx, electionId);
    await recordAudit(db, tx, { actor, action: 'voter-removed', electionId, subject: voterId });
    return { ok: true };
  });
  return outcome.ok ? outcome.value : outcome;
}

export type RollCleared = { readonly ok: true; readonly removed: number } | DraftRefusal | Refused<'roll-changed'>;

/** Everybody who matches, before arming; refused when they are not as many as were shown. */
export async function clearRoll(
  db: Database,
  actor: Technician,
  electionId: string,
  { filter, expected }: { readonly filter: RollFilter; readonly expected: number },
): Promise<RollCleared> {
  const outcome = await changeDraft<RollCleared>(db, electionId, async (tx) => {
    if ((await countRoll(tx, electionId, filter)) !== expected) return { ok: false, reason: 'roll-changed' };
    const breathe = breather();
    for (let after = { sort_key: '', id: '' }; ;) {
      const places = await listRollAfter(tx, electionId, filter, after, 200);
      if (places.length === 0) break;
      const ids = places.map(({ id }) => id);
      await deleteVoters(tx, ids);
      after = places.at(-1)!;
      await breathe();
    }
    await recountRoll(tx, electionId);
    await recordAudit(db, tx, { actor, action: 'voters-removed', electionId, details: { removed: expected } });
    return { ok: true, removed: expected };
  });
  return outcome.ok ? outcome.value : outcome;
}
