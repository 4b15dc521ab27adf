// Three processes of Votix on one PostgreSQL that can be restarted, with a mail server of their own, and the elections of a
// rehearsal: one of either sealing, one that closes in between, one whose voters are mailed.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';
import { openCredentialKeys } from '../../packages/server/src/credential-keys.ts';
import { startMailing } from '../../packages/server/src/domain/mailings.ts';
import { checkSecret, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { organisation } from '../support/app.ts';
import { compileCache } from '../support/compile-cache.ts';
import { everyoneVotes } from '../support/casts.ts';
import { admin, anArmedElection, anElection, hour, secret, vault } from '../support/elections.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../support/embedded-postgres.ts';
import { aMailSink, type MailSink } from '../support/mail-sink.ts';
import { aVerifiableElection } from '../support/verifiable-elections.ts';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';

export interface Cluster {
  readonly postgres: EmbeddedPostgres;
  readonly mails: MailSink;
  readonly folder: string;
  readonly ports: readonly number[];
  /** Those that run now, each in its place. */
  readonly processes: VotixProcess[];
  start(place: number): Promise<void>;
  /** A look at the database beside the processes, with the clock moved by `offset`. */
  readonly looking: <T>(look: (db: Database) => Promise<T>, offset?: number) => Promise<T>;
  end(): Promise<void>;
}

const places = 3;

export async function openCluster(): Promise<Cluster> {
  const postgres = await startEmbeddedPostgres({ isDurable: true });
  const mails = await aMailSink({ delayMs: 2 });
  const folder = mkdtempSync(join(tmpdir(), 'votix-cluster-'));
  const ports: number[] = [];
  for (let n = 0; n < places; n++) ports.push(await freePort());
  const processes: VotixProcess[] = [];
  const environment = {
    DATABASE_URL: postgres.url,
    SECRET_KEY: secret,
    DATA_DIR: folder,
    LOG_DIR: 'none',
    TRUSTED_PROXIES: '127.0.0.1',
    SMTP_SERVER: '127.0.0.1',
    SMTP_PORT: String(mails.port),
    SMTP_FROM: 'votes@example.org',
    SMTP_RATE: '1200',
    NODE_COMPILE_CACHE: compileCache,
  };
  const looking: Cluster['looking'] = async (look, offset = 0) => {
    const db = await openDatabase({ kind: 'postgres', url: postgres.url }, { clockOffsetMs: () => offset });
    try {
      return await look(db);
    } finally {
      await db.close();
    }
  };
  return {
    postgres,
    mails,
    folder,
    ports,
    processes,
    looking,
    start: async (place) => {
      processes[place] = await startVotix({ ...environment, PORT: String(ports[place]) });
    },
    end: async () => {
      await Promise.all(processes.map((server) => server.kill()));
      await postgres.stop();
      await mails.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Electorate {
  readonly voters: number;
  readonly verifiable: number;
  readonly mailed: number;
  /** Voters whose codes are guessed. */
  readonly victims: number;
  /** When the one closes that is sealed while the others go on. */
  readonly earlyMs: number;
}

export type Elections = Awaited<ReturnType<typeof prepare>>;

/** In an empty database. */
export async function prepare(db: Database, folder: string, wish: Electorate) {
  await checkSecret(db, vault.hash('check', 'votix'));
  await db.write((tx) => saveOrganisation(tx, organisation));
  const keys = openCredentialKeys({ dataDir: folder });
  const sealed = await anArmedElection(db, { voters: wish.voters + wish.victims });
  const verifiable = await aVerifiableElection(db, { voters: wish.verifiable, keys });
  const early = await anArmedElection(db, { voters: 20, closesIn: wish.earlyMs });
  const receipts = await everyoneVotes(db, early);
  const mailedId = await anElection(db, { voters: wish.mailed, opensIn: 24 * hour, closesIn: 48 * hour });
  const conditions = { secure: true, mailReady: true };
  const mailing = await startMailing(db, admin, { electionId: mailedId, kind: 'invitation' }, conditions);
  if (!mailing.ok) throw new Error(mailing.reason);
  return { sealed, verifiable, early: { ...early, receipts }, mailingId: mailing.mailingId };
}
