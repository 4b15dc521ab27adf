// What happened beside the plan, for the minutes: from the audit log (counts of deeds, never names), the counts of the
// sealed box, and the integrity checks.

import type { Minutes, MinutesIncident, MinutesStatus } from '@votix/protocol';
import { type AuditRow, listEntriesOf } from '../storage/audit-log.ts';
import type { Reader } from '../storage/database.ts';
import type { ElectionRow } from '../storage/elections.ts';
import { detailsOf } from './audit-reading.ts';
import { readIntegrity } from './integrity.ts';
import { storedInvalidBallots } from './deliberations.ts';

const incident = (kind: MinutesIncident['kind'], more: Partial<MinutesIncident> = {}): MinutesIncident => ({
  kind,
  at: null,
  count: null,
  reason: null,
  ...more,
});

/** Deeds after arming that are told by their number alone. */
const counted: readonly (readonly [MinutesIncident['kind'], readonly string[]])[] = [
  ['voters-added', ['voter-added', 'voters-added']],
  ['addresses-changed', ['voter-edited']],
  ['links-replaced', ['link-replaced']],
  ['codes-replaced', ['code-replaced']],
];

export async function listIncidents(
  db: Reader,
  election: ElectionRow,
  status: MinutesStatus,
): Promise<Minutes['incidents']> {
  const told = ['election-armed', 'election-disarmed', 'election-abandoned'];
  const entries = await listEntriesOf(db, election.id, [...told, ...counted.flatMap(([, actions]) => actions)]);
  return [
    ...entries.flatMap((entry, index) => toldOf(entry, entries.slice(0, index))),
    ...countedOf(entries),
    ...boxIncidents(election, status),
    ...(await failedChecks(db, election.id)),
  ];
}

function toldOf({ action, at, reason }: AuditRow, before: readonly AuditRow[]): MinutesIncident[] {
  if (action === 'election-disarmed') return [incident('disarmed', { at, reason })];
  if (action === 'election-abandoned') return [incident('abandoned', { at, reason })];
  if (action === 'election-armed' && before.some((entry) => entry.action === 'election-armed'))
    return [incident('armed-again', { at })];
  return [];
}

function countedOf(entries: readonly AuditRow[]): MinutesIncident[] {
  const armed = entries.findLastIndex(({ action }) => action === 'election-armed');
  const after = entries.slice(armed + 1);
  return counted.flatMap(([kind, actions]) => {
    const deeds = after.filter(({ action }) => actions.includes(action));
    const count = deeds.reduce((sum, deed) => sum + Number(detailsOf(deed)['added'] ?? 1), 0);
    return count === 0 ? [] : [incident(kind, { count })];
  });
}

function boxIncidents(election: ElectionRow, status: MinutesStatus): MinutesIncident[] {
  const { ballot_count: ballots, signature_count: signatures } = election;
  const found: MinutesIncident[] = [];
  if (status === 'not-opened') found.push(incident('below-minimum', { count: ballots }));
  if (ballots !== null && signatures !== null && ballots !== signatures)
    found.push(incident('ballots-differ-from-signatures', { count: Math.abs(ballots - signatures) }));
  const invalid = storedInvalidBallots(election).length;
  if (invalid > 0) found.push(incident('invalid-ballots', { count: invalid }));
  return found;
}

/** By the first failure alone: how often a check was repeated says nothing about the election. */
async function failedChecks(db: Reader, electionId: string): Promise<MinutesIncident[]> {
  const { counts, box, chain } = await readIntegrity(db, electionId);
  const told = [
    ['counts-check-failed', counts],
    ['box-check-failed', box],
    ['audit-check-failed', chain],
  ] as const;
  return told.flatMap(([kind, row]) => (row && row.failed_at !== null ? [incident(kind, { at: row.failed_at })] : []));
}
