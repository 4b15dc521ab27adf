// The minutes of an election: what a commission signs, in one file. Specification: "Minutes". How they are written for
// people, in either language and as a PDF, is the server's; every number and name there is from here.

import type { InvalidBallot } from './record.ts';
import type { CandidateOrder, TieRule } from './definition.ts';
import type { Standing } from './counting/outcome.ts';

/** `provisional`: counted and not yet published. `not-opened`: fewer ballots than the rules asked for. */
export type MinutesStatus = 'provisional' | 'published' | 'not-counted' | 'not-opened' | 'abandoned';

/** A later end of voting: when it was decided, the end before and after, and why. */
export interface MinutesExtension {
  readonly at: number;
  readonly from: number;
  readonly until: number;
  readonly reason: string;
}

/** A candidate's line. Shares are percentages with one decimal, of the valid ballots and of the roll. */
export interface MinutesCandidate {
  readonly id: string;
  readonly name: string;
  readonly votes: number;
  readonly ofValid: number;
  readonly ofRoll: number;
  readonly rank: number;
  readonly standing: Standing;
}

/** Equal votes that left open who is elected; `lot` lists ids as drawn, null without a lot. */
export interface MinutesTie {
  readonly votes: number;
  readonly seats: number;
  readonly candidates: readonly string[];
  readonly lot: readonly string[] | null;
}

/** One contest: its rules, and its outcome. `candidates` is empty while the box is closed; else most votes first. */
export interface MinutesContest {
  readonly id: string;
  readonly title: string;
  readonly minChoices: number;
  readonly maxChoices: number;
  readonly seats: number;
  readonly order: CandidateOrder;
  readonly seed: string;
  readonly blank: { readonly votes: number; readonly ofValid: number; readonly ofRoll: number } | null;
  readonly allowsBlank: boolean;
  readonly expressed: number | null;
  readonly vacant: number | null;
  readonly tie: MinutesTie | null;
  readonly candidates: readonly MinutesCandidate[];
}

/** What happened beside the plan. `at` in milliseconds, `count` how many; each null where it says nothing. */
export interface MinutesIncident {
  readonly kind:
    | 'disarmed'
    | 'armed-again'
    | 'abandoned'
    | 'below-minimum'
    | 'ballots-differ-from-signatures'
    | 'invalid-ballots'
    | 'voters-added'
    | 'addresses-changed'
    | 'links-replaced'
    | 'codes-replaced'
    | 'counts-check-failed'
    | 'box-check-failed'
    | 'audit-check-failed';
  readonly at: number | null;
  readonly count: number | null;
  readonly reason: string | null;
}

/** Of a verifiable election: who opened the box, who made the credentials, and what its public board ended with. */
export interface MinutesBoard {
  /** In the archive. */
  readonly uuid: string;
  readonly trustees: readonly string[];
  /** How many of them open the box. */
  readonly needed: number;
  /** Who made the credentials; null where the server did. */
  readonly registrar: string | null;
  /** The result, the last event of all; null while there is none. */
  readonly head: { readonly height: number; readonly hash: string } | null;
}

/** The minutes. Instants in milliseconds since 1970 UTC; null for what has not happened. */
export interface Minutes {
  readonly votix: 1;
  readonly kind: 'minutes';
  readonly status: MinutesStatus;
  readonly rehearsal: boolean;
  readonly organisation: string;
  readonly software: string;
  readonly election: string;
  readonly name: string;
  readonly zone: string;
  readonly rules: { readonly minimumBallots: number; readonly quorum: number; readonly tieRule: TieRule };
  readonly window: {
    readonly opensAt: number;
    readonly closesAt: number;
    readonly extensions: readonly MinutesExtension[];
    readonly sealedAt: number | null;
    readonly openedAt: number | null;
    readonly publishedAt: number | null;
  };
  readonly counts: {
    readonly registered: number;
    readonly signatures: number | null;
    readonly ballots: number | null;
    readonly valid: number | null;
    readonly invalid: number | null;
    /** Ballots as a percentage of the roll. */
    readonly turnout: number | null;
    /** Whether there are as many ballots as signatures. */
    readonly agree: boolean | null;
  };
  readonly quorum: { readonly percent: number; readonly needed: number; readonly reached: boolean } | null;
  readonly contests: readonly MinutesContest[];
  readonly invalidBallots: readonly InvalidBallot[];
  readonly incidents: readonly MinutesIncident[];
  /** Of the key; of a verifiable election, of its exact text, which holds the key. */
  readonly fingerprint: string;
  readonly definitionHash: string;
  /** Of a verifiable election the hash of the event that ended the vote. */
  readonly boxHash: string | null;
  /** Null for a sealed box. */
  readonly board: MinutesBoard | null;
  /** The entry of the audit log with which the minutes end, and its hash: whoever has them can tell whether the log was cut. */
  readonly audit: { readonly position: number; readonly hash: string } | null;
}

/** `part` of `whole` as a percentage with one decimal, half up; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}

/** The one text of minutes: JSON, indented by two spaces, members in the order of the interfaces, a line feed at the end. */
export function encodeMinutes(minutes: Minutes): string {
  return `${JSON.stringify(minutes, null, 2)}\n`;
}
