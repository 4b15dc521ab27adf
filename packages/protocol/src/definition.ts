// What arming freezes, and the exact bytes that are hashed. Specification: "Definition".
// One text per definition: compact JSON in a fixed member order; a parser that takes only that text.

import { sha256Hex, utf8 } from './encoding/bytes.ts';
import { type JsonObject, isObject, parseJson } from './encoding/json.ts';

/** One candidate. `id` is unique in the whole definition: 1 to 64 of A-Z a-z 0-9 _ . - starting with a letter or digit. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
}

/** How candidates are ordered on the ballot: by hand, by name, or by the published seed. */
export type CandidateOrder = 'fixed' | 'alphabetical' | 'drawn';

/** What happens when equal votes leave open who is elected: the organisation decides, a lot, or a second ballot. */
export type TieRule = 'announce' | 'lot' | 'second-ballot';

/**
 * One question. A vote names minChoices to maxChoices candidates (both at least 1), or none when `blank` allows it. `seats`
 * of them are elected. `candidates` stand in the ballot's order; `seed` is 64 hexadecimal digits when drawn, else ''.
 */
export interface Contest {
  readonly id: string;
  readonly title: string;
  readonly minChoices: number;
  readonly maxChoices: number;
  readonly blank: boolean;
  readonly seats: number;
  readonly order: CandidateOrder;
  readonly seed: string;
  readonly candidates: readonly Candidate[];
}

/** How ballots are sealed: opened one by one with a key, or only ever as a sum (verifiable/). */
export type SealingName = 'sealed-box' | 'verifiable';

/** An election as frozen by arming. `election` is a lower-case UUID (RFC 9562 §4), `quorum` a percentage of the roll, 0 for none. */
export interface Definition {
  readonly votix: 1;
  readonly sealing: SealingName;
  readonly election: string;
  readonly name: string;
  readonly minimumBallots: number;
  readonly quorum: number;
  readonly tieRule: TieRule;
  readonly contests: readonly Contest[];
}

/** Why a text is no definition: the part at fault. `not-canonical`: other bytes than encodeDefinition would write. */
export type DefinitionProblem =
  | 'definition-oversized'
  | 'definition-not-json'
  | 'definition-not-canonical'
  | 'definition-version'
  | 'definition-sealing'
  | 'definition-election'
  | 'definition-name'
  | 'definition-minimum-ballots'
  | 'definition-quorum'
  | 'definition-tie-rule'
  | 'definition-contests'
  | 'definition-contest'
  | 'definition-choices'
  | 'definition-seats'
  | 'definition-order'
  | 'definition-candidates';

/** Bounds of a definition. Text lengths in UTF-16 code units; one byte counts the choices of a contest on a ballot. */
export const DEFINITION_LIMITS = {
  definitionLength: 1_000_000,
  textLength: 1000,
  minimumBallots: 1_000_000_000,
  contests: 100,
  candidates: 1000,
  choices: 255,
  choicesOfAllContests: 5000,
} as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const SEED = /^[0-9a-f]{64}$/;
const SEALINGS: ReadonlySet<unknown> = new Set<SealingName>(['sealed-box', 'verifiable']);
const TIE_RULES: ReadonlySet<unknown> = new Set<TieRule>(['announce', 'lot', 'second-ballot']);

/** The one text of a definition: compact JSON (RFC 8259), members in the order of the interfaces, as JSON.stringify writes it. */
export function encodeDefinition(definition: Definition): string {
  const { votix, sealing, election, name, minimumBallots, quorum, tieRule } = definition;
  const contests = definition.contests.map(encodable);
  return JSON.stringify({ votix, sealing, election, name, minimumBallots, quorum, tieRule, contests });
}

/** Reads a definition. Total and strict: accepted only when the text equals encodeDefinition of what it says. */
export function parseDefinition(
  text: unknown,
): { readonly ok: true; readonly definition: Definition } | { readonly ok: false; readonly reason: DefinitionProblem } {
  if (typeof text !== 'string') return { ok: false, reason: 'definition-not-json' };
  if (text.length > DEFINITION_LIMITS.definitionLength) return { ok: false, reason: 'definition-oversized' };
  const value = parseJson(text);
  if (!isObject(value)) return { ok: false, reason: 'definition-not-json' };
  const reason = problemOf(value);
  if (reason !== undefined) return { ok: false, reason };
  const definition = value as unknown as Definition;
  if (encodeDefinition(definition) !== text) return { ok: false, reason: 'definition-not-canonical' };
  return { ok: true, definition };
}

/** SHA-256 of the UTF-8 bytes of a definition's text, 64 lower-case hexadecimal digits. */
export function definitionHash(text: string): string {
  return sha256Hex(utf8(text));
}

function encodable({ id, title, minChoices, maxChoices, blank, seats, order, seed, candidates }: Contest): Contest {
  const named = candidates.map((candidate) => ({ id: candidate.id, name: candidate.name }));
  return { id, title, minChoices, maxChoices, blank, seats, order, seed, candidates: named };
}

function problemOf(value: JsonObject): DefinitionProblem | undefined {
  if (value['votix'] !== 1) return 'definition-version';
  if (!SEALINGS.has(value['sealing'])) return 'definition-sealing';
  if (!isMatch(value['election'], UUID)) return 'definition-election';
  if (!isText(value['name'])) return 'definition-name';
  if (!isWithin(value['minimumBallots'], 1, DEFINITION_LIMITS.minimumBallots)) return 'definition-minimum-ballots';
  if (!isWithin(value['quorum'], 0, 100)) return 'definition-quorum';
  if (!TIE_RULES.has(value['tieRule'])) return 'definition-tie-rule';
  return problemOfContests(value['contests']);
}

function problemOfContests(contests: unknown): DefinitionProblem | undefined {
  if (!Array.isArray(contests) || !isWithin(contests.length, 1, DEFINITION_LIMITS.contests))
    return 'definition-contests';
  const candidateIds = new Set<unknown>();
  const contestIds = new Set<unknown>();
  let choices = 0;
  for (const contest of contests as readonly unknown[]) {
    if (!isObject(contest)) return 'definition-contest';
    const problem = problemOfContest(contest, candidateIds);
    if (problem !== undefined) return problem;
    contestIds.add(contest['id']);
    choices += contest['maxChoices'] as number;
  }
  if (contestIds.size !== contests.length) return 'definition-contests';
  return choices > DEFINITION_LIMITS.choicesOfAllContests ? 'definition-choices' : undefined;
}

function problemOfContest(contest: JsonObject, candidateIds: Set<unknown>): DefinitionProblem | undefined {
  const { id, title, minChoices, maxChoices, blank, seats, candidates } = contest;
  if (!isMatch(id, ID) || !isText(title) || typeof blank !== 'boolean') return 'definition-contest';
  if (!Array.isArray(candidates) || !isWithin(candidates.length, 1, DEFINITION_LIMITS.candidates)) {
    return 'definition-candidates';
  }
  for (const candidate of candidates as readonly unknown[]) {
    if (!isObject(candidate) || !isMatch(candidate['id'], ID) || !isText(candidate['name']))
      return 'definition-candidates';
    if (candidateIds.has(candidate['id'])) return 'definition-candidates';
    candidateIds.add(candidate['id']);
  }
  const most = Math.min(candidates.length, DEFINITION_LIMITS.choices);
  if (!isWithin(maxChoices, 1, most) || !isWithin(minChoices, 1, maxChoices)) return 'definition-choices';
  if (!isWithin(seats, 1, candidates.length)) return 'definition-seats';
  return isOrderRule(contest) ? undefined : 'definition-order';
}

/** A seed with "drawn" and nowhere else. Whether the candidates stand in that order is for verifyRecord to say. */
function isOrderRule({ order, seed }: JsonObject): boolean {
  return order === 'drawn' ? isMatch(seed, SEED) : (order === 'fixed' || order === 'alphabetical') && seed === '';
}

function isMatch(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

/** A text a person can read: not only spaces, well-formed, without control characters (they could hide or forge a line). */
function isText(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > DEFINITION_LIMITS.textLength) return false;
  return value.trim() !== '' && value.isWellFormed() && !/\p{Cc}/u.test(value);
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
