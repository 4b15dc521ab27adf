// Verifiable elections in the states that the table of routes asks for: a draft with a trustee who has a key to hand in, one
// that can be armed, one whose sum is on the board with a share to hand in, one that is opened.

import { definitionHash, encodeDefinition } from '../../packages/protocol/src/index.ts';
import { type Line, makeKeys } from '../../packages/server/src/commands/rehearsal/ceremony.ts';
import { definitionOf } from '../../packages/server/src/domain/arming.ts';
import { sealBox } from '../../packages/server/src/domain/boxes.ts';
import { readElection } from '../../packages/server/src/domain/elections.ts';
import { openDueBoards, takeShare } from '../../packages/server/src/domain/openings.ts';
import { proveHere } from '../../packages/server/src/domain/proofs.ts';
import { takePart } from '../../packages/server/src/domain/registrar-steps.ts';
import { readCeremony } from '../../packages/server/src/domain/trustees.ts';
import { addVoters } from '../../packages/server/src/domain/voters.ts';
import type { Step } from '../../packages/server/src/domain/trustee-steps.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { updateElection } from '../../packages/server/src/storage/elections.ts';
import { caster } from './casts.ts';
import { admin, vault } from './elections.ts';
import { anAttempt, aRegisteredElection, handIn, makeLetters, office, withRegistrar } from './registrars.ts';
import { archiveBytes, aVerifiableElection, lineOf, shareOf, withTrustees } from './verifiable-elections.ts';

export interface Boards {
  readonly draft: { readonly id: string; readonly token: string; readonly trustee: string; readonly step: Step };
  /** Another draft, whose trustee may be removed. */
  readonly spare: { readonly id: string; readonly trustee: string };
  readonly ready: { readonly id: string; readonly definitionHash: string };
  readonly tallied: { readonly id: string; readonly token: string; readonly share: string };
  readonly opened: { readonly id: string; readonly token: string };
  readonly registry: Registry;
}

/** Elections whose credentials a registrar makes. */
export interface Registry {
  /** Nothing is handed in yet. */
  readonly making: {
    readonly id: string;
    readonly token: string;
    readonly attempt: string;
    readonly pairs: readonly (readonly [string, string])[];
  };
  /** Everything but the last word. */
  readonly filled: {
    readonly token: string;
    readonly attempt: string;
    readonly reserve: readonly string[];
  };
  /** A draft whose credentials are there, but for one who came after them. */
  readonly made: { readonly id: string; readonly token: string };
  readonly armed: { readonly id: string; readonly token: string; readonly voter: string };
}

export async function makeBoards(db: Database): Promise<Boards> {
  const opened = await tallied(db);
  const taken = await takeShare(db, { vault, prove: proveHere }, opened.token, opened.share);
  if (!taken.ok) throw new Error(taken.reason);
  return {
    draft: await draft(db),
    spare: await spare(db),
    ready: await ready(db),
    tallied: await tallied(db),
    opened,
    registry: await registry(db),
  };
}

async function draft(db: Database) {
  const { id, tokens } = await withTrustees(db);
  const [token] = tokens as [string];
  const steps: Step[] = [];
  const line: Line = { ...lineOf(db, token), hand: (step) => Promise.resolve(steps.push(step)) };
  await makeKeys([line]);
  return { id, token, trustee: await firstTrustee(db, id), step: steps[0]! };
}

async function spare(db: Database) {
  const { id } = await withTrustees(db);
  return { id, trustee: await firstTrustee(db, id) };
}

const firstTrustee = async (db: Database, id: string): Promise<string> =>
  (await readCeremony(db.reader, id))!.trustees[0]!.id;

async function ready(db: Database) {
  const { id, tokens } = await withTrustees(db);
  await makeKeys(tokens.map((token) => lineOf(db, token)));
  const election = (await readElection(db.reader, id))!;
  return { id, definitionHash: definitionHash(encodeDefinition(definitionOf(election))) };
}

async function tallied(db: Database) {
  const { id, voters, trustees, seal } = await aVerifiableElection(db);
  await caster(db)(voters[0]!, seal(voters[0]!, [0]).ballot);
  await db.write(async (tx) => updateElection(tx, id, { closes_at: await db.now(tx) }));
  await sealBox(db, id);
  await openDueBoards(db, proveHere);
  const { token, file } = trustees[0]!;
  return { id, token, share: await shareOf(file, await archiveBytes(db, id)) };
}

async function registry(db: Database): Promise<Registry> {
  return { making: await making(db), filled: await filled(db), made: await made(db), armed: await registered(db) };
}

async function making(db: Database) {
  const { id } = await withTrustees(db);
  const token = await withRegistrar(db, id);
  const { pairs, publicReserve } = await makeLetters(db, token);
  return { id, token, attempt: anAttempt(), pairs, reserve: publicReserve };
}

async function filled(db: Database) {
  const { token, attempt, pairs, reserve } = await making(db);
  const taken = await takePart(db, office, token, { attempt, credentials: pairs });
  if (!taken.ok) throw new Error(taken.reason);
  return { token, attempt, reserve };
}

async function made(db: Database) {
  const { id } = await withTrustees(db);
  const token = await withRegistrar(db, id);
  await handIn(db, token);
  const late = { lastName: 'Late', firstName: 'Lou', email: 'late@example.org', promotion: '', building: '' };
  await addVoters(db, admin, id, [late]);
  return { id, token };
}

async function registered(db: Database) {
  const { id, token, voters } = await aRegisteredElection(db, { reserve: 5 });
  return { id, token, voter: voters[0]!.id };
}
