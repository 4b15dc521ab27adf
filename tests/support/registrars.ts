// Registrars for tests: what their page does, in the domain, without a browser.

import {
  findGroup,
  makeCredential,
  publicCredential,
  readElection as readBoardElection,
} from '../../packages/protocol/src/verifiable/index.ts';
import { makeKeys } from '../../packages/server/src/commands/rehearsal/ceremony.ts';
import { proveHere } from '../../packages/server/src/domain/proofs.ts';
import {
  finishCredentials,
  type HandedIn,
  readRegistrarSeat,
  readRollSlice,
  takePart,
} from '../../packages/server/src/domain/registrar-steps.ts';
import { nameRegistrar } from '../../packages/server/src/domain/registrars.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { findVerifiable } from '../../packages/server/src/storage/verifiable-elections.ts';
import { admin, vault, votersOf } from './elections.ts';
import {
  armNow,
  lineOf,
  sealer,
  type VerifiableElection,
  type VerifiableWish,
  withTrustees,
} from './verifiable-elections.ts';

export const office = { vault, prove: proveHere };
export const anAttempt = (): string => crypto.randomUUID().replaceAll('-', '');

/** What a registrar keeps: nobody else ever has it. */
export interface Letters {
  readonly of: ReadonlyMap<string, string>;
  readonly reserve: readonly string[];
}

/** Names a registrar for a draft. */
export async function withRegistrar(db: Database, id: string, reserve = 2): Promise<string> {
  const named = await nameRegistrar(db, vault, admin, id, { name: 'Rosa Registrar', reserve });
  if (!named.ok) throw new Error(named.reason);
  return named.token;
}

/** Makes credentials for everybody on the roll, without handing them in. */
export async function makeLetters(db: Database, token: string) {
  const seat = (await readRegistrarSeat(db, vault, token))!;
  const slice = await readRollSlice(db, vault, token, '');
  if (!slice.ok) throw new Error(slice.reason);
  const group = findGroup(seat.groupName)!;
  const publicOf = (credential: string) => publicCredential(group, seat.uuid, credential);
  const of = new Map(slice.voters.map(({ id }) => [id, makeCredential()]));
  const reserve = Array.from({ length: seat.reserve }, () => makeCredential());
  const pairs = [...of].map(([id, credential]): [string, string] => [id, publicOf(credential)]);
  return { letters: { of, reserve }, pairs, publicReserve: reserve.map(publicOf) };
}

export async function handIn(db: Database, token: string): Promise<Letters> {
  const { letters, pairs, publicReserve } = await makeLetters(db, token);
  const attempt = anAttempt();
  const done = (answer: HandedIn) => {
    if (!answer.ok) throw new Error(answer.reason);
  };
  done(await takePart(db, office, token, { attempt, credentials: pairs }));
  done(await finishCredentials(db, office, token, { attempt, reserve: publicReserve }));
  return letters;
}

export interface RegisteredElection extends VerifiableElection {
  readonly token: string;
  readonly letters: Letters;
}

/** Armed, with credentials that a registrar has made. */
export async function aRegisteredElection(
  db: Database,
  wish: VerifiableWish & { readonly reserve?: number } = {},
): Promise<RegisteredElection> {
  const { id, tokens } = await withTrustees(db, wish);
  const files = await makeKeys(tokens.map((token) => lineOf(db, token)));
  const token = await withRegistrar(db, id, wish.reserve);
  const letters = await handIn(db, token);
  const armed = await armNow(db, id, wish.keys);
  if (!armed.ok) throw new Error(armed.reason);
  const trustees = tokens.map((link, index) => ({ token: link, file: files[index]! }));
  const read = readBoardElection((await findVerifiable(db.reader, id))!.election!);
  if (!read.ok) throw new Error(read.reason);
  const voters = (await votersOf(db, id)).map((voter) => ({ ...voter, credential: letters.of.get(voter.id)! }));
  return { id, trustees, token, letters, voters, context: read.context, seal: sealer(read.context) };
}
