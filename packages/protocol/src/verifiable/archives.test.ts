// The published archives, made by a tool that others wrote: vectors/belenios/README.md.

import { expect, test } from 'vitest';
import belenios2048 from '../../../../vectors/belenios/belenios-2048-threshold-2-of-3.bel';
import single from '../../../../vectors/belenios/ed25519-single.bel';
import threshold from '../../../../vectors/belenios/ed25519-threshold-2-of-3.bel';
import weights from '../../../../vectors/belenios/ed25519-weights.bel';
import { decodeBase64 } from '../encoding/base64.ts';
import { verifyArchive } from './verify.ts';

const PLAIN = [
  [1, 3, 1],
  [3, 4, 1],
] as const;

const ARCHIVES = [
  ['ed25519-single', single, { checks: 19, result: [[0, 2, 1, 1, 1], PLAIN[0]] }],
  ['ed25519-weights', weights, { checks: 19, result: [[0, 2, 3, 2, 1], PLAIN[1]] }],
  ['ed25519-threshold-2-of-3', threshold, { checks: 22, result: [[0, 2, 1, 1, 1], PLAIN[0]] }],
  ['belenios-2048-threshold-2-of-3', belenios2048, { checks: 22, result: [[0, 2, 1, 1, 1], PLAIN[0]] }],
] as const;

for (const [name, base64, { checks, result }] of ARCHIVES) {
  test(`every check of ${name} holds, and the result is the published one`, () => {
    const report = verifyArchive(decodeBase64(base64)!);
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(report).toMatchObject({ ok: true, strict: false, ballots: 6, unknownMembers: [] });
    expect(report.checks).toHaveLength(checks);
    expect(report.checks.filter(({ count }) => count === 0)).toEqual([]);
    expect(report.facts).toMatchObject({ name: 'Committee 2026', stage: 'decrypted', result });
  });
}

test('an archive that stops after any event is one of an earlier stage, and holds', () => {
  const bytes = decodeBase64(single)!;
  const setup = verifyArchive(bytes.slice(0, endOfEvent(bytes, 1)));
  expect(setup).toMatchObject({ ok: true, ballots: 0, facts: { stage: 'setup' } });
  const voting = verifyArchive(bytes.slice(0, endOfEvent(bytes, 2)));
  expect(voting).toMatchObject({ ok: true, ballots: 1, facts: { stage: 'voting' } });
  const closed = verifyArchive(bytes.slice(0, endOfEvent(bytes, 8)));
  expect(closed).toMatchObject({ ok: true, ballots: 6, facts: { stage: 'closed' } });
  const tallied = verifyArchive(bytes.slice(0, endOfEvent(bytes, 9)));
  expect(tallied).toMatchObject({ ok: true, facts: { stage: 'tallied' } });
});

test('an archive cut anywhere else is refused', () => {
  const bytes = decodeBase64(single)!;
  const end = endOfEvent(bytes, 2);
  for (const cut of [0, 1, 511, 512, end - 512, end - 1, end + 1, end + 512, end + 1024]) {
    expect(verifyArchive(bytes.slice(0, cut)).ok).toBe(false);
  }
});

/** Where the n-th event's blocks end. */
function endOfEvent(bytes: Uint8Array, n: number): number {
  let events = 0;
  for (let at = 0; at < bytes.length;) {
    const header = String.fromCharCode(...bytes.subarray(at, at + 136));
    at += 512 + Math.ceil(Number.parseInt(header.slice(124), 8) / 512) * 512;
    if (header.includes('.event.json')) events += 1;
    if (events === n) return at;
  }
  throw new Error(`there are only ${events} events`);
}
