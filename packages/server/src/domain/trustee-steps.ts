// What trustees make in their browsers, step by step, checked when it comes: a key, or of a threshold key a certificate, a
// polynomial and the member's key. What the server can't check (the secrets sent between members) each member does.

import {
  type Ceremony,
  checkCertificate,
  checkMemberKey,
  checkPolynomial,
  encodePolynomial,
  encodeSignedMessage,
  encodeTrusteeKey,
  findGroup,
  type Group,
  type GroupName,
  isPossessed,
  parsePolynomial,
  parseSignedMessage,
  parseTrusteeKey,
  type Polynomial,
  type SignedMessage,
  type TrusteeItem,
  assemblePedersen,
} from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { type ElectionRow, findElection, lockElection } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';
import { listTrustees, type TrusteeRow, updateTrustee } from '../storage/trustees.ts';
import { findVerifiable, type VerifiableRow } from '../storage/verifiable-elections.ts';
import { recordAudit } from './audit-log.ts';
import { phaseOf } from './lifecycle.ts';
import { ceremonyOf, findSeat, type Trustee, type TrusteeStep } from './trustees.ts';
import type { Vault } from './vault.ts';

export const stepSchema = z.strictObject({
  step: z.enum(['key', 'certificate', 'polynomial', 'member-key']),
  made: z.record(z.string(), z.unknown()),
});

export type Step = Readonly<z.infer<typeof stepSchema>>;

export type StepRefusal = 'unknown-trustee' | 'election-armed' | 'other-step' | 'key-not-proven' | 'key-given-twice';

export type Stepped =
  { readonly ok: true; readonly next: TrusteeStep } | { readonly ok: false; readonly reason: StepRefusal };

const columns = {
  key: 'public_key',
  certificate: 'certificate',
  polynomial: 'polynomial',
  'member-key': 'public_key',
} as const;

/** Each step once, in its turn: what is there is never replaced but by an administrator who lets the trustee begin anew. */
export async function takeStep(db: Database, vault: Vault, link: string, step: Step): Promise<Stepped> {
  const seat = await findSeat(db.reader, vault, link);
  if (!seat) return { ok: false, reason: 'unknown-trustee' };
  for (;;) {
    const seen = await readParts(db.reader, seat);
    const judged = judge(seen, seat, step); // before the transaction: proofs take long
    const taken = await db.write(async (tx): Promise<Stepped | undefined> => {
      const election = await lockElection(db, tx, seat.election_id);
      if (!election) return { ok: false, reason: 'unknown-trustee' };
      if (election.armed_at !== null) return { ok: false, reason: 'election-armed' };
      if (!isDeepStrictEqual(await readParts(tx, seat), seen)) return undefined; // another's step came first
      return judged.ok ? keepStep(db, tx, seat, judged) : judged;
    });
    if (taken) return taken;
  }
}

type Seated = Pick<TrusteeRow, 'id' | 'election_id'>;

/** Everything that a step is judged by. */
interface Parts {
  readonly verifiable: VerifiableRow | undefined;
  readonly rows: readonly TrusteeRow[];
}

const readParts = async (db: Reader, { election_id }: Seated): Promise<Parts> => ({
  verifiable: await findVerifiable(db, election_id),
  rows: await listTrustees(db, election_id),
});

interface Taken {
  readonly ok: true;
  readonly step: Step['step'];
  readonly values: Partial<TrusteeRow>;
  readonly next: TrusteeStep;
}

function judge(
  { verifiable, rows }: Parts,
  { id }: Seated,
  { step, made }: Step,
): Taken | { readonly ok: false; readonly reason: StepRefusal } {
  const own = rows.find((row) => row.id === id);
  if (!verifiable || !own) return { ok: false, reason: 'unknown-trustee' };
  const stepNow = (of: readonly TrusteeRow[]) =>
    ceremonyOf(verifiable, of).trustees.find((trustee) => trustee.id === id)!.step;
  if (stepNow(rows) !== step) return { ok: false, reason: 'other-step' };
  const checked = check(step, { made, rows, own, verifiable });
  if (!checked.ok) return checked;
  const values = { [columns[step]]: checked.text };
  return { ok: true, step, values, next: stepNow(rows.map((row) => (row === own ? { ...own, ...values } : row))) };
}

async function keepStep(
  db: Database,
  tx: Writer,
  { id, election_id: electionId }: Seated,
  { step, values, next }: Taken,
): Promise<Stepped> {
  await updateTrustee(tx, id, values);
  await recordAudit(db, tx, { actor: 'system', action: 'trustee-step', electionId, subject: id, details: { step } });
  return { ok: true, next };
}

interface Turn {
  readonly made: unknown;
  readonly rows: readonly TrusteeRow[];
  readonly own: TrusteeRow;
  readonly verifiable: VerifiableRow;
}

type Checked = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: StepRefusal };

const notProven = { ok: false, reason: 'key-not-proven' } as const;

/** What is kept is written anew from what was read. */
function check(step: Step['step'], turn: Turn): Checked {
  const group = groupOf(turn.verifiable);
  if (step === 'certificate') return checkedCertificate(group, turn);
  if (step === 'polynomial') return checkedPolynomial(group, turn);
  const key = parseTrusteeKey(group, turn.made, new Set());
  if (!key) return notProven;
  const isProven =
    step === 'key'
      ? key.signature === undefined && isPossessed(group, key)
      : checkMemberKey(membersOf(turn.verifiable, turn.rows), polynomialsOf(group, turn.rows), {
          key,
          index: turn.rows.indexOf(turn.own),
        }).ok;
  if (!isProven) return notProven;
  const isTwice = turn.rows.some((row) => row.public_key !== null && keyIn(group, row).publicKey === key.publicKey);
  return isTwice ? { ok: false, reason: 'key-given-twice' } : { ok: true, text: JSON.stringify(encodeTrusteeKey(key)) };
}

function checkedCertificate(group: Group, { made, rows, own, verifiable: { threshold } }: Turn): Checked {
  const signed = parseSignedMessage(group, made, new Set());
  if (!signed) return notProven;
  const index = rows.indexOf(own);
  const certs = rows.map(() => signed); // only its own place is looked at
  if (!checkCertificate({ group, threshold, certs }, index)) return notProven;
  const keyOf = ({ message }: SignedMessage) => (JSON.parse(message) as { readonly verification: string }).verification;
  const others = rows.flatMap(({ certificate }) => (certificate === null ? [] : [signedIn(group, certificate)]));
  if (others.some((other) => keyOf(other) === keyOf(signed))) return { ok: false, reason: 'key-given-twice' };
  return { ok: true, text: JSON.stringify(encodeSignedMessage(signed)) };
}

function checkedPolynomial(group: Group, { made, rows, own, verifiable }: Turn): Checked {
  const polynomial = parsePolynomial(group, made);
  if (polynomial?.secrets.length !== rows.length) return notProven;
  if (!checkPolynomial(membersOf(verifiable, rows), rows.indexOf(own), polynomial).ok) return notProven;
  return { ok: true, text: JSON.stringify(encodePolynomial(polynomial)) };
}

/** The trustees as the archive lists them; the key must be whole. */
export function trusteeItems(verifiable: VerifiableRow, rows: readonly TrusteeRow[]): readonly TrusteeItem[] {
  const group = groupOf(verifiable);
  const keys = rows.map((row) => keyIn(group, row));
  if (verifiable.threshold === 0) return keys.map((key) => ({ kind: 'Single', key }));
  const made = assemblePedersen(membersOf(verifiable, rows), polynomialsOf(group, rows), keys);
  assert(made.ok, 'every part was checked when it came');
  return [{ kind: 'Pedersen', pedersen: made.pedersen }];
}

/** How far the election is, as a trustee sees it: from making the key to opening the box. */
export type SeatStage = 'making' | 'armed' | 'open' | 'closed' | 'below-minimum' | 'tallied' | 'opened' | 'abandoned';

function seatStage(election: ElectionRow, { tally }: VerifiableRow, now: Instant): SeatStage {
  const phase = phaseOf(election, now);
  if (election.abandoned_at !== null) return 'abandoned';
  if (phase === 'draft') return 'making';
  if (phase === 'armed' || phase === 'open') return phase;
  if (election.deliberated_at !== null) return 'opened';
  if (tally !== null) return 'tallied';
  const isTooSmall = election.ballot_count !== null && election.ballot_count < election.minimum_ballots;
  return isTooSmall ? 'below-minimum' : 'closed';
}

/** What a trustee's page or program works with; the same for nobody else but by their own link. */
export interface Seat {
  readonly electionName: string;
  readonly closesAt: Instant;
  readonly zone: string;
  readonly electionId: string;
  readonly name: string;
  readonly groupName: GroupName;
  /** 0: all trustees must decrypt. */
  readonly threshold: number;
  readonly size: number;
  /** From 1. */
  readonly index: number;
  readonly step: TrusteeStep;
  readonly hasShare: boolean;
  readonly stage: SeatStage;
  /** Everybody, in their order, and how far they are. */
  readonly trustees: readonly Pick<Trustee, 'name' | 'step' | 'hasShare'>[];
  /** Everybody's, in their order, once all are there. */
  readonly certs: readonly unknown[] | null;
  readonly polynomials: readonly unknown[] | null;
}

export async function readSeat(db: Database, vault: Vault, link: string): Promise<Seat | undefined> {
  const own = await findSeat(db.reader, vault, link);
  const election = own && (await findElection(db.reader, own.election_id));
  const verifiable = own && (await findVerifiable(db.reader, own.election_id));
  if (!election || !verifiable) return undefined;
  const rows = await listTrustees(db.reader, own.election_id);
  const { groupName, threshold, trustees } = ceremonyOf(verifiable, rows);
  const { name, position: index, step, hasShare } = trustees.find(({ id }) => id === own.id)!;
  return {
    electionId: election.id,
    electionName: election.name,
    closesAt: election.closes_at,
    zone: election.zone,
    name,
    groupName,
    threshold,
    size: rows.length,
    index,
    step,
    hasShare,
    trustees: trustees.map((one) => ({ name: one.name, step: one.step, hasShare: one.hasShare })),
    stage: seatStage(election, verifiable, await db.now()),
    ...othersOf(rows),
  };
}

/** What a member needs of the others: all certificates, then all polynomials; null while one is missing. */
function othersOf(rows: readonly TrusteeRow[]) {
  const all = (column: 'certificate' | 'polynomial') => {
    const texts = rows.flatMap((row) => row[column] ?? []);
    return texts.length === rows.length ? texts.map((text) => JSON.parse(text) as unknown) : null;
  };
  return { certs: all('certificate'), polynomials: all('polynomial') };
}

export function groupOf({ group_name }: Pick<VerifiableRow, 'group_name'>): Group {
  const group = findGroup(group_name);
  assert(group);
  return group;
}

function membersOf(verifiable: VerifiableRow, rows: readonly TrusteeRow[]): Ceremony {
  const group = groupOf(verifiable);
  return { group, threshold: verifiable.threshold, certs: rows.map((row) => signedIn(group, row.certificate!)) };
}

const polynomialsOf = (group: Group, rows: readonly TrusteeRow[]): readonly Polynomial[] =>
  rows.map(({ polynomial }) => {
    const read = parsePolynomial(group, JSON.parse(polynomial!));
    assert(read);
    return read;
  });

function signedIn(group: Group, text: string): SignedMessage {
  const signed = parseSignedMessage(group, JSON.parse(text), new Set());
  assert(signed);
  return signed;
}

function keyIn(group: Group, { public_key }: TrusteeRow) {
  const key = parseTrusteeKey(group, JSON.parse(public_key!), new Set());
  assert(key);
  return key;
}
