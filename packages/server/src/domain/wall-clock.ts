// Wall clock ↔ instant in a named zone, for forms (HTML datetime-local) and days.

import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../storage/tables.ts';

// What datetime-local sends; a text with an offset of its own would contradict the zone.
const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** "2026-12-04T18:00" in a zone → instant; in the hour a clock skips, the later one; in the hour it repeats, the first. */
export function parseWallClock(text: string, zone: string): Instant | undefined {
  if (!shape.test(text)) return undefined;
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** Instant → "2026-12-04T18:00" in a zone. */
export function wallClock(instant: Instant, zone: string): string {
  return zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** Instant → "2026-12-04" in a zone. */
export function dayOf(instant: Instant, zone: string): string {
  return zoned(instant, zone).toPlainDate().toString();
}

export function isZone(zone: string): boolean {
  try {
    return Boolean(zoned(0, zone));
  } catch {
    return false;
  }
}

const zoned = (instant: Instant, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
