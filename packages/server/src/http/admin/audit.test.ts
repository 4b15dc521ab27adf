import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp, type TestApp } from '../../../../../tests/support/app.ts';
import { onBothDatabases } from '../../../../../tests/support/databases.ts';
import { anElection } from '../../../../../tests/support/elections.ts';
import { page as consolePage } from '../../../../../tests/support/routes/world.ts';
import { auditActions, recordAudit } from '../../domain/audit-log.ts';
import { locales, translatorFor, isMessageKey } from '../../messages/translate.ts';
import { updateElection } from '../../storage/elections.ts';

const hour = 3_600_000;
const log = async (at: TestApp, path = '/console/audit') => (await at.as('observer')).get(path);
const read = async (at: TestApp, path?: string) => (await log(at, path)).text();

test('every deed has a sentence of its own in both languages', () => {
  for (const locale of locales) {
    const sentences = auditActions.map((action) => {
      const key = `audit.action.${action}`;
      return isMessageKey(key) ? translatorFor(locale)(key) : `${key} has no sentence`;
    });
    expect(sentences.filter((sentence) => sentence.endsWith('has no sentence'))).toEqual([]);
    expect(new Set(sentences).size).toBe(auditActions.length);
  }
});

onBothDatabases((bench) => {
  test('the log tells who did what to whom, with the names of today; what is gone is shown as gone', async () => {
    const { db } = bench();
    const at = await anApp({ bench: bench() });
    const { account } = await at.as('admin', 'Grace Hopper');
    const id = await anElection(db);
    const voter = (await db.reader.selectFrom('voters').selectAll().where('election_id', '=', id).execute())[0]!;
    const actor = { accountId: account.id } as Parameters<typeof recordAudit>[2]['actor'];
    const entry = { actor, action: 'candidate-edited', electionId: id, subject: voter.id } as const;
    await db.write((tx) => recordAudit(db, tx, { ...entry, reason: 'A typo <b>', details: { added: 3, odd: true } }));
    const contest = (await db.reader.selectFrom('contests').selectAll().where('election_id', '=', id).execute())[0]!;
    const drawn = { actor, action: 'order-drawn', electionId: id, subject: contest.id } as const;
    await db.write((tx) => recordAudit(db, tx, { ...drawn, details: { seed: 'ab' } }));
    const before = textOf(await read(at, consolePage(`${id}/log`)));
    expect(before).toMatch(/Grace Hopper Candidate changed voter Alice Dupont\d Reason: A typo <b>/);
    expect(before).toMatch(/question “Who chairs\?” Details of entry \d+ Seed of the draw ab/);
    expect(before).toMatch(/Added 3 odd yes Fingerprint of the entry [0-9a-f]{64}/);
    await db.write(async (tx) => {
      await tx.deleteFrom('links').execute();
      await tx.deleteFrom('codes').execute();
      await tx.deleteFrom('voters').where('id', '=', voter.id).execute();
      await tx.deleteFrom('sessions').execute();
      await tx.deleteFrom('accounts').where('id', '=', account.id).execute();
    });
    const after = textOf(await read(at, consolePage(`${id}/log`)));
    expect(after).toContain(`Deleted account (${account.id.slice(0, 8)}…) Candidate changed deleted since (`);
  });

  test('filters narrow the log by election, actor, deed and days, and stay when one turns the page', async () => {
    const { db } = bench();
    const at = await anApp({ bench: bench() });
    const [one, other] = [await anElection(db), await anElection(db, { voters: 1 })];
    const rows = async (query: string) => {
      const found = /([\d,]+) entr(?:y|ies)\./.exec(textOf(await read(at, `/console/audit?${query}`)));
      return Number(found?.[1] ?? 0);
    };
    expect(await rows(`election=${one}`)).toBe(5);
    expect(await rows(`election=${one}&action=voters-added`)).toBe(1);
    expect(await rows(`election=${one}&actor=command`)).toBe(0);
    const [today, yesterday] = [await db.now(), (await db.now()) - 24 * hour].map((now) =>
      new Date(now).toLocaleDateString('sv', { timeZone: 'Europe/Paris' }),
    );
    expect(await rows(`election=${other}&from=${today}&until=${today}`)).toBe(5);
    expect(await rows(`election=${other}&until=${yesterday}`)).toBe(0);
    for (let n = 0; n < 60; n++)
      await db.write((tx) => recordAudit(db, tx, { actor: 'command', action: 'voters-added', electionId: one }));
    const first = await read(at, `/console/audit?election=${one}&actor=command`);
    expect(first).toContain(`/console/audit?election=${one}&amp;actor=command&amp;page=2`);
    expect(await rows(`election=${one}&actor=command&page=99`)).toBe(60);
  });

  test('the log of one election never shows another, whatever the address asks', async () => {
    const { db } = bench();
    const at = await anApp({ bench: bench() });
    const [one, other] = [await anElection(db), await anElection(db)];
    await db.write((tx) => updateElection(tx, other, { name: 'Quite another' }));
    for (const file of ['', '.csv', '.jsonl']) {
      const shown = await read(at, consolePage(`${one}/log${file}?election=${other}`));
      expect(shown).toContain(one);
      const wishes = /href="[^"]*"\s+(?:data-display|hreflang)/g; // which keep the address
      expect(shown.replaceAll(wishes, '')).not.toContain(other);
    }
  });

  test('a day that is none is said at its field, and the other filters stay', async () => {
    const at = await anApp({ bench: bench() });
    const answer = await log(at, '/console/audit?from=2026-02-30&action=box-opened');
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(textOf(page)).toContain('Enter a day as year, month, day');
    expect(page).toMatch(/value="2026-02-30"/);
    expect(page).toMatch(/value="box-opened" selected/);
  });

  test('the spreadsheet opens in French and in English, and none of its cells is a formula', async () => {
    const { db } = bench();
    const at = await anApp({ bench: bench() });
    const id = await anElection(db);
    const entry = { actor: 'command', action: 'election-edited', electionId: id } as const;
    const attacks = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '|calc', 'say "no"; or not,\nnever'];
    for (const reason of attacks) await db.write((tx) => recordAudit(db, tx, { ...entry, reason }));
    for (const [language, delimiter] of [
      ['en', ','],
      ['fr', ';'],
    ] as const) {
      const answer = await log(at, consolePage(`${id}/log.csv?lang=${language}`));
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="votix-audit-log.csv"');
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const rows = parse(bytes, { bom: true, columns: true, delimiter }) as Record<string, string>[];
      expect(rows.map(({ action }) => action).slice(0, 2)).toEqual(['election-created', 'candidate-added']);
      expect(rows.slice(-attacks.length).map(({ reason }) => reason?.replace(/^'/, ''))).toEqual(attacks);
      for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@|＝]/);
      expect(rows[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    }
  });

  test('the JSON lines hold what the hashes cover, so that anyone can follow the chain', async () => {
    const { db } = bench();
    const at = await anApp({ bench: bench() });
    await anElection(db);
    const text = await read(at, '/console/audit.jsonl');
    let previous = '';
    for (const line of text.trimEnd().split('\n')) {
      const e = JSON.parse(line) as Record<string, unknown>;
      const covered = [
        previous,
        ...['position', 'at', 'actor', 'action', 'election_id', 'subject', 'details', 'reason'].map((name) => e[name]),
      ];
      expect(e['hash']).toBe(createHash('sha256').update(JSON.stringify(covered)).digest('hex'));
      previous = String(e['hash']);
    }
  });

  test('the page says that the chain was never checked, then when it was, then what is wrong, loudly', async () => {
    const { db } = bench();
    const at = await anApp({ bench: bench() });
    await anElection(db);
    await db.write((tx) => tx.deleteFrom('integrity_checks').execute());
    const observer = await at.as('observer');
    const page = async () => textOf(await (await observer.get('/console/audit')).text());
    expect(await page()).toContain('It has not been checked yet');
    expect((await observer.post('/console/audit/check')).status).toBe(303);
    expect(await page()).toMatch(/Every entry is there, unchanged, in its order\. Last checked \w+ \d/);
    const { reason } = (
      await db.reader.selectFrom('audit_log').select('reason').where('position', '=', 2).execute()
    )[0]!;
    await db.write((tx) => tx.updateTable('audit_log').set({ reason: 'x' }).where('position', '=', 2).execute());
    await observer.post('/console/audit/check');
    expect(await page()).toContain('Entry 2 was changed after it was written.');
    await db.write((tx) => tx.updateTable('audit_log').set({ reason }).where('position', '=', 2).execute());
  });
});
