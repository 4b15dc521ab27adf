// An instance in which every text that somebody can type is hostile, its election from the draft to the published result, and
// what no page may make of such a text.

import { ballotContext, sealBallot } from '@votix/protocol';
import { expect } from 'vitest';
import { armElection } from '../../packages/server/src/domain/arming.ts';
import { publishResult, recordDeliberation } from '../../packages/server/src/domain/deliberations.ts';
import { readElection } from '../../packages/server/src/domain/elections.ts';
import { listMailings } from '../../packages/server/src/domain/mailings.ts';
import { listAccounts } from '../../packages/server/src/storage/accounts.ts';
import { listBuildings } from '../../packages/server/src/storage/buildings.ts';
import { updateElection } from '../../packages/server/src/storage/elections.ts';
import { location } from './answers.ts';
import { anApp, type Clocked, type TestApp } from './app.ts';
import { admin as adminScope, armingOf, votersOf } from './elections.ts';
import { anElectionIn, close, theDeliberation } from './phases.ts';
import { electionForm } from './routes/console.ts';
import type { Visitor } from './visitors.ts';

/** Breaks out of texts, attributes, comments, scripts, JSON, templates and ICU messages. */
export const hostile = (mark: string): string =>
  `${mark}"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!--{{7*7}}{name}\\u003c&lt;b&gt;`;
/** In mails braces stand for a placeholder, and nothing else may. */
export const hostileMail = (mark: string): string => hostile(mark).replaceAll(/[{}]/g, '');
/** For fields of sixty letters. */
export const shortHostile = (mark: string): string => hostile(mark).slice(0, 55);
const smtp = {
  host: '127.0.0.1',
  port: 25,
  username: '',
  password: '',
  from: 'no-reply@example.org',
  replyTo: '',
  returnAddress: '',
  dkimSelector: '',
  verifyTls: true,
  perMinute: 60,
  connections: 1,
};
const email = "o'brien+x@example.org";

export interface Site {
  readonly at: TestApp;
  readonly admin: Visitor;
  readonly id: string;
  /** The page with a new user's link. */
  readonly userPage: string;
  /** What stands in the addresses of pages, by its name in the routes. */
  readonly places: Readonly<Record<string, string>>;
}

export async function aHostileSite(bench: Clocked): Promise<Site> {
  const organisation = { organisation: hostile('O'), contactName: hostile('C'), contactEmail: email };
  const at = await anApp({ bench, smtp, organisation });
  const admin = await at.as('admin', hostile('A'));
  const made = await admin.post('/console/elections/new', {
    ...electionForm,
    name: hostile('E'),
    contestTitle: hostile('Q'),
    description: `${hostile('D')}\n${hostile('D2')}`,
    minimumBallots: '1',
  });
  const id = /elections\/([0-9a-f-]+)/.exec(location(made))![1]!;
  const about = async (path: string, fields: Readonly<Record<string, string>> = {}) =>
    expect([path, (await admin.post(`/console/elections/${id}${path}`, fields)).status]).toEqual([path, 303]);
  await about('/candidates', { name: hostile('N'), text: hostile('T') });
  await about('/candidates', { name: 'Ada', text: '</textarea><script>alert(4)</script>' });
  const rules = { minChoices: '1', maxChoices: '2', blank: 'yes', seats: '1', order: 'fixed' };
  await about('/contests/new', { title: hostile('Q2'), ...rules });
  const [, contest] = (await readElection(at.db.reader, id))!.contests;
  for (const name of [hostile('N2'), 'Blaise']) await about('/candidates', { name, text: '', contest: contest!.id });
  await about('/voters', {
    lastName: hostile('L'),
    firstName: hostile('F'),
    email,
    promotion: shortHostile('P'),
    building: hostile('B'),
  });
  const ways = { invitation: '', link: '{link} {code}', code: '{code}', reminder: '{link}' };
  for (const [kind, way] of Object.entries(ways))
    await about(`/mails/texts/${kind}`, {
      subject: hostileMail('MS'),
      body: `${hostileMail('MB')} ${way}`,
      act: 'save',
    });
  const dryRun = await anImport(admin, id);
  await about('/mails/send/invitation');
  const user = { name: hostile('U'), email: `${crypto.randomUUID()}.o'brien@example.org`, role: 'observer' };
  const userPage = await (await admin.post('/console/users/new', user)).text();
  const [mailing] = await listMailings(at.db.reader, id);
  const places = {
    id,
    contest: contest!.id,
    candidate: (await readElection(at.db.reader, id))!.contests[0]!.candidates[0]!.id,
    building: (await listBuildings(at.db.reader)).find(({ name }) => name === hostile('B'))!.id,
    voter: (await votersOf(at.db, id)).at(-1)!.id,
    account: (await listAccounts(at.db.reader)).find(({ email: own }) => own === user.email)!.id,
    import: dryRun.split('/').at(-1)!,
    mailing: mailing!.id,
    kind: 'link',
    link: (await votersOf(at.db, id)).at(-1)!.link,
  };
  return { at, admin, id, userPage, places };
}

/** The address of its dry run, once it is done. */
async function anImport(admin: Visitor, id: string): Promise<string> {
  const cell = (mark: string) => `"${shortHostile(mark).replaceAll('"', '""')}"`;
  const row = `${['L2', 'F2'].map(cell).join()},csv@example.org,${['P2', 'B2'].map(cell).join()}`;
  const header = `last_name,first_name,email,promotion,building,${cell('H')}`;
  const sent = await admin.upload(`/console/elections/${id}/voters/import`, `${header}\n${row},x\n`);
  expect(sent.status).toBe(303);
  const dryRun = location(sent);
  expectHarmless('dry run', await (await admin.get(dryRun)).text());
  expect((await admin.post(dryRun)).status).toBe(303);
  return dryRun;
}

/** No tag, attribute or script of the page comes from a text. */
export function expectHarmless(path: string, page: string): void {
  const markup = page.replace(/(<script type="application\/json"[^>]*>).*?<\/script>/gs, '$1</script>');
  const tags = markup.replace(/="[^"]*"/g, '').match(/<[^>]*>?/g) ?? [];
  for (const tag of tags)
    expect([path, tag]).toEqual([path, expect.not.stringMatching(/[="']|onerror|alert\(|^<!--/i)]);
  expect([path, page]).toEqual([path, expect.not.stringMatching(/<script>|<img src=x|<!--/)]);
  const scripts = page.match(/<script\b[^>]*>/g) ?? [];
  for (const script of scripts) expect(script).toMatch(/src="\/assets\/|type="application\/json"/);
  expect(page.match(/<\/script>/g) ?? []).toHaveLength(scripts.length);
}

/**
 * From the draft to the published result, with a vote, reasons for what was changed, and another election that was abandoned;
 * `look` is called in each phase.
 */
export async function liveThrough({ at, id, admin, places }: Site, look: () => Promise<void>): Promise<void> {
  const { definition, ...arming } = await armingOf(at.db, id);
  await look();
  expect(await armElection(at.db, adminScope, id, arming)).toEqual({ ok: true });
  await look();
  await at.db.write((tx) => updateElection(tx, id, { opens_at: 1 }));
  const made = await ballotContext(definition, arming.publicKey);
  if (!made.ok) throw new Error(made.reason);
  const sealed = await sealBallot(made.context, [[0], [0]]);
  const voter = (await votersOf(at.db, id)).find((each) => each.id !== places['voter']);
  expect((await at.visitor().cast(voter!, sealed.ok && sealed.ballot)).status).toBe(200);
  await giveReasons(admin, id, places['voter']!);
  const other = await anElectionIn(at.db, 'armed');
  const abandoned = { name: 'Board 2026', reason: hostile('RA') };
  expect((await admin.post(`/console/elections/${other.id}/changes/abandon`, abandoned)).status).toBe(303);
  for (const path of [`/elections/${other.id}`, `/console/elections/${other.id}/changes`]) {
    const page = await (await admin.get(path)).text();
    expectHarmless(path, page);
    expect(page).toContain('RA&quot;');
  }
  await look();
  await close(at.db, id);
  await look();
  const result = await theDeliberation(at.db, { id, context: made.context });
  expect(await recordDeliberation(at.db, adminScope, id, result)).toEqual({ ok: true });
  await publishResult(at.db, adminScope, id);
  await look();
}

async function giveReasons(admin: Visitor, id: string, voter: string): Promise<void> {
  const about = `/console/elections/${id}`;
  const later = { closesAt: '2099-12-31T08:00', reason: hostile('RE') };
  expect((await admin.post(`${about}/changes/extend`, later)).status).toBe(303);
  expect((await admin.post(`${about}/voters/${voter}/code`, { reason: hostile('RC') })).status).toBe(303);
}
