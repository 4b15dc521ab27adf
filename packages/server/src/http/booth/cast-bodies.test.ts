// What a hostile client can put into a cast: every text that is no honest ballot gets its reason, and nothing is recorded.

import { expect, test, vi } from 'vitest';
import { bannedWords, internals, type Problem, problemOf } from '../../../../../tests/support/answers.ts';
import { anApp, anAppOfOurClock, oneDatabase, type TestApp } from '../../../../../tests/support/app.ts';
import { counts, same } from '../../../../../tests/support/casts.ts';
import { contentsOf } from '../../../../../tests/support/contents.ts';
import { anArmedElection, type ArmedElection, hour } from '../../../../../tests/support/elections.ts';
import { anEndlessBody, french } from '../../../../../tests/support/visitors.ts';

const bench = oneDatabase();
const json = { 'Content-Type': 'application/json' } as const;

interface Booth {
  readonly at: TestApp;
  readonly election: ArmedElection;
  readonly ballot: string;
  readonly receipt: string;
}

async function aBooth(): Promise<Booth> {
  const at = await anApp({ bench: bench() });
  const election = await anArmedElection(at.db);
  return { at, election, ...(await election.seal([0])) };
}

/** The same request in both languages: the same status and reason, words of its own, nothing changed. */
async function refusedTwice(
  booth: Booth,
  send: (headers: Record<string, string>) => Promise<Response>,
): Promise<Problem> {
  const before = await contentsOf(booth.at.db);
  const english = await problemOf(await send({}), 'en');
  const other = await problemOf(await send(french), 'fr');
  expect(other).toMatchObject({ status: english.status, reason: english.reason });
  expect([other.title, other.detail]).not.toEqual([english.title, english.detail]);
  expect(await contentsOf(booth.at.db)).toBe(before);
  expect(await counts(booth.at.db, booth.election)).toEqual(same(0));
  return english;
}

const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
const place = (ballot: string, segment: number) => ballot.split('.').slice(0, segment).join('.').length + 5;

test.each<[string, (ballot: string) => unknown]>([
  ['empty', () => ''],
  ['truncated', (ballot) => ballot.slice(0, -4)],
  ['cut in the middle', (ballot) => ballot.slice(0, ballot.length / 2)],
  ['lengthened', (ballot) => `${ballot}AAAA`],
  ['a segment short', (ballot) => ballot.split('.').slice(0, 4).join('.')],
  ['a segment long', (ballot) => `${ballot}.AAAA`],
  ['with another alphabet', (ballot) => ballot.replace(/.$/, '+')],
  ['with a line end', (ballot) => `${ballot}\n`],
  ['with white space', (ballot) => ` ${ballot}`],
  ['in upper case', (ballot) => ballot.toUpperCase()],
  ['some HTML', () => '<script>alert(1)</script>'],
])('a ballot %s is malformed', async (_what, change) => {
  const booth = await aBooth();
  const send = (headers: Record<string, string>) =>
    booth.at.visitor().cast(booth.election.voters[0]!, change(booth.ballot), headers);
  expect(await refusedTwice(booth, send)).toMatchObject({ status: 400, reason: 'malformed-ballot' });
});

test('a flipped character in the header is refused, and one in the sealed part is a ballot that the key holder finds invalid', async () => {
  const booth = await aBooth();
  const [voter, other] = booth.election.voters;
  const inHeader = flip(booth.ballot, 7);
  const refused = await refusedTwice(booth, (headers) => booth.at.visitor().cast(voter!, inHeader, headers));
  expect(refused.status).toBe(400);
  const inSealed = flip(booth.ballot, place(booth.ballot, 3));
  expect((await booth.at.visitor().cast(other!, inSealed)).status).toBe(200);
  expect(await counts(booth.at.db, booth.election)).toEqual(same(1));
});

test("another election's ballot and another key's are told apart", async () => {
  const booth = await aBooth();
  const foreign = await anArmedElection(booth.at.db);
  const voter = booth.election.voters[0]!;
  const { ballot } = await foreign.seal([0]);
  const send = (text: string) => (headers: Record<string, string>) => booth.at.visitor().cast(voter, text, headers);
  expect(await refusedTwice(booth, send(ballot))).toMatchObject({ status: 400, reason: 'other-election' });
  const [header, ...rest] = booth.ballot.split('.');
  const read = JSON.parse(Buffer.from(header!, 'base64url').toString()) as { kid: string };
  const kid = read.kid.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  const otherKey = [Buffer.from(JSON.stringify({ ...read, kid })).toString('base64url'), ...rest].join('.');
  expect(await refusedTwice(booth, send(otherKey))).toMatchObject({ status: 400, reason: 'other-key' });
});

test.each<[string, string, Record<string, string>]>([
  ['no JSON', '{"ballot":', json],
  ['nothing', '', json],
  ['null', 'null', json],
  ['an array', '[{"ballot":"x","code":"0000"}]', json],
  ['a text', '"ballot"', json],
  ['no code', '{"ballot":"x"}', json],
  ['a number for a code', '{"ballot":"x","code":1234}', json],
  ['a list of codes', '{"ballot":"x","code":["0000","0001"]}', json],
  ['a list of ballots', '{"ballot":["x"],"code":"0000"}', json],
  ['a member too many', '{"ballot":"x","code":"0000","choice":[1]}', json],
  ['a code of 65 characters', `{"ballot":"x","code":"${'0'.repeat(65)}"}`, json],
  ['deep nesting', `{"ballot":${'['.repeat(15_000)}${']'.repeat(15_000)},"code":"0000"}`, json],
  ['a form', 'ballot=x&code=0000', { 'Content-Type': 'application/x-www-form-urlencoded' }],
  ['plain text', '{"ballot":"x","code":"0000"}', { 'Content-Type': 'text/plain' }],
  ['no content type', '{"ballot":"x","code":"0000"}', { 'Content-Type': '' }],
])('a body with %s cannot be read', async (_what, body, type) => {
  const booth = await aBooth();
  const path = `/api/vote/${booth.election.voters[0]!.link}`;
  const send = (headers: Record<string, string>) =>
    booth.at.visitor().send('POST', path, { headers: { ...type, ...headers }, body });
  expect(await refusedTwice(booth, send)).toMatchObject({ status: 400, reason: 'malformed-request' });
});

test('bytes that are no UTF-8 and members that programs trip over record nothing', async () => {
  const booth = await aBooth();
  const path = `/api/vote/${booth.election.voters[0]!.link}`;
  const { code } = booth.election.voters[0]!;
  const broken = Buffer.concat([
    Buffer.from(`{"ballot":"${booth.ballot}`),
    Buffer.from([0xff]),
    Buffer.from(`","code":"${code}"}`),
  ]);
  const twice = `{"ballot":"${booth.ballot}","ballot":"x","code":"${code}"}`;
  for (const body of [broken, twice, `{"__proto__":{"ballot":"${booth.ballot}","code":"${code}"}}`]) {
    const send = (headers: Record<string, string>) =>
      booth.at.visitor().send('POST', path, { headers: { ...json, ...headers }, body });
    expect((await refusedTwice(booth, send)).status).toBe(400);
  }
});

test('ballots too long for the election are refused, and bodies too long for anything before they are read', async () => {
  const booth = await aBooth();
  const voter = booth.election.voters[0]!;
  const long = (headers: Record<string, string>) => booth.at.visitor().cast(voter, 'A'.repeat(20_000), headers);
  expect(await refusedTwice(booth, long)).toMatchObject({ status: 413, reason: 'oversized-ballot' });
  const declared = (headers: Record<string, string>) =>
    booth.at.visitor().cast(voter, 'A'.repeat(600_000), { 'Content-Length': '600030', ...headers });
  expect(await refusedTwice(booth, declared)).toMatchObject({ status: 413, reason: 'too-large' });
  const streamed = async (headers: Record<string, string>) => {
    const { body, pulled } = anEndlessBody();
    const init = { headers: { ...json, ...headers }, body };
    const answer = await booth.at.visitor().send('POST', `/api/vote/${voter.link}`, init);
    expect(pulled()).toBeLessThan(520);
    return answer;
  };
  expect(await refusedTwice(booth, streamed)).toMatchObject({ status: 413, reason: 'too-large' });
});

test('huge headers change nothing about the answer', async () => {
  const booth = await aBooth();
  const huge = { Cookie: `a=${'x'.repeat(100_000)}`, 'X-Forwarded-For': '1.2.3.4,'.repeat(10_000) };
  const answer = await booth.at.visitor().cast(booth.election.voters[0]!, booth.ballot, huge);
  expect(await answer.json()).toMatchObject({ status: 'recorded', receipt: booth.receipt });
});

test('a cast sent to another method or with more of a path is not there', async () => {
  const booth = await aBooth();
  const path = `/api/vote/${booth.election.voters[0]!.link}`;
  const body = JSON.stringify({ ballot: booth.ballot, code: booth.election.voters[0]!.code });
  for (const [method, to] of [
    ['PUT', path],
    ['PATCH', path],
    ['DELETE', path],
    ['POST', `${path}/`],
    ['POST', '/api/vote'],
  ] as const)
    expect((await booth.at.visitor().send(method, to, { headers: json, body })).status).toBe(404);
  expect((await booth.at.visitor().get(path)).status).toBe(404);
  expect(await counts(booth.at.db, booth.election)).toEqual(same(0));
});

test('the window is kept to the millisecond: in at the opening, out at the end', async () => {
  const at = await anAppOfOurClock();
  const opensAt = Date.now() + hour;
  const { id, voters, seal } = await anArmedElection(at.db, { opensIn: hour, closesIn: 2 * hour });
  const row = await at.db.reader.selectFrom('elections').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(row.opens_at).toBeGreaterThanOrEqual(opensAt);
  const ballots = await Promise.all(voters.map(() => seal([0])));
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const castAt = async (now: number, voter: number) => {
      vi.setSystemTime(now);
      return (await at.visitor().cast(voters[voter]!, ballots[voter]!.ballot)).status;
    };
    expect(await castAt(row.opens_at - 1, 0)).toBe(403);
    expect(await castAt(row.opens_at, 0)).toBe(200);
    expect(await castAt(row.closes_at - 1, 1)).toBe(200);
    expect(await castAt(row.closes_at, 2)).toBe(403);
  } finally {
    vi.useRealTimers();
  }
  expect(await counts(at.db, { id })).toEqual(same(2));
});

test('no cast has a line of its own in the log, and no line holds what belongs to a voter', async () => {
  const { at, election, ballot, receipt } = await aBooth();
  const [voter, other] = election.voters;
  await at.visitor().get(`/vote/${voter!.link}`);
  await at.visitor().post('/vote', { key: voter!.key });
  await at.visitor().cast({ ...voter!, code: '123' }, ballot);
  await at.visitor().cast(voter!, ballot);
  await at.visitor().cast(other!, ballot);
  await at.visitor().cast({ ...voter!, link: 'unknown' }, ballot);
  await at.visitor().send('POST', `/api/vote/${voter!.link}`, { headers: json, body: 'x'.repeat(40_000) });
  await at.visitor().post(`/elections/${election.id}/receipt`, { receipt });
  await (await at.admin()).get(`/console/elections/${election.id}/sheets`);
  const log = at.log();
  expect(log).not.toContain('/api/vote');
  expect(log).toContain('"recorded":1,"refused":4,"failed":0,"msg":"casts"');
  for (const { link, key, code } of election.voters)
    for (const secret of [link, link.toUpperCase(), key])
      expect([log.includes(secret), log.includes(`"${code}"`)]).toEqual([false, false]);
  for (const text of [
    ballot.slice(0, 40),
    receipt,
    receipt.slice(0, 8),
    'alice',
    'Dupont',
    'example.org',
    election.id,
    '127.0.0.1',
  ])
    expect(log.toLowerCase()).not.toContain(text.toLowerCase());
});

test('the booth and every door are free of words that voters do not know', async () => {
  const { at, election } = await aBooth();
  for (const [language, headers] of [
    ['en', {}],
    ['fr', french],
  ] as const) {
    const page = await (await at.visitor().get(`/vote/${election.voters[0]!.link}`, headers)).text();
    const shown = page.replace(/<script type="application\/json".*?<\/script>/s, '').replace(/<[^>]*>/g, ' ');
    expect(shown).not.toMatch(bannedWords[language]);
    expect(shown).not.toMatch(internals);
  }
});
