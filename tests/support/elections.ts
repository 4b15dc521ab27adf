// Elections of a sealed box for tests: a draft with candidates and voters, armed, with the means to seal a ballot for it.

import {
  ballotContext,
  definitionHash,
  encodeDefinition,
  makeKeyPair,
  type SealedKeyPair,
  sealBallot,
  type SealingContext,
} from '@votix/protocol';
import { addCandidate } from '../../packages/server/src/domain/candidates.ts';
import { armElection, definitionOf } from '../../packages/server/src/domain/arming.ts';
import { createElection, readElection } from '../../packages/server/src/domain/elections.ts';
import { type Access, readAccesses } from '../../packages/server/src/domain/links.ts';
import type { ConfirmedAdmin } from '../../packages/server/src/domain/scopes.ts';
import { openVault } from '../../packages/server/src/domain/vault.ts';
import { addVoters } from '../../packages/server/src/domain/voters.ts';
import { listVoters } from '../../packages/server/src/storage/voters.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';

export const admin = { accountId: 'an-admin', confirmed: true } as ConfirmedAdmin;
export const secret = 'a secret that only the tests of this project use';
export const vault = openVault(secret);
export const hour = 3_600_000;

let keyPair: Promise<SealedKeyPair> | undefined;
/** One key pair for a whole test file: making one is slow. */
export const testKeyPair = (): Promise<SealedKeyPair> => (keyPair ??= makeKeyPair());

export interface TestVoter extends Access {
  readonly id: string;
}

export interface ArmedElection {
  readonly id: string;
  readonly voters: readonly TestVoter[];
  readonly context: SealingContext;
  /** A ballot for this candidate's index; [] is blank. */
  readonly seal: (choice: readonly number[]) => Promise<{ ballot: string; receipt: string }>;
}

export interface ElectionWish {
  readonly voters?: number;
  readonly opensIn?: number;
  readonly closesIn?: number;
  readonly candidates?: readonly string[];
  readonly minimumBallots?: number;
  readonly sealing?: 'sealed-box' | 'verifiable';
  readonly groupName?: 'Ed25519' | 'BELENIOS-2048';
}

const draftOf = (now: number, wish: ElectionWish) => ({
  name: 'Board 2026',
  description: '',
  zone: 'Europe/Paris',
  contestTitle: 'Who chairs?',
  blank: true,
  opensAt: now + (wish.opensIn ?? -hour),
  closesAt: now + (wish.closesIn ?? hour),
  minimumBallots: wish.minimumBallots ?? 1,
  sealing: wish.sealing ?? ('sealed-box' as const),
  ...(wish.groupName && { groupName: wish.groupName }),
});

export async function anElection(db: Database, wish: ElectionWish = {}): Promise<string> {
  const id = await createElection(db, admin, draftOf(await db.now(), wish));
  for (const name of wish.candidates ?? ['Ada', 'Blaise', 'Chloé'])
    await addCandidate(db, admin, id, { name, text: '' });
  const drafts = Array.from({ length: wish.voters ?? 3 }, (_, index) => ({
    lastName: `Dupont${index}`,
    firstName: 'Alice',
    email: `alice${index}@example.org`,
    promotion: `E${index % 3}`,
    building: index % 2 ? 'Perrault' : '',
  }));
  await addVoters(db, admin, id, drafts);
  return id;
}

/** The arming that the wizard would send for this election now. */
export async function armingOf(db: Database, id: string) {
  const definition = encodeDefinition(definitionOf((await readElection(db.reader, id))!));
  const { publicKeyPem, fingerprint } = await testKeyPair();
  return {
    publicKey: publicKeyPem,
    fingerprint,
    definitionHash: definitionHash(definition),
    possessionProven: true as const,
    secure: true,
    definition,
  };
}

export async function anArmedElection(db: Database, wish: ElectionWish = {}): Promise<ArmedElection> {
  return armed(db, await anElection(db, wish));
}

/** A draft that is armed as it stands. */
export async function armed(db: Database, id: string): Promise<ArmedElection> {
  const { definition, ...arming } = await armingOf(db, id);
  const outcome = await armElection(db, admin, id, arming);
  if (!outcome.ok) throw new Error(outcome.reason);
  const made = await ballotContext(definition, arming.publicKey);
  if (!made.ok) throw new Error(made.reason);
  return { id, voters: await votersOf(db, id), context: made.context, seal: (choice) => sealed(made.context, choice) };
}

export async function votersOf(db: Database, id: string): Promise<TestVoter[]> {
  const voters: TestVoter[] = [];
  for (;;) {
    const ids = (await listVoters(db.reader, id, { limit: 1000, offset: voters.length })).map((row) => row.id);
    if (ids.length === 0) return voters;
    const accesses = await readAccesses(db, vault, admin, ids);
    voters.push(...ids.map((voter) => ({ id: voter, ...accesses.get(voter)! })));
  }
}

async function sealed(context: SealingContext, choice: readonly number[]) {
  const made = await sealBallot(context, [choice]);
  if (!made.ok) throw new Error(made.reason);
  return made;
}
