// Verifiable elections for tests: trustees who have made their keys, voters with their credentials, ballots, shares.

import { definitionHash, encodeDefinition, type Minutes } from '../../packages/protocol/src/index.ts';
import {
  type ElectionContext,
  encodeSignedTally,
  type GroupName,
  readElection as readBoardElection,
  sealBallot,
  signTally,
  type TrusteeFile,
} from '../../packages/protocol/src/verifiable/index.ts';
import { type Line, makeKeys } from '../../packages/server/src/commands/rehearsal/ceremony.ts';
import { definitionOf } from '../../packages/server/src/domain/arming.ts';
import { readArchive } from '../../packages/server/src/domain/boards.ts';
import type { CredentialKeys } from '../../packages/server/src/domain/credential-keys.ts';
import { openCredentials } from '../../packages/server/src/domain/credentials.ts';
import { readElection } from '../../packages/server/src/domain/elections.ts';
import { readMinutes } from '../../packages/server/src/domain/minutes.ts';
import { proveHere } from '../../packages/server/src/domain/proofs.ts';
import { addTrustee, setThreshold } from '../../packages/server/src/domain/trustees.ts';
import { readSeat, takeStep } from '../../packages/server/src/domain/trustee-steps.ts';
import { armVerifiable } from '../../packages/server/src/domain/verifiable-arming.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { findVerifiable } from '../../packages/server/src/storage/verifiable-elections.ts';
import { admin, anElection, type ElectionWish, type TestVoter, vault, votersOf } from './elections.ts';

/** As files would be: found until they are destroyed. */
export function keysInMemory(): CredentialKeys & { readonly all: ReadonlyMap<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    make: () => {
      const [id, key] = [crypto.randomUUID().replaceAll('-', ''), crypto.randomUUID()];
      all.set(id, key);
      return Promise.resolve({ id, key });
    },
    find: (id) => Promise.resolve(all.get(id)),
    destroy: (id) => Promise.resolve(void all.delete(id)),
    sweep: (named) => {
      for (const id of all.keys()) if (!named.has(id)) all.delete(id);
      return Promise.resolve();
    },
  };
}

/** The keys of all elections that a test file makes. */
export const testKeys = keysInMemory();

export interface VerifiableVoter extends TestVoter {
  readonly credential: string;
}

export interface VerifiableElection {
  readonly id: string;
  readonly voters: readonly VerifiableVoter[];
  readonly context: ElectionContext;
  readonly trustees: readonly { readonly token: string; readonly file: TrusteeFile }[];
  readonly seal: (
    voter: Pick<VerifiableVoter, 'credential'>,
    choice: readonly number[],
  ) => { readonly ballot: string; readonly receipt: string };
}

export type VerifiableWish = ElectionWish & {
  readonly trustees?: number;
  readonly threshold?: number;
  readonly groupName?: GroupName;
  readonly keys?: CredentialKeys;
};

/** In the domain, without a server. */
export const lineOf = (db: Database, token: string): Line => ({
  read: async () => (await readSeat(db, vault, token))!,
  hand: async (step) => {
    const taken = await takeStep(db, vault, token, step);
    if (!taken.ok) throw new Error(taken.reason);
  },
});

/** A draft with its trustees, who have done nothing yet. */
export async function withTrustees(db: Database, wish: VerifiableWish = {}) {
  const { trustees = 1, threshold = 0, groupName = 'Ed25519' } = wish;
  const id = await anElection(db, { ...wish, sealing: 'verifiable', groupName });
  const tokens: string[] = [];
  for (let n = 0; n < trustees; n++) {
    const added = await addTrustee(db, vault, admin, id, { name: `Trustee ${n + 1}` });
    if (!added.ok) throw new Error(added.reason);
    tokens.push(added.token);
  }
  const set = await setThreshold(db, admin, id, threshold);
  if (!set.ok) throw new Error(set.reason);
  return { id, tokens };
}

/** Armed by what the administrator sees now. */
export async function armNow(db: Database, id: string, keys: CredentialKeys = testKeys) {
  const definition = encodeDefinition(definitionOf((await readElection(db.reader, id))!));
  const arming = { definitionHash: definitionHash(definition), secure: true, organisation: 'Amicale' };
  return armVerifiable({ db, vault, keys, prove: proveHere }, admin, id, arming);
}

export async function aVerifiableElection(db: Database, wish: VerifiableWish = {}): Promise<VerifiableElection> {
  const { id, tokens } = await withTrustees(db, wish);
  const files = await makeKeys(tokens.map((token) => lineOf(db, token)));
  const armed = await armNow(db, id, wish.keys);
  if (!armed.ok) throw new Error(armed.reason);
  const trustees = tokens.map((token, index) => ({ token, file: files[index]! }));
  return { id, trustees, ...(await ofArmed(db, id, wish.keys)) };
}

/** What voters of an armed election have. */
export async function ofArmed(db: Database, id: string, keys: CredentialKeys = testKeys) {
  const read = readBoardElection((await findVerifiable(db.reader, id))!.election!);
  if (!read.ok) throw new Error(read.reason);
  const { context } = read;
  const rows = await votersOf(db, id);
  const credentials = await openCredentials(
    db.reader,
    keys,
    id,
    rows.map((voter) => voter.id),
  );
  const voters = rows.map((voter) => ({ ...voter, credential: credentials.get(voter.id)! }));
  return { context, voters, seal: sealer(context) };
}

export const sealer =
  (context: ElectionContext): VerifiableElection['seal'] =>
  ({ credential }, choice) => {
    const sealed = sealBallot(context, { credential, choices: [choice.length === 0 ? 'blank' : choice] });
    if (!sealed.ok) throw new Error(sealed.reason);
    return { ballot: sealed.ballot, receipt: sealed.tracker };
  };

export async function archiveBytes(db: Database, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const archive = await readArchive(db.reader, id);
  if (!archive.ok) throw new Error(archive.reason);
  const parts: Uint8Array[] = [];
  for await (const chunk of archive.chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

/** What a trustee hands over after looking at the archive. */
export async function shareOf(file: TrusteeFile, archive: Uint8Array<ArrayBuffer>): Promise<string> {
  const made = await signTally(file, archive);
  if (!made.ok) throw new Error(made.reason);
  return encodeSignedTally(made.signed);
}

export async function minutesIn(db: Database, id: string): Promise<Minutes> {
  const read = await readMinutes(db.reader, id, { organisation: 'Amicale', software: '9.9.9' });
  if (!read.ok) throw new Error(read.reason);
  return read.minutes;
}
