// Casting, inside one transaction. Everything costly (parsing, the code's hash) has happened before; here each item of a
// commit gets an answer of its own, and one refusal never rolls back the others.
// Nothing that joins voter and receipt is written: no log line, no time, no id (product.md, "Secrecy rules").

import { addVotes } from '../storage/participation.ts';
import { insertBallots, listReceipts } from '../storage/ballots.ts';
import { listUsedCredentials } from '../storage/boards.ts';
import { type CodeFailureRow, deleteCodeFailures, listCodeFailures, saveCodeFailure } from '../storage/codes.ts';
import type { Database, Writer } from '../storage/database.ts';
import { shareElectionWith } from '../storage/elections.ts';
import { listAccessHashes } from '../storage/links.ts';
import { insertSignatures, listSignatures } from '../storage/signatures.ts';
import type { Instant } from '../storage/tables.ts';
import { addTurnout, type TurnoutRow } from '../storage/turnout.ts';
import { appendBallots } from './boards.ts';
import { type WindowProblem, windowProblem } from './lifecycle.ts';
import { dayOf } from './wall-clock.ts';

export interface ReadyBallot {
  readonly voterId: string;
  /** The voter's groups, as turnout counts them; empty for none. */
  readonly building: string;
  readonly promotion: string;
  /** The link and the code it was judged by: one that was replaced meanwhile counts no more. */
  readonly linkHash: string;
  readonly codeHash: string;
  readonly ballot: string;
  readonly receipt: string;
  readonly codeMatches: boolean;
  /** In a verifiable election, the public credential that the ballot was signed with. */
  readonly credential?: string;
  /** Its proofs were not looked at, because it seemed that it would be refused anyway: it is never recorded. */
  readonly isUnverified?: true;
}

export type CastOutcome =
  | { readonly ok: true; readonly receipt: string; readonly recordedAt: Instant }
  | { readonly ok: true; readonly receipt: string; readonly recordedOn: string }
  | {
      readonly ok: false;
      readonly reason: WindowProblem | 'copied-ballot' | 'credential-used' | 'replaced-link' | 'unknown-link';
    }
  | { readonly ok: false; readonly reason: 'unverified' }
  | { readonly ok: false; readonly reason: 'already-voted'; readonly signedOn: string }
  | { readonly ok: false; readonly reason: 'wrong-code'; readonly triesLeft: number }
  | { readonly ok: false; readonly reason: 'code-locked'; readonly until: Instant };

/** Another process took a signature or a receipt between look-up and insert: the whole commit is tried again. */
export class RaceLost extends Error {}

const codeRule = { tries: 5, pauseMs: 15 * 60_000, mostDoublings: 10 } as const;
const quarterMs = 15 * 60_000;

/** What stands in the database, changed in memory as the items of this commit are decided one after another. */
interface Ledger {
  readonly now: Instant;
  readonly today: string;
  readonly window: WindowProblem | undefined;
  readonly links: Map<string, string>;
  readonly codes: Map<string, string>;
  readonly signed: Map<string, string>;
  readonly receipts: Set<string>;
  /** Public credentials that have voted. */
  readonly credentials: Set<string>;
  readonly failures: Map<string, CodeFailureRow>;
  readonly accepted: ReadyBallot[];
  readonly failed: Set<string>;
  readonly forgiven: Set<string>;
}

export async function castBallots(
  db: Database,
  tx: Writer,
  electionId: string,
  ready: readonly ReadyBallot[],
): Promise<CastOutcome[]> {
  const ledger = await openLedger(db, tx, electionId, ready);
  if (!ledger) return ready.map(() => ({ ok: false, reason: 'unknown-link' })); // a rehearsal, wiped a moment ago
  const outcomes = ready.map((item) => decide(ledger, item));
  await write(db, tx, electionId, ledger);
  return outcomes;
}

async function openLedger(
  db: Database,
  tx: Writer,
  electionId: string,
  ready: readonly ReadyBallot[],
): Promise<Ledger | undefined> {
  const voters = ready.map((item) => item.voterId);
  const receipts = ready.map((item) => item.receipt);
  const election = await shareElectionWith(db, tx, electionId, voters);
  if (!election) return undefined;
  const now = await db.now(tx); // the one reading of this commit, after every wait
  const accesses = await listAccessHashes(tx, voters);
  const signatures = await listSignatures(tx, electionId, voters);
  const failures = await listCodeFailures(tx, voters);
  return {
    now,
    today: dayOf(now, election.zone),
    window: windowProblem(election, now),
    links: new Map(accesses.map((row) => [row.voter_id, row.link_hash])),
    codes: new Map(accesses.map((row) => [row.voter_id, row.code_hash])),
    signed: new Map(signatures.map((row) => [row.voter_id, row.signed_on])),
    receipts: new Set(await listReceipts(tx, electionId, receipts)),
    credentials: new Set(await listUsed(tx, electionId, ready)),
    failures: new Map(failures.map((row) => [row.voter_id, row])),
    accepted: [],
    failed: new Set<string>(),
    forgiven: new Set<string>(),
  };
}

async function listUsed(tx: Writer, electionId: string, ready: readonly ReadyBallot[]): Promise<string[]> {
  const credentials = ready.flatMap(({ credential }) => credential ?? []);
  return credentials.length === 0 ? [] : listUsedCredentials(tx, electionId, credentials);
}

function decide(ledger: Ledger, item: ReadyBallot): CastOutcome {
  if (ledger.links.get(item.voterId) !== item.linkHash) return { ok: false, reason: 'replaced-link' };
  const signedOn = ledger.signed.get(item.voterId);
  const inBox = ledger.receipts.has(item.receipt);
  const lostAnswer = signedOn !== undefined && inBox;
  // Outside the window only a lost answer is repeated, and no code is judged there, right or wrong: none can be guessed.
  if (ledger.window && !lostAnswer) return { ok: false, reason: ledger.window };
  const refusal = ledger.window ? undefined : judgeCode(ledger, item);
  if (refusal) return refusal;
  if (signedOn !== undefined)
    return inBox
      ? { ok: true, receipt: item.receipt, recordedOn: signedOn }
      : { ok: false, reason: 'already-voted', signedOn };
  if (inBox) return { ok: false, reason: 'copied-ballot' };
  if (item.isUnverified) return { ok: false, reason: 'unverified' };
  if (item.credential !== undefined) {
    if (ledger.credentials.has(item.credential)) return { ok: false, reason: 'credential-used' };
    ledger.credentials.add(item.credential);
  }
  ledger.signed.set(item.voterId, ledger.today);
  ledger.receipts.add(item.receipt);
  ledger.accepted.push(item);
  return { ok: true, receipt: item.receipt, recordedAt: ledger.now };
}

function judgeCode(ledger: Ledger, { voterId, codeHash, ...item }: ReadyBallot): CastOutcome | undefined {
  const row = ledger.failures.get(voterId) ?? { voter_id: voterId, failures: 0, pauses: 0, locked_until: 0 };
  if (ledger.now < row.locked_until) return { ok: false, reason: 'code-locked', until: row.locked_until };
  if (item.codeMatches && codeHash === ledger.codes.get(voterId)) {
    if (ledger.failures.delete(voterId)) ledger.forgiven.add(voterId);
    return undefined;
  }
  const failures = row.failures + 1;
  const locking = failures >= codeRule.tries;
  const until = ledger.now + codeRule.pauseMs * 2 ** Math.min(row.pauses, codeRule.mostDoublings);
  ledger.failures.set(
    voterId,
    locking ? { voter_id: voterId, failures: 0, pauses: row.pauses + 1, locked_until: until } : { ...row, failures },
  );
  ledger.failed.add(voterId);
  ledger.forgiven.delete(voterId); // what is written now stands for all that came before
  if (locking) return { ok: false, reason: 'code-locked', until };
  return { ok: false, reason: 'wrong-code', triesLeft: codeRule.tries - failures };
}

const ascending = <T>(rows: readonly T[], key: (row: T) => string): T[] =>
  rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));

async function write(db: Database, tx: Writer, electionId: string, ledger: Ledger): Promise<void> {
  for (const voterId of ledger.failed) {
    const failure = ledger.failures.get(voterId);
    if (failure) await saveCodeFailure(tx, failure);
  }
  await deleteCodeFailures(tx, [...ledger.forgiven].sort());
  const accepted = ledger.accepted;
  if (accepted.length === 0) return;
  const signatures = accepted.map(({ voterId }) => ({
    election_id: electionId,
    voter_id: voterId,
    signed_on: ledger.today,
  }));
  const ballots = accepted.map(({ receipt, ballot }) => ({ election_id: electionId, receipt, ballot }));
  const signed = await insertSignatures(
    tx,
    ascending(signatures, (row) => row.voter_id),
  );
  const stored = await insertBallots(
    tx,
    ascending(ballots, (row) => row.receipt),
  );
  const posted = await post(db, tx, electionId, accepted);
  if ([signed, stored, posted].some((rows) => rows !== accepted.length)) throw new RaceLost();
  await addVotes(tx, electionId, ledger.now - (ledger.now % quarterMs), accepted.length);
  await addTurnout(tx, turnoutOf(electionId, accepted));
}

/** In a verifiable election every ballot is public at once: those of a commit in the order of their trackers. */
async function post(db: Database, tx: Writer, electionId: string, accepted: readonly ReadyBallot[]): Promise<number> {
  const events = accepted.flatMap(({ receipt, credential }) =>
    credential === undefined ? [] : [{ receipt, credential }],
  );
  if (events.length === 0) return accepted.length;
  return appendBallots(
    db,
    tx,
    electionId,
    ascending(events, ({ receipt }) => receipt),
  );
}

/** How many of each group, in the order of the table's key. */
function turnoutOf(election_id: string, accepted: readonly ReadyBallot[]): TurnoutRow[] {
  return (['building', 'promotion'] as const).flatMap((kind) => {
    const votes = new Map<string, number>();
    for (const item of accepted) votes.set(item[kind], (votes.get(item[kind]) ?? 0) + 1);
    const rows = [...votes].map(([name, votes]) => ({ election_id, kind, name, votes }));
    return ascending(rows, ({ name }) => name);
  });
}
