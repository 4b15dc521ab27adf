// Texts that people type are shown as they are typed: no markup, no script, no template, on any page.

import { expect, test } from 'vitest';
import { ballotContext, encodeDefinition, sealBallot } from '@votix/protocol';
import { armElection, definitionOf } from '../domain/arming.ts';
import { publishResult, recordDeliberation } from '../domain/deliberations.ts';
import { readElection } from '../domain/elections.ts';
import { updateElection } from '../storage/elections.ts';
import { listVoters } from '../storage/voters.ts';
import { dataOf, location, textOf } from '../../../../tests/support/answers.ts';
import { anApp, oneSqlite, type TestApp } from '../../../../tests/support/app.ts';
import { admin as adminScope, armingOf, votersOf } from '../../../../tests/support/elections.ts';
import { close, theDeliberation } from '../../../../tests/support/phases.ts';
import { electionForm } from '../../../../tests/support/routes/console.ts';
import type { Visitor } from '../../../../tests/support/visitors.ts';

const bench = oneSqlite();

/** Breaks out of texts, attributes, comments, scripts, JSON, templates and ICU messages. */
const hostile = (mark: string) =>
  `${mark}"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!--{{7*7}}{name}\\u003c&lt;b&gt;`;
const email = "o'brien+x@example.org";

interface Site {
  readonly at: TestApp;
  readonly admin: Visitor;
  readonly id: string;
}

async function aHostileSite(): Promise<Site> {
  const at = await anApp({
    bench: bench(),
    organisation: {
      organisation: hostile('O'),
      contactName: hostile('C'),
      contactEmail: email,
    },
  });
  const admin = await at.as('admin', hostile('A'));
  const made = await admin.post('/console/elections/new', {
    ...electionForm,
    name: hostile('E'),
    contestTitle: hostile('Q'),
    description: `${hostile('D')}\n${hostile('D2')}`,
    minimumBallots: '1',
  });
  const id = /elections\/([0-9a-f-]+)/.exec(made.headers.get('location') ?? '')![1]!;
  const about = (path: string) => `/console/elections/${id}${path}`;
  await admin.post(about('/candidates'), { name: hostile('N'), text: hostile('T') });
  await admin.post(about('/candidates'), { name: 'Ada', text: '</textarea><script>alert(4)</script>' });
  await admin.post(about('/voters'), {
    lastName: hostile('L'),
    firstName: hostile('F'),
    email,
    promotion: hostile('P').slice(0, 60),
    building: hostile('B'),
  });
  const cell = (mark: string) => `"${hostile(mark).slice(0, 55).replaceAll('"', '""')}"`;
  const imported = await admin.upload(
    about('/voters/import'),
    `last_name,first_name,email,promotion,building\n${['L2', 'F2'].map(cell).join()},csv@example.org,${['P2', 'B2'].map(cell).join()}\n`,
  );
  expect(imported.status).toBe(303);
  const dryRun = location(imported);
  expectHarmless('dry run', await (await admin.get(dryRun)).text());
  expect((await admin.post(dryRun)).status).toBe(303);
  return { at, admin, id };
}

/** No tag, attribute or script of the page comes from a text. */
function expectHarmless(path: string, page: string): void {
  const markup = page.replace(/(<script type="application\/json"[^>]*>).*?<\/script>/gs, '$1</script>');
  const tags = markup.replace(/="[^"]*"/g, '').match(/<[^>]*>?/g) ?? [];
  for (const tag of tags)
    expect([path, tag]).toEqual([path, expect.not.stringMatching(/[="']|onerror|alert\(|^<!--/i)]);
  expect([path, page]).toEqual([path, expect.not.stringMatching(/<script>|<img|<!--/)]);
  const scripts = page.match(/<script\b[^>]*>/g) ?? [];
  for (const script of scripts) expect(script).toMatch(/src="\/assets\/|type="application\/json"/);
  expect(page.match(/<\/script>/g) ?? []).toHaveLength(scripts.length);
}

const steps = ['', '/details', '/candidates', '/voters', '/voters/import', '/arm', '/sheets', '/deliberate', '/result'];

/** From the draft to the published result, with a vote of the first voter; `look` is called in each phase. */
async function liveThrough({ at, id }: Site, look: (doors: readonly string[]) => Promise<void>): Promise<void> {
  const { definition, ...arming } = await armingOf(at.db, id);
  const voters = await votersOf(at.db, id);
  const doors = voters.map(({ link }) => `/vote/${link}`);
  await look(doors);
  expect(await armElection(at.db, adminScope, id, arming)).toEqual({ ok: true });
  await look(doors);
  await at.db.write((tx) => updateElection(tx, id, { opens_at: 1 }));
  const made = await ballotContext(definition, arming.publicKey);
  if (!made.ok) throw new Error(made.reason);
  const sealed = await sealBallot(made.context, [[0]]);
  expect((await at.visitor().cast(voters[0]!, sealed.ok && sealed.ballot)).status).toBe(200);
  await look(doors);
  await close(at.db, id);
  await look(doors);
  const result = await theDeliberation(at.db, { id, context: made.context });
  expect(await recordDeliberation(at.db, adminScope, id, result)).toEqual({ ok: true });
  await publishResult(at.db, adminScope, id);
  await look(doors);
}

test('every page of every phase shows every hostile text as text', async () => {
  const site = await aHostileSite();
  const { at, admin, id } = site;
  const candidates = (await readElection(at.db.reader, id))!.contests[0]!.candidates;
  const about = [...steps, ...candidates.map((candidate) => `/candidates/${candidate.id}`)];
  const others = ['/', '/login', '/vote', '/console', '/console/recovery', '/reauthenticate', `/elections/${id}`];
  const paths = [...others, ...about.map((step) => `/console/elections/${id}${step}`)];
  const shown: string[] = [];
  await liveThrough(site, async (doors) => {
    for (const path of [...paths, ...doors]) {
      const page = await (await admin.get(path)).text();
      expectHarmless(path, page);
      shown.push(textOf(page));
    }
  });
  const read = shown.join('\n');
  for (const mark of ['E', 'Q', 'D', 'D2', 'N', 'T', 'A', 'O', 'C', 'L', 'F', 'B'])
    expect([mark, read.includes(hostile(mark))]).toEqual([mark, true]);
  for (const mark of ['L2', 'F2', 'P2', 'B2'])
    expect([mark, read.includes(hostile(mark).slice(0, 55))]).toEqual([mark, true]);
});

test('the programs are given exactly the texts that were typed, in JSON that cannot be left', async () => {
  const { at, admin, id } = await aHostileSite();
  const page = await (await admin.get(`/console/elections/${id}/arm`)).text();
  const data = dataOf(page, 'keys');
  const election = (await readElection(at.db.reader, id))!;
  expect(data).toMatchObject({ electionName: hostile('E'), definition: encodeDefinition(definitionOf(election)) });
  expect(data['fileName']).toMatch(/^votix-key-[a-z0-9-]{1,40}\.pem$/);
  const [voter] = await listVoters(at.db.reader, id, { limit: 1, offset: 0 });
  expect(JSON.stringify(voter)).toContain('<img');
});

test('what was typed wrongly is shown again as text, and so is what an address says', async () => {
  const { at, admin, id } = await aHostileSite();
  const text = hostile('X');
  const forms: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['/login', { email: text, password: text, next: text }],
    ['/reauthenticate', { password: text, next: text }],
    ['/vote', { key: text }],
    [
      `/console/elections/${id}/details`,
      { name: text, zone: text, opensAt: text, closesAt: text, minimumBallots: text, contestTitle: text },
    ],
    [`/console/elections/${id}/candidates`, { name: text.repeat(3), text }],
    [
      `/console/elections/${id}/voters`,
      { lastName: text, firstName: text, email: text, promotion: text, building: text },
    ],
  ];
  for (const [path, fields] of forms) {
    const answer = await admin.post(path, fields);
    expect([path, answer.status]).toEqual([path, path === '/login' || path === '/reauthenticate' ? 401 : 400]);
    expectHarmless(path, await answer.text());
  }
  const upload = await admin.upload(`/console/elections/${id}/voters/import`, `${text}\n${text},${text}`);
  expectHarmless('import', await (await admin.get(location(upload))).text());
  const typed = encodeURIComponent(text);
  for (const path of [
    `/login?next=${typed}`,
    `/${typed}`,
    `/?lang=${typed}`,
    `/vote/${typed}`,
    `/elections/${typed}?x=${typed}`,
    `/console?done=${typed}`,
    `/?"><script>alert(1)</script>`,
    `/'-alert(1)-'?'"><b>`,
  ])
    expectHarmless(path, await (await at.visitor().get(path)).text());
  expectHarmless('receipt', await (await admin.post(`/elections/${id}/receipt`, { receipt: text })).text());
});

test.each(['=HYPERLINK("https://evil.example")', '𝕬𝖓𝖓 e\u0301'])('the name %j is kept as it is', async (lastName) => {
  const { at, admin, id } = await aHostileSite();
  const email = `${crypto.randomUUID()}@example.org`;
  const form = { lastName, firstName: 'x', email, promotion: '', building: '' };
  expect((await admin.post(`/console/elections/${id}/voters`, form)).status).toBe(303);
  const rows = await listVoters(at.db.reader, id, { limit: 10, offset: 0 });
  expect(rows.find((row) => row.email === email)?.last_name).toBe(lastName);
  expectHarmless('voters', await (await admin.get(`/console/elections/${id}/voters`)).text());
});

test.each([
  '..%2f..%2fpackage.json',
  '../package.json',
  '%2e%2e/manifest.json',
  'manifest.json',
  'licences.txt',
  '..%5cbooth.0a1b.js',
  'booth.0a1b.js%00.css',
  'booth.0a1b.js/',
  '/etc/passwd',
  'booth.0a1b.JS',
  '.booth.0a1b.js',
  '....//booth.0a1b.js',
  '%252e%252e%252fx.a.js',
  'C:%5cx.a.js',
])('no file is read at /assets/%s', async (file) => {
  const at = await anApp({ bench: bench() });
  const answer = await at.visitor().get(`/assets/${file}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
});
