// A spreadsheet of a hundred thousand voters: upload, dry run and confirmation, each voter with link, key and code, beside
// csv-parse alone on the same text; and how long other pages wait meanwhile.

import { parse } from 'csv-parse/sync';
import { setTimeout as pause } from 'node:timers/promises';
import { startSession } from '../../../packages/server/src/domain/sessions.ts';
import { anAccount } from '../../support/app.ts';
import { anElection } from '../../support/elections.ts';
import { startVotix } from '../../support/votix-process.ts';
import { atMost, type Benchmark, digits, type Wish } from '../benchmark.ts';
import { anInstance } from '../elections.ts';
import { watch, type Watched } from '../memory.ts';
import { interleave, median, percentile, ratioOf } from '../statistics.ts';

const spreadsheet = (rows: number): string =>
  ['last_name,first_name,email,promotion,building']
    .concat(
      Array.from({ length: rows }, (_, n) => `Martin${n},Camille,camille.martin${n}@example.org,E${n % 3},Perrault`),
    )
    .join('\n');

interface Console {
  readonly url: string;
  readonly origin: string;
  readonly session: string;
}

async function ask(
  { url, origin, session }: Console,
  path: string,
  body?: FormData | URLSearchParams,
): Promise<Response> {
  const answer = await fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: { cookie: `votix_session=${session}`, origin, 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
    ...(body && { body }),
  });
  if (answer.status !== (body ? 303 : 200))
    throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
  return answer;
}

/** As a person's browser does: the page asks again by itself while there is something to wait for. */
async function untilDone(at: Console, path: string): Promise<string> {
  for (;;) {
    const answer = await ask(at, path);
    const page = await answer.text();
    if (!answer.headers.has('refresh')) return page;
    await pause(1000); // as the page's own Refresh says
  }
}

async function importAll(at: Console, electionId: string, text: string): Promise<void> {
  const body = new FormData();
  body.set('file', new File([text], 'voters.csv', { type: 'text/csv' }));
  const sent = await ask(at, `/console/elections/${electionId}/voters/import`, body);
  const path = new URL(sent.headers.get('location')!, at.url).pathname;
  await untilDone(at, path);
  await ask(at, path, new URLSearchParams());
  await untilDone(at, path);
}

async function run({ quick, rounds, folder }: Wish) {
  const rows = quick ? 1000 : 100_000;
  const text = spreadsheet(rows);
  const { environment, filled } = await anInstance(folder, async (db) => ({
    elections: await Promise.all(Array.from({ length: rounds + 1 }, () => anElection(db, { voters: 0 }))),
    session: await startSession(db, (await anAccount(db, 'admin', 'Ada Admin')).id),
  }));
  const server = await startVotix(environment);
  const at = { url: server.url, origin: environment.VOTING_URL, session: filled.session };
  const seconds = async (work: () => unknown) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  const watched: Watched[] = [];
  try {
    // What a hundredth of the list takes, is not what grows with it.
    await importAll(at, filled.elections[rounds]!, spreadsheet(rows / 100));
    const found = await interleave(rounds, {
      parse: () => seconds(() => parse(text, { columns: true })),
      ours: (round) =>
        seconds(async () => {
          watched.push(await watch(server, () => importAll(at, filled.elections[round]!, text)));
        }),
    });
    const answer = await ask(at, `/console/elections/${filled.elections[0]!}/voters`);
    if (!(await answer.text()).includes('Martin0')) throw new Error('Nobody is on the roll.');
    const ratio = ratioOf(found.ours, found.parse);
    const grown = Math.max(...watched.map(({ grownMB }) => grownMB));
    const p99 = percentile(
      watched.flatMap(({ waitsMs }) => waitsMs),
      99,
    );
    return [
      atMost(
        ratio,
        15,
        `${digits(ratio)} times (${digits(median(found.ours))} s, ${digits(rows / median(found.ours))} rows a second)`,
      ),
      atMost(grown, 64, `memory grows by ${digits(grown)} MB more than for a hundredth of it`),
      atMost(p99, 100, `other pages p99 ${digits(p99)} ms meanwhile`),
    ];
  } finally {
    await server.stop();
  }
}

export const importRow: Benchmark = {
  name: 'import',
  wanted: '≤ 15 times, memory grows by ≤ 64 MB more, other pages p99 ≤ 100 ms',
  reference: 'csv-parse alone; 100,000 rows, SQLite',
  rounds: 5,
  run,
};
