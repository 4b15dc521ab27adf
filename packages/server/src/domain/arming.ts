// Arming: what was prepared becomes a definition with exact bytes, under the public key whose holder has proven possession.

import { type Definition, definitionHash, encodeDefinition, readBallotContext } from '@votix/protocol';
import { z } from 'zod';
import type { Database, Reader } from '../storage/database.ts';
import { updateElection } from '../storage/elections.ts';
import { listArmings, listSubjects } from '../storage/audit-log.ts';
import { deleteImportsOf } from '../storage/voter-imports.ts';
import { countVoters } from '../storage/voters.ts';
import { type Change, changeDraft, type Election } from './elections.ts';
import { spendApproval } from './approvals.ts';
import { recordAudit } from './audit-log.ts';
import { keySharesSchema } from './key-shares.ts';
import type { ConfirmedAdmin } from './scopes.ts';
import type { Instant } from '../storage/tables.ts';
import type { CredentialState } from './registrars.ts';
import type { KeyState } from './trustees.ts';
import { proofsOfBallot } from './verifiable-definition.ts';

export function definitionOf(election: Election): Definition {
  return {
    votix: 1,
    sealing: election.sealing,
    election: election.id,
    name: election.name,
    minimumBallots: election.minimum_ballots,
    quorum: election.quorum,
    tieRule: election.tie_rule,
    contests: election.contests.map((contest) => ({
      id: contest.id,
      title: contest.title,
      minChoices: contest.min_choices,
      maxChoices: contest.max_choices,
      blank: contest.blank === 1,
      seats: contest.seats,
      order: contest.candidate_order,
      seed: contest.order_seed,
      candidates: contest.candidates.map(({ id, name }) => ({
        id,
        name,
      })),
    })),
  };
}

export type Obstacle =
  | 'no-candidates'
  | 'too-few-candidates'
  | 'too-many-choices'
  | 'no-voters'
  | 'roll-too-small'
  | 'window-past'
  | 'insecure-base-url'
  | Exclude<KeyState, 'ready'>
  | Exclude<CredentialState, 'ready'>;

/** A ballot of as many takes about 400 kB and some seconds on a phone. */
const mostProofs = 600;

/** More choices or seats than there are candidates for. */
const asksForMore = ({ candidates, max_choices, seats }: Election['contests'][number]): boolean =>
  candidates.length > 0 && Math.max(max_choices, seats) > candidates.length;

/** Why this election cannot be armed yet; empty when it can. */
export function obstacles(
  election: Election,
  facts: {
    readonly voters: number;
    readonly now: Instant;
    readonly secure: boolean;
    /** Of a verifiable election: whether the trustees have made its key. */
    readonly key?: KeyState | undefined;
    /** Of one with a registrar: whether the credentials are made. */
    readonly credentials?: CredentialState | undefined;
  },
): Obstacle[] {
  const enough = election.contests.every((contest) => contest.candidates.length + contest.blank >= 2);
  const found: [boolean, Obstacle][] = [
    [!enough || election.contests.some((contest) => contest.candidates.length === 0), 'no-candidates'],
    [election.contests.some(asksForMore), 'too-few-candidates'],
    [facts.voters === 0, 'no-voters'],
    // Fewer voters than the minimum of ballots: the box could never be opened.
    [facts.voters > 0 && facts.voters < election.minimum_ballots, 'roll-too-small'],
    [election.closes_at <= facts.now, 'window-past'],
    [!facts.secure, 'insecure-base-url'],
  ];
  return [...found.filter(([stands]) => stands).map(([, obstacle]) => obstacle), ...ofVerifiable(election, facts)];
}

const ofBallot: readonly Obstacle[] = ['no-candidates', 'too-few-candidates', 'too-many-choices'];

/** Of these, what is wrong with the ballot itself, whoever votes and whenever. */
export const ballotObstacles = (election: Election): Obstacle[] =>
  obstacles(election, { voters: 0, now: 0, secure: true }).filter((obstacle) => ofBallot.includes(obstacle));

function ofVerifiable(
  election: Election,
  { key, credentials }: { readonly key?: KeyState | undefined; readonly credentials?: CredentialState | undefined },
): Obstacle[] {
  if (election.sealing !== 'verifiable') return [];
  const tooLong = proofsOfBallot(definitionOf(election)) > mostProofs;
  const unfinished = key === undefined || key === 'ready' ? [] : [key];
  const unmade = credentials === undefined || credentials === 'ready' ? [] : [credentials];
  return [...(tooLong ? ['too-many-choices' as const] : []), ...unfinished, ...unmade];
}

export const armingSchema = z.strictObject({
  publicKey: z.string().max(2000),
  fingerprint: z.string().length(64),
  definitionHash: z.string().length(64),
  possessionProven: z.literal(true),
  /** Left out when one passphrase opens the key file. */
  keyShares: keySharesSchema.optional(),
});

export type Arming = Readonly<z.infer<typeof armingSchema>>;

export type Armed =
  | Change
  | {
      readonly ok: false;
      readonly reason:
        | 'other-sealing'
        | 'election-not-ready'
        | 'election-changed'
        | 'malformed-public-key'
        | 'key-of-other-box'
        | 'second-administrator-needed';
    };

/** The public key and the definition the key holder has seen, or a refusal; the private key is never part of it. */
export async function armElection(
  db: Database,
  actor: ConfirmedAdmin,
  electionId: string,
  arming: Arming & { readonly secure: boolean },
): Promise<Armed> {
  const outcome = await changeDraft<Armed>(db, electionId, async (tx, election) => {
    if (election.sealing !== 'sealed-box') return { ok: false, reason: 'other-sealing' };
    const now = await db.now(tx);
    const facts = { voters: await countVoters(tx, electionId), now, secure: arming.secure };
    if (obstacles(election, facts).length > 0) return { ok: false, reason: 'election-not-ready' };
    const definition = encodeDefinition(definitionOf(election));
    if (definitionHash(definition) !== arming.definitionHash) return { ok: false, reason: 'election-changed' };
    const key = readBallotContext(definition, arming.publicKey);
    if (!key.ok || key.context.fingerprint !== arming.fingerprint) return { ok: false, reason: 'malformed-public-key' };
    if (await isOfOtherKind(tx, election, arming.fingerprint)) return { ok: false, reason: 'key-of-other-box' };
    const gated = { deed: 'arm', election, target: arming.definitionHash } as const;
    if (!(await spendApproval(db, tx, actor, gated))) return { ok: false, reason: 'second-administrator-needed' };
    const { publicKey: public_key, fingerprint, keyShares } = arming;
    const key_shares = keyShares ? JSON.stringify(keyShares) : null;
    await updateElection(tx, electionId, { armed_at: now, definition, public_key, fingerprint, key_shares });
    await deleteImportsOf(tx, electionId); // nothing can be undone any more
    const split = keyShares ? { holders: keyShares.holders, needed: keyShares.needed } : {};
    const details = { fingerprint, definitionHash: arming.definitionHash, ...split };
    await recordAudit(db, tx, { actor, action: 'election-armed', electionId, details });
    return { ok: true };
  });
  return outcome.ok ? outcome.value : outcome;
}

/**
 * A test key goes from hand to hand, and a real one must not: none ever serves a rehearsal and a real election. The log knows
 * the keys of rehearsals that were wiped.
 */
async function isOfOtherKind(tx: Reader, { rehearsal_of }: Election, fingerprint: string): Promise<boolean> {
  const armed = await listArmings(tx, fingerprint);
  if (armed.length === 0) return false;
  const tests = new Set(await listSubjects(tx, 'rehearsal-made'));
  return armed.some((id) => tests.has(id) !== (rehearsal_of !== null));
}
