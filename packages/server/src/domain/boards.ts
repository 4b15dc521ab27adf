// The public board of a verifiable election: appended to under one lock, each event bound to the one before by its hash, and
// given to everybody at any time as the bytes of one archive.

import {
  type Appended,
  appendBallot,
  appendResult,
  appendShare,
  appendTally,
  type Board,
  endBallots,
  type Head,
  headAfterBallot,
  parseTally,
  readElection,
  type Result,
  setUp,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import {
  type BoardRow,
  findBoard,
  insertBoard,
  insertBoardEvents,
  listBoardLines,
  lockBoard,
  moveHead,
  readBoard,
} from '../storage/boards.ts';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { findRegistrar } from '../storage/registrars.ts';
import { listTrustees } from '../storage/trustees.ts';
import { findVerifiable } from '../storage/verifiable-elections.ts';
import { readReserve } from './reserve-credentials.ts';
import { reserveText } from './verifiable-definition.ts';

export { listBoardLines };
export type { Head };

export interface BoardTexts {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
}

/** The tally as it stands in the election's row: the archive's text of it, its hash and its sizes. */
export interface StoredTally {
  readonly text: string;
  readonly hash: string;
  readonly numTallied: number;
  readonly totalWeight: number;
}

/** Of a ballot in the box, under its tracker. */
export interface BallotEvent {
  readonly receipt: string;
  readonly credential: string;
}

/** The first event. Its time is that of the arming, in seconds, and stands for every file of the archive. */
export async function startBoard(tx: Writer, electionId: string, texts: BoardTexts, now: number): Promise<Head> {
  const started_at = Math.floor(now / 1000);
  const { board, bytes } = setUp(started_at, texts);
  await insertBoard(tx, { election_id: electionId, started_at, ...board.head });
  await insertBoardEvents(tx, [{ ...eventRow(electionId, board.head, 'Setup'), content: bytes }]);
  return board.head;
}

/** One after another, in this order. How many were new: with fewer than given, nothing of the transaction may stay. */
export async function appendBallots(
  db: Database,
  tx: Writer,
  electionId: string,
  ballots: readonly BallotEvent[],
): Promise<number> {
  let { head } = await held(db, tx, electionId);
  const rows = ballots.map(({ receipt, credential }) => {
    head = headAfterBallot(head, receipt);
    return { ...eventRow(electionId, head, 'Ballot'), receipt, credential };
  });
  await moveHead(tx, { election_id: electionId, ...head });
  return insertBoardEvents(tx, rows);
}

/** No ballot comes after it; its hash stands for the whole box. */
export const closeBoard = (db: Database, tx: Writer, electionId: string): Promise<Head> =>
  append(db, tx, electionId, [['EndBallots', endBallots]]);

export async function appendTallyOf(db: Database, tx: Writer, electionId: string, tally: StoredTally): Promise<Head> {
  const { election } = (await findVerifiable(tx, electionId))!;
  const read = readElection(election!);
  const encrypted = read.ok ? parseTally(read.context, tally.text) : undefined;
  assert(encrypted, 'a tally of ours is read');
  const { numTallied, totalWeight } = tally;
  const step = (board: Board) => appendTally(board, { encrypted, numTallied, totalWeight });
  return append(db, tx, electionId, [['EncryptedTally', step]]);
}

/** The needed shares and what they give, at once. */
export const appendOpening = (
  db: Database,
  tx: Writer,
  electionId: string,
  { shares, result }: { readonly shares: readonly { owner: number; share: string }[]; readonly result: Result },
): Promise<Head> =>
  append(db, tx, electionId, [
    ...shares.map(
      ({ owner, share }) => ['PartialDecryption', (board: Board) => appendShare(board, owner, share)] as const,
    ),
    ['Result', (board) => appendResult(board, result)],
  ]);

type Step = readonly [type: string, write: (board: Board) => Appended];

async function append(db: Database, tx: Writer, electionId: string, steps: readonly Step[]): Promise<Head> {
  let board = await held(db, tx, electionId);
  const rows = steps.map(([type, write]) => {
    const appended = write(board);
    board = appended.board;
    return { ...eventRow(electionId, board.head, type), content: appended.bytes };
  });
  await moveHead(tx, { election_id: electionId, ...board.head });
  assert((await insertBoardEvents(tx, rows)) === rows.length, 'the head was held');
  return board.head;
}

async function held(db: Database, tx: Writer, electionId: string): Promise<Board> {
  const row = await lockBoard(db, tx, electionId);
  assert(row, 'an armed election has a board');
  return { timestamp: row.started_at, head: headOf(row) };
}

const headOf = ({ hash, height }: BoardRow): Head => ({ hash, height });

const eventRow = (election_id: string, { height, hash }: Head, type: string) => ({
  election_id,
  height,
  type,
  hash,
  credential: null,
  receipt: null,
  content: null,
});

/** Hash and height of the last event; undefined before arming. */
export async function readHead(db: Reader, electionId: string): Promise<Head | undefined> {
  const row = await findBoard(db, electionId);
  return row && headOf(row);
}

export type ArchiveBytes =
  | {
      readonly ok: true;
      readonly uuid: string;
      readonly head: Head;
      readonly chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>;
    }
  | { readonly ok: false; readonly reason: 'unknown-election' };

/** The archive as it stands at this moment; what is appended while it is read is not in it. */
export async function readArchive(db: Reader, electionId: string): Promise<ArchiveBytes> {
  const [board, verifiable] = [await findBoard(db, electionId), await findVerifiable(db, electionId)];
  if (!board || !verifiable) return { ok: false, reason: 'unknown-election' };
  return { ok: true, uuid: verifiable.uuid, head: headOf(board), chunks: archiveChunks(db, electionId, board) };
}

async function* archiveChunks(
  db: Reader,
  electionId: string,
  board: BoardRow,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let head: Head = { hash: '', height: -1 };
  for await (const entries of readBoard(db, electionId, board.height)) {
    for (const { height, hash, type, ballot, content } of entries) {
      if (type !== 'Ballot') yield new Uint8Array(content!);
      else {
        if (ballot === null) throw new Error('A ballot of the board is not in the box.');
        const appended = appendBallot({ timestamp: board.started_at, head }, ballot);
        if (appended.board.head.hash !== hash) throw new Error('A ballot of the box is not the one of the board.');
        yield appended.bytes;
      }
      head = { hash, height };
    }
  }
  if (head.hash !== board.hash) throw new Error('The board does not end with its head.');
}

/** The election's exact text on its board; undefined where there is none. */
export const readBoardElection = async (db: Reader, electionId: string): Promise<string | undefined> =>
  (await findVerifiable(db, electionId))?.election ?? undefined;

export interface BoardFacts {
  readonly uuid: string;
  readonly head: Head;
  /** 0: all of them. */
  readonly threshold: number;
  /** In the order of the archive. */
  readonly trustees: readonly { readonly name: string; readonly publicKey: string }[];
  readonly hasStrict: boolean;
  /** Who made the credentials; undefined where the server did. */
  readonly registrar: { readonly name: string; readonly reserve: number; readonly given: number } | undefined;
}

/** What an election's page says of its board; undefined where there is none. */
export async function readBoardFacts(db: Reader, electionId: string): Promise<BoardFacts | undefined> {
  const [board, verifiable] = [await findBoard(db, electionId), await findVerifiable(db, electionId)];
  if (!board || !verifiable) return undefined;
  const rows = await listTrustees(db, electionId);
  const keyOf = (text: string) => (JSON.parse(text) as { readonly public_key: string }).public_key;
  const trustees = rows.map(({ name, public_key }) => ({ name, publicKey: keyOf(public_key!) }));
  const { uuid, threshold, strict } = verifiable;
  const [named, reserve] = [await findRegistrar(db, electionId), await readReserve(db, electionId)];
  const registrar = named && { name: named.name, reserve: reserve.credentials.length, given: reserve.given };
  return { uuid, head: headOf(board), threshold, trustees, hasStrict: strict !== null, registrar };
}

/** The public texts of the reserve credentials, as the election's description names their hash; undefined where there are none. */
export async function readReserveFile(db: Reader, electionId: string): Promise<string | undefined> {
  if (!(await findBoard(db, electionId))) return undefined;
  const { credentials } = await readReserve(db, electionId);
  return credentials.length === 0 ? undefined : reserveText(credentials);
}
