import { expect, test } from 'vitest';
import { anApp, oneDatabase } from '../../../../../tests/support/app.ts';
import { admin } from '../../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../../tests/support/phases.ts';
import { purgeElection } from '../../domain/archives.ts';

const bench = oneDatabase();

test('once the voters’ data are deleted, the page of the voters says so and when, not that there never were any', async () => {
  const at = await anApp({ bench: bench() });
  const { id } = await anElectionIn(at.db, 'archived');
  const desk = await at.admin();
  const read = async () => (await desk.get(`/console/elections/${id}/voters`)).text();
  expect(await read()).not.toContain('were deleted on');
  expect(await purgeElection(at.db, admin, id, 90)).toEqual({ ok: true, done: true });
  const page = await read();
  expect(page).toMatch(/The voters’ data were deleted on \w+ \d+ \w+ 20\d\d/);
  expect(page).toContain('3 voters were on the roll');
  expect(page).toContain(`/console/elections/${id}/archive"`);
  expect(page).not.toContain('No voter');
  const other = await (await at.as('technician')).get(`/console/elections/${id}/voters?lang=fr`);
  const french = await other.text();
  expect(french).toMatch(/Les données des électeurs ont été supprimées le/);
  expect(french).not.toContain(`/console/elections/${id}/archive"`); // which a technician may not open
});
