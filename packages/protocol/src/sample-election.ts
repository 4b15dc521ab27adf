// Small elections for this package's tests and for the script that makes the published vectors. Not part of the product.

import { type Contest, type Definition, encodeDefinition } from './definition.ts';

/** A contest of `size` candidates; one choice, blank allowed, unless told otherwise. */
export function aContest(id: string, size: number, rules: Partial<Contest> = {}): Contest {
  const candidates = Array.from({ length: size }, (_, i) => ({ id: `${id}-${i + 1}`, name: `Candidate ${i + 1}` }));
  const choice = { minChoices: 1, maxChoices: 1, blank: true, seats: 1 };
  return { id, title: `Contest ${id}`, ...choice, order: 'fixed', seed: '', candidates, ...rules };
}

/** A definition with the given contests; without any: one choice among five candidates, blank allowed. */
export function aDefinition(...contests: readonly Contest[]): Definition {
  return {
    votix: 1,
    sealing: 'sealed-box',
    election: '5f0c8d2e-1b7a-4c39-8e64-92a1d3b7f045',
    name: 'Élection du bureau 2026',
    minimumBallots: 5,
    quorum: 0,
    tieRule: 'announce',
    contests: contests.length === 0 ? [aContest('bureau', 5)] : contests,
  };
}

/** Two contests: one of three candidates, or blank; one to three of five, blank refused. */
export function aTwofoldDefinition(): Definition {
  return aDefinition(aContest('chair', 3), aContest('board', 5, { maxChoices: 3, blank: false }));
}

/** The exact text of aDefinition(). */
export function aDefinitionText(): string {
  return encodeDefinition(aDefinition());
}
