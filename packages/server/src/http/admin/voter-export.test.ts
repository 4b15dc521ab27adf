import { expect, test } from 'vitest';
import { anApp, oneDatabase } from '../../../../../tests/support/app.ts';
import { anElection, admin } from '../../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../../tests/support/phases.ts';
import { french } from '../../../../../tests/support/visitors.ts';
import { decodeWhole } from '../../../../../tests/support/voter-files.ts';
import { addVoters } from '../../domain/voters.ts';
import { gatherPlan, planImport } from '../../domain/voter-plan.ts';
import { readVoterCsv, sourceOf } from '../../domain/voter-csv.ts';
import { noRules } from '../../domain/voter-rules.ts';

const bench = oneDatabase();
const formulas = ['=1+1', '+33', '-Dupont', '@SUM(A1)', ' =1', '"=1+1"', "'=1", '\uFF1D1+1', '|cmd', "'|cmd"];

test('no cell of the export is a formula, and importing it again changes nothing', async () => {
  const at = await anApp({ bench: bench() });
  const id = await anElection(at.db, { voters: 0 });
  const row = { firstName: 'Zoé, "x"', promotion: 'E1', building: 'Perrault', language: 'fr' as const };
  const drafts = formulas.map((lastName, n) => ({ ...row, lastName: lastName.trim(), email: `f${n}@example.org` }));
  await addVoters(at.db, admin, id, drafts);
  const technician = await at.as('technician');
  for (const headers of [{}, french]) {
    const answer = await technician.post(`/console/elections/${id}/voters/export`, {}, headers);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const decoded = await decodeWhole(bytes);
    if (!decoded.ok) throw new Error(decoded.reason);
    expect(decoded.text).not.toMatch(/(^|[,;\n])"?["\s]*[=+\-@|\uFF1D]/);
    const file = readVoterCsv(sourceOf(decoded.text));
    expect(await gatherPlan(planImport(at.db.reader, id, file, noRules))).toMatchObject({
      fresh: [],
      changed: [],
      problems: [],
      unchanged: formulas.length,
    });
  }
  const again = await (await technician.post(`/console/elections/${id}/voters/export`)).text();
  expect(again).toMatch(/"building","language"\r\n/);
  expect(again).toContain('"Perrault","fr"\r\n');
  const log = at.db.reader.selectFrom('audit_log').select('action').where('election_id', '=', id);
  expect((await log.execute()).filter(({ action }) => action === 'roll-exported')).toHaveLength(3);
});

test('the export keeps to the filter, has the day of a vote while there is one, and no secret', async () => {
  const at = await anApp({ bench: bench() });
  const { id, voters } = await anElectionIn(at.db, 'open');
  const observer = await at.as('observer');
  const whole = await (await observer.post(`/console/elections/${id}/voters/export`)).text();
  expect(whole.split('\r\n')[0]).toContain('"voted_on"');
  expect(whole).toMatch(/"\d{4}-\d\d-\d\d"\r\n/);
  for (const { link, key, code } of voters)
    for (const secret of [link, key, `"${code}"`]) expect(whole).not.toContain(secret);
  const some = await (await observer.post(`/console/elections/${id}/voters/export?voted=yes`)).text();
  expect(some.trim().split('\r\n')).toHaveLength(2);
});
