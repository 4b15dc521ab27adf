// How fast the postman is beside nodemailer alone: `node tests/load/mails.ts [--mails 10000] [--connections 5] [--database
// URL]`. Both hand the same mails to the same kind of server in a process of its own; the postman also writes each outcome.
// Not part of npm test: the figures are for an idle machine.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { countDeliveries, startMailing } from '../../packages/server/src/domain/mailings.ts';
import { readOrganisation, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { composeLetter } from '../../packages/server/src/mail/compose.ts';
import { openTransport, type SmtpSettings } from '../../packages/server/src/mail/smtp.ts';
import { startMailWorker } from '../../packages/server/src/mail/worker.ts';
import { defaultMailText } from '../../packages/server/src/messages/mail-defaults.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { findMailing } from '../../packages/server/src/storage/mailings.ts';
import { organisation } from '../support/app.ts';
import { admin, anArmedElection, hour, vault } from '../support/elections.ts';
import { testKeys } from '../support/verifiable-elections.ts';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '5' },
    database: { type: 'string' },
  },
});
const mails = Number(values.mails);
const connections = Number(values.connections);

async function aSink() {
  const child = fork(join(import.meta.dirname, 'sink-child.ts'), { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  return { port, stop: () => child.kill('SIGKILL') };
}

const settingsFor = (port: number): SmtpSettings => ({
  host: '127.0.0.1',
  port,
  username: '',
  password: '',
  from: 'votes@example.org',
  replyTo: '',
  verifyTls: true,
  perMinute: 10_000_000,
  connections,
  dkimSelector: '',
  returnAddress: '',
});

async function measured(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const link = 'https://votes.example.org/vote/0f8fad5b-d9cb-469f-a165-70867728950e';
const letter = {
  kind: 'link' as const,
  locale: 'en' as const,
  to: { name: 'Alice Dupont', address: 'alice@example.org' },
  organisation: organisation.organisation,
  text: defaultMailText('link', 'en', 'same-mail'),
  values: { first_name: 'Alice', last_name: 'Dupont', election: 'Board 2026', link, code: '1234' },
  link,
  buttonLabel: 'Vote now',
  contactEmail: organisation.contactEmail,
};

/** nodemailer alone, as its manual shows it: it writes and hands over a letter of the same size, and notes nothing. */
async function byNodemailer(port: number): Promise<number> {
  const settings = settingsFor(port);
  const transport = openTransport(settings);
  const { subject, plain: text, html } = composeLetter(letter);
  const mail = { from: settings.from, to: 'alice@example.org', subject, text, html };
  let left = mails;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await transport.sendMail(mail);
  };
  const seconds = await measured(() => Promise.all(Array.from({ length: 2 * connections }, lane)));
  transport.close();
  return seconds;
}

async function byPostman(db: Database, port: number): Promise<number> {
  await db.write((tx) => saveOrganisation(tx, organisation));
  const { id: electionId } = await anArmedElection(db, { voters: mails, opensIn: hour, closesIn: 2 * hour });
  const started = await startMailing(db, admin, { electionId, kind: 'link' }, { secure: true, mailReady: true });
  if (!started.ok) throw new Error(started.reason);
  const isFinished = async () => (await findMailing(db.reader, started.mailingId))?.state === 'finished';
  let worker: ReturnType<typeof startMailWorker> | undefined;
  const seconds = await measured(async () => {
    worker = startMailWorker({
      db,
      vault,
      credentialKeys: testKeys,
      log: { info: () => {}, error: () => {} },
      organisation: () => readOrganisation(db.reader, {}),
      settings: () => Promise.resolve(settingsFor(port)),
    });
    while (!(await isFinished())) await pause(20);
  });
  await worker?.stop();
  const counts = await countDeliveries(db.reader, started.mailingId);
  if (counts.accepted !== mails) throw new Error(JSON.stringify(counts));
  return seconds;
}

const folder = mkdtempSync(join(tmpdir(), 'votix-load-'));
const url = values.database;
const db = await openDatabase(
  url === undefined ? { kind: 'sqlite', path: join(folder, 'db.sqlite') } : { kind: 'postgres', url },
);
const sink = await aSink();
await byNodemailer(sink.port); // warm
const first = await byNodemailer(sink.port);
const seconds = await byPostman(db, sink.port);
const rates = { nodemailer: (2 * mails) / (first + (await byNodemailer(sink.port))), postman: mails / seconds };
process.stdout.write(
  `${JSON.stringify({
    database: db.kind,
    mails,
    connections,
    nodemailerPerSecond: Math.round(rates.nodemailer),
    postmanPerSecond: Math.round(rates.postman),
    ratio: Number((rates.postman / rates.nodemailer).toFixed(2)),
  })}\n`,
);
sink.stop();
await db.close();
rmSync(folder, { recursive: true, force: true });
