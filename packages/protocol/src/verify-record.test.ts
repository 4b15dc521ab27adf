// Tamper table of what a record says: each check fails by its name, and says what it cannot check.

import { expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import { createBoxHash } from './box.ts';
import { orderCandidates } from './candidate-order.ts';
import { createCounter } from './counting/plurality.ts';
import { encodeDefinition } from './definition.ts';
import type { ElectionRecord } from './record.ts';
import { receiptOf } from './receipt.ts';
import { aContest, aDefinition } from './sample-election.ts';
import { ballotContext } from './sealed/ballot-context.ts';
import { makeKeyPair } from './sealed/key-pair.ts';
import { openBallot } from './sealed/open.ts';
import { sealBallot } from './sealed/seal.ts';
import { type RecordCheckName, verifyRecord } from './verify-record.ts';

const keys = await makeKeyPair();
const definition = aDefinition();
const ballots = await sealed([[0], [0], [1], [], [4], [3]]);
const record: ElectionRecord = {
  votix: 1,
  kind: 'record',
  definition: encodeDefinition(definition),
  publicKey: keys.publicKeyPem,
  fingerprint: keys.fingerprint,
  opensAt: 1_000,
  closesAt: 2_000,
  sealedAt: 2_000,
  registered: 8,
  signatures: ballots.length,
  boxHash: boxHashOf(ballots),
  ballots,
  result: await countOf(ballots),
  invalidBallots: [],
};

async function contextOf() {
  const prepared = await ballotContext(encodeDefinition(definition), keys.publicKeyPem);
  if (!prepared.ok) throw new Error(prepared.reason);
  return prepared.context;
}

async function sealed(choices: readonly (readonly number[])[]): Promise<readonly string[]> {
  const context = await contextOf();
  const outcomes = await Promise.all(choices.map((choice) => sealBallot(context, [choice])));
  const box = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.ballot] : []));
  return box.toSorted((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
}

async function countOf(box: readonly string[]) {
  const context = await contextOf();
  const counter = createCounter(definition);
  for (const ballot of box) {
    const opened = await openBallot(context, keys.privateKey, ballot);
    if (opened.ok) counter.add(opened.selections);
    else counter.addInvalid();
  }
  return counter.tally();
}

function boxHashOf(box: readonly string[]): string {
  const hash = createBoxHash();
  for (const ballot of box) hash.add(ballot);
  return hash.digest();
}

test('a true record holds in all twelve checks, and says what no record can show', () => {
  const report = verifyRecord(record);
  expect(report.ok).toBe(true);
  expect(report.checks.map(({ name, count }) => [name, count])).toEqual([
    ['definition', 1],
    ['candidate-order', 1],
    ['public-key', 1],
    ['fingerprint', 1],
    ['window', 3],
    ['ballots', 6],
    ['receipt-order', 6],
    ['box-hash', 6],
    ['signatures', 6],
    ['minimum-ballots', 6],
    ['result', 6],
    ['invalid-ballots', 0],
  ]);
  expect(report.notChecked).toEqual(['decryption', 'eligibility', 'recording', 'instants']);
});

test('a record without result holds, and says that there is none', () => {
  const report = verifyRecord({ ...record, result: null });
  expect(report.ok).toBe(true);
  expect(report.checks.map(({ name }) => name)).not.toContain('result');
  expect(report.notChecked).toContain('result');
});

const [first = ''] = ballots;
const listed = { receipt: receiptOf(first), reason: 'undecryptable' };

test('an invalid ballot stays in the box, listed and counted', () => {
  const result = {
    ...record.result!,
    valid: 5,
    invalid: 1,
    contests: [{ contest: 'bureau', votes: [2, 1, 0, 0, 1], blank: 1 }],
  };
  expect(verifyRecord({ ...record, result, invalidBallots: [listed] }).ok).toBe(true);
});

const fewer = ballots.slice(1);
const few = ballots.slice(2);
const strange = 'a.b.c.d.e';
const withStrange = [...ballots, strange].toSorted((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));

const TAMPERED: readonly (readonly [
  string,
  Partial<ElectionRecord>,
  readonly (readonly [RecordCheckName, string])[],
])[] = [
  [
    'no definition',
    { definition: '{}' },
    [
      ['definition', 'definition-version'],
      ['candidate-order', 'definition-version'],
      ['ballots', 'definition-version'],
      ['minimum-ballots', 'definition-version'],
      ['result', 'definition-version'],
    ],
  ],
  [
    'another definition',
    { definition: encodeDefinition({ ...definition, name: 'Other' }) },
    [['ballots', 'other-election']],
  ],
  [
    'no key',
    { publicKey: '' },
    [
      ['public-key', 'malformed-public-key'],
      ['fingerprint', 'other-fingerprint'],
      ['ballots', 'malformed-public-key'],
    ],
  ],
  [
    'another key',
    { publicKey: election.publicKey },
    [
      ['fingerprint', 'other-fingerprint'],
      ['ballots', 'other-key'],
    ],
  ],
  ['another fingerprint', { fingerprint: election.fingerprint }, [['fingerprint', 'other-fingerprint']]],
  ['a window that closes before it opens', { opensAt: 2_001 }, [['window', 'instants-out-of-order']]],
  ['a box sealed before the close', { sealedAt: 1_999 }, [['window', 'instants-out-of-order']]],
  [
    'a ballot removed',
    { ballots: fewer },
    [
      ['box-hash', 'other-box-hash'],
      ['signatures', 'ballots-differ-from-signatures'],
      ['result', 'result-of-other-ballots'],
    ],
  ],
  [
    'a ballot removed and the hash made anew',
    { ballots: fewer, boxHash: boxHashOf(fewer) },
    [
      ['signatures', 'ballots-differ-from-signatures'],
      ['result', 'result-of-other-ballots'],
    ],
  ],
  [
    'a ballot that is none',
    { ballots: withStrange, boxHash: boxHashOf(withStrange), signatures: 7, result: null },
    [['ballots', 'malformed-ballot']],
  ],
  [
    'ballots in another order',
    { ballots: ballots.toReversed() },
    [
      ['receipt-order', 'receipts-not-ascending'],
      ['box-hash', 'receipts-not-ascending'],
    ],
  ],
  [
    'a ballot twice',
    { ballots: [first, ...ballots], signatures: 7, result: null },
    [
      ['receipt-order', 'receipts-not-ascending'],
      ['box-hash', 'receipts-not-ascending'],
    ],
  ],
  ['another box hash', { boxHash: boxHashOf([]) }, [['box-hash', 'other-box-hash']]],
  ['more signatures than voters', { registered: 5 }, [['signatures', 'more-signatures-than-registered']]],
  ['a signature more', { signatures: 7 }, [['signatures', 'ballots-differ-from-signatures']]],
  [
    'a result below the minimum',
    {
      ballots: few,
      boxHash: boxHashOf(few),
      signatures: 4,
      result: { ballots: 4, valid: 4, invalid: 0, contests: [{ contest: 'bureau', votes: [4, 0, 0, 0, 0], blank: 0 }] },
    },
    [['minimum-ballots', 'opened-below-minimum']],
  ],
  [
    'a vote moved to nobody',
    { result: { ...record.result!, contests: [{ contest: 'bureau', votes: [1, 1, 0, 1, 1], blank: 1 }] } },
    [['result', 'tally-votes']],
  ],
  [
    'an invalid ballot that is not in the box',
    { invalidBallots: [{ ...listed, receipt: 'X' }] },
    [['invalid-ballots', 'listed-but-not-in-the-box']],
  ],
  ['an invalid ballot listed twice', { invalidBallots: [listed, listed] }, [['invalid-ballots', 'listed-twice']]],
  [
    'an invalid ballot the result does not count',
    { invalidBallots: [listed] },
    [['invalid-ballots', 'other-number-than-the-result']],
  ],
];
for (const [claim, members, expected] of TAMPERED) {
  test(`a record with ${claim} fails: ${expected.map(([name]) => name).join(', ')}`, () => {
    const report = verifyRecord({ ...record, ...members });
    const failed = report.checks.filter(({ ok }) => !ok);
    expect(report.ok).toBe(false);
    expect(failed.map(({ name, reason }) => [name, reason])).toEqual(expected);
  });
}

test('candidates moved up the ballot are named by their contest', () => {
  const drawn = (seed: string) => aContest('drawn', 3, { order: 'drawn', seed });
  const contest = drawn('1'.repeat(64));
  const moved = encodeDefinition(
    aDefinition(
      { ...contest, candidates: orderCandidates(contest, contest.candidates) },
      aContest('named', 2, { order: 'alphabetical', candidates: aContest('named', 2).candidates.toReversed() }),
    ),
  );
  const found = verifyRecord({ ...record, definition: moved }).checks.find(({ name }) => name === 'candidate-order');
  expect(found).toEqual({
    name: 'candidate-order',
    count: 2,
    ok: false,
    reason: 'not-in-the-order-of-the-rule',
    at: 1,
  });
});

test('the ballot at fault is named by its place in the list', () => {
  const at = withStrange.indexOf(strange);
  const report = verifyRecord({ ...record, ballots: withStrange });
  expect(report.checks.find(({ name }) => name === 'ballots')).toMatchObject({ ok: false, at });
});
