// Ours → theirs: elections that we made are accepted by the tool at set-up, while voting, and at each step to the result.

import { expect, test } from 'vitest';
import { belenios2048Group } from '../../packages/protocol/src/verifiable/belenios-2048.ts';
import { ed25519Group } from '../../packages/protocol/src/verifiable/ed25519.ts';
import {
  ONE_OF_THREE,
  type SamplePlan,
  YES_OR_NO,
  aBoard,
  archiveOf,
  stagesOf,
} from '../../packages/protocol/src/verifiable/sample-board.ts';
import { verifyArchive } from '../../packages/protocol/src/verifiable/verify.ts';
import { findNewerTool, findTool } from './belenios-tool.ts';

const tool = findTool();
const newer = findNewerTool();

const UP_TO_TWO = { question: 'Which two?', answers: ['1', '2', '3', '4'], blank: false, min: 0, max: 2 };
const ANY_OR_BLANK = { question: 'Which?', answers: ['1', '2'], blank: true, min: 0, max: 2 };

const PLANS: Readonly<Record<string, Omit<SamplePlan, 'group'>>> = {
  'single trustee, the same voter twice': {
    questions: [ONE_OF_THREE],
    singles: 1,
    weights: [1, 1, 1],
    votes: [
      { voter: 0, choices: [[0]] },
      { voter: 1, choices: [[2]] },
      { voter: 0, choices: [[1]] },
    ],
  },
  'three mandatory trustees, two questions, a blank vote': {
    singles: 3,
    weights: [1, 1],
    votes: [
      { voter: 0, choices: [[0], 'blank'] },
      { voter: 1, choices: [[0], [1]] },
    ],
  },
  'one mandatory and two of three trustees': {
    questions: [YES_OR_NO],
    singles: 1,
    pedersen: { threshold: 2, size: 3, present: [3, 1] },
    weights: [1, 1],
    votes: [
      { voter: 0, choices: [[0]] },
      { voter: 1, choices: ['blank'] },
    ],
  },
  'a threshold group without a mandatory trustee, which the specification does not foresee': {
    questions: [YES_OR_NO],
    singles: 0,
    pedersen: { threshold: 2, size: 3, present: [2, 3] },
    weights: [1],
    votes: [{ voter: 0, choices: [[0]] }],
  },
  'weights, small and large': {
    questions: [YES_OR_NO],
    singles: 1,
    weights: [5, 70, 9_000_000],
    votes: [
      { voter: 0, choices: [[0]] },
      { voter: 1, choices: ['blank'] },
      { voter: 2, choices: [[0]] },
    ],
  },
  'several choices, none of them, blank beside none': {
    questions: [UP_TO_TWO, ANY_OR_BLANK],
    singles: 1,
    weights: [1, 1],
    votes: [
      { voter: 0, choices: [[0, 3], []] },
      { voter: 1, choices: [[], 'blank'] },
    ],
  },
  'nobody votes': { questions: [YES_OR_NO], singles: 1, weights: [1], votes: [] },
};

for (const [name, plan] of Object.entries(PLANS)) {
  test(`${tool.version} accepts ours in BELENIOS-2048 at every stage: ${name}`, async () => {
    const board = await aBoard({ ...plan, group: belenios2048Group });
    const { uuid } = board.context.election;
    for (const judge of newer === undefined ? [tool] : [tool, newer]) {
      const verdicts = stagesOf(board).map((archive) => judge.verify(uuid, archive));
      expect(verdicts.filter(({ accepts }) => !accepts)).toEqual([]);
    }
  });

  test.skipIf(newer === undefined)(`a newer tool accepts ours in Ed25519 at every stage: ${name}`, async () => {
    const board = await aBoard({ ...plan, group: ed25519Group });
    const verdicts = stagesOf(board).map((archive) => newer!.verify(board.context.election.uuid, archive));
    expect(verdicts.filter(({ accepts }) => !accepts)).toEqual([]);
  });
}

test('one byte flipped in any file of an archive: the tool refuses it, and so do we', async () => {
  const plan = PLANS['single trustee, the same voter twice']!;
  const board = await aBoard({ ...plan, group: belenios2048Group });
  const archive = archiveOf(board);
  for (const at of middlesOfFiles(archive)) {
    const flipped = archive.with(at, archive[at]! ^ 1);
    expect(tool.verify(board.context.election.uuid, flipped)).toMatchObject({ accepts: false });
    expect(verifyArchive(flipped).ok).toBe(false);
  }
});

/** The byte in the middle of each file's content. */
function middlesOfFiles(archive: Uint8Array): readonly number[] {
  const middles: number[] = [];
  for (let at = 0; at < archive.length;) {
    const size = Number.parseInt(String.fromCharCode(...archive.subarray(at + 124, at + 135)), 8);
    middles.push(at + 512 + Math.floor(size / 2));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return middles;
}
