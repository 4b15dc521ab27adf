// The minutes as files: PDF in either language, spreadsheet, JSON. The same for everyone who may have them.

import { encodeMinutes, type Minutes } from '@votix/protocol';
import { csvStyle } from '../domain/csv.ts';
import { minutesCsv } from '../domain/minutes-csv.ts';
import { type Publisher, readMinutes, type ReadMinutes } from '../domain/minutes.ts';
import { formatsFor } from '../messages/formats.ts';
import { isLocale, type Locale, translatorFor } from '../messages/translate.ts';
import type { Printer } from '../minutes/printer.ts';
import { minutesDocument, type MinutesDocument } from '../views/minutes-document.ts';
import type { Deps, Request } from './deps.ts';

export const minutesFiles = ['pdf', 'csv', 'json'] as const;
export type MinutesFile = (typeof minutesFiles)[number];

export const minutesOf = (deps: Deps, c: Request, electionId: string): Promise<ReadMinutes> =>
  readMinutes(deps.db.reader, electionId, publisherOf(deps, c));

export const publisherOf = (deps: Deps, c: Request): Publisher => ({
  organisation: c.get('organisation')?.organisation ?? '',
  software: deps.version,
});

export const documentIn = (locale: Locale, minutes: Minutes): MinutesDocument =>
  minutesDocument({ ...formatsFor(locale), t: translatorFor(locale) }, minutes);

/** `?in=fr` asks for a language without changing the one of the pages. */
function languageOf(c: Request): Locale {
  const asked = c.req.query('in');
  return isLocale(asked) ? asked : c.get('locale');
}

/** The last instant that the minutes tell, so that the file has no time of its own. */
function dateOf({ window, incidents }: Minutes): Date {
  const { publishedAt, openedAt, sealedAt, opensAt } = window;
  return new Date(publishedAt ?? openedAt ?? sealedAt ?? incidents.findLast(({ at }) => at !== null)?.at ?? opensAt);
}

interface MinutesAnswer {
  readonly kind: MinutesFile;
  readonly minutes: Minutes;
  readonly print: Printer;
}

const types: Readonly<Record<MinutesFile, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

export async function minutesFile(c: Request, { kind, minutes, print }: MinutesAnswer): Promise<Response> {
  const language = languageOf(c);
  const name =
    kind === 'pdf' ? `votix-minutes-${minutes.election}.${language}.pdf` : `votix-result-${minutes.election}.${kind}`;
  c.header('Content-Type', types[kind]);
  c.header('Content-Disposition', `${kind === 'pdf' ? 'inline' : 'attachment'}; filename="${name}"`);
  if (kind === 'json') return c.body(encodeMinutes(minutes));
  if (kind === 'csv') return c.body(minutesCsv(minutes, csvStyle(language)));
  const bytes = await print(documentIn(language, minutes), { language, date: dateOf(minutes) });
  return c.body(new Uint8Array(bytes));
}
