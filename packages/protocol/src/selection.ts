// What a voter chose, as candidate indices, and whether the rules of the contests allow it. Specification: "Selections".

import type { Contest, Definition } from './definition.ts';

/** The choices of one contest: indices into its candidates, strictly ascending. Empty: a blank vote. */
export type Selection = readonly number[];

/** One selection per contest, in the definition's order. */
export type Selections = readonly Selection[];

/** Why selections break the rules. */
export type SelectionProblem =
  | 'selection-contests'
  | 'selection-blank'
  | 'selection-too-few'
  | 'selection-too-many'
  | 'selection-unknown-candidate'
  | 'selection-order';

/** The verdict; `contest` is the index of the first contest at fault (of the first missing or surplus one for `selection-contests`). */
export type SelectionCheck =
  { readonly ok: true } | { readonly ok: false; readonly reason: SelectionProblem; readonly contest: number };

/** Checks selections against every contest's rules. Total: any value is allowed in. */
export function checkSelections(definition: Definition, selections: unknown): SelectionCheck {
  const { contests } = definition;
  if (!Array.isArray(selections)) return { ok: false, reason: 'selection-contests', contest: 0 };
  if (selections.length !== contests.length) {
    return { ok: false, reason: 'selection-contests', contest: Math.min(selections.length, contests.length) };
  }
  for (const [index, contest] of contests.entries()) {
    const reason = problemOf(contest, selections[index]);
    if (reason !== undefined) return { ok: false, reason, contest: index };
  }
  return { ok: true };
}

function problemOf(contest: Contest, selection: unknown): SelectionProblem | undefined {
  if (!Array.isArray(selection)) return 'selection-contests';
  const choices: readonly unknown[] = selection;
  if (choices.length === 0) return contest.blank ? undefined : 'selection-blank';
  if (choices.length < contest.minChoices) return 'selection-too-few';
  if (choices.length > contest.maxChoices) return 'selection-too-many';
  let previous = -1;
  for (const choice of choices) {
    if (!isIndex(choice, contest.candidates.length)) return 'selection-unknown-candidate';
    if (choice <= previous) return 'selection-order';
    previous = choice;
  }
  return undefined;
}

function isIndex(value: unknown, size: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < size;
}
