// What really goes out, every kind in both languages, as a mail server takes it: head, text and HTML.

import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { oneDatabase, organisation } from '../../../../tests/support/app.ts';
import { admin, anArmedElection, hour, type TestVoter, vault } from '../../../../tests/support/elections.ts';
import { aMailSink, type MailSink } from '../../../../tests/support/mail-sink.ts';
import { testKeys } from '../../../../tests/support/verifiable-elections.ts';
import { setCodeChannel } from '../domain/code-channel.ts';
import type { MailKind } from '../domain/mail-texts.ts';
import { actOnMailing, countDeliveries, findMailing, listDeliveries, startMailing } from '../domain/mailings.ts';
import { readHolder } from '../domain/links.ts';
import { editVoter } from '../domain/roll-changes.ts';
import { saveOrganisation } from '../domain/settings.ts';
import { noRules } from '../domain/voter-rules.ts';
import type { Locale } from '../messages/translate.ts';
import { createPostman, type Postman } from './postman.ts';
import type { SmtpSettings } from './smtp.ts';

const baseUrl = 'https://votes.example.org';
const oneTime = `${baseUrl}/choose-password/a-one-time-secret`;
const locales = ['en', 'fr'] as const;

interface Sent {
  readonly name: string;
  readonly locale: Locale;
  readonly mail: ParsedMail;
  readonly html: string;
  readonly text: string;
  /** Of whoever it went to; undefined for mails to administrators. */
  readonly voter?: TestVoter | undefined;
  readonly electionId?: string | undefined;
}

const bench = oneDatabase();
let sink: MailSink;
let postman: Postman;
let smtp: SmtpSettings;
const sent: Sent[] = [];

const of = (name: string, locale: Locale): Sent => sent.find((mail) => mail.name === name && mail.locale === locale)!;
const each = (names: readonly string[]): Sent[] => names.flatMap((name) => locales.map((locale) => of(name, locale)));

async function keep(name: string, locale: Locale, bytes: string, more: Pick<Sent, 'voter' | 'electionId'> = {}) {
  const mail = await simpleParser(bytes, { skipTextToHtml: true, skipHtmlToText: true, skipTextLinks: true });
  sent.push({ name, locale, mail, html: mail.html || '', text: mail.text ?? '', ...more });
}

const accepted = (mailingId: string) =>
  vi.waitFor(
    async () => expect(await countDeliveries(bench().db.reader, mailingId)).toEqual({ accepted: locales.length }),
    { timeout: 10_000, interval: 30 },
  );

async function begin(electionId: string, kind: MailKind): Promise<string> {
  const started = await startMailing(bench().db, admin, { electionId, kind }, { secure: true, mailReady: true });
  if (!started.ok) throw new Error(started.reason);
  return started.mailingId;
}

/** Two voters, one of each language; what each of them got. */
async function send(name: string, kind: MailKind, { id, voters }: { id: string; voters: readonly TestVoter[] }) {
  const before = sink.taken.length;
  const mailingId = await begin(id, kind);
  postman.wake();
  await accepted(mailingId);
  for (const { to, bytes } of sink.taken.slice(before)) {
    const n = to.startsWith('alice0') ? 0 : 1;
    await keep(name, locales[n], bytes, { voter: voters[n], electionId: id });
  }
}

async function anElectionOfTwoLanguages() {
  const { db } = bench();
  const election = await anArmedElection(db, { voters: 2, closesIn: 24 * hour });
  await db.write(async (tx) => {
    await tx.updateTable('voters').set({ language: 'fr' }).where('id', '=', election.voters[1]!.id).execute();
  });
  return election;
}

beforeAll(async () => {
  const { db } = bench();
  const organised = { ...organisation, baseUrl };
  await db.write((tx) => saveOrganisation(tx, organised));
  sink = await aMailSink();
  const pace = { verifyTls: true, perMinute: 10_000, connections: 1, dkimSelector: '', returnAddress: '' };
  const from = { from: 'no-reply@example.org', replyTo: 'votes@example.org' };
  smtp = { host: '127.0.0.1', port: sink.port, username: '', password: '', ...from, ...pace };
  postman = createPostman({
    db,
    vault,
    credentialKeys: testKeys,
    log: { info: () => {}, error: () => {} },
    organisation: () => Promise.resolve(organised),
    settings: () => Promise.resolve(smtp),
    mailbox: () => Promise.resolve(undefined),
  });
  postman.start();
  const [together, apart] = [await anElectionOfTwoLanguages(), await anElectionOfTwoLanguages()];
  for (const kind of ['invitation', 'link', 'reminder'] as const) await send(kind, kind, together);
  await setCodeChannel(db, admin, apart.id, 'own-mail');
  await send('link alone', 'link', apart);
  await send('code alone', 'code', apart);
  const to = { name: 'Claire Martin', address: 'claire@example.org' };
  for (const locale of locales) {
    await postman.sendTest(to.address, locale);
    await keep('test', locale, sink.taken.at(-1)!.bytes);
    await postman.sendPasswordLink({ to, locale, link: oneTime, expiresAt: 0 });
    await keep('password', locale, sink.taken.at(-1)!.bytes);
  }
});

afterAll(async () => {
  await postman.stop();
  await sink.close();
});

const withLink = ['link', 'link alone', 'reminder'];
const others = ['invitation', 'code alone', 'test', 'password'];
const all = [...withLink, ...others];

test('every mail says that a machine wrote it, in which language, and where answers go', () => {
  expect(each(all)).toHaveLength(14);
  for (const { name, locale, mail } of each(all)) {
    const head = (key: string) => mail.headerLines.filter((line) => line.key === key).map(({ line }) => line);
    expect(head('auto-submitted'), name).toEqual(['Auto-Submitted: auto-generated']);
    expect(mail.headers.get('content-language'), name).toBe(locale);
    expect(
      mail.replyTo?.value.map(({ address }) => address),
      name,
    ).toEqual(['votes@example.org']);
    expect(mail.from?.value, name).toEqual([{ name: 'Amicale des Jonquilles', address: 'no-reply@example.org' }]);
    expect(head('content-type')[0], name).toContain('multipart/alternative');
    for (const never of ['precedence', 'list-id', 'disposition-notification-to', 'return-receipt-to', 'x-mailer'])
      expect(head(never), `${name} ${never}`).toEqual([]);
  }
});

test('only a reminder says how to be left alone: by a mail to the contact, which no scanner presses', () => {
  const lists = (mail: ParsedMail) => mail.headerLines.filter(({ key }) => key.startsWith('list-'));
  for (const { name, mail } of each(all)) {
    const found = lists(mail).map(({ line }) => line.replaceAll(/\r?\n\s+/g, ' '));
    if (name !== 'reminder') expect(found, name).toEqual([]);
    else
      expect(found).toEqual([expect.stringMatching(/^List-Unsubscribe: <mailto:claire@example\.org\?subject=\S+>$/)]);
  }
});

test('an answer to a sender that nobody reads reaches the contact; a name of the sender’s own is borne', async () => {
  const former = smtp;
  smtp = { ...smtp, replyTo: '', fromName: 'Commission électorale' };
  await postman.sendTest('claire@example.org', 'fr');
  smtp = former;
  const mail = await simpleParser(sink.taken.at(-1)!.bytes);
  expect(mail.replyTo?.value[0]?.address).toBe('claire@example.org');
  expect(mail.from?.value).toEqual([{ name: 'Commission électorale', address: 'no-reply@example.org' }]);
});

/** As somebody reads it whose program shows no HTML, and as the page of it reads without its button. */
const words = (text: string): string => text.replaceAll(/[ \n]+/g, ' ').trim();
const wordsOf = (html: string): string =>
  words(
    html
      .replace(/^.*<body[^>]*>/s, '')
      .replaceAll(/<td class="button".*?<\/td>/gs, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point))),
  ).replaceAll(/ (?=[).,])|(?<=\() /g, '');

test('text and HTML say the same; nothing is fetched from anywhere, nothing tells who has read it', () => {
  for (const { name, locale, text, html, mail } of each(all)) {
    expect(wordsOf(html), `${name} ${locale}`).toBe(words(text));
    expect(html, name).not.toMatch(/<(?:img|script|link|iframe|object|video|base|form|input)\b|\bsrc=|url\(|@import/i);
    expect(html, name).not.toMatch(/background=|srcset=|ping=|onload|onerror/i);
    expect(mail.attachments, name).toEqual([]);
    expect(html, name).toContain(`<html lang="${locale}">`);
    expect(html, name).toContain('@media (prefers-color-scheme: dark)');
  }
});

test('each address leads where it says: the voter’s own, the election’s, the short one, the contact', () => {
  for (const { name, html, text, voter, electionId } of each(all)) {
    const allowed = [
      `${baseUrl}/vote`,
      ...(voter ? [`${baseUrl}/vote/${voter.link}`, `${baseUrl}/elections/${electionId}`] : [baseUrl, oneTime]),
      'mailto:claire@example.org',
    ];
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) expect(allowed, name).toContain(href);
    for (const [href = ''] of text.matchAll(/https?:\/\/[^\s)]+/g)) expect(allowed, name).toContain(href);
    // What is read is what is opened, but for the button, which stands above the naked address.
    for (const [, href = '', shown = ''] of html.matchAll(/<a class="link"[^>]*href="([^"]*)">([^<]*)<\/a>/g))
      expect(href.replace('mailto:', ''), name).toBe(shown);
  }
});

test('the link stands naked in a line of its own, and short address and key beside it can be typed', () => {
  for (const { name, locale, text, html, voter } of each(withLink)) {
    const link = `${baseUrl}/vote/${voter!.link}`;
    expect(text.split('\n'), `${name} ${locale}`).toContain(link);
    expect(html, name).toContain(`>${link}</a>`);
    const key = voter!.key.match(/.{4}/g)!.join('-');
    for (const part of [text, wordsOf(html)]) expect(part, name).toMatch(new RegExp(`${baseUrl}/vote\\s+${key}`));
  }
  const line = of('password', 'fr').text.split('\n');
  expect(line).toContain(oneTime);
});

/** Four digits that stand alone, but for the years of dates and of the election's name. */
const codesIn = ({ text, html }: Sent): (string | undefined)[] =>
  [text, wordsOf(html)].flatMap((part) =>
    [...part.replaceAll(/\p{L}+ \d{4}/gu, '').matchAll(/(?<![\w-])\d{4}(?![\w-])/g)].map(([code]) => code),
  );

test('the code is in the mail with the link, or in a second one which holds no way in; a reminder has none', () => {
  for (const mail of each(['link', 'code alone']))
    expect(codesIn(mail), mail.name).toEqual(Array(2).fill(mail.voter!.code));
  for (const mail of each(['link alone', 'reminder', 'invitation'])) expect(codesIn(mail), mail.name).toEqual([]);
  for (const { name, text, html, voter } of each(['code alone', 'invitation']))
    for (const part of [text, html]) {
      expect(part, name).not.toMatch(/\/vote\b/);
      expect(part, name).not.toContain(voter!.link);
      expect(part.replaceAll('-', ''), name).not.toContain(voter!.key);
    }
});

test('a mail bears the id of its row, and the row nothing of the mail', async () => {
  const { db } = bench();
  const rows = await db.reader.selectFrom('deliveries').selectAll().execute();
  const ids = each([...withLink, 'invitation', 'code alone']).map(({ mail }) => mail.messageId);
  expect(ids).toHaveLength(rows.length);
  expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => `<${id}@example.org>`)));
  const kept = JSON.stringify([rows, await db.reader.selectFrom('mailings').selectAll().execute()]);
  for (const { voter, mail } of each([...withLink, 'code alone']))
    for (const secret of [voter!.link, voter!.key, `"${voter!.code}"`, mail.subject!, 'alice', '@'])
      expect(kept).not.toContain(secret);
  const [row] = rows;
  const twin = { ...row!, id: crypto.randomUUID() };
  await expect(db.write((tx) => tx.insertInto('deliveries').values(twin).execute())).rejects.toThrow(/unique/i);
});

test('a corrected address gets a mail of its own with another link; the one that was mailed before opens nothing', async () => {
  const { db } = bench();
  const { id, voters } = await anElectionOfTwoLanguages();
  const mailingId = await begin(id, 'link');
  postman.wake();
  await accepted(mailingId);
  const rows = await listDeliveries(db.reader, mailingId, { limit: 9, offset: 0 });
  const row = rows.find(({ voter_id: voterId }) => voterId === voters[1]!.id)!;
  const before = (await sink.mailsTo(row.email)).length;
  const conditions = { secure: true, mailReady: true };
  const change = { electionId: id, voterId: row.voter_id, reason: 'A typing mistake.', rules: noRules, conditions };
  const draft = { lastName: row.last_name, firstName: row.first_name, promotion: 'E1', building: 'Perrault' };
  const done = await editVoter(db, vault, admin, change, { ...draft, email: 'right@example.org' });
  expect(done).toEqual({ ok: true, correction: { resent: ['link'], linkReplaced: true } });
  postman.wake();
  await vi.waitFor(async () => expect(await sink.mailsTo('right@example.org')).toHaveLength(1), { timeout: 10_000 });
  expect(await sink.mailsTo(row.email)).toHaveLength(before);
  const [mail] = await sink.mailsTo('right@example.org');
  const link = /\/vote\/([0-9a-f-]{36})$/m.exec(mail!.text ?? '')?.[1] ?? '';
  expect(await readHolder(db.reader, vault, link)).toMatchObject({ ok: true });
  const former = voters[1]!.link;
  expect(await readHolder(db.reader, vault, former)).toMatchObject({ ok: false, reason: 'replaced-link' });
});

test('what is paused waits, and goes on when it is told to', async () => {
  const { db } = bench();
  const { id: electionId } = await anElectionOfTwoLanguages();
  const mailingId = await begin(electionId, 'invitation');
  const act = (name: 'pause' | 'resume') => actOnMailing(db, admin, { electionId, mailingId, act: name });
  expect([await act('pause'), await act('pause')]).toEqual([{ ok: true }, { ok: false, reason: 'mailing-over' }]);
  postman.wake();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await listDeliveries(db.reader, mailingId, { status: 'queued', limit: 9, offset: 0 })).toHaveLength(2);
  expect(await act('resume')).toEqual({ ok: true });
  postman.wake();
  await accepted(mailingId);
  await expect.poll(async () => (await findMailing(db.reader, mailingId))?.state).toBe('finished');
});
