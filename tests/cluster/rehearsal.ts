// A rehearsal on three processes and one PostgreSQL: people vote through a proxy in elections of both sealings while one process
// after the other is killed and started again, PostgreSQL is restarted, mails go out, a box is sealed and codes are guessed.

import { setTimeout as pause } from 'node:timers/promises';
import { verifyArchive } from '@votix/protocol/verifiable';
import { expect } from 'vitest';
import { countDeliveries, listDeliveries } from '../../packages/server/src/domain/mailings.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { findElection } from '../../packages/server/src/storage/elections.ts';
import { findVerifiable } from '../../packages/server/src/storage/verifiable-elections.ts';
import { counts, same } from '../support/casts.ts';
import { hour, type TestVoter } from '../support/elections.ts';
import { verdictOn } from '../support/instances.ts';
import { archiveBytes } from '../support/verifiable-elections.ts';
import { type Cluster, type Electorate, type Elections, openCluster, prepare } from './processes.ts';
import { guess, newPoll, type Poll, type Vote, voteAll } from './voters.ts';

export interface Wish extends Electorate {
  readonly inFlight: number;
  readonly paceMs: number;
  /** From one kill to the next; the first comes as soon. */
  readonly killEveryMs: number;
  readonly mostKills: number;
  /** After which share of the votes PostgreSQL is restarted. */
  readonly restartAt: number;
  readonly openProxy: (cluster: Cluster) => Promise<{ readonly url: string; readonly stop: () => unknown }>;
}

export interface Report {
  readonly votes: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly kills: number;
  readonly restartsOfPostgres: number;
  readonly undecided: Readonly<Record<string, number>>;
  readonly waitMs: { readonly p50: number; readonly p99: number; readonly most: number };
  readonly mails: Readonly<Record<string, number>>;
  readonly mailsTaken: number;
  readonly guesses: Readonly<Record<string, number>>;
}

const choices = [[0], [1], [], [2]] as const;
const patience = { interval: 200, timeout: 120_000 };

async function sealVotes({ sealed, verifiable }: Elections, { voters }: Wish) {
  const bySealing = async (election: Elections['sealed'], some: readonly TestVoter[]): Promise<Vote[]> => {
    const votes: Vote[] = [];
    for (const [n, voter] of some.entries()) votes.push({ ...voter, ...(await election.seal(choices[n % 4]!)) });
    return votes;
  };
  return {
    sealed: await bySealing(sealed, sealed.voters.slice(0, voters)),
    victims: await bySealing(sealed, sealed.voters.slice(voters)),
    verifiable: verifiable.voters.map((voter, n) => ({ ...voter, ...verifiable.seal(voter, choices[n % 4]!) })),
  };
}

/** Runs it, makes every check, and says what happened. */
export async function rehearse(wish: Wish): Promise<Report> {
  const cluster = await openCluster();
  try {
    const elections = await cluster.looking((db) => prepare(db, cluster.folder, wish));
    const votes = await sealVotes(elections, wish);
    await Promise.all(cluster.ports.map((_, place) => cluster.start(place)));
    const proxy = await wish.openProxy(cluster);
    try {
      return await run(cluster, { wish, elections, votes, url: proxy.url });
    } finally {
      await proxy.stop();
    }
  } finally {
    await cluster.end();
  }
}

interface Scene {
  readonly wish: Wish;
  readonly elections: Elections;
  readonly votes: Awaited<ReturnType<typeof sealVotes>>;
  readonly url: string;
}

async function run(cluster: Cluster, scene: Scene): Promise<Report> {
  const { wish, elections, votes, url } = scene;
  const poll = newPoll();
  const all = mixed(votes.sealed, votes.verifiable);
  const over = { isOver: false };
  const storm = killByTurns(cluster, wish, over);
  const restart = restartPostgres(cluster, () => poll.acknowledged.size >= all.length * wish.restartAt);
  const began = performance.now();
  const guessing = Promise.all(votes.victims.map((victim) => guess(url, victim)));
  await voteAll(url, poll, all, wish);
  const seconds = (performance.now() - began) / 1000;
  over.isOver = true;
  const [kills, guesses] = [await storm, await guessing];
  await restart;

  expect(poll.refusals).toEqual([]);
  expect(poll.acknowledged).toEqual(new Set(all.map(({ receipt }) => receipt)));
  for (const { guesses: told, last } of guesses) {
    expect(told.filter(({ reason }) => reason === 'wrong-code').length).toBeLessThanOrEqual(4);
    expect(told.filter(({ status }) => status === 200)).toEqual([]);
    if (last && last.status < 500 && told.some(({ reason }) => reason === 'code-locked'))
      expect(last.reason).toBe('code-locked');
  }
  const mails = await expectMailsOnce(cluster, elections, wish);
  for (const process of cluster.processes) await process.moveClock(2 * hour);
  await cluster.looking((db) => expectBoxes(db, scene), 2 * hour);
  for (const process of cluster.processes) expect(await process.stop()).toBe(0);
  return {
    votes: all.length,
    seconds: rounded(seconds),
    perSecond: rounded(all.length / seconds),
    kills,
    restartsOfPostgres: 1,
    undecided: Object.fromEntries(poll.undecided),
    waitMs: spread(poll),
    mails,
    mailsTaken: cluster.mails.taken.length,
    guesses: tallied(guesses.flatMap(({ guesses: told }) => told.map(({ reason = 'recorded' }) => reason))),
  };
}

/** The second list spread evenly through the first. */
function mixed(many: readonly Vote[], few: readonly Vote[]): Vote[] {
  const every = Math.max(1, Math.floor(many.length / Math.max(1, few.length)));
  const all = many.flatMap((vote, n) => (n % every === 0 && few[n / every] ? [vote, few[n / every]!] : [vote]));
  return [...all, ...few.slice(Math.ceil(many.length / every))];
}

/** SIGKILL, one place after the other, each started again before the next; how many there were. */
async function killByTurns(cluster: Cluster, { killEveryMs, mostKills }: Wish, over: { isOver: boolean }) {
  let kills = 0;
  for (; kills < mostKills; kills++) {
    const due = performance.now() + killEveryMs;
    while (performance.now() < due && !over.isOver) await pause(50);
    if (over.isOver) break;
    const place = kills % cluster.ports.length;
    await cluster.processes[place]!.kill();
    await startAgain(cluster, place);
  }
  return kills;
}

/** A supervisor's patience: while PostgreSQL is away a start fails. */
async function startAgain(cluster: Cluster, place: number): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      return await cluster.start(place);
    } catch (error) {
      if (tries === 20) throw error;
      await pause(500);
    }
}

async function restartPostgres({ postgres }: Cluster, isTime: () => boolean): Promise<void> {
  while (!isTime()) await pause(50);
  await postgres.restart();
}

/** Nobody has two; whoever is said to have one has it; what a killed process was sending is nobody's second try. */
async function expectMailsOnce({ looking, mails }: Cluster, { mailingId }: Elections, { mailed }: Wish) {
  const left = () =>
    looking(async (db) => {
      const { queued = 0, deferred = 0 } = await countDeliveries(db.reader, mailingId);
      return queued + deferred;
    });
  await expect.poll(left, patience).toBe(0);
  const rows = await looking((db) => listDeliveries(db.reader, mailingId, { limit: mailed, offset: 0 }));
  const got = Map.groupBy(mails.taken, ({ to }) => to);
  for (const { email, status } of rows) {
    const most = got.get(email)?.length ?? 0;
    expect([email, status, most], 'twice').toEqual([email, status, Math.min(most, 1)]);
    if (status === 'accepted') expect([email, most]).toEqual([email, 1]);
  }
  expect(rows).toHaveLength(mailed);
  return tallied(rows.map(({ status }) => status));
}

/** The processes seal, rewrite and sum by themselves; then everything is held against what was cast. */
async function expectBoxes(db: Database, { elections, votes }: Scene): Promise<void> {
  const { sealed, verifiable, early } = elections;
  const isRewritten = async ({ id }: { readonly id: string }) =>
    (await findElection(db.reader, id))?.rewritten_at !== null;
  for (const election of [early, sealed, verifiable])
    await expect.poll(() => isRewritten(election), patience).toBe(true);
  const isSummed = async () => (await findVerifiable(db.reader, verifiable.id))?.tally !== null;
  await expect.poll(isSummed, patience).toBe(true);
  expect(await counts(db, early)).toEqual(same(early.receipts.length));
  for (const [election, cast] of [
    [sealed, votes.sealed],
    [verifiable, votes.verifiable],
  ] as const) {
    expect(await counts(db, election)).toEqual(same(cast.length));
    const rows = await db.reader.selectFrom('ballots').selectAll().where('election_id', '=', election.id).execute();
    const stored = new Map(rows.map(({ receipt, ballot }) => [receipt, ballot]));
    for (const { receipt, ballot } of cast) expect(stored.get(receipt) === ballot, receipt).toBe(true);
  }
  for (const election of [early, sealed]) expect(await verdictOn(db, election)).toMatchObject({ ok: true });
  const report = verifyArchive(await archiveBytes(db, verifiable.id));
  expect(report).toMatchObject({ ok: true, ballots: votes.verifiable.length, facts: { stage: 'tallied' } });
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

function spread({ waitsMs }: Poll): Report['waitMs'] {
  const sorted = waitsMs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

const tallied = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
