// An entry of the audit log as people read it: a sentence for the deed, names for the ids, details with labels.

import { detailsOf, type Names, type NameRow } from '../domain/audit-reading.ts';
import { isMessageKey } from '../messages/translate.ts';
import type { AuditEntryView } from '../views/audit.ts';
import type { Page } from '../views/page.ts';

type Entry = Parameters<typeof detailsOf>[0];

/** The deed in words; one that only a newer version knows is told by its name. */
export function sentenceOf(page: Page, action: string): string {
  const key = `audit.action.${action}`;
  return isMessageKey(key) ? page.t(key) : page.t('audit.unknown-action', { action });
}

/** Who acted: an account's name, the command line, or the server itself. */
export function actorName(page: Page, actor: string, names: Names): string {
  if (actor === 'command' || actor === 'system') return page.t(`audit.actor-${actor}`);
  return names.get(actor)?.name ?? page.t('audit.gone-account', { id: actor.slice(0, 8) });
}

/** Whom or what it was done to; undefined where it was done to the election or the instance. */
export function subjectName(page: Page, entry: Entry, names: Names): string | undefined {
  const { subject, election_id, action } = entry;
  if (subject === null || subject === election_id || action.startsWith('mailing-')) return undefined; // a mailing has no name
  const found: NameRow | undefined = names.get(subject);
  return found
    ? page.t(`audit.subject-${found.kind}`, { name: found.name })
    : page.t('audit.gone', { id: subject.slice(0, 8) });
}

/** Instants of this century are told as moments; nothing else in the details is so large. */
const isInstant = (value: number): boolean => value > 1e12 && value < 1e13;

function detailValue(page: Page, value: string | number | boolean, zone: string): string {
  if (typeof value === 'boolean') return page.t(value ? 'audit.yes' : 'audit.no');
  if (typeof value === 'string') return value;
  return isInstant(value) ? page.formatInstant(value, zone) : page.formatNumber(value);
}

function detailTexts(page: Page, entry: Entry, zone: string): (readonly [string, string])[] {
  return Object.entries(detailsOf(entry)).map(([name, value]) => {
    const key = `audit.detail.${name}`;
    return [isMessageKey(key) ? page.t(key) : name, detailValue(page, value, zone)];
  });
}

export function entryView(page: Page, entry: Entry, names: Names, zone: string): AuditEntryView {
  const { position, at, actor, action, election_id, reason, hash } = entry;
  const election = election_id === null ? undefined : names.get(election_id);
  return {
    position,
    at,
    actor: actorName(page, actor, names),
    sentence: sentenceOf(page, action),
    subject: subjectName(page, entry, names),
    election: election && { id: election.id, name: election.name },
    details: detailTexts(page, entry, zone),
    reason,
    hash,
  };
}

/** The fault of the chain as it is kept, in words; undefined when there is none. */
export function chainFault(page: Page, fault: string): string | undefined {
  if (fault === '') return undefined;
  const [reason = '', position = ''] = fault.split(':');
  const known = ['entry-missing', 'entry-changed', 'chain-cut', 'head-differs'] as const;
  const found = known.find((name) => name === reason) ?? 'entry-changed';
  return page.t(`audit.fault-${found}`, { position: Number(position) });
}
