// Mail scanners open what stands in a mail, run its scripts and press what can be pressed, again and again: nothing in the
// database may change. The addresses are read out of mails that a real server took.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';
import { type MailKind, mailKinds } from '../../packages/server/src/domain/mail-texts.ts';
import { countDeliveries, startMailing } from '../../packages/server/src/domain/mailings.ts';
import { checkSecret, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { organisation } from '../support/app.ts';
import { contentsOf } from '../support/contents.ts';
import { admin, anArmedElection, hour, secret, vault } from '../support/elections.ts';
import { aMailSink, type MailSink } from '../support/mail-sink.ts';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';

const rounds = 50;
const atOnce = 5;
const folder = mkdtempSync(join(tmpdir(), 'votix-scanned-'));
const path = join(folder, 'db.sqlite');
// Hundreds of pages: their traces would take longer than they do.
test.use({ trace: 'off' });
let votix: VotixProcess;
let sink: MailSink;

async function looking<T>(look: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ kind: 'sqlite', path });
  try {
    return await look(db);
  } finally {
    await db.close();
  }
}

test.beforeAll(async () => {
  sink = await aMailSink();
  const port = await freePort();
  const mailings = await looking(async (db) => {
    await checkSecret(db, vault.hash('check', 'votix'));
    await db.write((tx) => saveOrganisation(tx, { ...organisation, baseUrl: `http://localhost:${port}` }));
    const { id } = await anArmedElection(db, { voters: 1, closesIn: 24 * hour });
    const ids: string[] = [];
    for (const kind of mailKinds) ids.push(await started(db, id, kind));
    return ids;
  });
  votix = await startVotix({
    PORT: String(port),
    DATABASE_URL: `sqlite:${path}`,
    SECRET_KEY: secret,
    DATA_DIR: folder,
    LOG_DIR: folder,
    BACKUP_EVERY: '0',
    SMTP_SERVER: '127.0.0.1',
    SMTP_PORT: String(sink.port),
    SMTP_FROM: 'Elections <no-reply@example.org>',
  });
  const accepted = () =>
    looking(async (db) => {
      const counts = await Promise.all(mailings.map((id) => countDeliveries(db.reader, id)));
      return counts.map((count) => count.accepted);
    });
  await expect.poll(accepted).toEqual(mailKinds.map(() => 1));
});

test.afterAll(async () => {
  await votix.stop();
  await sink.close();
  rmSync(folder, { recursive: true, force: true });
});

async function started(db: Database, electionId: string, kind: MailKind): Promise<string> {
  const outcome = await startMailing(db, admin, { electionId, kind }, { secure: true, mailReady: true });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.mailingId;
}

/** Every web address of every mail: in the text, in the HTML, in any header. */
async function mailedAddresses(): Promise<string[]> {
  const mails = await sink.mailsTo('alice0@example.org');
  expect(mails).toHaveLength(mailKinds.length);
  const texts = mails.flatMap((mail) => [
    mail.text ?? '',
    mail.html || '',
    ...mail.headerLines.map(({ line }) => line.replaceAll(/\r?\n\s+/g, ' ')),
  ]);
  return [...new Set(texts.flatMap((text) => text.match(/https?:\/\/[^\s<>"')]+/g) ?? []))];
}

/** A form that was just sent may still take the page elsewhere. */
const open = (page: Page, address: string) =>
  expect(async () => {
    await page.goto(address);
    await expect(buttons(page).first()).toBeAttached({ timeout: 2000 });
  }).toPass({ timeout: 60_000, intervals: [20, 200] });

const choices = (page: Page): Locator => page.locator('main input:is([type=radio],[type=checkbox])');

/** Chooses and presses whatever is there, and what that brings up; how many presses that made. */
async function pressEverything(page: Page, address: string): Promise<number> {
  let presses = 0;
  await open(page, address);
  if (/\/vote\/./.test(address)) await expect(choices(page).first()).toBeAttached();
  for (const things of [choices(page), buttons(page), buttons(page)]) {
    for (let n = 0; n < (await things.count()); n++) {
      // Without a wait for it to be in sight: scanners press what people do not see, too.
      await things.nth(n).evaluate((thing) => (thing as HTMLElement).click());
      presses++;
      await page.waitForLoadState();
      if (page.url() !== address) await open(page, address);
    }
  }
  return presses;
}

const buttons = (page: Page): Locator => page.locator('button, summary, [role=button], input[type=submit]');

async function scan(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  let presses = 0;
  for (let round = 0; round < rounds / atOnce; round++) presses += await pressEverything(page, address);
  await context.close();
  return presses;
}

test(`what stands in mails, opened ${rounds} times with every button pressed: the database is the same`, async ({
  browser,
}) => {
  const addresses = await mailedAddresses();
  const forms = addresses.map((address) => new URL(address).pathname.replaceAll(/[0-9a-f-]{36}/g, '…'));
  expect(forms.toSorted()).toEqual(['/elections/…', '/vote', '/vote/…']);
  const unsubscribe = (await sink.mailsTo('alice0@example.org'))
    .flatMap(({ headerLines }) => headerLines)
    .filter(({ key }) => key === 'list-unsubscribe');
  // By mail to the contact: nothing that a scanner could press.
  expect(unsubscribe.map(({ line }) => line)).toEqual([expect.stringMatching(/^List-Unsubscribe:\s+<mailto:\S+>$/)]);

  const contents = () => looking((db) => contentsOf(db, ['integrity_checks']));
  const before = await contents();
  for (const address of addresses) {
    const presses = await Promise.all(Array.from({ length: atOnce }, () => scan(browser, address)));
    expect(
      presses.every((count) => count >= rounds / atOnce),
      address,
    ).toBe(true);
  }
  expect(await contents()).toBe(before);
});
