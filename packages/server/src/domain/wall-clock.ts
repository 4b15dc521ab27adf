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

const minuteSteps = [15, 30, 60, 120, 180, 360, 720] as const;
const daySteps = [1, 2, 7, 14, 28, 91, 364] as const;
const dayMs = 86_400_000;

export interface Span {
  readonly from: Instant;
  /** The last edge. */
  readonly until: Instant;
  /** The step is chosen for the span from `from` to here, so that it stays the same while time passes. */
  readonly end: Instant;
  readonly zone: string;
  /** How many steps fit into the span, two broken ones aside. */
  readonly most: number;
}

/** `from`, round times of the zone's clock, `until`. */
export function edgesOf({ from, until, end, zone, most }: Span): Instant[] {
  const minutes = minuteSteps.find((step) => (end - from) / 60_000 <= step * most);
  const days = daySteps.find((step) => (end - from) / dayMs <= step * most) ?? daySteps.at(-1)!;
  const clock = minutes === undefined ? [0] : Array.from({ length: 1440 / minutes }, (_, n) => n * minutes);
  const edges = new Set([from]);
  const first = zoned(from, zone).toPlainDate();
  for (let day = first; ; day = day.add({ days: minutes === undefined ? days : 1 })) {
    const times = clock.map((minute) => day.toZonedDateTime({ timeZone: zone, plainTime: timeOf(minute) }));
    for (const { epochMilliseconds: edge } of times) if (edge > from && edge < until) edges.add(edge);
    if (day.toZonedDateTime(zone).epochMilliseconds >= until) return [...edges, until].toSorted((a, b) => a - b);
  }
}

const timeOf = (minute: number) => new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);

/** The instant at which a day begins in a zone, or one some days later; undefined for a day that is none. */
export function startOfDay(day: string, zone: string, daysLater = 0): Instant | undefined {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).add({ days: daysLater }).toZonedDateTime(zone)
      .epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** Instant → "2026-12-04T18:00:05+01:00" in a zone (RFC 3339), for files. */
export const offsetTime = (instant: Instant, zone: string): string =>
  zoned(instant, zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
