// What an election costs as it grows: `node tests/load/scale.ts [--rolls 1000,10000] [--casts 1000] [--processes 1]
// [--in-flight 32] [--database postgres|sqlite] [--ballots 0.6]`. Real servers on a database of their own; milliseconds of
// the clock, and of the processors, which say the same on a machine that does other work. Not part of npm test.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sealBox } from '../../packages/server/src/domain/boxes.ts';
import { startSession } from '../../packages/server/src/domain/sessions.ts';
import { readRecord } from '../../packages/server/src/domain/records.ts';
import { checkSecret, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { freePort } from '../../packages/server/src/commands/rehearsal/server.ts';
import { type Database, type DatabaseAddress, openDatabase } from '../../packages/server/src/storage/database.ts';
import { readHealth } from '../../packages/server/src/storage/health.ts';
import { rewriteInKeyOrder } from '../../packages/server/src/storage/box-rewriting.ts';
import { newPoll, voteAll } from '../cluster/voters.ts';
import { anAccount, organisation } from '../support/app.ts';
import { type ArmedElection, hour, secret, vault } from '../support/elections.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../support/embedded-postgres.ts';
import { startVotix, type VotixProcess } from '../support/votix-process.ts';
import { fill } from './filling.ts';
import { median, percentile } from './statistics.ts';

const { values } = parseArgs({
  options: {
    rolls: { type: 'string', default: '1000,10000' },
    casts: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '1' },
    'in-flight': { type: 'string', default: '32' },
    database: { type: 'string', default: 'postgres' },
    ballots: { type: 'string', default: '0.6' },
  },
});
const [casts, places, inFlight] = [Number(values.casts), Number(values.processes), Number(values['in-flight'])];
const ticksPerSecond = 100; // of Linux' /proc

/** Milliseconds of a processor that these processes have used so far, with children that have ended. */
function usedMs(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]), 0);
  });
  return (ticks.reduce((sum, n) => sum + n, 0) * 1000) / ticksPerSecond;
}

const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .split(' ')[1] === String(pid)
        );
      } catch {
        return false; // it has just ended
      }
    })
    .map(Number);

interface Measured {
  readonly ms: number;
  /** Of processors: of Votix (this process where it works here), and of PostgreSQL. */
  readonly votixMs: number;
  readonly postgresMs: number;
}

async function measured(work: () => Promise<unknown>, servers: readonly VotixProcess[], postgres?: EmbeddedPostgres) {
  const votix = () => usedMs(servers.length > 0 ? servers.map(({ pid }) => pid) : [process.pid]);
  const ofPostgres = () => (postgres ? usedMs([postgres.pid(), ...childrenOf(postgres.pid())]) : 0);
  const [began, a, b] = [performance.now(), votix(), ofPostgres()];
  await work();
  const times: Measured = { ms: performance.now() - began, votixMs: votix() - a, postgresMs: ofPostgres() - b };
  return times;
}

const spread = (waits: readonly number[]) => {
  return { p50: rounded(median(waits)), p99: rounded(percentile(waits, 99)) };
};
const rounded = (value: number): number => Math.round(value * 100) / 100;
const each = ({ ms, votixMs, postgresMs }: Measured, count: number) => ({
  ms: rounded(ms / count),
  votixMs: rounded(votixMs / count),
  postgresMs: rounded(postgresMs / count),
});

const say = (what: string, facts: object): void => void process.stdout.write(`${JSON.stringify({ what, ...facts })}\n`);

async function measureCasts(election: ArmedElection, servers: readonly VotixProcess[], postgres?: EmbeddedPostgres) {
  const votes = await Promise.all(
    election.voters.map(async (voter, n) => ({ ...voter, ...(await election.seal([[0], [1], [], [2]][n % 4]!)) })),
  );
  const polls = servers.map(newPoll);
  const share = (place: number) => votes.filter((_, n) => n % servers.length === place);
  const lanes = { inFlight: Math.ceil(inFlight / servers.length), paceMs: 0 };
  const times = await measured(
    () => Promise.all(servers.map(({ url }, place) => voteAll(url, polls[place]!, share(place), lanes))),
    servers,
    postgres,
  );
  const recorded = polls.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  const perSecond = rounded(recorded / (times.ms / 1000));
  const waits = spread(polls.flatMap(({ waitsMs }) => waitsMs));
  say('casts', { recorded, inFlight, perSecond, ...waits, each: each(times, recorded) });
}

const visits = 50;

interface Visited {
  readonly db: Database;
  readonly election: ArmedElection;
  readonly server: VotixProcess;
  readonly postgres: EmbeddedPostgres | undefined;
}

async function measurePages({ db, election, server, postgres }: Visited): Promise<void> {
  const { id } = await anAccount(db, 'admin', 'Ada Admin');
  const cookie = `votix_session=${await startSession(db, id)}`;
  const console_ = `/console/elections/${election.id}`;
  const pages = {
    home: '/',
    election: `/elections/${election.id}`,
    booth: `/vote/${election.voters[0]!.link}`,
    checklist: console_,
    roll: `${console_}/voters`,
    'roll, voted': `${console_}/voters?voted=yes`,
    participation: `${console_}/participation`,
  };
  const booth = await (await fetch(server.url + pages.booth)).text();
  const program = /src="([^"]*\/assets\/booth\.[^"]+)"/.exec(booth)?.[1] ?? '/icon.svg';
  const all = { ...pages, "the booth's program": new URL(program, server.url).pathname };
  for (const [name, path] of Object.entries(all)) {
    const waits: number[] = [];
    let status = 0;
    const visit = async () => {
      const began = performance.now();
      const answer = await fetch(server.url + path, { headers: { cookie } });
      await answer.text();
      waits.push(performance.now() - began);
      ({ status } = answer);
    };
    await visit(); // what is made once
    waits.length = 0;
    const work = async () => {
      for (let n = 0; n < visits; n++) await visit();
    };
    const times = await measured(work, [server], postgres);
    say(`page: ${name}`, { status, ...spread(waits), each: each(times, visits) });
  }
}

async function measureClose(address: DatabaseAddress, election: ArmedElection, postgres?: EmbeddedPostgres) {
  const db = await openDatabase(address, { clockOffsetMs: () => 2 * hour });
  try {
    say('sealing, with the rewriting', await measured(() => sealBox(db, election.id), [], postgres));
    say('the rewriting alone', await measured(() => rewriteInKeyOrder(db), [], postgres));
    let bytes = 0;
    const times = await measured(
      async () => {
        const record = await readRecord(db, election.id);
        if (record.ok) for await (const chunk of record.chunks) bytes += chunk.length;
      },
      [],
      postgres,
    );
    say('the record, as anybody downloads it', { ...times, bytes });
  } finally {
    await db.close();
  }
}

async function point(roll: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-scale-'));
  const postgres = values.database === 'postgres' ? await startEmbeddedPostgres({ isDurable: true }) : undefined;
  const address: DatabaseAddress = postgres
    ? { kind: 'postgres', url: postgres.url }
    : { kind: 'sqlite', path: join(folder, 'db.sqlite') };
  const servers: VotixProcess[] = [];
  try {
    const db = await openDatabase(address);
    await checkSecret(db, vault.hash('check', 'votix'));
    await db.write((tx) => saveOrganisation(tx, organisation));
    const voters = Math.min(casts, roll);
    let election: ArmedElection | undefined;
    const ballots = Math.floor(roll * Number(values.ballots));
    const filling = await measured(
      async () => {
        election = await fill(db, { roll, voters, ballots });
      },
      [],
      postgres,
    );
    const { bytes } = await readHealth(db);
    say('an election', { roll, ballots, database: values.database, processes: places, filled: filling.ms, bytes });
    for (let n = 0; n < places; n++)
      servers.push(
        await startVotix({
          PORT: String(await freePort()),
          DATABASE_URL: address.kind === 'postgres' ? address.url : `sqlite:${address.path}`,
          SECRET_KEY: secret,
          DATA_DIR: folder,
          LOG_DIR: 'none',
        }),
      );
    await measurePages({ db, election: election!, server: servers[0]!, postgres });
    await measureCasts(election!, servers, postgres);
    await db.close();
    for (const server of servers.splice(0)) await server.stop();
    await measureClose(address, election!, postgres);
  } finally {
    for (const server of servers) await server.kill();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const roll of values.rolls.split(',')) await point(Number(roll));
