// A homomorphic question: min to max of its answers, or blank where allowed. Specification: "Questions".

import { type Unknowns, readInteger, readList, readObject, readText } from './reading.ts';

/** 0 ≤ min ≤ max ≤ number of answers. A blank vote is none of them. */
export interface Question {
  readonly question: string;
  readonly answers: readonly string[];
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
}

const ANSWERS_LIMIT = 1000;

/** `unsupported`: a question whose votes are shuffled or grouped in lists; `malformed`: anything else. */
export function parseQuestion(value: unknown, unknowns: Unknowns): Question | 'malformed' | 'unsupported' {
  if (readObject(value, { what: 'question', members: ['type', 'value'] }, new Set()) !== undefined)
    return 'unsupported';
  const members = ['answers', 'min', 'max', 'question'];
  const object = readObject(value, { what: 'question', members, optional: ['blank'] }, unknowns);
  const answers = readList(object?.['answers'], readText, { least: 1, most: ANSWERS_LIMIT });
  const question = readText(object?.['question']);
  if (object === undefined || answers === undefined || question === undefined) return 'malformed';
  const max = readInteger(object['max'], 0, answers.length);
  const min = readInteger(object['min'], 0, max);
  const blank = object['blank'] ?? false;
  if (min === undefined || max === undefined || typeof blank !== 'boolean') return 'malformed';
  return { question, answers, blank, min, max };
}

/** As JSON, in the order in which the tools write the members. */
export function encodeQuestion({ answers, blank, min, max, question }: Question): object {
  return { answers, blank, min, max, question };
}

/** How many ciphertexts a vote on this question has: one per answer, and the blank one first where it is allowed. */
export function choicesOf({ answers, blank }: Question): number {
  return answers.length + (blank ? 1 : 0);
}
