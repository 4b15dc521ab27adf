// Claims about any election and any vote: what is sealed is what is opened and counted, in one length.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBoxHash } from './box.ts';
import { orderCandidates } from './candidate-order.ts';
import { createCounter } from './counting/plurality.ts';
import { type Contest, type Definition, encodeDefinition, parseDefinition } from './definition.ts';
import { sha256Hex, utf8 } from './encoding/bytes.ts';
import { encodeRecord, parseRecord } from './record.ts';
import { parseTally } from './result.ts';
import { aDefinition } from './sample-election.ts';
import { type Selection, type Selections, checkSelections } from './selection.ts';
import { ballotContext } from './sealed/ballot-context.ts';
import { makeKeyPair } from './sealed/key-pair.ts';
import { openBallot } from './sealed/open.ts';
import { encodePlaintext, parsePlaintext, plaintextLength } from './sealed/plaintext.ts';
import { sealBallot } from './sealed/seal.ts';
import { verifyRecord } from './verify-record.ts';

const keys = await makeKeyPair();

const aText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() !== '' && text.isWellFormed() && !/\p{Cc}/u.test(text));

function contests(index: number): fc.Arbitrary<Contest> {
  return fc
    .tuple(fc.integer({ min: 1, max: 12 }), aText, fc.boolean(), fc.infiniteStream(aText), fc.nat(), fc.nat())
    .map(([size, title, blank, names, first, second]) => {
      const maxChoices = 1 + (first % size);
      const named = Array.from({ length: size }, (_, i) => ({ id: `${index}-${i}`, name: names.next().value }));
      const order = (['fixed', 'alphabetical', 'drawn'] as const)[first % 3] ?? 'fixed';
      const rule = { order, seed: order === 'drawn' ? sha256Hex(utf8(title)) : '' };
      const numbers = { minChoices: 1 + (second % maxChoices), maxChoices, blank, seats: 1 + (second % size) };
      return { id: `${index}`, title, ...numbers, ...rule, candidates: orderCandidates(rule, named) };
    });
}

const definitions: fc.Arbitrary<Definition> = fc
  .tuple(fc.uuid(), aText, fc.integer({ min: 1, max: 4 }))
  .chain(([election, name, count]) =>
    fc
      .tuple(...Array.from({ length: count }, (_, index) => contests(index)))
      .map((list) => ({ ...aDefinition(...list), election, name, minimumBallots: 1 })),
  );

function selectionsOf({ blank, minChoices, maxChoices, candidates }: Contest): fc.Arbitrary<Selection> {
  const indices = candidates.map((_, index) => index);
  const chosen = fc.subarray(indices, { minLength: minChoices, maxLength: maxChoices });
  return blank ? fc.oneof(fc.constant([]), chosen) : chosen;
}

const elections: fc.Arbitrary<{ definition: Definition; votes: readonly Selections[] }> = definitions.chain(
  (definition) =>
    fc
      .array(fc.tuple(...definition.contests.map(selectionsOf)), { minLength: 1, maxLength: 6 })
      .map((votes) => ({ definition, votes })),
);

test('any definition survives being written and read', () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      expect(parseDefinition(encodeDefinition(definition))).toEqual({ ok: true, definition });
    }),
  );
});

test('any vote survives as plaintext, always in the same length', () => {
  fc.assert(
    fc.property(elections, ({ definition, votes }) => {
      for (const selections of votes) {
        const plaintext = encodePlaintext(definition, selections);
        expect(checkSelections(definition, selections)).toEqual({ ok: true });
        expect(plaintext).toHaveLength(plaintextLength(definition));
        expect(parsePlaintext(definition, plaintext)).toEqual({ ok: true, selections });
      }
    }),
  );
});

test('any bytes are either the plaintext of a vote or refused by name', () => {
  const small = fc.constantFrom(0, 0, 1, 1, 2, 3, 0xff, 0xff);
  fc.assert(
    fc.property(definitions, fc.infiniteStream(small), (definition, stream) => {
      const bytes = Uint8Array.from({ length: plaintextLength(definition) }, () => stream.next().value!);
      const parsed = parsePlaintext(definition, bytes);
      if (parsed.ok) expect(encodePlaintext(definition, parsed.selections)).toEqual(bytes);
      else expect(parsed.reason).toMatch(/^(malformed-plaintext|bad-padding|selection-[a-z-]+)$/);
    }),
    { numRuns: 300 },
  );
});

test('any vote sealed is the vote opened, in ballots of one length that all differ', async () => {
  const property = fc.asyncProperty(elections, async ({ definition, votes }) => {
    const prepared = await ballotContext(encodeDefinition(definition), keys.publicKeyPem);
    if (!prepared.ok) throw new Error(prepared.reason);
    const ballots = new Set<string>();
    for (const selections of [...votes, ...votes]) {
      const sealed = await sealBallot(prepared.context, selections);
      if (!sealed.ok) throw new Error(sealed.reason);
      ballots.add(sealed.ballot);
      expect(sealed.ballot).toHaveLength(prepared.context.ballotLength);
      expect(await openBallot(prepared.context, keys.privateKey, sealed.ballot)).toEqual({ ok: true, selections });
    }
    expect(ballots.size).toBe(2 * votes.length);
  });
  await fc.assert(property, { numRuns: 20 });
});

test('any count fits its definition, and any record of it holds', async () => {
  const property = fc.asyncProperty(elections, async ({ definition, votes }) => {
    const record = await recordOf(definition, votes);
    expect(parseTally(definition, record.result)).toEqual({ ok: true, tally: record.result });
    expect(parseRecord(encodeRecord(record))).toEqual({ ok: true, record });
    expect(verifyRecord(record).checks.filter(({ ok }) => !ok)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 15 });
});

async function recordOf(definition: Definition, votes: readonly Selections[]) {
  const text = encodeDefinition(definition);
  const prepared = await ballotContext(text, keys.publicKeyPem);
  if (!prepared.ok) throw new Error(prepared.reason);
  const counter = createCounter(definition);
  const sealed = await Promise.all(votes.map((selections) => sealBallot(prepared.context, selections)));
  for (const selections of votes) counter.add(selections);
  const box = sealed.filter((one) => one.ok).sort((a, b) => (a.receipt < b.receipt ? -1 : 1));
  const hash = createBoxHash();
  for (const { ballot } of box) hash.add(ballot);
  const { publicKeyPem: publicKey, fingerprint } = keys;
  const instants = { opensAt: 1_000, closesAt: 2_000, sealedAt: 2_001 };
  const head = { votix: 1, kind: 'record', definition: text, publicKey, fingerprint, ...instants } as const;
  const ballots = box.map(({ ballot }) => ballot);
  return {
    ...head,
    registered: votes.length,
    signatures: votes.length,
    boxHash: hash.digest(),
    ballots,
    result: counter.tally(),
    invalidBallots: [],
  };
}
