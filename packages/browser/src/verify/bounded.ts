// What a file says, cut to a size that a page can draw at once: a hostile one may hold a name of a million letters.
import type { QuestionResult } from './report.ts';

const TEXT_LENGTH = 1000;
const ROWS = 2000;
const MEMBERS = 30;

export function bounded(text: string): string {
  return text.length <= TEXT_LENGTH ? text : `${text.slice(0, TEXT_LENGTH)}…`;
}

export function boundedMembers(members: readonly string[]): readonly string[] {
  const shown = members.slice(0, MEMBERS).map(bounded);
  return members.length > MEMBERS ? [...shown, '…'] : shown;
}

export function boundedQuestions(all: readonly QuestionResult[]): {
  readonly questions: readonly QuestionResult[];
  readonly isShortened: boolean;
} {
  let left = ROWS;
  const questions = all.flatMap(({ title, rows, blank }) => {
    if (left <= 0) return [];
    const shown = rows.slice(0, left).map(({ name, votes }) => ({ name: bounded(name), votes }));
    left -= shown.length;
    return [{ title: bounded(title), rows: shown, blank }];
  });
  return { questions, isShortened: all.reduce((sum, { rows }) => sum + rows.length, 0) > ROWS };
}
