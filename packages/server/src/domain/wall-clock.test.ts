import { expect, test } from 'vitest';
import { dayOf, edgesOf, isZone, parseWallClock, wallClock } from './wall-clock.ts';

const at = (iso: string) => Date.parse(iso);

test.each([
  ['2026-12-04T18:00', 'Europe/Paris', '2026-12-04T17:00Z'],
  ['2026-07-04T18:00', 'Europe/Paris', '2026-07-04T16:00Z'],
  ['2026-07-04T18:00', 'Indian/Reunion', '2026-07-04T14:00Z'],
  ['2026-12-04T18:00', 'Indian/Reunion', '2026-12-04T14:00Z'],
  ['2026-07-04T18:00', 'UTC', '2026-07-04T18:00Z'],
  ['2026-07-04T18:00:30', 'UTC', '2026-07-04T18:00:30Z'],
])('%s in %s is %s, and back', (text, zone, instant) => {
  expect(parseWallClock(text, zone)).toBe(at(instant));
  expect(wallClock(at(instant), zone)).toBe(text.slice(0, 16));
});

test('in the hour that spring skips, Paris means the later one', () => {
  expect(parseWallClock('2026-03-29T02:30', 'Europe/Paris')).toBe(at('2026-03-29T01:30Z'));
  expect(wallClock(at('2026-03-29T01:30Z'), 'Europe/Paris')).toBe('2026-03-29T03:30');
});

test('in the hour that autumn repeats, Paris means the first one', () => {
  expect(parseWallClock('2026-10-25T02:30', 'Europe/Paris')).toBe(at('2026-10-25T00:30Z'));
  expect(wallClock(at('2026-10-25T00:30Z'), 'Europe/Paris')).toBe('2026-10-25T02:30');
  expect(wallClock(at('2026-10-25T01:30Z'), 'Europe/Paris')).toBe('2026-10-25T02:30');
});

test.each(['', 'tomorrow', '2026-02-30T10:00', '2026-12-04T25:00', '2026-12-04T10:00Z', '2026-12-04T10:00+05:00'])(
  '%j is no wall clock time',
  (text) => {
    expect(parseWallClock(text, 'Europe/Paris')).toBeUndefined();
  },
);

test('a wall clock needs a zone that exists', () => {
  expect(parseWallClock('2026-12-04T18:00', 'Mars/Olympus')).toBeUndefined();
  expect(['Europe/Paris', 'Indian/Reunion', 'UTC'].every(isZone)).toBe(true);
  expect(['', 'Mars/Olympus', 'Europe/Paris ', '../etc'].some(isZone)).toBe(false);
});

test('the day is that of the zone, not of the server', () => {
  expect(dayOf(at('2026-12-04T23:30Z'), 'UTC')).toBe('2026-12-04');
  expect(dayOf(at('2026-12-04T23:30Z'), 'Europe/Paris')).toBe('2026-12-05');
  expect(dayOf(at('2026-12-04T20:30Z'), 'Indian/Reunion')).toBe('2026-12-05');
});

test('edges of a span are round times of the zone, and as many as were asked for', () => {
  const at = (text: string) => parseWallClock(text, 'Europe/Paris')!;
  const edges = (from: string, until: string, most = 12, end = until) =>
    edgesOf({ from: at(from), until: at(until), end: at(end), zone: 'Europe/Paris', most }).map((edge) =>
      wallClock(edge, 'Europe/Paris').slice(5),
    );
  expect(edges('2026-03-14T08:07', '2026-03-14T09:00')).toEqual([
    '03-14T08:07',
    '03-14T08:15',
    '03-14T08:30',
    '03-14T08:45',
    '03-14T09:00',
  ]);
  // The step is that of the whole window: two days in steps of six hours.
  expect(edges('2026-03-14T08:00', '2026-03-14T19:30', 12, '2026-03-16T18:00')).toEqual([
    '03-14T08:00',
    '03-14T12:00',
    '03-14T18:00',
    '03-14T19:30',
  ]);
  // The clock moves forward on 29 March: days stay days.
  expect(edges('2026-03-27T08:00', '2026-03-31T12:00', 6)).toEqual([
    '03-27T08:00',
    '03-28T00:00',
    '03-29T00:00',
    '03-30T00:00',
    '03-31T00:00',
    '03-31T12:00',
  ]);
  expect(edges('2026-01-01T08:00', '2026-12-31T12:00').length).toBeLessThanOrEqual(15);
  expect(edges('2016-01-01T08:00', '2026-12-31T12:00').length).toBeLessThanOrEqual(15);
});
