// Dates, numbers and shares as people of each language write them. Formatters are costly to make and are kept.
// May be imported by anything in the server; views take only its types.
import { intlTag, type Locale } from './translate.ts';

export interface Formats {
  /** "Saturday 14 March 2026 at 18:00 (Central European Time)": for anything a voter plans by. */
  readonly formatInstant: (ms: number, zone: string) => string;
  /** The same without the zone's name, where the zone is written beside. */
  readonly formatMoment: (ms: number, zone: string) => string;
  /** "14 Mar 2026, 18:00": tables. */
  readonly formatShortMoment: (ms: number, zone: string) => string;
  /** "18:05": the hands of a clock on a screen. */
  readonly formatClock: (ms: number, zone: string) => string;
  readonly formatZone: (ms: number, zone: string) => string;
  /** A calendar day without any time, as the signing list keeps it: "2026-03-14". */
  readonly formatDay: (day: string) => string;
  readonly formatNumber: (value: number) => string;
  /** `part` of `whole` as a percentage with one decimal; 0 % of nothing. */
  readonly formatPercent: (part: number, whole: number) => string;
}

const minute = 60_000;
/** By an hour, or by half of one on Lord Howe Island. */
const clockShifts = [-60, -30, 30, 60].map((minutes) => minutes * minute);
const noBreakSpace = '\u00A0';

export function formatsFor(locale: Locale): Formats {
  return formats[locale];
}

function makeFormats(locale: Locale): Formats {
  const tag = intlTag[locale];
  const number = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const long = inZone(tag, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const short = inZone(tag, { day: 'numeric', month: 'short', year: 'numeric' });
  const clock = inZone(tag, { hour: '2-digit', minute: '2-digit' });
  const zoneName = inZone(tag, { timeZoneName: 'longGeneric' });

  const formatDate = (ms: number, zone: string) => long(zone).format(ms).replace(',', '');
  const formatTime = (ms: number, zone: string) => writeTime(clock(zone).format(ms), locale);
  const exactZoneName = inZone(tag, { timeZoneName: 'long' });
  const formatZone = (ms: number, zone: string) =>
    zone === 'UTC'
      ? 'UTC'
      : ((isToldTwice(clock(zone), ms) ? exactZoneName : zoneName)(zone)
          .formatToParts(ms)
          .find((part) => part.type === 'timeZoneName')?.value ?? zone);
  const formatMoment = (ms: number, zone: string) =>
    `${formatDate(ms, zone)} ${locale === 'fr' ? 'à' : 'at'}${noBreakSpace}${formatTime(ms, zone)}`;
  return {
    formatInstant: (ms, zone) => `${formatMoment(ms, zone)} (${formatZone(ms, zone)})`,
    formatMoment,
    formatShortMoment: (ms, zone) => `${short(zone).format(ms)}, ${formatTime(ms, zone)}`,
    formatClock: (ms, zone) => clock(zone).format(ms),
    formatZone,
    formatDay: (text) => day.format(Date.parse(`${text}T00:00:00Z`)),
    formatNumber: (value) => number.format(value),
    formatPercent: (part, whole) => percent.format(whole === 0 ? 0 : part / whole),
  };
}

/** In the hour that autumn repeats only "summer time" and "standard time" tell one half past two from the other. */
function isToldTwice(clock: Intl.DateTimeFormat, ms: number): boolean {
  return clockShifts.some((shift) => clock.format(ms + shift) === clock.format(ms));
}

/** French writes "18 h 00", and "8 h 05" without a leading nought. */
function writeTime(time: string, locale: Locale): string {
  return locale === 'fr' ? time.replace(/^0?(\d+):/, `$1${noBreakSpace}h${noBreakSpace}`) : time;
}

function inZone(tag: string, options: Intl.DateTimeFormatOptions): (zone: string) => Intl.DateTimeFormat {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    const known = kept.get(zone);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(tag, { ...options, timeZone: zone });
    kept.set(zone, made);
    return made;
  };
}

const formats: Readonly<Record<Locale, Formats>> = { en: makeFormats('en'), fr: makeFormats('fr') };
