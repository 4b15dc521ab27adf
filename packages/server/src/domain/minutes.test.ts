import { parse } from 'csv-parse/sync';
import { encodeMinutes, type Minutes, percentOf } from '@votix/protocol';
import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { everyoneVotes } from '../../../../tests/support/casts.ts';
import { close as closeBox } from '../../../../tests/support/phases.ts';
import { onBothDatabases, type TestBench } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, hour } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { sampleMinutes } from '../../../../tests/support/minutes.ts';
import { formatsFor } from '../messages/formats.ts';
import { updateElection } from '../storage/elections.ts';
import { recordAudit } from './audit-log.ts';
import { csvStyle } from './csv.ts';
import { publishResult } from './deliberations.ts';
import { minutesCsv } from './minutes-csv.ts';
import { readMinutes } from './minutes.ts';

const today = { organisation: 'Amicale', software: '9.9.9' };

async function minutesOf({ db }: Pick<TestBench, 'db'>, id: string): Promise<Minutes> {
  const read = await readMinutes(db.reader, id, today);
  if (!read.ok) throw new Error(read.reason);
  return read.minutes;
}

test('a share is rounded as every page rounds it', () => {
  const count = integer({ min: 0, max: 200_000 });
  assert(
    property(count, count, (a, b) => {
      const [part, whole] = [Math.min(a, b), Math.max(a, b)];
      expect(`${percentOf(part, whole)}%`).toBe(formatsFor('en').formatPercent(part, whole).replace(',', ''));
    }),
  );
  expect(percentOf(0, 0)).toBe(0);
});

onBothDatabases((bench) => {
  test('there are no minutes of a draft, of an election on its way, or of none', async () => {
    const { id } = await anElectionIn(bench().db, 'open');
    expect(await readMinutes(bench().db.reader, id, today)).toEqual({ ok: false, reason: 'box-not-sealed' });
    expect(await readMinutes(bench().db.reader, 'none', today)).toEqual({ ok: false, reason: 'unknown-election' });
  });

  test('they hold what was counted, under which rules, and the deed they end with', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'published');
    const minutes = await minutesOf(bench(), id);
    expect(minutes).toMatchObject({
      status: 'published',
      rehearsal: false,
      organisation: 'Amicale',
      rules: { minimumBallots: 1, quorum: 0, tieRule: 'announce' },
      counts: { registered: 3, signatures: 1, ballots: 1, valid: 1, invalid: 0, turnout: 33.3, agree: true },
      quorum: null,
      incidents: [],
    });
    expect(minutes.contests[0]).toMatchObject({ title: 'Who chairs?', seats: 1, blank: { votes: 0 }, expressed: 1 });
    expect(minutes.contests[0]!.candidates.map(({ name, votes, standing }) => [name, votes, standing])).toEqual([
      ['Ada', 1, 'elected'],
      ['Blaise', 0, 'not-elected'],
      ['Chloé', 0, 'not-elected'],
    ]);
    const last = await db.reader.selectFrom('audit_log').selectAll().where('election_id', '=', id).execute();
    expect(minutes.audit).toEqual({ position: last.at(-1)!.position, hash: last.at(-1)!.hash });
  });

  test('asked again they are the same to the byte, whatever happened to the instance since', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'deliberated');
    await publishResult(db, admin, id, { organisation: 'The old name', software: '0.1.0' });
    const before = encodeMinutes(await minutesOf(bench(), id));
    await db.write(async (tx) => {
      await recordAudit(db, tx, { actor: 'system', action: 'election-created' });
      await tx.deleteFrom('links').execute();
      await tx.deleteFrom('codes').execute();
      await tx.deleteFrom('voters').where('election_id', '=', id).execute();
    });
    await publishResult(db, admin, id, { organisation: 'Another', software: '2.0.0' });
    const again = await readMinutes(db.reader, id, { organisation: 'The new name', software: '1.0.0' });
    expect(again.ok && encodeMinutes(again.minutes)).toBe(before);
    expect(JSON.parse(before)).toMatchObject({ organisation: 'The old name', software: '0.1.0' });
  });

  test('what happened beside the plan is told: extensions, disarming, replaced links, without names', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'deliberated');
    const [from, until] = [1_800_000_000_000, 1_800_003_600_000];
    const entries = [
      { action: 'election-disarmed', reason: 'A typo' },
      { action: 'election-armed' },
      { action: 'election-extended', details: { from, until }, reason: 'The network failed' },
      { action: 'voter-added', subject: 'somebody' },
      { action: 'link-replaced', subject: 'somebody', reason: 'Mrs Dupont lost her mail' },
    ] as const;
    for (const entry of entries)
      await db.write((tx) => recordAudit(db, tx, { actor: admin, electionId: id, ...entry }));
    const minutes = await minutesOf(bench(), id);
    expect(minutes.window.extensions).toMatchObject([{ from, until, reason: 'The network failed' }]);
    expect(minutes.incidents.map(({ kind, count, reason }) => [kind, count, reason])).toEqual([
      ['disarmed', null, 'A typo'],
      ['armed-again', null, null],
      ['voters-added', 1, null],
      ['links-replaced', 1, null],
    ]);
    expect(encodeMinutes(minutes)).not.toMatch(/an-admin|Dupont|somebody/);
  });

  test('a box that stays closed has minutes that say so, and no count', async () => {
    const { db } = bench();
    const election = await anArmedElection(db, { voters: 5, minimumBallots: 5 });
    await everyoneVotes(db, { ...election, voters: election.voters.slice(0, 2) });
    await closeBox(db, election.id);
    const few = await minutesOf(bench(), election.id);
    expect(few).toMatchObject({ status: 'not-opened', counts: { ballots: 2, valid: null, invalid: null } });
    expect(few.contests[0]).toMatchObject({ candidates: [], blank: null, expressed: null });
    expect(few.incidents).toMatchObject([{ kind: 'below-minimum', count: 2 }]);
    const abandoned = await minutesOf(bench(), (await anElectionIn(db, 'abandoned')).id);
    expect(abandoned).toMatchObject({ status: 'abandoned', counts: { ballots: null, agree: null }, boxHash: null });
    expect(abandoned.incidents).toMatchObject([{ kind: 'abandoned', reason: 'Too few candidates' }]);
  });

  test('ballots and signatures that differ are an incident, and the minutes say that they do not agree', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'published');
    await db.write((tx) => updateElection(tx, id, { signature_count: 3 }));
    const minutes = await minutesOf(bench(), id);
    expect(minutes.counts.agree).toBe(false);
    expect(minutes.incidents).toMatchObject([{ kind: 'ballots-differ-from-signatures', count: 2 }]);
  });

  test('a rehearsal is marked, and instants are those of the election', async () => {
    const { db } = bench();
    const { id } = await anElectionIn(db, 'published');
    await db.write((tx) => updateElection(tx, id, { rehearsal_of: id }));
    const { rehearsal, window } = await minutesOf(bench(), id);
    expect(rehearsal).toBe(true);
    expect(window.publishedAt! - window.opensAt).toBeLessThan(2 * hour);
  });
});

test('the spreadsheet has a line for each number, in the separators of each language, and no formula', () => {
  const minutes = sampleMinutes('fr', true);
  const evil = { ...minutes, name: '=HYPERLINK("http://x")' };
  for (const language of ['en', 'fr'] as const) {
    const text = minutesCsv(evil, csvStyle(language));
    const rows = parse(text, { bom: true, columns: true, delimiter: language === 'fr' ? ';' : ',' }) as Record<
      string,
      string
    >[];
    expect(rows.filter(({ section }) => section === 'candidate')).toHaveLength(53);
    expect(rows.find(({ section }) => section === 'blank')).toMatchObject({
      votes: '12',
      percent_of_valid: language === 'fr' ? '2,9' : '2.9',
    });
    expect(rows.find(({ name }) => name === 'registered')).toMatchObject({ section: 'totals', votes: '598' });
    expect(rows[0]).toMatchObject({
      section: 'election',
      name: '\'=HYPERLINK("http://x")',
      standing: 'published TEST',
    });
  }
});
