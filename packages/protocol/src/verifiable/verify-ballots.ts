// Checks every ballot of an archive, each on its own, and keeps the last one of each credential for the tally.

import type { ReadBallot } from './ballot.ts';
import { type BallotProblem, verifyBallot } from './ballot.ts';
import type { CredentialList } from './credential-list.ts';
import type { ElectionContext } from './election.ts';
import { choicesOf } from './question.ts';
import type { FinalBallot } from './tally.ts';

/** The checks of ballots, in the order in which they are made of each. */
export type BallotCheckName =
  | 'ballot-form'
  | 'ballot-election'
  | 'ballot-credential'
  | 'choice-proofs'
  | 'overall-proofs'
  | 'blank-proofs'
  | 'ballot-signatures';

export interface BallotCheck {
  readonly name: BallotCheckName;
  readonly count: number;
  readonly reason?: string;
  /** Index of the ballot among all, and of the question and the choice where one is at fault. */
  readonly at?: number;
  readonly question?: number;
  readonly choice?: number;
}

export interface VerifiedBallots {
  readonly checks: readonly BallotCheck[];
  /** The ballots that count: of each credential the last one that holds. */
  readonly final: readonly FinalBallot[];
}

type Reason = Extract<ReadBallot, { ok: false }>['reason'] | 'ballot-credential-unknown';

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

export function checkBallots(
  context: ElectionContext,
  o: {
    readonly ballots: readonly string[];
    readonly credentials: CredentialList;
    readonly onBallot?: ((done: number) => void) | undefined;
  },
): VerifiedBallots {
  const found = new Map<BallotCheckName, Omit<BallotCheck, 'name' | 'count'>>();
  const final = new Map<string, FinalBallot>();
  for (const [at, text] of o.ballots.entries()) {
    const verified = verifyListed(context, o.credentials, text);
    if (verified.ok) {
      // Removed first, so that the map keeps the order of the last ballots.
      final.delete(verified.credential);
      final.set(verified.credential, verified.final);
    } else {
      const { ok: _, reason, ...place } = verified;
      const name = CHECK_OF[reason];
      if (!found.has(name)) found.set(name, { reason, at, ...place });
    }
    o.onBallot?.(at + 1);
  }
  const counts = countsOf(context, o.ballots.length);
  const checks = NAMES.filter((name) => counts[name] !== undefined).map((name) => ({
    name,
    count: counts[name]!,
    ...found.get(name),
  }));
  return { checks, final: [...final.values()] };
}

type Listed =
  | { readonly ok: true; readonly credential: string; readonly final: FinalBallot }
  | ({ readonly ok: false } & (BallotProblem | { readonly reason: 'ballot-credential-unknown' }));

function verifyListed(context: ElectionContext, credentials: CredentialList, text: string): Listed {
  const verified = verifyBallot(context, text);
  if (!verified.ok) return verified;
  const { credential, answers } = verified.ballot;
  const weight = credentials.get(credential);
  if (weight === undefined) return { ok: false, reason: 'ballot-credential-unknown' };
  // Kept until the tally: without the tables that verification made.
  const kept = answers.map(({ choices }) => ({
    choices: choices.map(({ alpha, beta, text: own }) => ({
      alpha: alpha.forgetful(),
      beta: beta.forgetful(),
      text: own,
    })),
  }));
  return { ok: true, credential, final: { answers: kept, weight } };
}

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
