// Reading the audit log: pages of it, filtered, and all of it for a file, with the names that its ids have today.

import { z } from 'zod';
import {
  type AuditFilter,
  type AuditRow,
  countAuditEntries,
  findAuditEnd,
  listAuditActors,
  listAuditEntries,
  readAuditEntries,
} from '../storage/audit-log.ts';
import { listNames, type NameRow } from '../storage/audit-names.ts';
import type { Reader } from '../storage/database.ts';
import { auditActions } from './audit-log.ts';
import type { Observer } from './scopes.ts';
import { startOfDay } from './wall-clock.ts';

export type { AuditFilter, NameRow };
export { listAuditActors };

/** The names by their ids; what was deleted since has none. */
export type Names = ReadonlyMap<string, NameRow>;

export interface NamedEntries {
  readonly entries: readonly AuditRow[];
  readonly names: Names;
}

const day = /^\d{4}-\d\d-\d\d$/;

/** What the filter's form holds, all of it optional; both days are in, in the given zone. */
export const auditFilterSchema = (zone: string) =>
  z
    .object({
      election: z.string().max(64),
      actor: z.string().max(64),
      action: z.union([z.literal(''), z.enum(auditActions)]).catch(''),
      from: z.string(),
      until: z.string(),
    })
    .transform(({ election, actor, action, from, until }, context): AuditFilter => {
      const instants = { from: dayStart(from, zone, 0), before: dayStart(until, zone, 1) };
      if (from !== '' && instants.from === undefined) context.addIssue({ code: 'custom', path: ['from'] });
      if (until !== '' && instants.before === undefined) context.addIssue({ code: 'custom', path: ['until'] });
      return {
        ...instants,
        electionId: election || undefined,
        actor: actor || undefined,
        action: action || undefined,
      };
    });

const dayStart = (text: string, zone: string, later: number) =>
  day.test(text) ? startOfDay(text, zone, later) : undefined;

export async function readAuditPage(
  db: Reader,
  _: Observer,
  filter: AuditFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<NamedEntries> {
  return named(db, await listAuditEntries(db, filter, page));
}

export const countAudit = (db: Reader, _: Observer, filter: AuditFilter): Promise<number> =>
  countAuditEntries(db, filter);

/** Everything the filter lets through, the oldest first, up to what was there when it began. */
export async function* readAudit(db: Reader, _: Observer, filter: AuditFilter): AsyncGenerator<NamedEntries> {
  const { position } = await findAuditEnd(db);
  for await (const entries of readAuditEntries(db, position, filter)) yield named(db, entries);
}

async function named(db: Reader, entries: readonly AuditRow[]): Promise<NamedEntries> {
  return {
    entries,
    names: await namesOf(
      db,
      entries.flatMap(({ actor, subject, election_id }) => [actor, subject, election_id]),
    ),
  };
}

export async function namesOf(db: Reader, ids: readonly (string | null)[]): Promise<Names> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  return new Map((await listNames(db, wanted)).map((row) => [row.id, row]));
}

const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The details of an entry, read back; empty when somebody has tampered with them. */
export function detailsOf(entry: AuditRow): Readonly<Record<string, string | number | boolean>> {
  try {
    return detailsSchema.parse(JSON.parse(entry.details));
  } catch {
    return {};
  }
}
