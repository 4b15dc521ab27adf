// Archives put together from any texts, chained as a dishonest server would: every hash is right. Only for tests.

import { concatBytes } from '@noble/hashes/utils.js';
import { type Bytes, sha256Hex, utf8 } from '../encoding/bytes.ts';
import { type ArchiveEvent, dataEntry, eventEntry, startArchive } from './archive.ts';
import { TIMESTAMP, type SampleBoard } from './sample-board.ts';
import { encodeResult } from './result.ts';
import { encodeTally } from './tally.ts';

/** One event and the objects before it; `event` overrides what the chain would say. */
export interface Step {
  readonly type: string;
  readonly objects: readonly string[];
  readonly event?: Partial<ArchiveEvent>;
}

/** The parts of an archive as texts and numbers, each of which may be changed on its own. */
export interface Parts {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
  readonly ballots: readonly string[];
  readonly tally: string;
  readonly numTallied: number;
  readonly totalWeight: unknown;
  readonly shares: readonly { readonly owner: number; readonly text: string }[];
  readonly result: string;
}

export function partsOf(board: SampleBoard): Parts {
  const { texts, ballots, tally, shares, result } = board;
  const { encrypted, numTallied, totalWeight } = tally;
  return {
    ...texts,
    ballots,
    tally: encodeTally(encrypted),
    numTallied,
    totalWeight,
    shares,
    result: encodeResult(result),
  };
}

export function stepsOf(parts: Parts): Step[] {
  const objects = [parts.election, parts.trustees, parts.credentials];
  const [election, trustees, credentials] = objects.map(hashOf);
  const sized = {
    num_tallied: parts.numTallied,
    total_weight: parts.totalWeight,
    encrypted_tally: hashOf(parts.tally),
  };
  return [
    { type: 'Setup', objects: [...objects, JSON.stringify({ election, trustees, credentials })] },
    ...parts.ballots.map((ballot) => ({ type: 'Ballot', objects: [ballot] })),
    { type: 'EndBallots', objects: [] },
    { type: 'EncryptedTally', objects: [parts.tally, JSON.stringify(sized)] },
    ...parts.shares.map(({ owner, text }) => ({
      type: 'PartialDecryption',
      objects: [text, JSON.stringify({ owner, payload: hashOf(text) })],
    })),
    { type: 'Result', objects: [parts.result] },
  ];
}

/** The archive of some steps, each event after the one before it. */
export function chain(steps: readonly Step[]): Bytes {
  const files = [startArchive(TIMESTAMP)];
  let parent: string | undefined;
  for (const [height, { type, objects, event }] of steps.entries()) {
    for (const text of objects) files.push(dataEntry(text, TIMESTAMP));
    const payload = objects.at(-1);
    const written = eventEntry(
      {
        ...(parent !== undefined && { parent }),
        ...(payload !== undefined && { payload: hashOf(payload) }),
        height,
        type,
        ...event,
      },
      TIMESTAMP,
    );
    files.push(written.bytes);
    parent = written.hash;
  }
  return concatBytes(...files);
}

export function hashOf(text: string): string {
  return sha256Hex(utf8(text));
}
