// What we make, we verify: whole elections of every kind, at every stage, and the laws they rest on.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { belenios2048Group } from './belenios-2048.ts';
import { ed25519Group } from './ed25519.ts';
import { textOf } from './group.ts';
import { encrypt, weightedProduct } from './ciphertext.ts';
import { randomScalar } from './scalar.ts';
import { decryptedElements, findExponents } from './result.ts';
import { type SamplePlan, ONE_OF_THREE, YES_OR_NO, aBoard, archiveOf, stagesOf } from './sample-board.ts';
import { verifyArchive } from './verify.ts';
import { appendBallot, headAfterBallot } from './archive-writer.ts';
import { fingerprintOf } from './election.ts';

const TWO_OF_FOUR = { question: 'Which two?', answers: ['1', '2', '3', '4'], blank: false, min: 0, max: 2 };
const ANY_OR_BLANK = { question: 'Which?', answers: ['1', '2'], blank: true, min: 0, max: 2 };

type Case = SamplePlan & { readonly result: readonly (readonly number[])[]; readonly ballots?: number };

const CASES: Readonly<Record<string, Case>> = {
  'one trustee, one question, a second vote of the same voter': {
    group: ed25519Group,
    questions: [ONE_OF_THREE],
    singles: 1,
    weights: [1, 1, 1],
    votes: [
      { voter: 0, choices: [[0]] },
      { voter: 1, choices: [[2]] },
      { voter: 0, choices: [[1]] },
    ],
    result: [[0, 1, 1]],
  },
  'three mandatory trustees, two questions, blank votes': {
    group: ed25519Group,
    singles: 3,
    weights: [1, 1, 1],
    votes: [
      { voter: 0, choices: [[0], 'blank'] },
      { voter: 1, choices: [[0], [1]] },
      { voter: 2, choices: [[2], 'blank'] },
    ],
    result: [
      [2, 0, 1],
      [2, 0, 1],
    ],
  },
  'one mandatory and two of three trustees, weights': {
    group: ed25519Group,
    questions: [YES_OR_NO],
    singles: 1,
    pedersen: { threshold: 2, size: 3, present: [3, 1] },
    weights: [5, 70, 1],
    votes: [
      { voter: 0, choices: [[0]] },
      { voter: 1, choices: ['blank'] },
      { voter: 2, choices: [[0]] },
    ],
    result: [[70, 6, 0]],
  },
  'a threshold group alone, no vote at all': {
    group: ed25519Group,
    questions: [YES_OR_NO],
    singles: 0,
    pedersen: { threshold: 1, size: 2, present: [2] },
    weights: [1, 1],
    votes: [],
    result: [[0, 0, 0]],
  },
  'several choices, none of them, all of them, blank beside none': {
    group: ed25519Group,
    questions: [TWO_OF_FOUR, ANY_OR_BLANK],
    singles: 1,
    weights: [1, 1, 1],
    votes: [
      {
        voter: 0,
        choices: [
          [0, 3],
          [0, 1],
        ],
      },
      { voter: 1, choices: [[], []] },
      { voter: 2, choices: [[3], 'blank'] },
    ],
    result: [
      [1, 0, 0, 2],
      [1, 1, 1],
    ],
  },
  'the finite field, one mandatory and two of three trustees': {
    group: belenios2048Group,
    questions: [YES_OR_NO],
    singles: 1,
    pedersen: { threshold: 2, size: 3, present: [1, 2] },
    weights: [1, 2],
    votes: [
      { voter: 0, choices: [[1]] },
      { voter: 1, choices: ['blank'] },
    ],
    result: [[2, 0, 1]],
  },
};

for (const [name, { result, ...plan }] of Object.entries(CASES)) {
  test(`an election of ours holds at every stage: ${name}`, async () => {
    const board = await aBoard(plan);
    expect(board.result).toEqual(result);
    const stages = stagesOf(board);
    const looked = [0, plan.votes.length, plan.votes.length + 1, stages.length - 2].map((index) => stages.at(index)!);
    for (const bytes of looked) {
      const { checks, ok } = verifyArchive(bytes);
      expect(checks.filter((check) => !check.ok)).toEqual([]);
      expect(ok).toBe(true);
    }
    const report = verifyArchive(stages.at(-1)!, { strict: board.strict });
    expect(report).toMatchObject({ ok: true, strict: true, ballots: plan.votes.length, facts: { result } });
  });
}

for (const [group, numRuns] of [
  [ed25519Group, 10],
  [belenios2048Group, 4],
] as const) {
  test(`${group.name}: the weighted product of ciphertexts decrypts to the weighted sum`, () => {
    const x = randomScalar(group);
    const key = group.prepare(group.power(group.generator, x));
    const votes = fc.array(fc.record({ m: fc.nat({ max: 1 }), weight: fc.integer({ min: 1, max: 50 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    const property = fc.property(votes, (list) => {
      const factors = list.map(({ m, weight }) => ({
        ciphertext: encrypt(group, key, { m, r: randomScalar(group) }),
        weight,
      }));
      const { alpha, beta } = weightedProduct(group, factors);
      const tally = [[{ alpha, beta, text: '' }]];
      const elements = decryptedElements(tally, [[group.power(alpha, x)]]);
      expect(findExponents(group, elements, 300)).toEqual([[list.reduce((sum, { m, weight }) => sum + m * weight, 0)]]);
    });
    fc.assert(property, { numRuns });
  });
}

test('small logarithms are found, all of them and no others', () => {
  const group = ed25519Group;
  const exponents = [0, 1, 2, 99, 100, 101, 10_000, 10_001];
  const elements = [exponents.map((m) => group.publicPower(group.generator, BigInt(m)))];
  expect(findExponents(group, elements, 10_000)).toEqual([[0, 1, 2, 99, 100, 101, 10_000, undefined]]);
  expect(findExponents(group, [[group.identity, group.generator]], 0)).toEqual([[0, undefined]]);
  expect(findExponents(group, [[group.generator.inverse()]], 1_000_000)).toEqual([[undefined]]);
});

test('two ballots of the same choices are different, and so are their trackers', async () => {
  const vote = { voter: 0, choices: [[0]] };
  const plan = { group: ed25519Group, questions: [ONE_OF_THREE], singles: 1, weights: [1], votes: [vote, vote] };
  const { ballots } = await aBoard(plan);
  expect(new Set(ballots).size).toBe(2);
});

test('an archive of ours is read to the byte as it was written', async () => {
  const board = await aBoard({ ...Object.values(CASES).at(-1)!, votes: [] });
  expect(verifyArchive(archiveOf(board)).facts?.head.height).toBe(6);
  expect(textOf(belenios2048Group, board.context.key)).toBe(board.context.election.publicKey);
});

test('the head after a ballot follows from its tracker alone, as from its text', () => {
  const board = { timestamp: 1, head: { hash: '0'.repeat(64), height: 41 } };
  for (const ballot of ['{"answers":[]}', 'é'.repeat(1000), '']) {
    expect(headAfterBallot(board.head, fingerprintOf(ballot))).toEqual(appendBallot(board, ballot).board.head);
  }
  for (const tracker of ['', 'A'.repeat(42), `${'A'.repeat(42)}B`]) {
    expect(() => headAfterBallot(board.head, tracker)).toThrow('a tracker is a hash');
  }
});
