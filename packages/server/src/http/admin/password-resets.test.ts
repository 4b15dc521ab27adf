// A lost password, as a stranger sees it who wants to know who has an account, or to have somebody else's.

import { expect, onTestFinished, test, vi } from 'vitest';
import { location } from '../../../../../tests/support/answers.ts';
import { anAccount, anApp, password, type TestApp } from '../../../../../tests/support/app.ts';
import { onBothDatabases, type TestBench } from '../../../../../tests/support/databases.ts';
import { aMailSink, type MailSink } from '../../../../../tests/support/mail-sink.ts';
import { aSecondStep } from '../../../../../tests/support/second-steps.ts';
import { aVisitor, french } from '../../../../../tests/support/visitors.ts';
import { issueAccountLink, readAccountLink } from '../../domain/account-links.ts';
import { issueReset } from '../../domain/password-resets.ts';
import { readSession, startSession } from '../../domain/sessions.ts';

const path = '/forgot-password';
const fresh = 'quite another password';
const minute = 60_000;

async function aSite(bench: TestBench): Promise<{ at: TestApp; sink: MailSink }> {
  const sink = await aMailSink();
  onTestFinished(() => sink.close());
  const from = 'votes@example.org';
  const smtp = { host: '127.0.0.1', port: sink.port, username: '', password: '', from, replyTo: '', verifyTls: true };
  const pace = { perMinute: 60, connections: 1, dkimSelector: '', returnAddress: '' };
  return { at: await anApp({ bench, smtp: { ...smtp, ...pace } }), sink };
}

const asking = (at: TestApp, email: string, headers = {}, peer?: string) =>
  aVisitor(at.app, at.baseUrl, peer).post(path, { email }, headers);

/** The links that came, the latest last. */
async function linksTo(sink: MailSink, email: string, count: number): Promise<string[]> {
  const mails = await vi.waitFor(
    async () => {
      const found = await sink.mailsTo(email);
      expect(found).toHaveLength(count);
      return found;
    },
    { timeout: 20_000 },
  );
  return mails.map(({ text }) => /http:\/\/localhost:5000(\/choose-password\/[\w-]{32})\s/.exec(text ?? '')![1]!);
}

onBothDatabases((bench) => {
  test('a mail brings a link that works once; it ends every session, and scanners change nothing', async () => {
    const { at, sink } = await aSite(bench());
    const { id, email } = await anAccount(at.db, 'admin', 'Ada <b>');
    const session = await startSession(at.db, id);
    const answer = await asking(at, ` ${email.toUpperCase()} `, french);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Consultez votre messagerie')]);
    const [link] = await linksTo(sink, email, 1);
    const [mail] = await sink.mailsTo(email);
    expect(mail).toMatchObject({ subject: 'Choisissez un nouveau mot de passe' });
    expect(mail?.html).toContain('Ada &#60;b&#62;');
    const scanner = at.visitor();
    for (const method of ['get', 'head', 'get'] as const) expect((await scanner[method](link!)).status).toBe(200);
    expect(await readSession(at.db, session)).toBeDefined();
    const browser = at.visitor();
    const chosen = await browser.post(link!, { password: fresh, passwordAgain: fresh });
    expect(location(chosen)).toBe('/console');
    expect(await readSession(at.db, session)).toBeUndefined();
    expect((await browser.get('/console')).status).toBe(200);
    for (const again of [await scanner.get(link!), await scanner.post(link!, { password, passwordAgain: password })])
      expect(again.status).toBe(404);
    expect(location(await at.visitor().post('/login', { email, password: fresh }))).toBe('/console');
    const entries = at.db.reader.selectFrom('audit_log').selectAll().where('subject', '=', id).orderBy('position');
    const log = (await entries.execute()).map(({ actor, action }) => [actor, action]);
    expect(log).toEqual([
      ['system', 'password-reset-asked'],
      ['system', 'password-reset'],
    ]);
    expect(at.log()).not.toContain(email);
  });

  test('the link lasts an hour, a newer one replaces it, and a stolen database holds none that works', async () => {
    const { at, sink } = await aSite(bench());
    const { id, email } = await anAccount(at.db, 'observer', 'Otto');
    const handed = await at.db.write(async (tx) => issueAccountLink(tx, id, await at.db.now(tx)));
    await asking(at, email);
    const [first] = await linksTo(sink, email, 1);
    await asking(at, email);
    const links = await linksTo(sink, email, 2);
    const second = links.find((link) => link !== first)!;
    expect((await at.visitor().get(first!)).status).toBe(404);
    expect((await at.visitor().get(second)).status).toBe(200);
    // What an administrator handed over is not taken away by a stranger who asks for a mail.
    expect(await readAccountLink(at.db, handed.token)).toMatchObject({ id });
    const rows = JSON.stringify(await at.db.reader.selectFrom('password_resets').selectAll().execute());
    expect(rows).not.toContain(second.split('/').at(-1));
    at.bench.clockOffsetMs += 61 * minute;
    expect((await at.visitor().get(second)).status).toBe(404);
    expect(await readAccountLink(at.db, handed.token)).toMatchObject({ id });
  });

  test('a used link takes every other of the account with it, and the second step is asked for', async () => {
    const { at, sink } = await aSite(bench());
    const { id, email } = await anAccount(at.db, 'admin', 'Ada');
    await aSecondStep(at.db, id);
    const handed = await at.db.write(async (tx) => issueAccountLink(tx, id, await at.db.now(tx)));
    await asking(at, email);
    const [link] = await linksTo(sink, email, 1);
    const thief = at.visitor();
    const chosen = await thief.post(link!, { password: fresh, passwordAgain: fresh });
    expect(location(chosen)).toBe('/login/second?next=%2Fconsole');
    expect((await thief.get('/console')).status).toBe(303);
    expect(await readAccountLink(at.db, handed.token)).toBeUndefined();
  });

  test('known and unknown addresses get the same answer, and the fourth within an hour waits alike', async () => {
    const { at, sink } = await aSite(bench());
    const { email } = await anAccount(at.db, 'admin', 'Ada');
    const nobody = `${crypto.randomUUID()}@example.org`;
    const answers = { [email]: [] as string[], [nobody]: [] as string[] };
    for (const asked of [email, nobody])
      for (let n = 0; n < 4; n++) {
        const answer = await asking(at, asked, {}, `192.0.2.${n}`);
        const text = (await answer.text()).replaceAll(asked, 'EMAIL').replace(/after [^.<]*/g, 'after …');
        answers[asked]!.push(`${answer.status} ${text}`);
      }
    expect(answers[email]).toEqual(answers[nobody]);
    expect(answers[email]!.map((text) => text.slice(0, 3))).toEqual(['200', '200', '200', '429']);
    await linksTo(sink, email, 3);
    expect(sink.taken.map(({ to }) => to)).not.toContain(nobody);
    at.bench.clockOffsetMs += 61 * minute;
    expect((await asking(at, email)).status).toBe(200);
  });

  test('asked for many times at once, through two processes, each gets its link and the last one is left', async () => {
    const { at } = await aSite(bench());
    const { id, email } = await anAccount(at.db, 'admin', 'Ada');
    const handles = [at.db, await bench().another()];
    const issued = await Promise.all(Array.from({ length: 12 }, (_, n) => issueReset(handles[n % 2]!, email)));
    expect(issued.every((link) => link?.email === email)).toBe(true);
    const left = await at.db.reader.selectFrom('password_resets').selectAll().where('account_id', '=', id).execute();
    expect(left).toHaveLength(1);
  });

  test('one client that asks for many addresses is slowed, and forged headers name no other server', async () => {
    const { at, sink } = await aSite(bench());
    const { email } = await anAccount(at.db, 'admin', 'Ada');
    await asking(at, email, { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' });
    await linksTo(sink, email, 1);
    const ask = (n: number) => asking(at, `${n}-${crypto.randomUUID()}@example.org`, {}, '198.51.100.9');
    const statuses = await Promise.all(Array.from({ length: 25 }, async (_, n) => (await ask(n)).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });

  test('without a mail server the page says whom to ask', async () => {
    const at = await anApp({ bench: bench() });
    const page = await (await at.visitor().get(path)).text();
    expect(page).toContain('votix user reset-password');
    expect(page).not.toContain('name="email"');
    expect((await asking(at, 'a@example.org')).status).toBe(409);
  });
});
