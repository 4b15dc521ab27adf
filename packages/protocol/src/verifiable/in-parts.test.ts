// Ballots checked in parts, each part with a checker of its own as in a thread of its own, give the report of one pass.

import { expect, test } from 'vitest';
import weights from '../../../../vectors/belenios/ed25519-weights.bel';
import { decodeBase64 } from '../encoding/base64.ts';
import type { Bytes } from '../encoding/bytes.ts';
import { ed25519Group } from './ed25519.ts';
import { readElection } from './election.ts';
import { archiveOf } from './sample-board.ts';
import { TAMPERINGS, victims } from './sample-tampering.ts';
import { encodeTally, joinTallies, parseTally } from './tally.ts';
import { type ArchiveReport, openArchive, verifyArchive } from './verify.ts';
import { type BallotVerdict, createBallotChecker } from './verify-ballots.ts';
import { findVerifyingGroup } from './verifying-group.ts';

/** What one part knows: the election's text, as it would be sent to a thread. */
function aPart(election: string) {
  const read = readElection(election, new Set(), findVerifyingGroup);
  if (!read.ok) throw new Error(read.reason);
  return { context: read.context, checker: createBallotChecker(read.context) };
}

/** Ballots dealt out in turn, from the last to the first; tallies travel as texts. */
function verifyInParts(bytes: Bytes, count: number, strict?: string): ArchiveReport {
  const opened = openArchive(bytes, { strict });
  if (!opened.ok) return opened.report;
  const { context, election, ballots, judge } = opened.archive;
  const parts = Array.from({ length: count }, () => aPart(election));
  const verdicts: BallotVerdict[] = [];
  for (const [at, text] of [...ballots.entries()].toReversed())
    verdicts[at] = parts.at(at % count)!.checker.check(at, text);
  const { counted, finish } = judge(verdicts);
  const tallies = parts.map(({ checker }, part) => {
    const own = checker.tally(counted.filter(({ at }) => at % count === part));
    return { ...own, encrypted: parseTally(context, encodeTally(own.encrypted))! };
  });
  return finish(joinTallies(context, tallies));
}

const both = await victims(ed25519Group);

for (const count of [1, 2, 3, 20]) {
  test(`a weighted archive with a replaced ballot, in ${count} parts`, () => {
    const bytes = decodeBase64(weights)!;
    expect(verifyInParts(bytes, count)).toEqual(verifyArchive(bytes));
    const { board } = both;
    const archive = archiveOf(board);
    const inParts = verifyInParts(archive, count, board.strict);
    expect(inParts).toMatchObject({ ok: true, strict: true });
    expect(inParts).toEqual(verifyArchive(archive, { strict: board.strict }));
  });
}

for (const { name, make } of TAMPERINGS) {
  test(`the same is found in parts: ${name}`, () => {
    const bytes = make(both);
    expect(verifyInParts(bytes, 3)).toEqual(verifyArchive(bytes));
  });
}
