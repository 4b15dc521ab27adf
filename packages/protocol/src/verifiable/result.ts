// The result: shares combined into the factors F, then m = log_g(β/F), which is small. Specification: "Result".

import type { ElectionContext } from './election.ts';
import { type Element, type Group, product, textOf } from './group.ts';
import { lagrangeCoefficient } from './polynomial.ts';
import { choicesOf } from './question.ts';
import { type Unknowns, readList, readObject, readWeight } from './reading.ts';
import type { Share } from './share.ts';
import { parseStrictJson } from './strict-json.ts';
import type { EncryptedTally } from './tally.ts';
import { type TrusteeItem, shareOwners } from './trustees.ts';

/** Weighted votes of each choice of each question; where blank is allowed its count comes first. */
export type Result = readonly (readonly number[])[];

/** A verified share and whose it is: `owner` counts from 1 over all trustees. */
export interface OwnedShare {
  readonly owner: number;
  readonly share: Share;
}

/** Why shares don't open a tally. */
export type ShareSetProblem = 'share-missing' | 'share-surplus' | 'share-owner-unknown' | 'share-owner-twice';

/**
 * Whether shares are a set that decrypts: one of each mandatory trustee and exactly the threshold of each group. While
 * `complete` is false, as long as none is too many.
 */
export function checkShareSet(
  items: readonly TrusteeItem[],
  owners: readonly number[],
  complete: boolean,
): ShareSetProblem | undefined {
  const all = shareOwners(items);
  if (owners.some((owner) => all[owner - 1] === undefined)) return 'share-owner-unknown';
  if (new Set(owners).size !== owners.length) return 'share-owner-twice';
  for (const [item, one] of items.entries()) {
    const given = owners.filter((owner) => all[owner - 1]!.item === item).length;
    const needed = one.kind === 'Single' ? 1 : one.pedersen.threshold;
    if (given > needed) return 'share-surplus';
    if (complete && given < needed) return 'share-missing';
  }
  return undefined;
}

/** F for each choice of the tally. The shares must be a set that decrypts. */
export function combineShares(
  group: Group,
  items: readonly TrusteeItem[],
  shares: readonly OwnedShare[],
): readonly (readonly Element[])[] {
  const all = shareOwners(items);
  const weighted = shares.map(({ owner, share }) => {
    const { item, member } = all[owner - 1]!;
    if (items[item]!.kind === 'Single') return { share, exponent: 1n };
    const members = shares.map((one) => all[one.owner - 1]!).filter((one) => one.item === item);
    const numbers = members.map((one) => one.member);
    return { share, exponent: lagrangeCoefficient(group, numbers, member) };
  });
  const [{ share: first }] = weighted as [(typeof weighted)[number]];
  return first.factors.map((list, question) =>
    list.map((_, choice) =>
      product(
        group,
        weighted.map(({ share, exponent }) => group.publicPower(share.factors[question]![choice]!, exponent)),
      ),
    ),
  );
}

/** g^m = β/F for each choice. */
export function decryptedElements(tally: EncryptedTally, factors: readonly (readonly Element[])[]): Element[][] {
  return tally.map((choices, question) =>
    choices.map(({ beta }, choice) => beta.times(factors[question]![choice]!.inverse())),
  );
}

/** The exponents m from 0 to `most`, undefined where there is none: baby steps, giant steps (D. Shanks 1971). */
export function findExponents(
  group: Group,
  elements: readonly (readonly Element[])[],
  most: number,
): (number | undefined)[][] {
  const size = Math.ceil(Math.sqrt(most + 1));
  const babies: Element[] = [group.identity];
  while (babies.length < size) babies.push(babies.at(-1)!.times(group.generator));
  const steps = new Map(group.texts(babies).map((text, index) => [text, index]));
  const giant = group.publicPower(group.generator, BigInt(size)).inverse();
  return elements.map((list) => list.map((element) => findExponent(group, { element, steps, giant, size, most })));
}

function findExponent(
  group: Group,
  o: {
    readonly element: Element;
    readonly steps: ReadonlyMap<string, number>;
    readonly giant: Element;
    readonly size: number;
    readonly most: number;
  },
): number | undefined {
  let element = o.element;
  for (let passed = 0; passed <= o.most; passed += o.size) {
    const step = o.steps.get(textOf(group, element));
    if (step !== undefined) return passed + step <= o.most ? passed + step : undefined;
    element = element.times(o.giant);
  }
  return undefined;
}

/** Whether the result is what the elements are powers of: no logarithm is needed to check one. */
export function isResultOf(group: Group, result: Result, elements: readonly (readonly Element[])[]): boolean {
  return elements.every((list, question) =>
    list.every((element, choice) =>
      group.publicPower(group.generator, BigInt(result[question]![choice]!)).equals(element),
    ),
  );
}

/** The one text of a result. */
export function encodeResult(result: Result): string {
  return JSON.stringify({ result });
}

/** Undefined unless there is a count for each choice of each question: a whole number from 0. */
export function parseResult(
  { election }: ElectionContext,
  text: string,
  unknowns: Unknowns = new Set(),
): Result | undefined {
  const parsed = parseStrictJson(text);
  const object = parsed.ok ? readObject(parsed.value, { what: 'result', members: ['result'] }, unknowns) : undefined;
  const { questions } = election;
  const each = { least: questions.length, most: questions.length };
  return readList(
    object?.['result'],
    (counts, index) => {
      const size = choicesOf(questions[index]!);
      return readList(counts, readWeight, { least: size, most: size });
    },
    each,
  );
}
