// Integrity checks off the main thread, with a reading connection of their own: neither a count nor a hash of a large box
// may keep a vote waiting.

import { parentPort, workerData } from 'node:worker_threads';
import { type CheckName, inspect } from '../domain/inspections.ts';
import { type DatabaseAddress, openForReading } from '../storage/database.ts';

const db = openForReading(workerData as DatabaseAddress);

parentPort?.on('message', ({ name, electionId }: { readonly name: CheckName; readonly electionId: string }) => {
  void inspect(db.reader, name, electionId)
    .then(
      (finding) => ({ finding }),
      (error: unknown) => ({ error: String(error) }),
    )
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of Node has no origin
    .then((outcome) => parentPort?.postMessage(outcome));
});
