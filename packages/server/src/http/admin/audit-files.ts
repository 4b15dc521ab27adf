// The audit log as a file: a spreadsheet with names for people, JSON lines with every hash for programs. In the order of the
// chain, streamed.

import { type AuditFilter, detailsOf, type NamedEntries, readAudit } from '../../domain/audit-reading.ts';
import { csvLine, csvStart, csvStyle } from '../../domain/csv.ts';
import type { Observer } from '../../domain/scopes.ts';
import { offsetTime } from '../../domain/wall-clock.ts';
import type { Page } from '../../views/page.ts';
import { actorName, sentenceOf, subjectName } from '../audit-view.ts';
import type { Deps, Request } from '../deps.ts';
import { pageOf } from '../page.ts';
import { streamed } from '../streaming.ts';

export type FileKind = 'csv' | 'jsonl';

export interface AuditFile {
  readonly kind: FileKind;
  readonly scope: Observer;
  readonly filter: AuditFilter;
  readonly zone: string;
}

const columns = [
  'position',
  'time',
  'actor',
  'action',
  'sentence',
  'subject',
  'election',
  'details',
  'reason',
  'actor_id',
  'subject_id',
  'election_id',
  'hash',
];

const types: Readonly<Record<FileKind, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
};

export function auditFile(deps: Deps, c: Request, file: AuditFile): Promise<Response> {
  const { kind } = file;
  c.header('Content-Type', types[kind]);
  c.header('Content-Disposition', `attachment; filename="votix-audit-log.${kind}"`);
  return streamed(deps, c, slicesOf(deps, pageOf(deps, c), file));
}

async function* slicesOf({ db }: Deps, page: Page, { kind, scope, filter, zone }: AuditFile): AsyncGenerator<string> {
  if (kind === 'csv') yield csvStart + csvLine(columns, csvStyle(page.locale));
  for await (const chunk of readAudit(db.reader, scope, filter))
    yield kind === 'csv' ? csvOf(page, chunk, zone) : jsonOf(chunk);
}

function csvOf(page: Page, { entries, names }: NamedEntries, zone: string): string {
  const lines = entries.map((entry) => {
    const { position, at, actor, action, election_id, subject, reason, hash } = entry;
    const details = Object.entries(detailsOf(entry)).map(([name, value]) => `${name}=${value}`);
    const told = [
      actorName(page, actor, names),
      action,
      sentenceOf(page, action),
      subjectName(page, entry, names) ?? '',
    ];
    const election = (election_id !== null && names.get(election_id)?.name) || '';
    const rest = [election, details.join(' '), reason, actor, subject ?? '', election_id ?? '', hash];
    return csvLine([position, offsetTime(at, zone), ...told, ...rest], csvStyle(page.locale));
  });
  return lines.join('');
}

/** Exactly what the hash covers, and the hash: enough to follow the chain without us. */
function jsonOf({ entries }: NamedEntries): string {
  const line = ({
    position,
    at,
    actor,
    action,
    election_id,
    subject,
    details,
    reason,
    previous,
    hash,
  }: (typeof entries)[0]) =>
    `${JSON.stringify({ position, at, actor, action, election_id, subject, details, reason, previous, hash })}\n`;
  return entries.map(line).join('');
}
