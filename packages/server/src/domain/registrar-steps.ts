// What a registrar's page does here: reads the roll, hands in the public credentials part by part, and says that all are there.
// Whoever has the link is the registrar. A secret credential never comes: what is kept is which public one is whose, as a
// keyed hash, and the list of all of them in an order of its own.

import assert from 'node:assert/strict';
import { z } from 'zod';
import { insertVoterCredentials, listCredentialHashes, listUncovered } from '../storage/credentials.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { listBuildings } from '../storage/buildings.ts';
import { type ElectionRow, findElection, lockElection } from '../storage/elections.ts';
import {
  deleteRegistered,
  findRegistrar,
  findRegistrarByLink,
  insertRegistered,
  listRegistered,
  type RegistrarRow,
  updateRegistrar,
} from '../storage/registrars.ts';
import { insertReserve } from '../storage/reserve-credentials.ts';
import type { Instant } from '../storage/tables.ts';
import { findVerifiable } from '../storage/verifiable-elections.ts';
import { countVoters, listVotersById, listVoterSlice } from '../storage/voters.ts';
import { recordAudit } from './audit-log.ts';
import { boundCredential } from './credentials.ts';
import { phaseOf } from './lifecycle.ts';
import type { Prover } from './proofs.ts';
import { mostReserve, voidCredentials } from './registrars.ts';
import { type GivenReserve, listGiven } from './reserve-credentials.ts';
import type { Vault } from './vault.ts';

/** How many voters the roll gives, and a part brings, at once. */
const partSize = 500;

const attempt = z.string().regex(/^[0-9a-f]{32}$/);
const credential = z.string().min(1).max(700);

export const partSchema = z.strictObject({
  attempt,
  /** Of each voter the public credential. */
  credentials: z
    .array(z.tuple([z.string().max(64), credential]))
    .min(1)
    .max(partSize),
});
export const finishSchema = z.strictObject({ attempt, reserve: z.array(credential).max(mostReserve) });

export type Part = Readonly<z.infer<typeof partSchema>>;
export type Finish = Readonly<z.infer<typeof finishSchema>>;

const link = /^[\w-]{27}$/;

const findByLink = async (db: Reader, vault: Vault, text: string): Promise<RegistrarRow | undefined> =>
  link.test(text) ? findRegistrarByLink(db, vault.hash('registrar', text)) : undefined;

export type RegistrarStage = 'making' | 'made' | 'armed' | 'open' | 'over';

export interface RegistrarSeat {
  readonly electionId: string;
  readonly electionName: string;
  readonly name: string;
  readonly groupName: string;
  /** The election's name in the archive: credentials are made for it. */
  readonly uuid: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly zone: string;
  readonly stage: RegistrarStage;
  readonly voters: number;
  readonly reserve: number;
  /** What was handed in last. */
  readonly attempt: string | null;
  /** Voters who came after the credentials were made and have none yet. */
  readonly uncovered: number;
  /** Reserve credentials to be handed over. */
  readonly given: readonly GivenReserve[];
}

function stageOf(election: ElectionRow, { credentials }: RegistrarRow, now: Instant): RegistrarStage {
  const phase = phaseOf(election, now);
  if (phase === 'draft') return credentials === null ? 'making' : 'made';
  return phase === 'armed' || phase === 'open' ? phase : 'over';
}

export async function readRegistrarSeat(db: Database, vault: Vault, text: string): Promise<RegistrarSeat | undefined> {
  const row = await findByLink(db.reader, vault, text);
  const election = row && (await findElection(db.reader, row.election_id));
  const verifiable = row && (await findVerifiable(db.reader, row.election_id));
  if (!election || !verifiable) return undefined;
  const stage = stageOf(election, row, await db.now());
  return {
    electionId: election.id,
    electionName: election.name,
    name: row.name,
    groupName: verifiable.group_name,
    uuid: verifiable.uuid,
    opensAt: election.opens_at,
    closesAt: election.closes_at,
    zone: election.zone,
    stage,
    voters: row.voters ?? (await countVoters(db.reader, election.id)),
    reserve: row.reserve,
    attempt: row.attempt,
    uncovered: stage === 'made' ? (await listUncovered(db.reader, election.id)).length : 0,
    given: stage === 'over' ? [] : await listGiven(db.reader, vault, election.id),
  };
}

export interface RollEntry {
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
}

export type RollSlice =
  | { readonly ok: true; readonly voters: readonly RollEntry[] }
  | { readonly ok: false; readonly reason: 'unknown-registrar' | 'credentials-made' };

/** In the order of the ids, from after this one; nobody's data are told once the credentials are made. */
export async function readRollSlice(db: Database, vault: Vault, text: string, after: string): Promise<RollSlice> {
  const row = await findByLink(db.reader, vault, text);
  const election = row && (await findElection(db.reader, row.election_id));
  if (!election) return { ok: false, reason: 'unknown-registrar' };
  if (stageOf(election, row, await db.now()) !== 'making') return { ok: false, reason: 'credentials-made' };
  const buildings = new Map((await listBuildings(db.reader)).map(({ id, name }) => [id, name]));
  const voters = await listVoterSlice(db.reader, election.id, after, partSize);
  return {
    ok: true,
    voters: voters.map((voter) => ({
      id: voter.id,
      lastName: voter.last_name,
      firstName: voter.first_name,
      email: voter.email,
      promotion: voter.promotion,
      building: buildings.get(voter.building_id ?? '') ?? '',
    })),
  };
}

export type RegistrarRefusal =
  | 'unknown-registrar'
  | 'election-armed'
  | 'credentials-made'
  | 'credentials-not-proven'
  | 'credential-twice'
  | 'roll-changed-meanwhile';

export type HandedIn = { readonly ok: true } | { readonly ok: false; readonly reason: RegistrarRefusal };

interface Office {
  readonly vault: Vault;
  readonly prove: Prover;
}

/** With the election held, as long as the list is not whole. */
async function whileMaking(
  db: Database,
  electionId: string,
  work: (tx: Writer, row: RegistrarRow) => Promise<HandedIn>,
): Promise<HandedIn> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, electionId);
    const row = election && (await findRegistrar(tx, electionId));
    if (!row) return { ok: false, reason: 'unknown-registrar' };
    if (election.armed_at !== null) return { ok: false, reason: 'election-armed' };
    return row.credentials === null ? work(tx, row) : { ok: false, reason: 'credentials-made' };
  });
}

/** The first part of another attempt voids what came before; one that is handed in twice is taken once. */
export async function takePart(db: Database, office: Office, text: string, part: Part): Promise<HandedIn> {
  const { vault, prove } = office;
  const registrar = await findByLink(db.reader, vault, text);
  if (!registrar) return { ok: false, reason: 'unknown-registrar' };
  const { election_id: electionId } = registrar;
  const texts = part.credentials.map(([, publicText]) => publicText);
  if (new Set(texts).size !== texts.length) return { ok: false, reason: 'credential-twice' };
  if (!(await areCredentials(db, prove, electionId, texts))) return { ok: false, reason: 'credentials-not-proven' };
  const rows = part.credentials
    .map(([voter_id, publicText]) => ({
      voter_id,
      election_id: electionId,
      credential_hash: vault.hash('credential', boundCredential(voter_id, publicText)),
      pending: null,
    }))
    .toSorted((a, b) => (a.voter_id < b.voter_id ? -1 : 1));
  return whileMaking(db, electionId, async (tx, row) => {
    if (row.link_hash !== registrar.link_hash) return { ok: false, reason: 'unknown-registrar' };
    if (row.attempt !== part.attempt) {
      await voidCredentials(tx, electionId);
      await updateRegistrar(tx, electionId, { attempt: part.attempt });
    }
    const ids = rows.map(({ voter_id }) => voter_id);
    const onRoll = (await listVotersById(tx, ids)).filter((voter) => voter.election_id === electionId);
    if (onRoll.length !== ids.length) return { ok: false, reason: 'roll-changed-meanwhile' };
    const known = await listCredentialHashes(tx, ids);
    if (rows.every((one) => known.get(one.voter_id) === one.credential_hash)) return { ok: true };
    if (known.size > 0 || (await listRegistered(tx, electionId, texts)).length > 0)
      return { ok: false, reason: 'credential-twice' };
    if (new Set(ids).size !== ids.length) return { ok: false, reason: 'credential-twice' };
    await insertVoterCredentials(tx, rows);
    await insertRegistered(tx, electionId, texts);
    return { ok: true };
  });
}

/** Everybody on the roll has one, and the reserve is as large as asked: from now on the election can be armed. */
export async function finishCredentials(
  db: Database,
  { vault, prove }: Office,
  text: string,
  { attempt, reserve }: Finish,
): Promise<HandedIn> {
  const registrar = await findByLink(db.reader, vault, text);
  if (!registrar) return { ok: false, reason: 'unknown-registrar' };
  const { election_id: electionId } = registrar;
  if (reserve.length !== registrar.reserve) return { ok: false, reason: 'credentials-not-proven' };
  if (!(await areCredentials(db, prove, electionId, reserve))) return { ok: false, reason: 'credentials-not-proven' };
  const ofVoters = await listRegistered(db.reader, electionId);
  const all = [...ofVoters, ...reserve];
  if (new Set(all).size !== all.length) return { ok: false, reason: 'credential-twice' };
  const { group_name: groupName } = (await findVerifiable(db.reader, electionId))!;
  const credentials = await prove('credentialList', groupName, all);
  return whileMaking(db, electionId, async (tx, row) => {
    if (row.link_hash !== registrar.link_hash) return { ok: false, reason: 'unknown-registrar' };
    const unchanged = (await listRegistered(tx, electionId)).join() === ofVoters.join();
    const isWhole = row.attempt === attempt && unchanged && (await listUncovered(tx, electionId)).length === 0;
    if (!isWhole || ofVoters.length === 0) return { ok: false, reason: 'roll-changed-meanwhile' };
    const rows = reserve.map((one, index) => ({ election_id: electionId, number: index + 1, credential: one }));
    await insertReserve(
      tx,
      rows.map((one) => ({ ...one, given: null, holder: null })),
    );
    await updateRegistrar(tx, electionId, { credentials, voters: ofVoters.length });
    await deleteRegistered(tx, electionId);
    const details = { voters: ofVoters.length, reserve: reserve.length };
    await recordAudit(db, tx, { actor: 'system', action: 'credentials-made', electionId, details });
    return { ok: true };
  });
}

async function areCredentials(
  db: Database,
  prove: Prover,
  electionId: string,
  texts: readonly string[],
): Promise<boolean> {
  if (texts.length === 0) return true;
  const verifiable = await findVerifiable(db.reader, electionId);
  assert(verifiable, 'only a verifiable election has a registrar');
  return prove('areCredentials', verifiable.group_name, texts);
}
