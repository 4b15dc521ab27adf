// Whether the board of a sealed verifiable election is as it was written: every event follows from the one before and is what
// its hash stands for, every ballot is in the box, and the ballots end where the box was sealed.

import { type ArchiveEntry, fingerprintOf, headAfterBallot, readArchive } from '@votix/protocol/verifiable';
import { type BoardEntry, findBoard, readBoard } from '../storage/boards.ts';
import type { Reader } from '../storage/database.ts';
import type { ElectionRow } from '../storage/elections.ts';

/** An event that holds its own bytes, and the hash of the one before; the first has none. */
interface Placed extends BoardEntry {
  readonly parent: string | undefined;
}

export async function isBoardWhole(
  db: Reader,
  { id, ballot_count, box_hash }: Pick<ElectionRow, 'id' | 'ballot_count' | 'box_hash'>,
): Promise<boolean> {
  const board = await findBoard(db, id);
  if (!board) return false;
  let last: BoardEntry | undefined;
  let ballots = 0;
  const others: Placed[] = [];
  for await (const entries of readBoard(db, id, board.height))
    for (const entry of entries) {
      if (entry.height !== (last?.height ?? -1) + 1) return false;
      if (entry.type !== 'Ballot') others.push({ ...entry, parent: last?.hash });
      else if (last && isBallotAfter(last, entry)) ballots++;
      else return false;
      last = entry;
    }
  const isSealed = others.some(({ type, hash }) => type === 'EndBallots' && hash === box_hash);
  return isSealed && ballots === ballot_count && last?.hash === board.hash && areAsWritten(others);
}

const isBallotAfter = (before: BoardEntry, { ballot, hash }: BoardEntry): boolean =>
  ballot !== null && headAfterBallot(before, fingerprintOf(ballot)).hash === hash;

/** What they hold, one behind the other, is an archive without ballots: each of its files is read under its own hash. */
function areAsWritten(events: readonly Placed[]): boolean {
  const read = readArchive(new Uint8Array(Buffer.concat(events.map(({ content }) => content ?? new Uint8Array()))));
  if (!read.ok) return false;
  const { entries } = read.archive;
  const found = entries.flatMap((entry, index) =>
    entry.kind === 'event' ? [{ entry, before: entries[index - 1] }] : [],
  );
  return found.length === events.length && found.every((one, index) => isAsListed(events[index]!, one));
}

type EventEntry = Extract<ArchiveEntry, { kind: 'event' }>;

/** The event of a row, and the object that it is about before it. */
function isAsListed(
  { hash, height, type, parent }: Placed,
  { entry, before }: { readonly entry: EventEntry; readonly before: ArchiveEntry | undefined },
): boolean {
  const { event } = entry;
  const isOfObject = event.payload === undefined || (before?.kind === 'data' && before.hash === event.payload);
  return isOfObject && entry.hash === hash && event.height === height && event.type === type && event.parent === parent;
}
