// A trustee's share of a finished election, from its archive alone: nothing is decrypted that was not checked, and at most one
// tally per election. Specification: "Shares".

import type { Bytes } from '../encoding/bytes.ts';
import { readArchive } from './archive.ts';
import { openDecryptionKey } from './ceremony.ts';
import { makeShare } from './decrypt.ts';
import { readElection } from './election.ts';
import { textOf } from './group.ts';
import { findGroup } from './groups.ts';
import { type History, readHistory } from './history.ts';
import { encodeShare } from './share.ts';
import { type StrictShare, encodeStrictShare } from './strict.ts';
import { parseTally } from './tally.ts';
import type { TrusteeFile } from './trustee-file.ts';
import { readTrustees, shareOwners } from './trustees.ts';
import { type ArchiveReport, verifyArchive } from './verify.ts';

/** Why no share is made; with `other-tally` one of another tally of this election was made before. */
export type SignProblem = 'archive-does-not-hold' | 'no-tally-yet' | 'key-unfinished' | 'not-a-trustee' | 'other-tally';

/** A share as a trustee hands it over: for the archive and for strict.json, and which tally of which board it is of. */
export interface SignedTally {
  readonly owner: number;
  readonly election: string;
  readonly tally: string;
  readonly head: History['head'];
  /** The exact text for the archive. */
  readonly share: string;
  readonly strict: StrictShare['proofs'];
}

/** `file` must be kept in the place of the former one: it remembers what was signed. */
export type Signed =
  | { readonly ok: true; readonly signed: SignedTally; readonly file: TrusteeFile }
  | { readonly ok: false; readonly reason: SignProblem; readonly report: ArchiveReport };

/** `onBallot` is told how many ballots of how many were verified. */
export async function signTally(
  file: TrusteeFile,
  archive: Bytes,
  onBallot?: (done: number, total: number) => void,
): Promise<Signed> {
  const report = verifyArchive(archive, { onBallot });
  const refuse = (reason: SignProblem): Signed => ({ ok: false, reason, report });
  const read = readVerified(archive);
  if (!report.ok || read === undefined) return refuse('archive-does-not-hold');
  const { context, history } = read;
  const tally = history.tally && parseTally(context, history.tally.encrypted);
  if (history.tally === undefined || tally === undefined) return refuse('no-tally-yet');
  const x = await secretOf(file);
  if (x === undefined) return refuse('key-unfinished');
  const { group, fingerprint } = context;
  const publicKey = textOf(group, group.power(group.generator, x));
  const owners = shareOwners(readTrustees(group, history.trustees) ?? []);
  const owner = file.group === group.name ? owners.findIndex(({ key }) => key.publicKey === publicKey) + 1 : 0;
  if (owner === 0) return refuse('not-a-trustee');
  const { hash } = history.tally;
  const before = file.signed.find(({ election }) => election === fingerprint);
  if (before !== undefined && before.tally !== hash) return refuse('other-tally');
  const made = makeShare(context, { tally, x, key: owners[owner - 1]!.key });
  const { head } = history;
  const share = encodeShare(group, made.share);
  const signed = { owner, election: fingerprint, tally: hash, head, share, strict: made.strict };
  const mark = before === undefined ? [{ election: fingerprint, tally: hash }] : [];
  return { ok: true, signed, file: { ...file, signed: [...file.signed, ...mark] } };
}

/** A signed tally as JSON, to be handed to the server. */
export function encodeSignedTally({ owner, election, tally, head, share, strict }: SignedTally): string {
  const proofs = encodeStrictShare({ owner, proofs: strict });
  return JSON.stringify({ votix: 1, kind: 'share', election, tally, head, owner, share, strict: proofs });
}

async function secretOf({ group: name, secret }: TrusteeFile): Promise<bigint | undefined> {
  if (secret.kind === 'mandatory') return secret.x;
  const group = findGroup(name);
  if (group === undefined || secret.decryptionKey === null) return undefined;
  return openDecryptionKey(group, secret.seed, secret.decryptionKey);
}

function readVerified(bytes: Bytes) {
  const read = readArchive(bytes);
  const history = read.ok ? readHistory(read.archive, new Set()) : undefined;
  const election = history?.ok === true ? readElection(history.history.election) : undefined;
  return history?.ok === true && election?.ok === true
    ? { context: election.context, history: history.history }
    : undefined;
}
