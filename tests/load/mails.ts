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
import { countDeliveries, listDeliveries, startMailing } from '../../packages/server/src/domain/mailings.ts';
import { readOrganisation, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { type Letter, messageOf } from '../../packages/server/src/mail/compose.ts';
import { lettersFor } from '../../packages/server/src/mail/letters.ts';
import { openTransport, type SmtpSettings } from '../../packages/server/src/mail/smtp.ts';
import { startMailWorker } from '../../packages/server/src/mail/worker.ts';
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

interface Cost {
  readonly seconds: number;
  /** Of this process, all its threads; the mail server has one of its own. Says more than the clock on a machine that does other work. */
  readonly cpuSeconds: number;
}

async function measured(work: () => Promise<unknown>): Promise<Cost> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}

interface Prepared {
  readonly mailingId: string;
  /** As one of the voters gets it. */
  readonly letter: Letter;
}

async function aMailing(db: Database): Promise<Prepared> {
  await db.write((tx) => saveOrganisation(tx, organisation));
  const { id: electionId } = await anArmedElection(db, { voters: mails, opensIn: hour, closesIn: 2 * hour });
  const started = await startMailing(db, admin, { electionId, kind: 'link' }, { secure: true, mailReady: true });
  if (!started.ok) throw new Error(started.reason);
  const [order] = await listDeliveries(db.reader, started.mailingId, { limit: 1, offset: 0 });
  const sources = { db, vault, credentialKeys: testKeys, organisation };
  const [written] = await lettersFor(sources, [order!], await db.now());
  if (!written?.ok) throw new Error(written?.reason);
  return { mailingId: started.mailingId, letter: written.letter };
}

/** nodemailer alone, the server's own: it hands over one and the same letter again and again, and notes nothing. */
async function byNodemailer(port: number, letter: Letter): Promise<Cost> {
  const settings = settingsFor(port);
  const transport = openTransport(settings);
  const mail = messageOf(letter, settings, crypto.randomUUID());
  let left = mails;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await transport.sendMail({ ...mail });
  };
  const cost = await measured(() => Promise.all(Array.from({ length: 2 * connections }, lane)));
  transport.close();
  return cost;
}

async function byPostman(db: Database, port: number, mailingId: string): Promise<Cost> {
  const isFinished = async () => (await findMailing(db.reader, mailingId))?.state === 'finished';
  let worker: ReturnType<typeof startMailWorker> | undefined;
  const cost = await measured(async () => {
    worker = startMailWorker({
      db,
      vault,
      credentialKeys: testKeys,
      log: { info: () => {}, error: () => {} },
      organisation: () => readOrganisation(db.reader, {}),
      settings: () => Promise.resolve(settingsFor(port)),
    });
    while (!(await isFinished())) await pause(50);
  });
  await worker?.stop();
  const counts = await countDeliveries(db.reader, mailingId);
  if (counts.accepted !== mails) throw new Error(JSON.stringify(counts));
  return cost;
}

const folder = mkdtempSync(join(tmpdir(), 'votix-load-'));
const url = values.database;
const db = await openDatabase(
  url === undefined ? { kind: 'sqlite', path: join(folder, 'db.sqlite') } : { kind: 'postgres', url },
);
const sink = await aSink();
const { mailingId, letter } = await aMailing(db);
await byNodemailer(sink.port, letter); // warm
const before = await byNodemailer(sink.port, letter);
const postman = await byPostman(db, sink.port, mailingId);
const after = await byNodemailer(sink.port, letter);
const nodemailer = {
  seconds: (before.seconds + after.seconds) / 2,
  cpuSeconds: (before.cpuSeconds + after.cpuSeconds) / 2,
};
const perSecond = ({ seconds }: Cost) => Math.round(mails / seconds);
const cpuMsPerMail = ({ cpuSeconds }: Cost) => Number(((1000 * cpuSeconds) / mails).toFixed(2));
process.stdout.write(
  `${JSON.stringify({
    database: db.kind,
    mails,
    connections,
    nodemailer: { perSecond: perSecond(nodemailer), cpuMsPerMail: cpuMsPerMail(nodemailer) },
    postman: { perSecond: perSecond(postman), cpuMsPerMail: cpuMsPerMail(postman) },
    ratio: Number((nodemailer.seconds / postman.seconds).toFixed(2)),
    cpuRatio: Number((nodemailer.cpuSeconds / postman.cpuSeconds).toFixed(2)),
  })}\n`,
);
sink.stop();
await db.close();
rmSync(folder, { recursive: true, force: true });
