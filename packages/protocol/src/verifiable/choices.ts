// What a voter chose in each question, and whether the question allows it.

import type { Question } from './question.ts';

/** Indices of the chosen answers, strictly ascending; or a blank vote, which is not the same as choosing none. */
export type Choice = readonly number[] | 'blank';

/** One choice per question. */
export type Choices = readonly Choice[];

/** Why choices break the rules: not one for each question; or the rule of the question that is named beside it. */
export type ChoiceProblem =
  | 'choices-questions'
  | 'choice-blank'
  | 'choice-too-few'
  | 'choice-too-many'
  | 'choice-unknown-answer'
  | 'choice-order';

/** The verdict; `question` is the first at fault, from 0. */
export type ChoicesCheck =
  { readonly ok: true } | { readonly ok: false; readonly reason: ChoiceProblem; readonly question: number };

/** Total: any value is allowed in. */
export function checkChoices(questions: readonly Question[], choices: unknown): ChoicesCheck {
  if (!Array.isArray(choices) || choices.length !== questions.length) {
    return { ok: false, reason: 'choices-questions', question: 0 };
  }
  for (const [index, question] of questions.entries()) {
    const reason = problemOf(question, choices[index]);
    if (reason !== undefined) return { ok: false, reason, question: index };
  }
  return { ok: true };
}

/** The numbers that are encrypted: 1 for each chosen answer, else 0; the blank one first where it is allowed. */
export function bitsOf({ answers, blank }: Question, choice: Choice): readonly number[] {
  const bits = answers.map((_, index) => (choice !== 'blank' && choice.includes(index) ? 1 : 0));
  return blank ? [choice === 'blank' ? 1 : 0, ...bits] : bits;
}

function problemOf({ answers, blank, min, max }: Question, choice: unknown): ChoiceProblem | undefined {
  if (choice === 'blank') return blank ? undefined : 'choice-blank';
  if (!Array.isArray(choice)) return 'choices-questions';
  if (choice.length < min) return 'choice-too-few';
  if (choice.length > max) return 'choice-too-many';
  let previous = -1;
  for (const index of choice as readonly unknown[]) {
    if (!Number.isInteger(index) || (index as number) < 0 || (index as number) >= answers.length) {
      return 'choice-unknown-answer';
    }
    if ((index as number) <= previous) return 'choice-order';
    previous = index as number;
  }
  return undefined;
}
