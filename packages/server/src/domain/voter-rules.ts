// The two lists of the settings that hold wherever a voter is added or edited: domains of addresses, names of promotions.
// What stands on the roll already may stay as it is.

import { asciiDomain, domainOf } from './email.ts';
import { nameKey } from './text.ts';

export interface VoterRules {
  /** Empty when every domain is taken. A domain does not stand for its subdomains. */
  readonly validEmailDomains: readonly string[];
  /** Empty when every promotion is taken. */
  readonly promotionList: readonly string[];
}

export const noRules: VoterRules = { validEmailDomains: [], promotionList: [] };

export interface RuleProblem {
  readonly field: 'email' | 'promotion';
  readonly reason: 'foreign-domain' | 'unknown-promotion';
  /** The domains that are taken; the promotion that comes closest, where one does. */
  readonly detail: string;
}

export type Ruled =
  | { readonly ok: true; readonly promotion: string }
  | { readonly ok: false; readonly reason: 'against-rules'; readonly problems: readonly RuleProblem[] };

interface Judged {
  readonly email: string;
  readonly promotion: string;
}

/** Judges an address and a promotion; the promotion comes back as the list spells it. `former` is what stands on the roll. */
export function judgeVoter(rules: VoterRules, { email, promotion }: Judged, former?: Judged): Ruled {
  const problems: RuleProblem[] = [];
  const domains = rules.validEmailDomains;
  if (domains.length > 0 && email !== former?.email && !isAllowed(domains, domainOf(email)))
    problems.push({ field: 'email', reason: 'foreign-domain', detail: domains.join(', ') });
  const spelled = promotion === former?.promotion ? promotion : spellingOf(rules.promotionList, promotion);
  if (spelled === undefined) {
    const detail = closest(rules.promotionList, promotion) ?? '';
    problems.push({ field: 'promotion', reason: 'unknown-promotion', detail });
  }
  return problems.length > 0 || spelled === undefined
    ? { ok: false, reason: 'against-rules', problems }
    : { ok: true, promotion: spelled };
}

const isAllowed = (domains: readonly string[], domain: string): boolean =>
  domains.some((allowed) => asciiDomain(allowed) === asciiDomain(domain));

/** Undefined when it is not on the list. No promotion is always one. */
function spellingOf(list: readonly string[], promotion: string): string | undefined {
  if (promotion === '' || list.length === 0 || list.includes(promotion)) return promotion;
  return list.find((known) => plain(known) === plain(promotion));
}

const plain = (text: string) => nameKey(text).replace(/[\s\-_.]+/g, '');

/** The one of the list that takes the fewest corrections, when these are fewer than half of its letters. */
function closest(list: readonly string[], promotion: string): string | undefined {
  const ranked = list.map((known) => ({ known, steps: corrections(plain(known), plain(promotion)) }));
  const best = ranked.reduce<(typeof ranked)[number] | undefined>(
    (least, next) => (least && least.steps <= next.steps ? least : next),
    undefined,
  );
  return best && best.steps * 2 <= Math.max(2, best.known.length) ? best.known : undefined;
}

/** Levenshtein's distance: letters to insert, leave out or replace. */
function corrections(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
