// How PostgreSQL carries out the statements of a large election: `node tests/load/explain.ts [--roll 100000] [--ballots 60000]`
// runs what casts, pages and tasks run, and prints EXPLAIN (ANALYZE, BUFFERS) of each reading statement, and of what a cast writes.
// Not part of npm test.

import { parseArgs } from 'node:util';
import { type CompiledQuery, type LogEvent, sql } from 'kysely';
import { castBallots } from '../../packages/server/src/domain/ballots.ts';
import { readFollowed } from '../../packages/server/src/domain/followed.ts';
import { inspect } from '../../packages/server/src/domain/inspections.ts';
import { readHolder } from '../../packages/server/src/domain/links.ts';
import { readSession, startSession } from '../../packages/server/src/domain/sessions.ts';
import { readSettings, saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { forgetStaleAttempts } from '../../packages/server/src/domain/throttles.ts';
import { listReceiptsFrom, readBallots } from '../../packages/server/src/storage/ballots.ts';
import { countLocked } from '../../packages/server/src/storage/codes.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { hasMailWork } from '../../packages/server/src/storage/deliveries.ts';
import { listElectionsToSeal } from '../../packages/server/src/storage/elections.ts';
import { openPostgres } from '../../packages/server/src/storage/postgres.ts';
import { countRoll, listRollIds } from '../../packages/server/src/storage/roll.ts';
import { listVotersById } from '../../packages/server/src/storage/voters.ts';
import { anAccount, organisation } from '../support/app.ts';
import { judgedBy } from '../support/casts.ts';
import { vault } from '../support/elections.ts';
import { startEmbeddedPostgres } from '../support/embedded-postgres.ts';
import { fill } from './filling.ts';

const { values } = parseArgs({
  options: { roll: { type: 'string', default: '100000' }, ballots: { type: 'string', default: '60000' } },
});

const postgres = await startEmbeddedPostgres();
try {
  const address = { kind: 'postgres', url: postgres.url } as const;
  const real = await openDatabase(address);
  await real.write((tx) => saveOrganisation(tx, organisation));
  const election = await fill(real, { roll: Number(values.roll), voters: 60, ballots: Number(values.ballots) });
  const seen: CompiledQuery[] = [];
  const watched = openPostgres(
    postgres.url,
    () => {},
    (event: LogEvent) => void seen.push(event.query),
  );
  const db: Database = {
    ...real,
    reader: watched.reader,
    write: (work) => watched.writer.transaction().execute(work),
    now: (tx) => real.now(tx),
  };
  const now = await db.now();
  const { id: account } = await anAccount(real, 'admin', 'Ada Admin');
  const token = await startSession(real, account);
  const ready = await Promise.all(
    election.voters.slice(0, 50).map(async (voter, n) => ({
      ...judgedBy(voter),
      ...(await election.seal([n % 3])),
      codeMatches: n > 0,
    })),
  );
  const page = { order: 'name', descending: false, limit: 50, offset: 0, few: false } as const;
  const all = { words: [] };
  const works: Readonly<Record<string, () => Promise<unknown>>> = {
    'any page': () => Promise.all([readSettings(db.reader, {}), readSession(db, token)]),
    'a voter opens the link': () => readHolder(db.reader, vault, election.voters[0]!.link),
    'a commit of fifty casts': () => db.write((tx) => castBallots(db, tx, election.id, ready)),
    'pages for everybody': () => readFollowed(db.reader, now),
    'a page of receipts': () => listReceiptsFrom(db.reader, election.id, 'M', 50),
    'the roll in the console': async () => {
      await countRoll(db.reader, election.id, all);
      await listVotersById(db.reader, await listRollIds(db.reader, election.id, all, page));
      await listRollIds(db.reader, election.id, { ...all, voted: true }, page);
      await countLocked(db.reader, election.id, now);
    },
    'tasks that run by themselves': async () => {
      await hasMailWork(db.reader, now);
      await listElectionsToSeal(db.reader, now);
      await forgetStaleAttempts(db);
      await inspect(db.reader, 'counts', election.id);
    },
    'a box in chunks': async () => {
      for await (const _ of readBallots(db.reader, election.id)) break;
    },
  };
  for (const [what, work] of Object.entries(works)) {
    seen.length = 0;
    await work();
    say(`\n## ${what}`);
    for (const query of seen) await explain(real, query);
  }
  await watched.reader.destroy();
  await real.close();
} finally {
  await postgres.stop();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes are carried out once more, and taken back. */
async function explain(db: Database, { sql: text, parameters }: CompiledQuery): Promise<void> {
  if (!/^\s*(?:select|insert|update|delete|with)/i.test(text)) return;
  const short = text
    .replace(/\$\d+(?:, \$\d+)+/g, '$…')
    .replace(/(?:, \(\$…\))+/g, ', …')
    .replace(/\s+/g, ' ');
  say(`\n-- ${short.slice(0, 300)}`);
  const query = { ...sql`SELECT 1`.compile(db.reader as never), sql: `EXPLAIN (ANALYZE, BUFFERS) ${text}`, parameters };
  const undone = new Error('undone');
  await db
    .write(async (tx) => {
      const { rows } = await tx.executeQuery<{ 'QUERY PLAN': string }>(query);
      for (const row of rows) say(`   ${row['QUERY PLAN'].slice(0, 180)}`);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) say(`   ${String(error)}`);
    });
}
