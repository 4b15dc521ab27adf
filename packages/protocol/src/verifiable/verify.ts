// Checking an archive without any secret, as anyone can, at whatever stage the election is. Each check has a name and says
// how many things it looked at. Specification: "Checks of an archive".

import { type Archive, readArchive } from './archive.ts';
import type { Bytes } from '../encoding/bytes.ts';
import { readCredentials } from './credential-list.ts';
import { type ElectionContext, readElection } from './election.ts';
import type { GroupName } from './group.ts';
import { type History, type Stage, readHistory } from './history.ts';
import { type Result, parseResult } from './result.ts';
import type { Tally } from './tally.ts';
import { type TrusteeItem, electionKeyOf, readTrustees } from './trustees.ts';
import {
  type BallotCheckName,
  type BallotVerdict,
  type CountedBallot,
  createBallotChecker,
  judgeBallots,
} from './verify-ballots.ts';
import {
  checkResult,
  checkShareProofs,
  checkStrictProofs,
  checkTally,
  type DecryptionFacts,
  readShares,
} from './verify-decryption.ts';
import { checkCertificates, checkCoefficients, checkTrusteeKeys, checkVerificationKeys } from './verify-trustees.ts';
import { findVerifyingGroup } from './verifying-group.ts';

/** The names of the checks, in the order in which they are made and reported. */
export type ArchiveCheckName =
  | 'archive'
  | 'history'
  | 'election'
  | 'trustees'
  | 'trustee-keys'
  | 'certificates'
  | 'coefficients'
  | 'verification-keys'
  | 'election-key'
  | 'credentials'
  | BallotCheckName
  | 'tally'
  | 'tally-size'
  | 'shares'
  | 'share-proofs'
  | 'strict-proofs'
  | 'result';

/** One check; `at`, `question` and `choice` count from 0 among the things of that check. */
export interface ArchiveCheck {
  readonly name: ArchiveCheckName;
  readonly count: number;
  readonly ok: boolean;
  readonly reason?: string;
  readonly at?: number;
  readonly question?: number;
  readonly choice?: number;
}

/** The verdict on an archive, and what it was made from. */
export interface ArchiveReport {
  /** Whether every check holds. A check that could not be made any more makes no report whole: one before it failed. */
  readonly ok: boolean;
  /** Whether every share has a strict proof that holds; else this is checked as a plain Belenios archive. */
  readonly strict: boolean;
  readonly ballots: number;
  readonly checks: readonly ArchiveCheck[];
  /** Members that this version does not know, as `object.member`: allowed, and not checked. */
  readonly unknownMembers: readonly string[];
  readonly facts?: ArchiveFacts;
}

/** What was read on the way, once the history and the election hold. */
export interface ArchiveFacts {
  readonly uuid: string;
  readonly name: string;
  readonly group: GroupName;
  readonly fingerprint: string;
  /** Who made the credentials, as the election says: `server`, or a name. */
  readonly credentialAuthority?: string;
  readonly stage: Stage;
  readonly head: History['head'];
  readonly result?: Result;
}

interface Options {
  /** The text of strict.json; it is then required to hold. */
  readonly strict?: string | undefined;
}

type Found = Omit<ArchiveCheck, 'name' | 'ok'>;

/** Checks an archive, synchronously (some 4 ms a ballot in Ed25519, 40 ms in BELENIOS-2048): in a page, call it in a worker. */
export function verifyArchive(
  bytes: Bytes,
  options: Options & { readonly onBallot?: ((done: number, total: number) => void) | undefined } = {},
): ArchiveReport {
  const opened = openArchive(bytes, options);
  if (!opened.ok) return opened.report;
  const { context, ballots, judge } = opened.archive;
  const checker = createBallotChecker(context);
  const verdicts = ballots.map((text, at) => {
    const verdict = checker.check(at, text);
    options.onBallot?.(at + 1, ballots.length);
    return verdict;
  });
  const { counted, finish } = judge(verdicts);
  return finish(checker.tally(counted));
}

/** An archive of which all is checked that comes before its ballots. These are checked by whoever has it, in parts or at once. */
export interface OpenedArchive {
  readonly context: ElectionContext;
  /** The election's exact text, from which others get the same context. */
  readonly election: string;
  readonly ballots: readonly string[];
  /** With the verdicts on all ballots, in their order. Called once. */
  readonly judge: (verdicts: readonly BallotVerdict[]) => JudgedArchive;
}

/** What is left of the checks once every ballot has its verdict. */
export interface JudgedArchive {
  readonly counted: readonly CountedBallot[];
  /** The rest of the report, with the tally of the ballots that count. Called once. */
  readonly finish: (tally: Tally) => ArchiveReport;
}

/** Everything before the ballots; a report at once when they can't be looked at any more. */
export function openArchive(
  bytes: Bytes,
  options: Options = {},
): { readonly ok: true; readonly archive: OpenedArchive } | { readonly ok: false; readonly report: ArchiveReport } {
  const report = new Report();
  const read = readArchive(bytes, report.unknowns);
  const count = read.ok ? read.archive.entries.length + 1 : 0;
  report.add('archive', { count, ...(!read.ok && { reason: read.reason, at: read.at }) });
  const archive = read.ok ? openHistory(report, read.archive, options) : undefined;
  return archive === undefined
    ? { ok: false, report: report.finish(options.strict !== undefined) }
    : { ok: true, archive };
}

/** The report as programs read it: what `votix-offline verify --json` prints and the page /verify saves. */
export function describeArchiveReport(
  { facts, ...report }: ArchiveReport,
  milliseconds: number,
): Omit<ArchiveReport, 'facts'> & Partial<ArchiveFacts> & { readonly milliseconds: number } {
  return { ...report, ...facts, milliseconds };
}

class Report {
  readonly unknowns = new Set<string>();
  readonly #checks: ArchiveCheck[] = [];
  facts: ArchiveFacts | undefined;
  ballots = 0;

  /** Whether it holds. */
  add(name: ArchiveCheckName, found: Found): boolean {
    const ok = found.reason === undefined;
    this.#checks.push({ name, ok, ...found });
    return ok;
  }

  finish(isStrict: boolean): ArchiveReport {
    const ok = this.#checks.every((check) => check.ok);
    return {
      ok,
      strict: isStrict && this.#checks.some((check) => check.name === 'strict-proofs' && check.ok && check.count > 0),
      ballots: this.ballots,
      checks: this.#checks,
      unknownMembers: [...this.unknowns].toSorted(),
      ...(this.facts && { facts: this.facts }),
    };
  }
}

function openHistory(report: Report, archive: Archive, options: Options): OpenedArchive | undefined {
  const read = readHistory(archive, report.unknowns);
  if (!read.ok) return void report.add('history', { count: 0, reason: read.reason, at: read.at });
  const { history } = read;
  report.add('history', { count: history.events });
  report.ballots = history.ballots.length;
  const election = readElection(history.election, report.unknowns, findVerifyingGroup);
  if (!election.ok) return void report.add('election', { count: 1, reason: election.reason });
  const { context } = election;
  report.add('election', { count: 1 });
  report.facts = factsOf(context, history);
  const trustees = verifyTrustees(report, context, history);
  const credentials = readCredentials(context.group, history.credentials);
  if (!credentials.ok) {
    const { reason, at } = credentials;
    return void report.add('credentials', { count: 0, reason, ...(at !== undefined && { at }) });
  }
  report.add('credentials', { count: credentials.credentials.size });
  const judge = (verdicts: readonly BallotVerdict[]): JudgedArchive => {
    const { checks, counted } = judgeBallots(context, verdicts, credentials.credentials);
    for (const { name, ...found } of checks) report.add(name, found);
    const finish = (tally: Tally) => {
      if (trustees !== undefined && history.tally !== undefined)
        verifyOpening(report, { context, history, trustees, unknowns: report.unknowns }, { tally, ...options });
      return report.finish(options.strict !== undefined);
    };
    return { counted, finish };
  };
  return { context, election: history.election, ballots: history.ballots, judge };
}

/** From the tally on. */
function verifyOpening(report: Report, facts: DecryptionFacts, o: Options & { readonly tally: Tally }): void {
  const { tally, product, size } = checkTally(facts, o.tally);
  report.add('tally', product);
  report.add('tally-size', size);
  const { shares, form } = readShares(facts);
  if (!report.add('shares', form) || tally === undefined) return;
  report.add('share-proofs', checkShareProofs(facts, tally, shares));
  if (o.strict !== undefined) {
    report.add('strict-proofs', checkStrictProofs(facts, { tally, shares, text: o.strict }));
  }
  if (facts.history.result !== undefined) report.add('result', checkResult(facts, tally, shares));
}

/** The trustees, unless they can't be read: then nothing can be said about shares. */
function verifyTrustees(
  report: Report,
  { group, key }: ElectionContext,
  history: History,
): readonly TrusteeItem[] | undefined {
  const trustees = readTrustees(group, history.trustees, report.unknowns);
  if (trustees === undefined) {
    report.add('trustees', { count: 0, reason: 'trustees-malformed' });
    return undefined;
  }
  report.add('trustees', { count: trustees.length });
  report.add('trustee-keys', checkTrusteeKeys(group, trustees));
  if (trustees.some(({ kind }) => kind === 'Pedersen')) {
    report.add('certificates', checkCertificates(group, trustees));
    report.add('coefficients', checkCoefficients(group, trustees));
    report.add('verification-keys', checkVerificationKeys(group, trustees));
  }
  const isSum = electionKeyOf(group, trustees).equals(key);
  report.add('election-key', { count: 1, ...(!isSum && { reason: 'election-key' }) });
  return trustees;
}

function factsOf(context: ElectionContext, history: History): ArchiveFacts {
  const { election, fingerprint, group } = context;
  const result = history.result === undefined ? undefined : parseResult(context, history.result);
  const { uuid, name, credentialAuthority } = election;
  const { stage, head } = history;
  return {
    uuid,
    name,
    group: group.name,
    fingerprint,
    ...(credentialAuthority !== undefined && { credentialAuthority }),
    stage,
    head,
    ...(result && { result }),
  };
}
