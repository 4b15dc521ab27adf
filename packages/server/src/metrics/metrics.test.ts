// What somebody learns who has the token and asks all the time: how the machine does, and nothing about who voted or when.

import { expect, test } from 'vitest';
import { anApp, metricsToken, oneDatabase, type TestApp } from '../../../../tests/support/app.ts';
import { anArmedElection } from '../../../../tests/support/elections.ts';
import { createMetrics } from './metrics.ts';

const bench = oneDatabase();
const [second, minute, quarter] = [1000, 60_000, 15 * 60_000];
/** The beginning of a quarter of an hour. */
const noon = Date.UTC(2026, 5, 1, 12);

async function watched() {
  const clock = { at: noon };
  const at = await anApp({ bench: bench(), metricsClock: () => clock.at });
  const election = await anArmedElection(at.db, { voters: 12 });
  const vote = async (index: number) => {
    const voter = election.voters[index]!;
    const sealed = await election.seal([index % 3]);
    expect((await at.visitor().get(`/vote/${voter.link}`)).status).toBe(200);
    expect((await at.visitor().cast(voter, sealed.ballot)).status).toBe(200);
    return sealed.receipt;
  };
  return { at, clock, election, vote };
}

async function scrape(at: TestApp): Promise<string> {
  const answer = await at.visitor().get('/metrics', { Authorization: `Bearer ${metricsToken}` });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Without what asking for the metrics itself moves. */
const series = (text: string): string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.includes('route="/metrics"'));

test('whoever asks each second sees no vote, however fresh the page is', async () => {
  const { at, clock, vote } = await watched();
  const before = series(await scrape(at));
  for (let index = 0; index < 4; index++) {
    clock.at += second;
    await vote(index);
    clock.at += second;
    expect(series(await scrape(at))).toEqual(before);
    clock.at += minute; // a page that is made anew
    expect(series(await scrape(at))).toEqual(before);
  }
});

test('after the quarter of an hour fewer than five leave no trace, five leave durations and no count', async () => {
  const { at, clock, vote } = await watched();
  const before = series(await scrape(at));
  for (let index = 0; index < 4; index++) await vote(index);
  clock.at = noon + quarter;
  expect(series(await scrape(at))).toEqual(before);
  const receipts = [];
  for (let index = 4; index < 9; index++) receipts.push(await vote(index));
  clock.at += minute;
  expect(series(await scrape(at))).toEqual(before);
  clock.at = noon + 2 * quarter;
  const after = series(await scrape(at)).filter((line) => !before.includes(line));
  const names = after.map((line) => line.slice(0, line.lastIndexOf(' ')));
  // Visits, not votes: the four of the quarter before come with these.
  expect(after).toContain('votix_public_requests_total{method="GET",route="/vote/:link",status="200"} 9');
  expect(names.toSorted()).toEqual([
    'votix_ballots_per_commit{of="mean"}',
    'votix_ballots_per_commit{of="most"}',
    'votix_cast_duration_seconds{of="99-percent"}',
    'votix_cast_duration_seconds{of="half"}',
    'votix_proofs_waiting{of="most"}',
    'votix_public_request_seconds_total{method="GET",route="/vote/:link",status="200"}',
    'votix_public_requests_total{method="GET",route="/vote/:link",status="200"}',
  ]);
  clock.at = noon + 3 * quarter;
  expect(await scrape(at)).not.toContain('votix_cast_duration_seconds{'); // a quarter without votes
  for (const receipt of receipts) expect(await scrape(at)).not.toContain(receipt);
});

test('nothing on the page is about an election, a candidate, a voter or a ballot', async () => {
  const { at, clock, election, vote } = await watched();
  for (let index = 0; index < 12; index++) await vote(index);
  await (await at.admin()).get(`/console/elections/${election.id}/voters/${election.voters[0]!.id}`);
  clock.at = noon + quarter;
  const text = await scrape(at);
  expect(text).toContain('route="/console/elections/:id/voters/:voter"');
  const told = [election.id, ...election.voters.flatMap(({ id, link, key }) => [id, link, key]), 'Ada', 'Board 2026'];
  for (const secret of told) expect(text).not.toContain(secret);
  expect(text).not.toContain('/api/vote');
});

test('a failure of a vote shows within a minute, as a number without a route', async () => {
  const clock = { at: noon };
  const breaking = <T extends object>(db: T) => ({ ...db, write: () => Promise.reject(new Error('disk')) });
  const at = await anApp({ bench: bench(), metricsClock: () => clock.at, breaking });
  const election = await anArmedElection(at.db, { voters: 1 });
  const { ballot } = await election.seal([0]);
  expect(await scrape(at)).toContain('votix_http_failures_total 0');
  expect((await at.visitor().cast(election.voters[0]!, ballot)).status).toBe(500);
  clock.at += minute;
  expect(await scrape(at)).toContain('votix_http_failures_total 1');
});

test('a scraper that asks every second costs the database one look a minute', async () => {
  const [clock, looks] = [{ at: noon }, { count: 0 }];
  const metrics = createMetrics({
    version: '1',
    now: () => clock.at,
    isReady: () => true,
    readOutbox: () => {
      looks.count++;
      return Promise.resolve({ queued: 7 });
    },
    proofThreads: 3,
  });
  for (let n = 0; n < 60; n++) {
    expect(await metrics.text()).toContain('votix_outbox_mails{state="queued"} 7');
    clock.at += second;
  }
  expect(looks.count).toBe(1);
  metrics.seeProbe(0.003);
  metrics.seeProbe(undefined);
  const text = await metrics.text();
  expect(looks.count).toBe(2);
  for (const line of [
    'votix_info{version="1"} 1',
    'votix_ready 1',
    'votix_proof_threads 3',
    'votix_database_probe_duration_seconds_bucket{le="0.005"} 1',
    'votix_database_probe_failures_total 1',
  ])
    expect(text.split('\n')).toContain(line);
  for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
    expect(text).toMatch(new RegExp(`^${name} `, 'm'));
  expect(text).not.toContain('nodejs_active_');
});

test('a database that fails leaves its numbers out, and the page is there all the same', async () => {
  const readOutbox = () => Promise.reject(new Error('gone'));
  const wish = { version: '1', now: Date.now, isReady: () => false, readOutbox, proofThreads: 1, ofProcess: false };
  const text = await createMetrics(wish).text();
  expect(text).toContain('votix_ready 0');
  expect(text).not.toContain('votix_outbox_mails{');
});
