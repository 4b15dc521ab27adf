import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import type { Minutes } from '@votix/protocol';
import { sampleMinutes } from '../../../../tests/support/minutes.ts';
import { formatsFor } from '../messages/formats.ts';
import { locales, type Locale, translatorFor } from '../messages/translate.ts';
import { invalidReason } from '../views/invalid-reason.ts';
import { minutesDocument } from '../views/minutes-document.ts';
import { drawable } from './glyphs.ts';
import { minutesPdf } from './pdf.ts';
import { createPrinter } from './printer.ts';

const wording = (locale: Locale) => ({ ...formatsFor(locale), t: translatorFor(locale) });
const documentOf = (locale: Locale, minutes: Minutes) => minutesDocument(wording(locale), minutes);
const drawn = (locale: Locale, minutes: Minutes) =>
  minutesPdf(documentOf(locale, minutes), { language: locale, date: new Date(minutes.window.publishedAt!) });

/** Every letter of every page in reading order; white space apart, as lines break where they must. */
async function textOf(bytes: Uint8Array) {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  return { pages, text: bare(pages.join('')), pdf };
}

const bare = (text: string): string => text.normalize('NFC').replace(/\s/gu, '');

/** Every name and number of the minutes, as the language writes it. */
function everythingIn(minutes: Minutes, locale: Locale): string[] {
  const { formatNumber, formatInstant, t } = wording(locale);
  const share = (percent: number) =>
    new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { style: 'percent', maximumFractionDigits: 1 }).format(
      percent / 100,
    );
  const { counts, window, contests, invalidBallots, incidents, quorum } = minutes;
  const at = (instant: number | null) => (instant === null ? [] : [formatInstant(instant, minutes.zone)]);
  const numbers = [counts.registered, counts.signatures, counts.ballots, counts.valid, counts.invalid].map((n) =>
    formatNumber(n!),
  );
  const lines = contests.flatMap(({ title, seed, blank, candidates }) => [
    title,
    seed,
    ...candidates.flatMap((one) => {
      // One row of the table, cell by cell.
      const standing = t(`minutes.standing-${one.standing}`);
      return [`${one.rank}${one.name}${formatNumber(one.votes)}${share(one.ofValid)}${share(one.ofRoll)}${standing}`];
    }),
    ...(blank ? [`${t('result.blank')}${formatNumber(blank.votes)}${share(blank.ofValid)}${share(blank.ofRoll)}`] : []),
  ]);
  return [
    minutes.organisation,
    minutes.name,
    minutes.election,
    minutes.software,
    minutes.fingerprint,
    minutes.definitionHash,
    minutes.boxHash!,
    minutes.audit!.hash,
    String(minutes.audit!.position),
    String(minutes.rules.minimumBallots),
    String(quorum!.needed),
    share(counts.turnout!),
    ...numbers,
    ...lines,
    ...[window.opensAt, window.closesAt, window.sealedAt, window.openedAt, window.publishedAt].flatMap(at),
    ...window.extensions.flatMap(({ at: decided, from, until, reason }) => [
      ...at(decided),
      ...at(from),
      ...at(until),
      reason,
    ]),
    ...invalidBallots.flatMap(({ receipt, reason }) => [receipt, invalidReason({ t }, reason)]),
    ...incidents.flatMap((incident) => [
      ...at(incident.at),
      incident.reason ?? '',
      incident.count === null ? '' : String(incident.count),
    ]),
  ];
}

describe.each(locales)('%s', (locale) => {
  test.each([false, true])('every name and number of the minutes stands in the PDF (long: %s)', async (long) => {
    const minutes = sampleMinutes(locale, long);
    const { text } = await textOf(await drawn(locale, minutes));
    const missing = everythingIn(minutes, locale).filter((wanted) => !text.includes(bare(wanted)));
    expect(missing).toEqual([]);
  });

  test('the same minutes give the same bytes, in this thread and in a worker', async () => {
    const minutes = sampleMinutes(locale);
    const bytes = Buffer.from(await drawn(locale, minutes));
    expect(Buffer.from(await drawn(locale, minutes)).equals(bytes)).toBe(true);
    const print = createPrinter();
    const facts = { language: locale, date: new Date(minutes.window.publishedAt!) };
    const [one, other] = await Promise.all([
      print(documentOf(locale, minutes), facts),
      print(documentOf(locale, minutes), facts),
    ]);
    expect(Buffer.from(one).equals(bytes)).toBe(true);
    expect(other).toBe(one); // asked twice, drawn once
  });

  test('it is tagged, names its language and its title, and no font is left to the reader’s machine', async () => {
    const bytes = await drawn(locale, sampleMinutes(locale));
    const { pdf } = await textOf(bytes);
    const { info } = (await pdf.getMetadata()) as unknown as { info: Record<string, unknown> };
    expect(info).toMatchObject({ Language: locale === 'fr' ? 'fr-FR' : 'en-GB', PDFFormatVersion: '1.7' });
    expect(info['Title']).toContain(sampleMinutes(locale).name);
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw).not.toMatch(/\/BaseFont \/(?:Helvetica|Times|Courier)/);
    expect(raw).toMatch(/\/FontFile2/);
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of ['H1', 'H2', 'P']) expect(tree).toContain(`"role":"${role}"`);
    const second = JSON.stringify(await (await pdf.getPage(2)).getStructTree());
    for (const role of ['Table', 'TR', 'TH', 'TD']) expect(second).toContain(`"role":"${role}"`);
  });
});

test('a rehearsal carries its word across every page; an election carries it nowhere', async () => {
  const { pages } = await textOf(await drawn('fr', sampleMinutes('fr', true)));
  expect(pages.length).toBeGreaterThan(3);
  expect(pages.filter((page) => page.includes('TEST'))).toHaveLength(pages.length);
  const { text } = await textOf(await drawn('fr', sampleMinutes('fr')));
  expect(text).not.toContain('TEST');
});

test('every page is numbered and names the election', async () => {
  const { pages } = await textOf(await drawn('en', sampleMinutes('en', true)));
  for (const [index, page] of pages.entries()) {
    expect(page).toContain(`${index + 1} / ${pages.length}`);
    expect(page).toContain('Board of the student union 2026');
  }
});

test('a character the font has no glyph for is written by its number, never left out', async () => {
  expect(drawable('中 a\u0301 \u202F é')).toBe('[U+4E2D] \u00E1 \u202F é');
  const minutes = { ...sampleMinutes('fr'), organisation: '選挙 👍' };
  const { text } = await textOf(await drawn('fr', minutes));
  expect(text).toContain('[U+9078][U+6319][U+1F44D]');
});
