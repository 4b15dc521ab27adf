// A disk that is full. PostgreSQL's may be on another machine, so that only a write that fails tells; then nothing is called
// ready again before a write of some size has gone through, without a trace.

import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** SQLITE_FULL; PostgreSQL's disk_full (appendix A of its manual). */
function isDiskFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return ('errcode' in error && error.errcode === 13) || ('code' in error && error.code === '53100');
}

export interface Room {
  /** Passes on what the work says, and notes when there was no room for it. */
  watch<T>(work: Promise<T>): Promise<T>;
  /** Since a write found no room. */
  readonly isFull: () => boolean;
  /** Throws while there is none. */
  tryAgain(): Promise<void>;
}

/** Pages enough that free space inside of others does not help. */
const fillerBytes = 60_000;

export function watchRoom(writer: Kysely<Tables>): Room {
  let isFull = false;
  return {
    isFull: () => isFull,
    watch: async (work) => {
      try {
        return await work;
      } catch (error) {
        isFull ||= isDiskFull(error);
        throw error;
      }
    },
    tryAgain: async () => {
      const value = Buffer.from(crypto.getRandomValues(new Uint8Array(fillerBytes))).toString('base64');
      const enough = new Error('There is room.');
      const writing = writer.transaction().execute(async (tx) => {
        await tx.insertInto('settings').values({ name: 'room', value }).execute();
        throw enough;
      });
      await writing.catch((error: unknown) => {
        if (error !== enough) throw error;
      });
      isFull = false;
    },
  };
}
