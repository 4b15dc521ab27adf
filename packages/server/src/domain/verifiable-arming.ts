// Arming a verifiable election: every trustee's key is there, each voter gets a credential, or has one by the registrar, and
// the board begins with the election, its trustees and the list of public credentials.

import { definitionHash, encodeDefinition } from '@votix/protocol';
import { electionKeyOf, encodeElection, encodeTrustees, fingerprintOf, textOf } from '@votix/protocol/verifiable';
import { isDeepStrictEqual } from 'node:util';
import { deleteSetUp } from '../storage/boards.ts';
import { deleteVoterCredentials, insertVoterCredentials } from '../storage/credentials.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { updateElection } from '../storage/elections.ts';
import { deleteMailings } from '../storage/mailings.ts';
import { findRegistrar, type RegistrarRow } from '../storage/registrars.ts';
import { listTrustees, type TrusteeRow } from '../storage/trustees.ts';
import { findVerifiable, updateVerifiable, type VerifiableRow } from '../storage/verifiable-elections.ts';
import { deleteImportsOf } from '../storage/voter-imports.ts';
import { listVoterIds } from '../storage/voters.ts';
import { definitionOf, obstacles } from './arming.ts';
import { isApproved, spendApproval } from './approvals.ts';
import { recordAudit } from './audit-log.ts';
import { type BoardTexts, startBoard } from './boards.ts';
import type { CredentialKeys } from './credential-keys.ts';
import { type Issued, issueCredentials } from './credentials.ts';
import { type Change, changeDraft, type Election, readElection } from './elections.ts';
import type { Prover } from './proofs.ts';
import { readRegistrar } from './registrars.ts';
import { readReserve } from './reserve-credentials.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import { ceremonyOf, keyState } from './trustees.ts';
import { groupOf, trusteeItems } from './trustee-steps.ts';
import type { Vault } from './vault.ts';
import { describe, questionsOf } from './verifiable-definition.ts';

export interface Armory {
  readonly db: Database;
  readonly vault: Vault;
  readonly keys: CredentialKeys;
  readonly prove: Prover;
}

export interface VerifiableArming {
  /** Of what the administrator has seen. */
  readonly definitionHash: string;
  readonly secure: boolean;
  /** Who runs the election, as the archive names them. */
  readonly organisation: string;
}

export type VerifiablyArmed =
  | Change
  | {
      readonly ok: false;
      readonly reason: 'other-sealing' | 'election-not-ready' | 'election-changed' | 'second-administrator-needed';
    };

interface Prepared {
  readonly election: Election;
  readonly verifiable: VerifiableRow;
  readonly trustees: readonly TrusteeRow[];
  readonly voterIds: readonly string[];
  /** Who has made the credentials; undefined where the server does now. */
  readonly registrar: RegistrarRow | undefined;
  readonly reserve: readonly string[];
}

type Ready = { readonly ok: true; readonly prepared: Prepared } | Extract<VerifiablyArmed, { readonly ok: false }>;

/** All or nothing. Making keys and credentials takes long and comes first; what changes meanwhile is noticed. */
export async function armVerifiable(
  armory: Armory,
  actor: ConfirmedAdmin,
  electionId: string,
  arming: VerifiableArming,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<VerifiablyArmed> {
  const { db, keys } = armory;
  const read = await readElection(db.reader, electionId);
  if (!read) return { ok: false, reason: 'unknown-election' };
  if (read.armed_at !== null) return { ok: false, reason: 'election-armed' };
  const ready = await prepared(db.reader, read, arming, await db.now());
  if (!ready.ok) return ready;
  const asked = { deed: 'arm', election: read, target: arming.definitionHash } as const;
  if (!(await isApproved(db, actor, asked))) return { ok: false, reason: 'second-administrator-needed' };
  const made = await make(armory, ready.prepared, { ...arming, onProgress });
  const outcome = await changeDraft<VerifiablyArmed>(db, electionId, async (tx, election) => {
    const now = await prepared(tx, election, arming, await db.now(tx));
    if (!now.ok) return now;
    if (!isDeepStrictEqual(now.prepared, ready.prepared)) return { ok: false, reason: 'election-changed' };
    const gated = { deed: 'arm', election, target: arming.definitionHash } as const;
    if (!(await spendApproval(db, tx, actor, gated))) return { ok: false, reason: 'second-administrator-needed' };
    return arm(db, tx, { actor, election, made, trustees: ready.prepared.trustees.length });
  }).catch(async (error: unknown) => {
    await discard(keys, made);
    throw error;
  });
  const armed = outcome.ok ? outcome.value : outcome;
  if (!armed.ok) await discard(keys, made);
  return armed;
}

const discard = async (keys: CredentialKeys, { issued }: Made): Promise<void> => issued && keys.destroy(issued.keyId);

/** Everything that arming depends on. */
async function prepared(db: Reader, election: Election, arming: VerifiableArming, now: number): Promise<Ready> {
  const { id } = election;
  const verifiable = await findVerifiable(db, id);
  if (!verifiable) return { ok: false, reason: 'other-sealing' };
  const [trustees, voterIds] = [await listTrustees(db, id), await listVoterIds(db, id)];
  const facts = {
    voters: voterIds.length,
    now,
    secure: arming.secure,
    key: keyState(ceremonyOf(verifiable, trustees)),
    credentials: (await readRegistrar(db, id))?.state,
  };
  if (obstacles(election, facts).length > 0) return { ok: false, reason: 'election-not-ready' };
  const definition = encodeDefinition(definitionOf(election));
  if (definitionHash(definition) !== arming.definitionHash) return { ok: false, reason: 'election-changed' };
  const [registrar, { credentials: reserve }] = [await findRegistrar(db, id), await readReserve(db, id)];
  return { ok: true, prepared: { election, verifiable, trustees, voterIds, registrar, reserve } };
}

interface Made {
  readonly definition: string;
  readonly publicKey: string;
  readonly texts: BoardTexts;
  /** By the server. */
  readonly issued: Issued | undefined;
}

async function make(
  { vault, keys, prove }: Armory,
  { election, verifiable, trustees, voterIds, registrar, reserve }: Prepared,
  { organisation, onProgress }: VerifiableArming & { readonly onProgress: (done: number, total: number) => void },
): Promise<Made> {
  const [group, items] = [groupOf(verifiable), trusteeItems(verifiable, trustees)];
  const definition = definitionOf(election);
  const publicKey = textOf(group, electionKeyOf(group, items));
  const { uuid, group_name: groupName } = verifiable;
  const of = { electionId: election.id, uuid, groupName };
  const issued = registrar ? undefined : await issueCredentials({ vault, keys, prove }, of, voterIds, onProgress);
  const texts = {
    election: encodeElection({
      uuid,
      name: election.name,
      description: describe(definition, election.description, reserve),
      group: group.name,
      publicKey,
      questions: questionsOf(definition),
      administrator: organisation,
      credentialAuthority: registrar?.name ?? 'server',
    }),
    trustees: encodeTrustees(items),
    credentials: registrar?.credentials ?? (await prove('credentialList', groupName, issued!.publicTexts)),
  };
  return { definition: encodeDefinition(definition), publicKey, texts, issued };
}

interface Arms {
  readonly actor: ConfirmedAdmin;
  readonly election: Election;
  readonly made: Made;
  readonly trustees: number;
}

async function arm(
  db: Database,
  tx: Writer,
  { actor, election: { id }, made, trustees }: Arms,
): Promise<VerifiablyArmed> {
  const { definition, publicKey, texts, issued } = made;
  const now = await db.now(tx);
  const fingerprint = fingerprintOf(texts.election);
  if (issued) await insertVoterCredentials(tx, issued.rows);
  await startBoard(tx, id, texts, now);
  const row = { election: texts.election, trustees: texts.trustees, credential_key: issued?.keyId ?? null };
  await updateVerifiable(tx, id, row);
  await updateElection(tx, id, { armed_at: now, definition, public_key: publicKey, fingerprint });
  await deleteImportsOf(tx, id); // nothing can be undone any more
  const credentials = issued ? 'server' : 'registrar';
  const details = { fingerprint, definitionHash: definitionHash(definition), trustees, credentials };
  await recordAudit(db, tx, { actor, action: 'election-armed', electionId: id, details });
  return { ok: true };
}

/**
 * Before the opening: board and credentials are void, the trustees keep their keys. Links that were sent hold a credential
 * that counts no more, so that they are to be sent again. The file of the key is swept away. What a registrar made stays:
 * their letters and the links, which hold no credential, are good for the next arming too.
 */
export async function disarmBoard(tx: Writer, electionId: string): Promise<void> {
  await deleteSetUp(tx, electionId);
  const registrar = await findRegistrar(tx, electionId);
  await updateVerifiable(tx, electionId, { election: null, trustees: null, credential_key: null });
  if (registrar) return;
  await deleteVoterCredentials(tx, electionId);
  await updateElection(tx, electionId, { handed_out_at: null });
  await deleteMailings(tx, electionId, ['link', 'code', 'reminder']);
}
