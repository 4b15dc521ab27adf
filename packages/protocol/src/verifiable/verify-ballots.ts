// Checks every ballot of an archive, each on its own, so that several threads may share them; and which of them count.

import { assert } from '../assert.ts';
import type { Answer } from './answer.ts';
import { type BallotProblem, verifyBallot } from './ballot.ts';
import type { CredentialList } from './credential-list.ts';
import type { ElectionContext } from './election.ts';
import { choicesOf } from './question.ts';
import { type FinalBallot, type Tally, tallyOf } from './tally.ts';

/** The checks of ballots, in the order in which they are made of each. */
export type BallotCheckName =
  | 'ballot-form'
  | 'ballot-election'
  | 'ballot-credential'
  | 'choice-proofs'
  | 'overall-proofs'
  | 'blank-proofs'
  | 'ballot-signatures';

/** One check over all ballots: how many things it looked at, and the first that does not hold. */
export interface BallotCheck {
  readonly name: BallotCheckName;
  readonly count: number;
  readonly reason?: string;
  /** Index of the ballot among all, and of the question and the choice where one is at fault. */
  readonly at?: number;
  readonly question?: number;
  readonly choice?: number;
}

/** What is found out about one ballot on its own. */
export type BallotVerdict =
  { readonly ok: true; readonly credential: string } | ({ readonly ok: false } & BallotProblem);

/** A ballot that is in the tally: its place among all, and how much it counts. */
export interface CountedBallot {
  readonly at: number;
  readonly weight: number;
}

/** Checks ballots in any order, and keeps of those that hold what the tally is made from. */
export interface BallotChecker {
  check(at: number, text: string): BallotVerdict;
  /** The tally of ballots that were checked here and hold. */
  tally(counted: readonly CountedBallot[]): Tally;
}

type Reason = BallotProblem['reason'] | 'ballot-credential-unknown';

const CHECK_OF: Readonly<Record<Reason, BallotCheckName>> = {
  'ballot-oversized': 'ballot-form',
  'ballot-malformed': 'ballot-form',
  'ballot-not-canonical': 'ballot-form',
  'ballot-answer': 'ballot-form',
  'ballot-credential': 'ballot-form',
  'ballot-other-election': 'ballot-election',
  'ballot-credential-unknown': 'ballot-credential',
  'choice-proof': 'choice-proofs',
  'overall-proof': 'overall-proofs',
  'blank-proof': 'blank-proofs',
  'ballot-signature-hash': 'ballot-signatures',
  'ballot-signature': 'ballot-signatures',
};

const NAMES = [...new Set(['ballot-form', 'ballot-election', ...Object.values(CHECK_OF)])] as BallotCheckName[];

/** Holds the ciphertexts of the ballots that hold until their tally is asked for. */
export function createBallotChecker(context: ElectionContext): BallotChecker {
  const kept = new Map<number, FinalBallot['answers']>();
  return {
    check(at, text) {
      const verified = verifyBallot(context, text);
      if (!verified.ok) return verified;
      const { credential, answers } = verified.ballot;
      kept.set(at, answers.map(withoutTables));
      return { ok: true, credential };
    },
    tally(counted) {
      const final = counted.map(({ at, weight }) => {
        const answers = kept.get(at);
        assert(answers !== undefined, 'a ballot that counts was checked here and holds');
        return { answers, weight };
      });
      return tallyOf(context, final);
    },
  };
}

/** Kept until the tally: without the tables that verification made. */
function withoutTables({ choices }: Answer): FinalBallot['answers'][number] {
  return {
    choices: choices.map(({ alpha, beta, text }) => ({ alpha: alpha.forgetful(), beta: beta.forgetful(), text })),
  };
}

/** What the verdicts on all ballots, in their order, come to; and which ballots count: of each credential the last one that holds. */
export function judgeBallots(
  context: ElectionContext,
  verdicts: readonly BallotVerdict[],
  credentials: CredentialList,
): { readonly checks: readonly BallotCheck[]; readonly counted: readonly CountedBallot[] } {
  const found = new Map<BallotCheckName, Omit<BallotCheck, 'name' | 'count'>>();
  const counted = new Map<string, CountedBallot>();
  for (const [at, verdict] of verdicts.entries()) {
    const weight = verdict.ok ? credentials.get(verdict.credential) : undefined;
    if (verdict.ok && weight !== undefined) {
      counted.set(verdict.credential, { at, weight });
    } else {
      const { ok: _, reason, ...place } = verdict.ok ? UNKNOWN_CREDENTIAL : verdict;
      const name = CHECK_OF[reason];
      if (!found.has(name)) found.set(name, { reason, at, ...place });
    }
  }
  const counts = countsOf(context, verdicts.length);
  const checks = NAMES.filter((name) => counts[name] !== undefined).map((name) => ({
    name,
    count: counts[name]!,
    ...found.get(name),
  }));
  return { checks, counted: [...counted.values()] };
}

const UNKNOWN_CREDENTIAL = { ok: false, reason: 'ballot-credential-unknown' } as const;

/** How many things each check looks at; none for a check that this election has no use for. */
function countsOf({ election }: ElectionContext, ballots: number): Partial<Record<BallotCheckName, number>> {
  const { questions } = election;
  const choices = questions.reduce((sum, question) => sum + choicesOf(question), 0);
  const blanks = questions.filter(({ blank }) => blank).length;
  return {
    'ballot-form': ballots,
    'ballot-election': ballots,
    'ballot-credential': ballots,
    'choice-proofs': ballots * choices,
    'overall-proofs': ballots * questions.length,
    ...(blanks > 0 && { 'blank-proofs': ballots * blanks }),
    'ballot-signatures': ballots,
  };
}
