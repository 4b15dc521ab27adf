// The checks of an archive as lines: each by name with its count, then what was not checked.

import type { ArchiveCheck, ArchiveCheckName, ArchiveFacts, ArchiveReport } from '@votix/protocol/verifiable';
import { inSeconds, printable } from './printable.ts';

const MEANING: Readonly<Record<ArchiveCheckName, string>> = {
  archive: 'every file is named after its content, none was cut or added to',
  history: 'the events are one chain, in the order an election has',
  election: 'the election is well-formed',
  trustees: 'the trustees are well-formed',
  'trustee-keys': 'every trustee knows the secret of their key',
  certificates: 'members of threshold groups signed who they are',
  coefficients: 'members signed what their keys were made from',
  'verification-keys': "members' keys follow from what all signed",
  'election-key': "the election's key is that of its trustees",
  credentials: 'every credential is listed once',
  'ballot-form': 'every ballot is written as it must be',
  'ballot-election': 'every ballot is of this election',
  'ballot-credential': 'every ballot is of a listed credential',
  'choice-proofs': 'every choice is 0 or 1',
  'overall-proofs': 'every answer has an allowed number of choices',
  'blank-proofs': 'no blank vote has another choice',
  'ballot-signatures': 'every ballot is signed by its credential',
  tally: 'the encrypted tally is the sum of the last ballot of each credential',
  'tally-size': 'it counts as many ballots and as much weight as it says',
  shares: 'the shares are of different trustees, and enough for a result',
  'share-proofs': "every share is made with its trustee's key",
  'strict-proofs': 'every share is the true one of this tally',
  result: 'the result is what the shares decrypt',
};

const STAGES = {
  setup: 'set up, no ballot yet',
  voting: 'ballots, not closed',
  closed: 'closed, not tallied',
  tallied: 'tallied, no result yet',
  decrypted: 'finished',
} as const;

export function archiveLines(report: ArchiveReport, milliseconds: number): readonly string[] {
  return [
    ...titleLines(report),
    ...report.checks.map(checkLine),
    '',
    'Not checked:',
    ...notChecked(report),
    '',
    verdictLine(report, milliseconds),
    ...(report.ok ? headLines(report) : []),
  ];
}

function titleLines({ facts }: ArchiveReport): readonly string[] {
  if (facts === undefined) return [];
  const { name, uuid, group, stage } = facts;
  return [
    `Archive of "${printable(name)}", election ${uuid}, ${group}: ${STAGES[stage]}`,
    `Voter codes: ${madeBy(facts)}`,
    '',
  ];
}

function madeBy({ credentialAuthority: maker }: ArchiveFacts): string {
  if (maker === undefined) return 'the archive does not say who made them';
  return maker === 'server' ? 'made by the server of the election' : `made by "${printable(maker)}"`;
}

function checkLine(check: ArchiveCheck): string {
  const verdict = check.ok ? 'ok    ' : 'FAILED';
  return `${verdict}  ${check.name.padEnd(18)} ${String(check.count).padStart(7)}  ${MEANING[check.name]}${faultOf(check)}`;
}

/** Places count from 0 in the report; people count from 1. */
function faultOf({ reason, at, question, choice }: ArchiveCheck): string {
  if (reason === undefined) return '';
  const places = Object.entries({ number: at, question, choice }).filter(([, place]) => place !== undefined);
  return [`: ${reason}`, ...places.map(([name, place]) => `${name} ${place! + 1}`)].join(', ');
}

function notChecked({ strict, unknownMembers }: ArchiveReport): readonly string[] {
  return [
    '  eligibility  that the credentials are those of entitled voters: who made them knows',
    '  recording    that every vote cast is in the archive: each voter looks for their tracker',
    ...(strict ? [] : ['  strict       the second proofs of the shares: checked as a plain Belenios archive']),
    ...(unknownMembers.length === 0 ? [] : [`  unknown      members: ${printable(unknownMembers.join(', '))}`]),
  ];
}

function verdictLine({ ok, checks, ballots }: ArchiveReport, milliseconds: number): string {
  if (ok) return `All ${checks.length} checks hold, ${ballots} ballots (${inSeconds(milliseconds)}).`;
  const failed = checks.filter((check) => !check.ok).length;
  return `${failed} of ${checks.length} checks FAILED (${inSeconds(milliseconds)}): this archive does not hold.`;
}

/** What ties this copy to others: two copies with one head are the same to the byte. */
function headLines({ facts }: ArchiveReport): readonly string[] {
  if (facts === undefined) return [];
  const { head, result } = facts;
  const counts = result === undefined ? [] : [`  result       ${JSON.stringify(result)}`];
  return ['Compare with other copies:', `  head         ${head.hash}`, `  height       ${head.height}`, ...counts];
}
