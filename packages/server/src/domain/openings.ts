// From the close of a verifiable election to its result: the encrypted tally, a share of each trustee, held back until as many
// as are needed have come, then all of them and the result on the board at once.

import { parseDefinition } from '@votix/protocol';
import {
  checkShareSet,
  encodeStrictFile,
  findGroup,
  parseStrictFile,
  readElection,
  readTrustees,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { readBallots } from '../storage/ballots.ts';
import type { Database, Reader } from '../storage/database.ts';
import { type ElectionRow, findElection, lockElection, updateElection } from '../storage/elections.ts';
import { listTrustees, type TrusteeRow, updateTrustee } from '../storage/trustees.ts';
import {
  findVerifiable,
  listElectionsToOpen,
  listElectionsToTally,
  takeSumming,
  updateVerifiable,
  type VerifiableRow,
} from '../storage/verifiable-elections.ts';
import { recordAudit } from './audit-log.ts';
import { appendOpening, appendTallyOf, type StoredTally } from './boards.ts';
import { openable } from './boxes.ts';
import type { Proofs, Prover, ShareVerdict } from './proofs.ts';
import { findSeat } from './trustees.ts';
import type { Vault } from './vault.ts';
import { tallyOfResult } from './verifiable-definition.ts';

const slice = 200;
/** How long the others wait for a process that was killed while it summed. */
const turnMs = 60_000;

/** The product of all ballots of the sealed box, in parts that many threads make. */
async function tally(db: Database, prove: Prover, electionId: string): Promise<void> {
  const isMine = await db.write(async (tx) => {
    const now = await db.now(tx);
    return takeSumming(tx, electionId, now, now + turnMs);
  });
  if (!isMine) return;
  const { election } = (await findVerifiable(db.reader, electionId))!;
  const parts: string[] = [];
  let count = 0;
  for await (const rows of readBallots(db.reader, electionId)) {
    count += rows.length;
    const jobs: Promise<string>[] = [];
    for (let start = 0; start < rows.length; start += slice) {
      const ballots = rows.slice(start, start + slice).map(({ ballot }) => ballot);
      jobs.push(prove('tallyPart', election!, ballots));
    }
    parts.push(...(await Promise.all(jobs)));
    await db.write(async (tx) => updateVerifiable(tx, electionId, { summed_until: (await db.now(tx)) + turnMs }));
  }
  const joined = await prove('joinTallies', election!, parts);
  const stored: StoredTally = { ...joined, numTallied: count, totalWeight: count };
  await db.write(async (tx) => {
    const row = await lockElection(db, tx, electionId);
    const verifiable = await findVerifiable(tx, electionId);
    if (!row || row.abandoned_at !== null || row.ballot_count !== count || verifiable?.tally !== null) return;
    await appendTallyOf(db, tx, electionId, stored);
    await updateVerifiable(tx, electionId, { tally: JSON.stringify(stored) });
  });
}

/** Everything after the close that needs nobody: to be called again and again. */
export async function openDueBoards(db: Database, prove: Prover): Promise<void> {
  const errors: unknown[] = [];
  const failed = (error: unknown) => errors.push(error);
  for (const id of await listElectionsToTally(db.reader)) await tally(db, prove, id).catch(failed);
  for (const id of await listElectionsToOpen(db.reader)) await complete(db, prove, id).catch(failed);
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Some boards stand still.');
}

export type ShareRefusal =
  | Extract<ShareVerdict, { readonly ok: false }>['reason']
  | 'unknown-trustee'
  | 'no-tally-yet'
  | 'election-abandoned'
  | 'already-deliberated';

export type ShareTaken =
  /** `isOpened`: this was the last one needed. */
  { readonly ok: true; readonly isOpened: boolean } | { readonly ok: false; readonly reason: ShareRefusal };

/** A share with both proofs, of the tally on the board. It is kept for itself until enough are there. */
export async function takeShare(
  db: Database,
  { vault, prove }: { readonly vault: Vault; readonly prove: Prover },
  link: string,
  handedOver: string,
): Promise<ShareTaken> {
  const seat = await findSeat(db.reader, vault, link);
  if (!seat) return { ok: false, reason: 'unknown-trustee' };
  const { id, election_id: electionId } = seat;
  const state = await readTallied(db.reader, electionId);
  if (!state.ok) return state;
  const owner = state.rows.findIndex((row) => row.id === id) + 1;
  const verdict = await prove('share', state.board, owner, handedOver);
  if (!verdict.ok) return verdict;
  const kept = await db.write(async (tx): Promise<ShareTaken> => {
    await lockElection(db, tx, electionId);
    const now = await readTallied(tx, electionId);
    if (!now.ok) return now;
    await updateTrustee(tx, id, { share: verdict.share, strict: verdict.strict });
    await recordAudit(db, tx, { actor: 'system', action: 'share-received', electionId, subject: id });
    return { ok: true, isOpened: false };
  });
  return kept.ok ? { ok: true, isOpened: await complete(db, prove, electionId) } : kept;
}

type Board = Parameters<Proofs['share']>[0];

type Tallied =
  | {
      readonly ok: true;
      readonly election: ElectionRow;
      readonly board: Board;
      readonly tally: StoredTally;
      readonly verifiable: VerifiableRow;
      readonly rows: readonly TrusteeRow[];
    }
  | { readonly ok: false; readonly reason: 'no-tally-yet' | 'election-abandoned' | 'already-deliberated' };

async function readTallied(db: Reader, electionId: string): Promise<Tallied> {
  const [election, verifiable] = [await findElection(db, electionId), await findVerifiable(db, electionId)];
  if (!election || verifiable?.tally === null || verifiable === undefined) return { ok: false, reason: 'no-tally-yet' };
  const found = openable(election);
  if (!found.ok) {
    const isOver = found.reason === 'election-abandoned' || found.reason === 'already-deliberated';
    return { ok: false, reason: isOver ? found.reason : 'no-tally-yet' };
  }
  const tally = storedEncryptedTally(verifiable)!;
  const board = { election: verifiable.election!, trustees: verifiable.trustees!, tally };
  return { ok: true, election, board, tally, verifiable, rows: await listTrustees(db, electionId) };
}

/** Undefined before the close. */
const storedEncryptedTally = ({ tally }: VerifiableRow): StoredTally | undefined =>
  tally === null ? undefined : (JSON.parse(tally) as StoredTally);

/** The text of strict.json; undefined before the opening. */
export const readStrictFile = async (db: Reader, electionId: string): Promise<string | undefined> =>
  (await findVerifiable(db, electionId))?.strict ?? undefined;

/** The hash of the tally on the board; undefined until it is there. */
export async function readTallyHead(db: Reader, electionId: string): Promise<string | undefined> {
  const verifiable = await findVerifiable(db, electionId);
  return verifiable && storedEncryptedTally(verifiable)?.hash;
}

interface GivenShare {
  readonly owner: number;
  readonly share: string;
  readonly strict: string;
}

/** As many as are needed, of those that came first in the list; undefined while one is missing. */
function neededShares({ verifiable, rows }: Extract<Tallied, { ok: true }>): readonly GivenShare[] | undefined {
  const given = rows.flatMap(({ share, strict }, index) =>
    share === null || strict === null ? [] : [{ owner: index + 1, share, strict }],
  );
  const needed = given.slice(0, verifiable.threshold === 0 ? rows.length : verifiable.threshold);
  const items = readTrustees(findGroup(verifiable.group_name)!, verifiable.trustees!)!;
  const problem = checkShareSet(
    items,
    needed.map(({ owner }) => owner),
    true,
  );
  return problem === undefined ? needed : undefined;
}

/** True when the shares and the result went on the board now. */
async function complete(db: Database, prove: Prover, electionId: string): Promise<boolean> {
  const state = await readTallied(db.reader, electionId);
  const shares = state.ok ? neededShares(state) : undefined;
  if (!state.ok || !shares) return false;
  const result = await prove('result', state.board, shares, state.tally.totalWeight);
  if (!result) return false;
  const definition = parseDefinition(state.election.definition);
  assert(definition.ok);
  const counted = tallyOfResult(definition.definition, result, state.tally.numTallied);
  const strict = strictFile(state.board.election, shares);
  return db.write(async (tx) => {
    await lockElection(db, tx, electionId);
    if (!(await readTallied(tx, electionId)).ok) return false;
    const { hash } = await appendOpening(db, tx, electionId, { shares, result });
    await updateVerifiable(tx, electionId, { strict });
    await updateElection(tx, electionId, {
      deliberated_at: await db.now(tx),
      tally: JSON.stringify(counted),
      invalid_ballots: '[]',
    });
    const details = { boxHash: state.election.box_hash!, head: hash, shares: shares.length };
    await recordAudit(db, tx, { actor: 'system', action: 'box-opened', electionId, details });
    return true;
  });
}

/** strict.json from the proofs of each share, read back as anybody would. */
function strictFile(election: string, shares: readonly GivenShare[]): string {
  const read = readElection(election);
  assert(read.ok);
  const { context } = read;
  const parts = shares.map(({ strict }) => JSON.parse(strict) as unknown);
  const parsed = parseStrictFile(
    context,
    JSON.stringify({ votix: 1, kind: 'strict', election: context.fingerprint, shares: parts }),
  );
  assert(parsed, 'strict proofs that were checked are read');
  return encodeStrictFile(parsed);
}
