// What the key holder's page counted, held against the sealed box; then published.

import { parseDefinition, parseTally, type Tally } from '@votix/protocol';
import { z } from 'zod';
import { listReceipts } from '../storage/ballots.ts';
import type { Database } from '../storage/database.ts';
import { type ElectionRow, lockElection, updateElection } from '../storage/elections.ts';
import { openable } from './boxes.ts';
import { spendApproval } from './approvals.ts';
import { recordAudit } from './audit-log.ts';
import type { ConfirmedAdmin } from './scopes.ts';

const invalidBallotsSchema = z
  .array(
    z.strictObject({
      receipt: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{32}$/),
      reason: z.string().regex(/^[a-z-]{1,40}$/),
    }),
  )
  .max(1_000_000);

export const deliberationSchema = z.strictObject({
  tally: z.unknown(),
  invalidBallots: invalidBallotsSchema,
  boxHash: z.string().length(64),
});

export type Deliberation = Readonly<z.infer<typeof deliberationSchema>>;

export type Deliberated =
  | { readonly ok: true }
  | Extract<ReturnType<typeof openable>, { ok: false }>
  | {
      readonly ok: false;
      readonly reason: 'other-sealing' | 'other-box' | 'wrong-tally' | 'second-administrator-needed';
    };

/** All or nothing: every ballot of the sealed box is counted or listed as invalid, or nothing is recorded. */
export async function recordDeliberation(
  db: Database,
  actor: ConfirmedAdmin,
  electionId: string,
  deliberation: Deliberation,
): Promise<Deliberated> {
  return db.write(async (tx) => {
    const found = openable(await lockElection(db, tx, electionId));
    if (!found.ok) return found;
    const { election } = found;
    if (election.sealing === 'verifiable') return { ok: false, reason: 'other-sealing' };
    if (deliberation.boxHash !== election.box_hash) return { ok: false, reason: 'other-box' };
    const tally = matchingTally(election, deliberation);
    if (!tally) return { ok: false, reason: 'wrong-tally' };
    const invalid = new Set(deliberation.invalidBallots.map(({ receipt }) => receipt));
    if (invalid.size !== tally.invalid || (await listReceipts(tx, electionId, [...invalid])).length !== invalid.size)
      return { ok: false, reason: 'wrong-tally' };
    const gated = { deed: 'deliberate', election, target: election.box_hash } as const;
    if (!(await spendApproval(db, tx, actor, gated))) return { ok: false, reason: 'second-administrator-needed' };
    await updateElection(tx, electionId, {
      deliberated_at: await db.now(tx),
      tally: JSON.stringify(tally),
      invalid_ballots: JSON.stringify(deliberation.invalidBallots),
    });
    const details = { boxHash: deliberation.boxHash, invalid: tally.invalid };
    await recordAudit(db, tx, { actor, action: 'box-opened', electionId, details });
    return { ok: true };
  });
}

function matchingTally(election: ElectionRow, deliberation: Deliberation): Tally | undefined {
  const parsed = parseDefinition(election.definition ?? '');
  if (!parsed.ok) throw new Error('The stored definition is not valid.');
  const counted = parseTally(parsed.definition, deliberation.tally);
  if (!counted.ok || counted.tally.ballots !== election.ballot_count) return undefined;
  return counted.tally.invalid === deliberation.invalidBallots.length ? counted.tally : undefined;
}

export type Published =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'unknown-election' | 'not-deliberated' };

/** Publishing twice is publishing once. `publisher` is written down for the minutes, which will always name it. */
export async function publishResult(
  db: Database,
  actor: ConfirmedAdmin,
  electionId: string,
  publisher?: { readonly organisation: string; readonly software: string },
): Promise<Published> {
  return db.write(async (tx) => {
    const election = await lockElection(db, tx, electionId);
    if (!election) return { ok: false, reason: 'unknown-election' };
    if (election.deliberated_at === null) return { ok: false, reason: 'not-deliberated' };
    if (election.published_at !== null) return { ok: true };
    await updateElection(tx, electionId, { published_at: await db.now(tx) });
    await recordAudit(db, tx, { actor, action: 'result-published', electionId, details: { ...publisher } });
    return { ok: true };
  });
}

/** The recorded counts, read back strictly. */
export function storedTally(election: ElectionRow): Tally | undefined {
  if (election.tally === null || election.definition === null) return undefined;
  const definition = parseDefinition(election.definition);
  const counted = definition.ok && parseTally(definition.definition, JSON.parse(election.tally));
  if (!counted || !counted.ok) throw new Error('The stored tally is not valid.');
  return counted.tally;
}

export const storedInvalidBallots = (election: ElectionRow) =>
  invalidBallotsSchema.parse(JSON.parse(election.invalid_ballots ?? '[]'));
