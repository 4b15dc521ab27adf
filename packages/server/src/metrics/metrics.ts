// What an operator's Prometheus may know of this process: how the machine does, never who votes, when, or for whom (decision
// 073). The page is made anew once a minute at most, and what a vote moves goes through quarter.ts.

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OutboxCounts } from '../storage/deliveries.ts';
import { createQuarter, type PublicRequest, type Released } from './quarter.ts';

const freshMs = 60_000;

/** `console`: whoever runs the election, and health; `public`: everybody else; `cast`: a vote. */
export type Audience = 'console' | 'public' | 'cast';

export interface RequestSeen extends PublicRequest {
  readonly audience: Audience;
  readonly seconds: number;
}

export interface Metrics {
  readonly contentType: string;
  readonly seeRequest: (request: RequestSeen) => void;
  readonly seeCommit: (ballots: number) => void;
  readonly seeProofsWaiting: (waiting: number) => void;
  /** One look at the database, which the clock asks for and no request; undefined when it failed. */
  readonly seeProbe: (seconds: number | undefined) => void;
  /** In Prometheus' text format. */
  readonly text: () => Promise<string>;
}

export interface MetricsWish {
  readonly version: string;
  readonly now: () => number;
  readonly isReady: () => boolean;
  readonly readOutbox: () => Promise<OutboxCounts>;
  /** Threads that check proofs at most. */
  readonly proofThreads: number;
  /** False leaves out what every program of Node tells of itself. */
  readonly ofProcess?: boolean;
}

/** They count what is open this very moment: connections, and so whoever has just come. */
const tooExact = ['handles', 'resources', 'requests'].flatMap((name) => [
  `nodejs_active_${name}`,
  `nodejs_active_${name}_total`,
]);

export function createMetrics(wish: MetricsWish): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (wish.ofProcess !== false) {
    collectDefaultMetrics({ register: registry });
    for (const name of tooExact) registry.removeSingleMetric(name);
  }
  addStanding(registry, wish);
  const requests = new Histogram({
    name: 'votix_http_request_duration_seconds',
    help: 'Requests of the console and of health checks.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const failed = new Counter({ name: 'votix_http_failures_total', help: 'Answers of 500 and above.', registers });
  const probes = new Histogram({
    name: 'votix_database_probe_duration_seconds',
    help: 'A short transaction every few seconds, whether somebody votes or not.',
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const silent = new Counter({
    name: 'votix_database_probe_failures_total',
    help: 'Such transactions that failed.',
    registers,
  });
  const quarter = createQuarter(wish.now());
  const give = addQuarter(registers);
  const turn = () => {
    const released = quarter.release(wish.now());
    if (released) give(released);
  };
  let page: { readonly at: number; readonly text: Promise<string> } | undefined;
  return {
    contentType: registry.contentType,
    seeRequest: ({ audience, seconds, ...request }) => {
      turn();
      if (request.status >= 500) failed.inc();
      if (audience === 'console') requests.observe({ ...request }, seconds);
      else if (audience === 'public') quarter.countPublic(request, seconds);
      else quarter.countCast(seconds);
    },
    seeCommit: (ballots) => {
      turn();
      quarter.countCommit(ballots);
    },
    seeProofsWaiting: (waiting) => {
      turn();
      quarter.countProofsWaiting(waiting);
    },
    seeProbe: (seconds) => (seconds === undefined ? silent.inc() : probes.observe(seconds)),
    text: () => {
      turn();
      const now = wish.now();
      if (!page || now - page.at >= freshMs || now < page.at) page = { at: now, text: registry.metrics() };
      return page.text;
    },
  };
}

/** How things stand at the moment of the page. */
function addStanding(registry: Registry, { version, isReady, readOutbox, proofThreads }: MetricsWish): void {
  const registers: Registry[] = [];
  const info = new Gauge({ name: 'votix_info', help: 'The software.', labelNames: ['version'], registers });
  info.set({ version }, 1);
  const threads = new Gauge({ name: 'votix_proof_threads', help: 'Threads that check proofs, at most.', registers });
  threads.set(proofThreads);
  const ready: Gauge = new Gauge({
    name: 'votix_ready',
    help: '1 while this process takes votes, 0 while it stops.',
    registers,
    collect: () => ready.set(isReady() ? 1 : 0),
  });
  const outbox: Gauge<'state'> = new Gauge({
    name: 'votix_outbox_mails',
    help: 'Mails of all elections by state; every process of a database tells the same.',
    labelNames: ['state'],
    registers,
    collect: async () => {
      outbox.reset(); // nothing is better than numbers of before
      const counts = await readOutbox().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) outbox.set({ state }, count);
    },
  });
  for (const gauge of [info, threads, ready, outbox]) registry.registerMetric(gauge);
}

/** What only quarters of an hour tell. */
function addQuarter(registers: Registry[]): (released: Released) => void {
  const labelNames = ['method', 'route', 'status'];
  const count = new Counter({
    name: 'votix_public_requests_total',
    help: 'Other requests but casts, a quarter of an hour at a time and at least five.',
    labelNames,
    registers,
  });
  const time = new Counter({
    name: 'votix_public_request_seconds_total',
    help: 'The time these took.',
    labelNames,
    registers,
  });
  const gaugeOf = (name: string, help: string) => new Gauge({ name, help, labelNames: ['of'], registers });
  const seconds = gaugeOf('votix_cast_duration_seconds', 'Casts of the last quarter of an hour with at least five.');
  const ballots = gaugeOf('votix_ballots_per_commit', 'Ballots that shared a commit, in that quarter.');
  const waiting = gaugeOf('votix_proofs_waiting', 'Proofs that waited for a thread, in that quarter.');
  return ({ requests, casts }) => {
    for (const [{ ...labels }, heap] of requests) {
      count.inc(labels, heap.count);
      time.inc(labels, heap.seconds);
    }
    for (const gauge of [seconds, ballots, waiting]) gauge.reset();
    if (!casts) return;
    seconds.set({ of: 'half' }, casts.secondsP50);
    seconds.set({ of: '99-percent' }, casts.secondsP99);
    ballots.set({ of: 'mean' }, casts.ballotsMean);
    ballots.set({ of: 'most' }, casts.ballotsMost);
    waiting.set({ of: 'most' }, casts.proofsWaitingMost);
  };
}
