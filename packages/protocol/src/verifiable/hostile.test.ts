// Whatever comes in at an edge of the verifiable protocol comes out as a verdict: nothing throws, nothing hostile is accepted.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../encoding/base64.ts';
import { parseUtf8, utf8 } from '../encoding/bytes.ts';
import { readArchive } from './archive.ts';
import { verifyBallot } from './ballot.ts';
import { checkChoices } from './choices.ts';
import { readCredentials } from './credential-list.ts';
import { parseCredential } from './credential.ts';
import { ed25519Group as group } from './ed25519.ts';
import { readElection } from './election.ts';
import { parseResult } from './result.ts';
import { ONE_OF_THREE, YES_OR_NO, aBoard, archiveOf } from './sample-board.ts';
import { type Parts, chain, partsOf, stepsOf } from './sample-chain.ts';
import { parseShare } from './share.ts';
import { parseStrictFile } from './strict.ts';
import { parseTally } from './tally.ts';
import { openTrusteeFile, sealTrusteeFile } from './trustee-file.ts';
import { readTrustees } from './trustees.ts';
import { verifyArchive } from './verify.ts';

const board = await aBoard({
  group,
  questions: [YES_OR_NO],
  singles: 1,
  weights: [1],
  votes: [{ voter: 0, choices: ['blank'] }],
});
const { context } = board;
const parts = partsOf(board);
const archive = archiveOf(board);

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom('', '{}', '[]', 'null', '[[]]', '{'),
);

const EDGES: Readonly<Record<string, (text: string) => boolean>> = {
  election: (text) => readElection(text).ok,
  trustees: (text) => readTrustees(group, text) !== undefined,
  credentials: (text) => {
    const read = readCredentials(group, text);
    return read.ok && read.credentials.size > 0;
  },
  ballot: (text) => verifyBallot(context, text).ok,
  tally: (text) => parseTally(context, text) !== undefined,
  share: (text) => parseShare(context, text) !== undefined,
  result: (text) => parseResult(context, text) !== undefined,
  strict: (text) => parseStrictFile(context, text) !== undefined,
  credential: (text) => parseCredential(text) !== undefined,
};

for (const [edge, accepts] of Object.entries(EDGES)) {
  test(`any text at all as ${edge} is refused, never thrown at`, () => {
    fc.assert(
      fc.property(anyText, (text) => !accepts(text)),
      { numRuns: 300 },
    );
  });
}

test('anything at all as choices is refused, never thrown at', () => {
  const questions = [YES_OR_NO, ONE_OF_THREE];
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withSparseArray: true }),
      (value) => !checkChoices(questions, value).ok,
    ),
    { numRuns: 300 },
  );
  const refused = [
    [['blank', 'blank'], 'choice-blank', 1],
    [[[0], []], 'choice-too-few', 1],
    [[[0, 1], [0]], 'choice-too-many', 0],
    [[[2], [0]], 'choice-unknown-answer', 0],
    [[[-1], [0]], 'choice-unknown-answer', 0],
    [[[0.5], [0]], 'choice-unknown-answer', 0],
    [[[0]], 'choices-questions', 0],
  ] as const;
  for (const [choices, reason, question] of refused) {
    expect(checkChoices(questions, choices)).toEqual({ ok: false, reason, question });
  }
  expect(checkChoices([{ ...ONE_OF_THREE, max: 2 }], [[1, 0]])).toMatchObject({ reason: 'choice-order' });
  expect(checkChoices([{ ...ONE_OF_THREE, max: 2 }], [[1, 1]])).toMatchObject({ reason: 'choice-order' });
});

test('any bytes at all as an archive are refused, never thrown at', () => {
  const bytes = fc.uint8Array({ maxLength: 2000 }).map((one) => new Uint8Array(one));
  fc.assert(
    fc.property(bytes, (one) => one.length === 0 || !readArchive(one).ok),
    { numRuns: 300 },
  );
  expect(verifyArchive(new Uint8Array()).ok).toBe(false);
});

test('an archive with any byte changed, anywhere, does not hold', () => {
  const flip = fc.record({ at: fc.nat({ max: archive.length - 1 }), by: fc.integer({ min: 1, max: 255 }) });
  const property = fc.property(flip, ({ at, by }) => !verifyArchive(archive.with(at, archive.at(at)! ^ by)).ok);
  fc.assert(property, { numRuns: 200 });
});

/** A text with a stretch of it replaced by something else. */
function damaged(text: string): fc.Arbitrary<string> {
  const stretch = fc.tuple(fc.nat({ max: text.length - 1 }), fc.nat({ max: 30 }), fc.string({ maxLength: 4 }));
  return stretch
    .map(([at, length, other]) => text.slice(0, at) + other + text.slice(at + length))
    .filter((one) => one !== text);
}

test('a text of an archive damaged anywhere, and chained again, never throws; a damaged ballot never holds', () => {
  const [ballot = ''] = parts.ballots;
  const changes: fc.Arbitrary<Partial<Parts>> = fc.oneof(
    damaged(parts.election).map((election) => ({ election })),
    damaged(parts.trustees).map((trustees) => ({ trustees })),
    damaged(parts.credentials).map((credentials) => ({ credentials })),
    damaged(parts.tally).map((tally) => ({ tally })),
    damaged(parts.shares.at(0)!.text).map((text) => ({ shares: [{ owner: 1, text }] })),
    damaged(parts.result).map((result) => ({ result })),
  );
  const report = (change: Partial<Parts>) => verifyArchive(chain(stepsOf({ ...parts, ...change })));
  fc.assert(
    fc.property(changes, (change) => {
      const { ok, checks } = report(change);
      expect(ok).toBe(checks.every((check) => check.ok));
    }),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(damaged(ballot), (text) => !verifyBallot(context, text).ok),
    { numRuns: 150 },
  );
});

test("a trustee's key file opens with its passphrase only, and damaged never", async () => {
  const file = { group: 'Ed25519', secret: { kind: 'mandatory', x: 5n }, signed: [] } as const;
  const sealed = await sealTrusteeFile(file, 'passphrase');
  expect(await openTrusteeFile(` ${sealed}\r\n`, 'passphrase')).toEqual({ ok: true, file });
  expect(await openTrusteeFile(sealed, 'Passphrase')).toEqual({ ok: false, reason: 'wrong-passphrase' });
  const [header = '', ...others] = sealed.split('.');
  const rewritten = (members: object) => [encodeBase64url(utf8(JSON.stringify(members))), ...others].join('.');
  const read = JSON.parse(parseUtf8(decodeBase64url(header)!)!) as object;
  const damaged = ['', 'x', 'a.b.c.d.e', sealed.replaceAll('.', ','), sealed.slice(0, -3), sealed.slice(1)].concat(
    [{ p2c: 20_000_000 }, { p2c: 'many' }, { p2s: '' }, { alg: 'dir' }, { enc: 'A128GCM' }].map((changed) =>
      rewritten({ ...read, ...changed }),
    ),
  );
  // Whoever has the right passphrase is not told that it is wrong.
  for (const text of damaged) {
    expect(await openTrusteeFile(text, 'passphrase')).toEqual({ ok: false, reason: 'malformed-key-file' });
  }
});
