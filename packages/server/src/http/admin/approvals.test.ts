// The two-person rule over the pages, from turning it on to a later end and an armed election.

import { expect, test } from 'vitest';
import { location } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { anElection } from '../../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../../tests/support/phases.ts';
import { aSecondStep } from '../../../../../tests/support/second-steps.ts';
import type { Visitor } from '../../../../../tests/support/visitors.ts';
import { readElection } from '../../domain/elections.ts';
import { wallClock } from '../../domain/wall-clock.ts';

const list = '/console/approvals';
const reason = 'Polling <b>station</b> 2 had no light.';
const textOf = async (answer: Promise<Response> | Response) => (await answer).text();
const requestIn = (page: string) => /approvals\/([0-9a-f-]{36})\//.exec(page)?.[1] ?? '';

test('two administrators: turned on, asked for in place of the deed, confirmed, done, turned off', async () => {
  const at = await anApp();
  const [open, draft] = [await anElectionIn(at.db, 'open'), await anElection(at.db, { voters: 2 })];
  const [ada, bob] = [await at.as('admin', 'Ada'), await at.as('admin', 'Bob')];
  expect(await textOf(ada.get(list))).toContain('Every administrator needs a second step');
  for (const { account, cookies } of [ada, bob]) await aSecondStep(at.db, account.id, cookies.get('votix_session'));
  expect(location(await ada.post(`${list}/on`))).toBe(`${list}?done=rule-on`);

  const extend = `/console/elections/${open.id}/changes/extend`;
  const election = (await readElection(at.db.reader, open.id))!;
  const closesAt = wallClock(election.closes_at + 3_600_000, election.zone);
  const refused = await ada.post(extend, { closesAt, reason });
  const page = await refused.text();
  expect([refused.status, page.includes('A second administrator confirms this')]).toEqual([409, true]);
  expect(page).toContain(`name="closesAt" value="${closesAt}"`);
  expect(page).toContain('Polling &lt;b&gt;station&lt;/b&gt; 2');
  const asked = { deed: 'extend', election: open.id, closesAt, reason };
  expect(location(await ada.post(list, asked))).toBe(`${list}?done=approval-asked`);
  expect(await textOf(ada.post(extend, { closesAt, reason }))).toContain('Waits for another');

  const home = (browser: Visitor) => textOf(browser.get('/console'));
  expect(await home(bob)).toContain('One request waits for a second administrator.');
  expect(await home(ada)).not.toContain('waits for a second administrator');
  const seen = await textOf(bob.get(list));
  for (const shown of ['Extend the election', 'New end:', 'Polling &lt;b&gt;', 'Asked by Ada'])
    expect(seen).toContain(shown);
  expect(await textOf(ada.get(list))).not.toContain('/confirm"');
  const request = requestIn(seen);
  expect((await ada.post(`${list}/${request}/confirm`)).status).toBe(409);
  expect(location(await bob.post(`${list}/${request}/confirm`))).toBe(`${list}?done=approval-confirmed`);
  expect(await textOf(ada.get(list))).toContain(`href="${extend}"`);
  expect(await textOf(ada.get(extend))).toContain(`value="${closesAt}"`);
  expect(location(await ada.post(extend, { closesAt, reason }))).toContain('done=extended');
  expect(
    (await ada.post(extend, { closesAt: wallClock(election.closes_at + 7_200_000, election.zone), reason })).status,
  ).toBe(409);

  const arm = `/console/elections/${draft}/arm`;
  expect(await textOf(ada.get(arm))).toContain('Ask another administrator');
  await ada.post(list, { deed: 'arm', election: draft, reason });
  await bob.post(`${list}/${requestIn(await textOf(bob.get(list)))}/confirm`);
  expect(await textOf(ada.get(arm))).not.toContain('Ask another administrator');
  expect(await textOf(bob.get(arm))).toContain('A second administrator confirms this');

  expect(
    (await ada.post('/console/users/new', { name: 'Mallory', email: 'm@example.org', role: 'admin' })).status,
  ).toBe(409);
  await ada.post(list, { deed: 'rule-off', reason });
  await bob.post(`${list}/${requestIn(await textOf(bob.get(list)))}/confirm`);
  expect(await textOf(ada.get(list))).toContain('Turn the two-person rule on');
  expect(at.failures()).toEqual([]);
});
