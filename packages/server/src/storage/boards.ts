// The public board of a verifiable election: events in their order, appended under the lock of its head.

import type { Database, Reader, Writer } from './database.ts';
import { prepared } from './prepared.ts';
import type { BoardEventsTable, BoardsTable } from './tables.ts';

export type BoardRow = BoardsTable;
export type BoardEventRow = BoardEventsTable;

export async function insertBoard(tx: Writer, board: BoardRow): Promise<void> {
  await tx.insertInto('boards').values(board).execute();
}

const boardsOf = prepared((db, electionId: string) =>
  db.selectFrom('boards').selectAll().where('election_id', '=', electionId),
);

export async function findBoard(db: Reader, electionId: string): Promise<BoardRow | undefined> {
  return (await boardsOf(db, electionId))[0];
}

/** Keeps everybody else from appending until the transaction ends. */
export async function lockBoard(db: Database, tx: Writer, electionId: string): Promise<BoardRow | undefined> {
  const query = tx.selectFrom('boards').selectAll().where('election_id', '=', electionId);
  return (db.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

export async function moveHead(tx: Writer, { election_id, height, hash }: Omit<BoardRow, 'started_at'>): Promise<void> {
  await tx.updateTable('boards').set({ height, hash }).where('election_id', '=', election_id).execute();
}

/** How many were new: a credential that is on the board already takes no second place. */
export async function insertBoardEvents(tx: Writer, rows: readonly BoardEventRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const inserted = await tx
    .insertInto('board_events')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .returning('height')
    .execute();
  return inserted.length;
}

/** Those of the given public credentials that have voted. */
export async function listUsedCredentials(
  db: Reader,
  electionId: string,
  credentials: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('board_events')
    .select('credential')
    .where('election_id', '=', electionId)
    .where('credential', 'in', credentials)
    .execute();
  return rows.map(({ credential }) => credential!);
}

export interface BoardEntry extends BoardEventRow {
  /** The text of a ballot. */
  readonly ballot: string | null;
}

const chunk = 200;

/** Every event up to this height in chunks, with the ballots; what is appended meanwhile is left out. */
export async function* readBoard(db: Reader, electionId: string, upTo: number): AsyncGenerator<readonly BoardEntry[]> {
  for (let after = -1; after < upTo;) {
    const rows = await db
      .selectFrom('board_events')
      .leftJoin('ballots', (on) =>
        on
          .onRef('ballots.election_id', '=', 'board_events.election_id')
          .onRef('ballots.receipt', '=', 'board_events.receipt'),
      )
      .selectAll('board_events')
      .select('ballots.ballot')
      .where('board_events.election_id', '=', electionId)
      .where('height', '>', after)
      .where('height', '<=', upTo)
      .orderBy('height')
      .limit(chunk)
      .execute();
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.height;
  }
}

/** What was set up is void: only before the opening, when there is no ballot. */
export async function deleteSetUp(tx: Writer, electionId: string): Promise<void> {
  await tx.deleteFrom('board_events').where('election_id', '=', electionId).where('type', '=', 'Setup').execute();
  await tx.deleteFrom('boards').where('election_id', '=', electionId).execute();
}

export type BoardLine = Omit<BoardEventRow, 'election_id' | 'content'>;

/** The newest first; without what the events hold. */
export async function listBoardLines(
  db: Reader,
  electionId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<BoardLine[]> {
  return db
    .selectFrom('board_events')
    .select(['height', 'type', 'hash', 'credential', 'receipt'])
    .where('election_id', '=', electionId)
    .orderBy('height', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
}
