// The voters' credentials: made by the server before the first vote, told to each voter once, then known to nobody else. The
// database keeps a keyed hash of which is whose, bound to the voter; a waiting one is sealed under a key outside of it.

import type { GroupName } from '@votix/protocol/verifiable';
import { findCredentialHash, forgetPending, listPending, type VoterCredentialRow } from '../storage/credentials.ts';
import type { Database, Reader } from '../storage/database.ts';
import {
  findVerifiable,
  listCredentialKeys,
  listElectionsToForget,
  updateVerifiable,
} from '../storage/verifiable-elections.ts';
import type { ElectionRow } from '../storage/elections.ts';
import type { CredentialKeys } from './credential-keys.ts';
import type { Access } from './links.ts';
import type { MadeCredential, Prover } from './proofs.ts';
import { openVault, type Vault } from './vault.ts';

/** What is hashed of a credential: bound to its voter, and nothing without the server's secret. */
export const boundCredential = (voterId: string, publicText: string): string => `${voterId} ${publicText}`;

export interface Issued {
  /** Sorted by voter. */
  readonly rows: readonly VoterCredentialRow[];
  readonly publicTexts: readonly string[];
  /** The name of the key they wait under. */
  readonly keyId: string;
}

const slice = 250;
const sealedAtOnce = 100;

/** One for each voter; before the transaction, because it takes long. */
export async function issueCredentials(
  { vault, keys, prove }: { readonly vault: Vault; readonly keys: CredentialKeys; readonly prove: Prover },
  of: { readonly electionId: string; readonly uuid: string; readonly groupName: GroupName },
  voterIds: readonly string[],
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Issued> {
  const jobs: Promise<readonly MadeCredential[]>[] = [];
  let done = 0;
  for (let start = 0; start < voterIds.length; start += slice) {
    const count = Math.min(slice, voterIds.length - start);
    const job = prove('credentials', of.groupName, of.uuid, count);
    jobs.push(job);
    void job.then(
      () => onProgress((done += count), voterIds.length),
      () => undefined, // whoever waits for all of them is told
    );
  }
  const made = (await Promise.all(jobs)).flat();
  const { id: keyId, key } = await keys.make();
  const waiting = openVault(key);
  const rows: VoterCredentialRow[] = [];
  const rowOf = async (voterId: string, { secret, publicText }: MadeCredential): Promise<VoterCredentialRow> => ({
    voter_id: voterId,
    election_id: of.electionId,
    credential_hash: vault.hash('credential', boundCredential(voterId, publicText)),
    pending: await waiting.seal('credential', voterId, secret),
  });
  const sorted = voterIds.toSorted();
  // In slices: all at once would keep the thread from votes of other elections for a second.
  for (let start = 0; start < sorted.length; start += sealedAtOnce) {
    const some = sorted.slice(start, start + sealedAtOnce);
    rows.push(...(await Promise.all(some.map((voterId, index) => rowOf(voterId, made[start + index]!)))));
  }
  return { rows, publicTexts: made.map(({ publicText }) => publicText), keyId };
}

/** Whether a public credential is this voter's. */
export async function isCredentialOf(db: Reader, vault: Vault, voterId: string, publicText: string): Promise<boolean> {
  const hash = await findCredentialHash(db, voterId);
  return hash !== undefined && vault.isHash('credential', boundCredential(voterId, publicText), hash);
}

/** Those of these voters that still wait to be told, in the clear: for mails, sheets and one voter's copy. */
export async function openCredentials(
  db: Reader,
  keys: CredentialKeys,
  electionId: string,
  voterIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const id = (await findVerifiable(db, electionId))?.credential_key ?? undefined;
  const key = id === undefined ? undefined : await keys.find(id);
  if (key === undefined) return new Map();
  const waiting = openVault(key);
  const rows = await listPending(db, voterIds);
  return new Map(
    await Promise.all(
      rows.map(async ({ voter_id, pending }) => {
        return [voter_id, await waiting.open('credential', voter_id, pending!)] as const;
      }),
    ),
  );
}

/** Ways in with the credential that still waits to be told with them; as they are in an election sealed otherwise. */
export async function withCredentials(
  db: Reader,
  keys: CredentialKeys,
  { id, sealing }: Pick<ElectionRow, 'id' | 'sealing'>,
  accesses: ReadonlyMap<string, Access>,
): Promise<ReadonlyMap<string, Access>> {
  if (sealing !== 'verifiable') return accesses;
  const credentials = await openCredentials(db, keys, id, [...accesses.keys()]);
  return new Map(
    [...accesses].map(([voterId, access]) => {
      const credential = credentials.get(voterId);
      return [voterId, credential === undefined ? access : { ...access, credential }] as const;
    }),
  );
}

/** Throws where codes wait under a key that this process does not find in its folder. */
export async function requireCredentialKey(
  db: Reader,
  keys: CredentialKeys,
  { id, sealing }: Pick<ElectionRow, 'id' | 'sealing'>,
): Promise<void> {
  const keyId = sealing === 'verifiable' ? (await findVerifiable(db, id))?.credential_key : undefined;
  if (typeof keyId !== 'string' || (await keys.find(keyId)) !== undefined) return;
  throw new Error('The key of voter codes that wait is not in DATA_DIR/credential-keys of this process.');
}

/** Nobody can read them any more. The key goes first: a crash in between leaves sealed texts that nothing opens. */
async function forgetCredentials(db: Database, keys: CredentialKeys, electionId: string): Promise<void> {
  const id = (await findVerifiable(db.reader, electionId))?.credential_key ?? undefined;
  if (id === undefined) return;
  await keys.destroy(id);
  await db.write(async (tx) => {
    await forgetPending(tx, electionId);
    await updateVerifiable(tx, electionId, { credential_key: null });
  });
}

/** Every mail with a credential was taken, or the end has come: the keys are destroyed. To be called again and again. */
export async function forgetDueCredentials(db: Database, keys: CredentialKeys): Promise<void> {
  for (const id of await listElectionsToForget(db.reader, await db.now())) await forgetCredentials(db, keys, id);
  await keys.sweep(new Set(await listCredentialKeys(db.reader)));
}
