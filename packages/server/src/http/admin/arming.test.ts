// Arming as the console leads to it: what its page warns of, and a form that takes longer than anybody waits for a page.

import { expect, test } from 'vitest';
import { location, textOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { aGate } from '../../../../../tests/support/gates.ts';
import { anElection } from '../../../../../tests/support/elections.ts';
import { lineOf, withTrustees } from '../../../../../tests/support/verifiable-elections.ts';
import { makeKeys } from '../../commands/rehearsal/ceremony.ts';
import { updateElection } from '../../storage/elections.ts';

async function begun() {
  const gate = aGate('credentialList');
  const at = await anApp({ prove: gate.prove });
  const { id, tokens } = await withTrustees(at.db, { voters: 3 });
  await makeKeys(tokens.map((token) => lineOf(at.db, token)));
  const [admin, path] = [await at.admin(), `/console/elections/${id}/arm`];
  const definitionHash = /name="definitionHash" value="(\w+)"/.exec(await (await admin.get(path)).text())![1]!;
  const answer = await admin.post(path, { definitionHash });
  expect([answer.status, location(answer)]).toEqual([303, path]);
  const shown = async () => textOf(await (await admin.get(path)).text());
  return { at, id, gate, admin, path, shown };
}

test('a long arming is shown with its count, by a page that asks again by itself and says when it is done', async () => {
  const { gate, admin, path, shown } = await begun();
  const waiting = await admin.get(path);
  expect(waiting.headers.get('refresh')).toBe('2');
  expect(textOf(await waiting.text())).toContain('3 of 3 voter codes are made.');
  expect(location(await admin.post(path, { definitionHash: 'x' }))).toBe(path); // pressed again
  gate.open();
  await expect.poll(shown).toContain('This election is armed');
  expect((await admin.get(path)).headers.get('refresh')).toBeNull();
});

test('one that failed meanwhile says why when its administrator comes back', async () => {
  const { at, id, gate, shown } = await begun();
  await at.db.write((tx) => updateElection(tx, id, { quorum: 50 }));
  gate.open();
  await expect.poll(shown).toContain('The election was not armed');
  expect(await shown()).toContain('Someone changed it after you opened this page.');
});

test('a roll that is hardly larger than the fewest ballots is said before arming, a larger one is not', async () => {
  const at = await anApp();
  const shown = async (voters: number, minimumBallots: number) => {
    const id = await anElection(at.db, { voters, minimumBallots });
    return textOf(await (await (await at.admin()).get(`/console/elections/${id}/arm`)).text());
  };
  expect(await shown(5, 5)).toMatch(/5 voters are on the roll\. With fewer than 5 votes the box stays closed/);
  for (const [voters, minimum] of [
    [10, 5],
    [3, 1],
  ] as const)
    expect(await shown(voters, minimum)).not.toContain('are on the roll. With fewer');
});
