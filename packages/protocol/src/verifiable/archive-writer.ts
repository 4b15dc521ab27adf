// Grows an archive event by event, in the order an election has. Gives the bytes to append; keeps only the head and the
// time. Specification: "Archive".

import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { assert } from '../assert.ts';
import { decodeBase64 } from '../encoding/base64.ts';
import { type Bytes, sha256Hex, utf8 } from '../encoding/bytes.ts';
import { type EventType, dataEntry, eventEntry, eventHash, startArchive } from './archive.ts';
import { type EncryptedTally, type Tally, encodeTally } from './tally.ts';
import { type Result, encodeResult } from './result.ts';

/** The last event of a board: its hash and height. */
export interface Head {
  readonly hash: string;
  readonly height: number;
}

/** Where an archive stands. */
export interface Board {
  readonly timestamp: number;
  readonly head: Head;
}

/** The next state of the board and the bytes that lead to it. */
export interface Appended {
  readonly board: Board;
  readonly bytes: Bytes;
}

/** The beginning of an archive: header, the three texts of the set-up, and its event. `timestamp` in seconds. */
export function setUp(
  timestamp: number,
  texts: { readonly election: string; readonly trustees: string; readonly credentials: string },
): Appended {
  const objects = [texts.election, texts.trustees, texts.credentials];
  const [election, trustees, credentials] = objects.map(hashOf);
  const setup = JSON.stringify({ election, trustees, credentials });
  const appended = append({ timestamp }, 'Setup', [...objects, setup]);
  return { ...appended, bytes: concatBytes(startArchive(timestamp), appended.bytes) };
}

/** The ballot must have been verified, and its credential be listed. */
export function appendBallot(board: Board, ballot: string): Appended {
  return append(board, 'Ballot', [ballot]);
}

/**
 * Where a board stands after a ballot, without the bytes that lead there: its tracker is the hash of its text (in base64), which
 * whoever verified it knows already.
 */
export function headAfterBallot(head: Head, tracker: string): Head {
  const hash = decodeBase64(`${tracker}=`);
  assert(hash?.length === 32, 'a tracker is a hash');
  const height = head.height + 1;
  const event = { parent: head.hash, height, type: 'Ballot', payload: bytesToHex(hash) } as const;
  return { hash: eventHash(event), height };
}

/** No ballot comes after it; its hash is the box hash of the election. */
export function endBallots(board: Board): Appended {
  return append(board, 'EndBallots', []);
}

/** The tally of the ballots before, and of how many ballots and votes it is. */
export function appendTally(board: Board, { encrypted, numTallied, totalWeight }: Tally): Appended {
  const text = encodeTally(encrypted);
  const sized = JSON.stringify({
    num_tallied: numTallied,
    total_weight: totalWeight,
    encrypted_tally: hashOf(text),
  });
  return append(board, 'EncryptedTally', [text, sized]);
}

/** `share` is the share's text; `owner` counts from 1 over all trustees. */
export function appendShare(board: Board, owner: number, share: string): Appended {
  return append(board, 'PartialDecryption', [share, JSON.stringify({ owner, payload: hashOf(share) })]);
}

/** The last event of all. */
export function appendResult(board: Board, result: Result): Appended {
  return append(board, 'Result', [encodeResult(result)]);
}

/** The hash under which an archive holds a tally: what a trustee signs once. */
export function tallyHash(encrypted: EncryptedTally): string {
  return hashOf(encodeTally(encrypted));
}

/** Objects, then the event whose payload is the last of them. */
function append(
  { timestamp, head }: Omit<Board, 'head'> & { readonly head?: Head },
  type: EventType,
  objects: readonly string[],
): Appended {
  const height = head === undefined ? 0 : head.height + 1;
  const payload = objects.at(-1);
  const event = eventEntry(
    {
      ...(head !== undefined && { parent: head.hash }),
      height,
      type,
      ...(payload !== undefined && { payload: hashOf(payload) }),
    },
    timestamp,
  );
  const bytes = concatBytes(...objects.map((text) => dataEntry(text, timestamp)), event.bytes);
  return { board: { timestamp, head: { hash: event.hash, height } }, bytes };
}

function hashOf(text: string): string {
  return sha256Hex(utf8(text));
}
