// Random ids (RFC 9562, version 4).

import { randomFillSync, randomUUID } from 'node:crypto';

/** Of these 16 bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const marked = Buffer.from(bytes);
  marked[6] = (bytes[6]! & 0x0f) | 0x40;
  marked[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = (from: number, to: number) => marked.toString('hex', from, to);
  return `${hex(0, 4)}-${hex(4, 6)}-${hex(6, 8)}-${hex(8, 10)}-${hex(10, 16)}`;
}

/**
 * So many in ascending order: indexes grow at their end then, instead of being read and written all over. Each is made when its
 * turn comes; only what they are sorted by is held.
 */
export function* ascendingUuids(count: number): Generator<string> {
  for (const first of randomFillSync(new BigUint64Array(count)).sort()) {
    const digits = first.toString(16).padStart(16, '0');
    yield `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13)}${randomUUID().slice(18)}`;
  }
}
