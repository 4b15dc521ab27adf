// A group of prime order in which discrete logarithms are hard, behind one interface: Ed25519 for elections, BELENIOS-2048
// for conformance and rehearsals. Specification: "Groups". Written multiplicatively, as the Belenios specification does.

/** An element of the prime-order group. Elements of different groups never meet: each is bound to its `group`'s class. */
export interface Element {
  readonly isIdentity: boolean;
  times(other: Element): Element;
  inverse(): Element;
  equals(other: Element): boolean;
  /** The same element without what was remembered to raise it again: for elements that are kept. */
  forgetful(): Element;
}

/** The names of the groups, as an election writes them. */
export type GroupName = 'Ed25519' | 'BELENIOS-2048';

/** What everything here needs of a group. Elements that come in must be its own. */
export interface Group {
  readonly name: GroupName;
  /** q, the prime order of the group: exponents are integers modulo q. */
  readonly order: bigint;
  /** g. */
  readonly generator: Element;
  readonly identity: Element;
  /** The element of a canonical text, undefined for any other value and for points outside the prime-order group. */
  parse(text: unknown): Element | undefined;
  /** The canonical texts of elements, together: cheaper than one by one. */
  texts(elements: readonly Element[]): string[];
  /** Order of two elements in a sorted list: negative, 0 or positive. */
  compare(a: Element, b: Element): number;
  /** Makes tables, so that raising this element many times is faster. Gives the element to raise from then on. */
  prepare(base: Element): Element;
  /** base^exponent where the exponent is secret, 0 ≤ exponent < q. */
  power(base: Element, exponent: bigint): Element;
  /** base^exponent where everything is public, 0 ≤ exponent < q: faster, in a time that depends on the exponent. */
  publicPower(base: Element, exponent: bigint): Element;
}

/** The canonical text of one element. */
export function textOf(group: Group, element: Element): string {
  return group.texts([element])[0]!;
}

/** Product of elements; the identity for none. */
export function product(group: Group, elements: readonly Element[]): Element {
  return elements.reduce((total, element) => total.times(element), group.identity);
}
