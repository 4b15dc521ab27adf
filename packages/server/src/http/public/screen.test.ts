// The hall's screen and what it follows: the counts of the front page, told to any number of people, and nothing else.

import { expect, onTestFinished, test } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp, type TestApp } from '../../../../../tests/support/app.ts';
import { caster } from '../../../../../tests/support/casts.ts';
import { anArmedElection, anElection, type ArmedElection, hour } from '../../../../../tests/support/elections.ts';
import { anElectionIn, close } from '../../../../../tests/support/phases.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import type { Database } from '../../storage/database.ts';
import { updateElection } from '../../storage/elections.ts';

const page = async (at: TestApp, path: string, headers = {}) => (await at.visitor().get(path, headers)).text();
const seen = async (at: TestApp, path: string, headers = {}) => textOf(await page(at, path, headers));

async function vote({ db }: TestApp, election: ArmedElection, voters: number, from = 0): Promise<void> {
  const cast = caster(db);
  for (const voter of election.voters.slice(from, from + voters)) {
    const answer = await cast(voter, (await election.seal([0])).ballot);
    if (!answer.ok) throw new Error(answer.reason);
  }
}

test('while people vote: the share, the buildings, the time left with its zone, as JSON as well', async () => {
  const at = await anApp();
  const election = await anArmedElection(at.db, { voters: 20, closesIn: 2 * hour + 90_000 });
  await vote(at, election, 6);
  for (const path of ['/screen', `/screen/${election.id}`]) {
    const text = await seen(at, path);
    for (const words of ['Amicale des Jonquilles', 'Board 2026', '30%', '6 of 20 have voted', 'Perrault', '3 of 10'])
      expect(text).toContain(words);
    expect(text).toMatch(/Closes in 2.h.1.min/);
    expect(text).toMatch(/Voting closes on .* \(Central European Time\)/);
  }
  const json = JSON.parse(await page(at, '/screen.json')) as { readonly elections: readonly unknown[] };
  expect(json.elections).toMatchObject([
    {
      id: election.id,
      phase: 'open',
      zone: 'Europe/Paris',
      participation: {
        voted: 6,
        registered: 20,
        percent: 30,
        atLeast: false,
        buildings: [
          { name: 'Perrault', voted: 3, registered: 10, percent: 30 },
          { name: 'Not assigned', voted: 3, registered: 10, percent: 30 },
        ],
      },
      result: null,
    },
  ]);
  expect(JSON.parse(await page(at, `/screen.json?election=${election.id}`))).toMatchObject({
    elections: json.elections,
  });
});

test('the language is the organisation’s or the one in the address, whatever the television prefers', async () => {
  const at = await anApp();
  await anElectionIn(at.db, 'open');
  expect(await seen(at, '/screen', french)).toContain('have voted');
  expect(await seen(at, '/screen?lang=fr')).toContain('sur 3 inscrits');
  expect(await page(at, '/screen?lang=fr')).toContain('<html lang="fr"');
  const frenchOne = await anApp({ organisation: { language: 'fr' } });
  expect(await seen(frenchOne, '/screen', { 'Accept-Language': 'en' })).toContain('Aucune élection');
});

test('without scripts the page asks for itself again', async () => {
  const at = await anApp();
  expect(await page(at, '/screen')).toMatch(/<noscript><meta http-equiv="refresh" content="\d+" \/><\/noscript>/);
});

test('after the close the box is closed, then the result stands there; what is abandoned says why', async () => {
  const at = await anApp();
  const election = await anElectionIn(at.db, 'closed');
  expect(await seen(at, '/screen')).toContain('The box is closed The result will appear here once it is published.');
  await at.db.write((tx) => updateElection(tx, election.id, { minimum_ballots: 5 }));
  expect(await seen(at, '/screen')).toContain('The box was not opened');
  const published = await anElectionIn(at.db, 'published');
  const text = await seen(at, `/screen/${published.id}`);
  expect(text).toMatch(/Ada Elected 100% 1/);
  expect(JSON.parse(await page(at, `/screen.json?election=${published.id}`))).toMatchObject({
    elections: [
      { phase: 'published', result: { ballots: 1, contests: [{ candidates: [{ name: 'Ada', votes: 1 }, {}, {}] }] } },
    ],
  });
  const abandoned = await anElectionIn(at.db, 'abandoned');
  expect(await seen(at, `/screen/${abandoned.id}`)).toContain('Too few candidates');
});

test('several at once stand side by side; drafts and rehearsals nowhere', async () => {
  const at = await anApp();
  const [first, second, rehearsal] = [
    await anElectionIn(at.db, 'open'),
    await anElectionIn(at.db, 'open'),
    await anElectionIn(at.db, 'open'),
  ];
  const draft = await anElection(at.db);
  await at.db.write((tx) => updateElection(tx, rehearsal.id, { rehearsal_of: draft }));
  const texts = [await page(at, '/screen'), await page(at, '/screen.json'), await page(at, '/api/live/en')];
  for (const text of texts) {
    for (const { id } of [first, second]) expect(text).toContain(id);
    for (const id of [rehearsal.id, draft]) expect(text).not.toContain(id);
  }
});

interface News {
  readonly shapes: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** The events of a stream, one after the other. */
async function following(at: TestApp) {
  const answer = await at.visitor().get('/api/live/en');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => reader.cancel());
  const next = async (): Promise<News> => {
    const { value = '' } = await reader.read();
    return JSON.parse(/^data: (.*)$/m.exec(value)?.[1] ?? '{}') as News;
  };
  return { answer, next, cancel: () => reader.cancel() };
}

test('those who follow are told of votes in place, and that the page has changed when the box closes', async () => {
  const at = await anApp({ live: { tickMs: 20, longestMs: 60_000 } });
  const election = await anArmedElection(at.db, { voters: 20 });
  await vote(at, election, 6);
  const { answer, next } = await following(at);
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect([answer.headers.get('cache-control'), answer.headers.get('x-accel-buffering')]).toEqual([
    'no-store, no-transform',
    'no',
  ]);
  const before = await next();
  const name = (what: string) => `${election.id}.${what}`;
  expect([before.texts[name('count')], before.texts[name('width')]]).toEqual(['6 of 20 have voted', '30']);
  const front = await page(at, '/');
  expect(front).toContain(`data-live-text="${name('line')}"`);
  expect(front.replaceAll('&quot;', '"')).toContain(`"${election.id}":"${before.shapes[election.id]}"`);
  await vote(at, election, 2, 6);
  let after = await next();
  while (after.texts[name('count')] === '7 of 20 have voted') after = await next();
  expect(after.texts[name('count')]).toBe('8 of 20 have voted');
  expect(after.shapes).toEqual(before.shapes);
  await close(at.db, election.id);
  const closed = await next();
  expect(closed.shapes[election.id]).not.toBe(before.shapes[election.id]);
  expect(closed.shapes['*']).not.toBe(before.shapes['*']);
});

test('a full house is told so, and a place is free when somebody goes', async () => {
  const at = await anApp({ live: { tickMs: 20, longestMs: 60_000, most: 1 } });
  expect((await at.visitor().head('/api/live/en')).status).toBe(200); // and takes no place
  const first = await following(at);
  await first.next();
  const refused = await at.visitor().get('/api/live/en');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
  await first.cancel();
  const second = await following(at);
  expect(second.answer.status).toBe(200);
});

test('whoever comes while the database is away takes no place', async () => {
  const broken = { is: false };
  const breaking = (db: Database): Database => ({
    ...db,
    now: (tx) => (broken.is ? Promise.reject(new Error('The database is away.')) : db.now(tx)),
  });
  const at = await anApp({ breaking, live: { tickMs: 20, longestMs: 60_000, most: 1 } });
  broken.is = true;
  const lost = await at.visitor().get('/api/live/en');
  await lost.text().catch(() => {});
  expect(lost.status).toBe(500);
  broken.is = false;
  const next = await following(at);
  expect(next.answer.status).toBe(200);
  await next.next();
});
