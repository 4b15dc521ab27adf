// Boards of verifiable elections: one of five candidates, or blank.

import { ed25519Group } from '../../packages/protocol/src/verifiable/ed25519.ts';
import type { Question } from '../../packages/protocol/src/verifiable/question.ts';
import {
  aBallot,
  aBoard,
  archiveOf,
  type SampleBoard,
  YES_OR_NO,
} from '../../packages/protocol/src/verifiable/sample-board.ts';
import { fiveCandidates } from './elections.ts';

const oneOfFive: Question = { question: 'Who?', answers: [...fiveCandidates], blank: true, min: 1, max: 1 };

const weightsOf = (voters: number) => Array.from({ length: voters }, () => 1);

/** Nobody has voted yet. */
export const aBoardToVoteOn = (voters: number): Promise<SampleBoard> =>
  aBoard({ group: ed25519Group, questions: [oneOfFive], singles: 1, weights: weightsOf(voters), votes: [] });

export const ballotsFor = (board: SampleBoard): string[] =>
  board.weights.map((_, voter) => aBallot(board, { voter, choices: [voter % 6 === 0 ? 'blank' : [voter % 5]] }));

/** A finished archive in which everyone has voted yes, no or blank. */
export async function aFinishedArchive(voters: number) {
  const votes = weightsOf(voters).map((_, voter) => ({
    voter,
    choices: [voter % 7 === 0 ? ('blank' as const) : [voter % 2]],
  }));
  const plan = { group: ed25519Group, questions: [YES_OR_NO], singles: 1, weights: weightsOf(voters), votes };
  const board = await aBoard(plan);
  return { uuid: board.context.election.uuid, bytes: archiveOf(board) };
}
