// The two nights of the year on which Paris changes its clocks: the window is what was typed, for casts and for doors.

import { expect, test, vi } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anAppOfOurClock, type TestApp } from '../../../../../tests/support/app.ts';
import { type ArmedElection, anArmedElection } from '../../../../../tests/support/elections.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import { parseWallClock } from '../../domain/wall-clock.ts';
import { updateElection } from '../../storage/elections.ts';

interface Night {
  readonly opens: string;
  readonly closes: string;
  /** The last minute in which one can vote, and the first in which one cannot. */
  readonly last: string;
  readonly over: string;
  readonly hours: number;
  readonly en: RegExp;
  readonly fr: RegExp;
}

const nights: Readonly<Record<string, Night>> = {
  'closing in the hour that autumn repeats means its first time': {
    opens: '2027-10-30T22:00',
    closes: '2027-10-31T02:30',
    last: '2027-10-31T00:29Z',
    over: '2027-10-31T00:30Z',
    hours: 4.5,
    en: /Sunday 31 October 2027 at\s02:30 \(Central European Summer Time\)/,
    fr: /dimanche 31 octobre 2027 à\s2\sh\s30 \(heure d’été d’Europe centrale\)/,
  },
  'autumn makes the night an hour longer': {
    opens: '2027-10-30T22:00',
    closes: '2027-10-31T08:00',
    last: '2027-10-31T06:59Z',
    over: '2027-10-31T07:00Z',
    hours: 11,
    en: /Sunday 31 October 2027 at\s08:00 \(Central European Time\)/,
    fr: /dimanche 31 octobre 2027 à\s8\sh\s00 \(heure d’Europe centrale\)/,
  },
  'closing in the hour that spring skips means an hour later, and is shown so': {
    opens: '2027-03-27T22:00',
    closes: '2027-03-28T02:30',
    last: '2027-03-28T01:29Z',
    over: '2027-03-28T01:30Z',
    hours: 4.5,
    en: /Sunday 28 March 2027 at\s03:30 \(Central European Time\)/,
    fr: /dimanche 28 mars 2027 à\s3\sh\s30 \(heure d’Europe centrale\)/,
  },
  'spring makes the night an hour shorter': {
    opens: '2027-03-27T22:00',
    closes: '2027-03-28T08:00',
    last: '2027-03-28T05:59Z',
    over: '2027-03-28T06:00Z',
    hours: 9,
    en: /Sunday 28 March 2027 at\s08:00 \(Central European Time\)/,
    fr: /dimanche 28 mars 2027 à\s8\sh\s00 \(heure d’Europe centrale\)/,
  },
};

async function anElectionOf(at: TestApp, night: Night): Promise<ArmedElection & { readonly opensAt: number }> {
  const election = await anArmedElection(at.db);
  const [opensAt, closesAt] = [night.opens, night.closes].map((text) => parseWallClock(text, 'Europe/Paris')!);
  await at.db.write((tx) => updateElection(tx, election.id, { opens_at: opensAt!, closes_at: closesAt! }));
  expect((closesAt! - opensAt!) / 3_600_000).toBe(night.hours);
  return { ...election, opensAt: opensAt! };
}

test.each(Object.entries(nights))('%s', async (_name, night) => {
  const at = await anAppOfOurClock();
  const { voters, seal, opensAt } = await anElectionOf(at, night);
  const ballots = await Promise.all(voters.map(() => seal([0])));
  const read = async (headers = {}) =>
    textOf(await (await at.visitor().get(`/vote/${voters[2]!.link}`, headers)).text());
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const castAt = async (instant: number, voter: number) => {
      vi.setSystemTime(instant);
      return (await at.visitor().cast(voters[voter]!, ballots[voter]!.ballot)).status;
    };
    expect(await castAt(opensAt - 1, 0)).toBe(403);
    expect(await castAt(opensAt, 0)).toBe(200);
    expect(await castAt(Date.parse(night.last), 1)).toBe(200);
    expect(await castAt(Date.parse(night.over), 2)).toBe(403);
    expect(await read()).toMatch(night.en);
    expect(await read(french)).toMatch(night.fr);
  } finally {
    vi.useRealTimers();
  }
});
