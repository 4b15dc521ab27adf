// A server that takes votes in several ways, each on a port of its own: as main.ts composes it, and as a benchmark holds
// against it. No setting of the product leads here. The argument is a CastServerWish.

import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { buildApp } from '../../packages/server/src/app.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import { type BallotQueue, createBallotQueue } from '../../packages/server/src/domain/ballot-queue.ts';
import { castBallots } from '../../packages/server/src/domain/ballots.ts';
import type { Deps } from '../../packages/server/src/http/deps.ts';
import { countCasts } from '../../packages/server/src/http/request-log.ts';
import { openInstance } from '../../packages/server/src/instance.ts';
import { listen } from '../../packages/server/src/listening.ts';
import { openLog } from '../../packages/server/src/log.ts';
import { createProofPool } from '../../packages/server/src/proofs/pool.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import type { CastServerWish, Usage, Way } from './cast-server.ts';

const { environment, ways } = JSON.parse(process.argv[2]!) as CastServerWish;
const read = readConfig(environment);
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const { config } = read;
const { log } = openLog(config.logDir, undefined);
const { db, vault } = await openInstance(config);

/** Everything has been judged and nothing is stored: what is left of a cast without the database's writing. */
const beforeStorage: BallotQueue = {
  submit: async (_, { receipt }) => ({ ok: true, receipt, recordedAt: await db.now() }),
  drain: () => Promise.resolve(),
};

const oneByOne = (database: Database): BallotQueue => ({
  submit: async (electionId, item) => (await database.write((tx) => castBallots(database, tx, electionId, [item])))[0]!,
  drain: () => Promise.resolve(),
});

const pools = new Map<number | undefined, ReturnType<typeof createProofPool>>();
function poolOf(threads: number | undefined) {
  const pool = pools.get(threads) ?? createProofPool(threads);
  pools.set(threads, pool);
  return pool;
}

async function serve({ storing, proofThreads }: Way): Promise<string> {
  const queues = {
    shared: () => createBallotQueue(db),
    'before-storage': () => beforeStorage,
    alone: () => oneByOne(db),
  };
  // What a cast is given; the pages that want more are never asked for.
  const deps: Partial<Deps> = {
    db,
    vault,
    log,
    config,
    queue: queues[storing](),
    prove: poolOf(proofThreads).prove,
    address: { baseUrl: environment.VOTING_URL },
    isReady: () => true,
  };
  const { port } = await listen({ host: '127.0.0.1', port: 0 }, buildApp(deps as Deps, countCasts(log)));
  return `http://127.0.0.1:${port}`;
}

const delay = monitorEventLoopDelay({ resolution: 1 });
const spent = () => ({ all: process.cpuUsage(), answering: process.threadCpuUsage() });
let before = spent();

/** Since it was asked last. */
function usage(): Usage {
  const msOf = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
  const [all, answering] = [process.cpuUsage(before.all), process.threadCpuUsage(before.answering)];
  const told = { cpuMs: msOf(all), answeringMs: msOf(answering), delayP99Ms: delay.percentile(99) / 1e6 };
  before = spent();
  delay.reset();
  return told;
}

process.on('message', () => process.send?.(usage()));
process.send?.(await Promise.all(ways.map(serve)));
delay.enable();
await once(process, 'disconnect');
process.exit(0);
