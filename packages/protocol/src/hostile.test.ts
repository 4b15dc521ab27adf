// Whatever comes in at an edge of this package comes out as a verdict: nothing throws, nothing hostile is accepted.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import records from '../../../vectors/sealed/records.json' with { type: 'json' };
import { parseDefinition } from './definition.ts';
import { parseReceipt } from './receipt.ts';
import { type ElectionRecord, parseRecord } from './record.ts';
import { parseTally } from './result.ts';
import { checkSelections } from './selection.ts';
import { readBallotContext } from './sealed/ballot-context.ts';
import { verifySealedBallot } from './sealed/ballot.ts';
import { openKeyFile } from './sealed/key-file.ts';
import { parsePassphrase } from './sealed/passphrase.ts';
import { readPublicKey } from './sealed/public-key.ts';
import { aTwofoldDefinition } from './sample-election.ts';
import { verifyRecord } from './verify-record.ts';

const read = readBallotContext(election.definition, election.publicKey);
if (!read.ok) throw new Error(read.reason);
const { context } = read;
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
  fc.string({ unit: 'binary' }),
  fc.json(),
);

const EDGES: readonly (readonly [string, (value: unknown) => { readonly ok: boolean }])[] = [
  ['definition', parseDefinition],
  ['selections', (value) => checkSelections(aTwofoldDefinition(), value)],
  ['receipt', parseReceipt],
  ['passphrase', parsePassphrase],
  ['context', (value) => readBallotContext(election.definition, value)],
  ['ballot', (value) => verifySealedBallot(context, value)],
  ['tally', (value) => parseTally(aTwofoldDefinition(), value)],
  ['record', parseRecord],
];
for (const [edge, parse] of EDGES) {
  test(`anything at all as ${edge} is refused, never thrown at`, () => {
    fc.assert(
      fc.property(anything, (value) => !parse(value).ok),
      { numRuns: 500 },
    );
  });
}

test('anything at all as key or key file is refused, never thrown at', async () => {
  const property = fc.asyncProperty(anything, async (value) => {
    return !readPublicKey(value).ok && !(await openKeyFile(value, election.passphrase)).ok;
  });
  await fc.assert(property, { numRuns: 300 });
});

/** A published text with a stretch of it replaced by something else. */
function damaged(text: string): fc.Arbitrary<string> {
  const stretch = fc.tuple(fc.nat({ max: text.length - 1 }), fc.nat({ max: 40 }), fc.string({ maxLength: 6 }));
  return stretch
    .map(([at, length, other]) => text.slice(0, at) + other + text.slice(at + length))
    .filter((one) => one !== text);
}

test('a published definition, key or receipt damaged anywhere is another one or none', () => {
  fc.assert(
    fc.property(damaged(election.definition), damaged(election.publicKey), (definition, publicKey) => {
      const changed = parseDefinition(definition);
      expect(changed).not.toMatchObject({ ok: true, definition: context.definition });
      const other = readBallotContext(election.definition, publicKey);
      expect(other).not.toMatchObject({ ok: true, context: { fingerprint: election.fingerprint } });
    }),
    { numRuns: 300 },
  );
});

const parsed = parseRecord(records.find(({ name }) => name === 'true')?.record);
if (!parsed.ok) throw new Error(parsed.reason);
const { record } = parsed;

test('a record with any member damaged fails at least one check', () => {
  const text = fc.string({ maxLength: 20 });
  const count = fc.nat().filter((number) => number !== record.signatures);
  const damage: fc.Arbitrary<Partial<ElectionRecord>> = fc.oneof(
    damaged(record.definition).map((definition) => ({ definition })),
    damaged(record.publicKey).map((publicKey) => ({ publicKey })),
    damaged(record.fingerprint).map((fingerprint) => ({ fingerprint })),
    damaged(record.boxHash).map((boxHash) => ({ boxHash })),
    count.map((signatures) => ({ signatures })),
    fc.tuple(fc.nat({ max: 5 }), text).map(([at, ballot]) => ({ ballots: record.ballots.with(at, ballot) })),
    fc.subarray([...record.ballots], { maxLength: 5 }).map((ballots) => ({ ballots })),
    text.map((receipt) => ({ invalidBallots: [{ receipt, reason: 'undecryptable' }] })),
  );
  fc.assert(
    fc.property(damage, (members) => !verifyRecord({ ...record, ...members }).ok),
    { numRuns: 300 },
  );
});
