// The public record of an election as files: the archive of a verifiable one with its strict proofs beside it, or one file of
// JSON. A file that is there is never replaced.

import { open } from 'node:fs/promises';

export interface PublicRecord {
  readonly content: string | Uint8Array;
  /** Of a verifiable election, once it is opened. */
  readonly strict?: string;
}

/** "board.bel" → "board.strict.json". */
export const strictPath = (path: string): string => `${path.replace(/\.bel$/, '')}.strict.json`;

/** Writes both, or as much as there is. */
export async function saveRecord(path: string, record: PublicRecord): Promise<void> {
  await writeNew(path, [record.content]);
  if (record.strict !== undefined) await writeNew(strictPath(path), [record.strict]);
}

/** Throws when there is such a file. */
export async function writeNew(
  path: string,
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const chunk of chunks) await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}
