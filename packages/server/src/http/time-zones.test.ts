import { expect, test } from 'vitest';
import { anApp } from '../../../../tests/support/app.ts';
import { anElection, vault } from '../../../../tests/support/elections.ts';
import { issueSetupToken } from '../domain/setup.ts';
import { updateElection } from '../storage/elections.ts';
import { zonesWith } from './time-zones.ts';

const chosenIn = (page: string): string[] =>
  [...page.matchAll(/<option\s+value="([^"]*)" selected/g)].map(([, value = '']) => value);

test('every zone is offered once', () => {
  for (const zone of ['UTC', 'Europe/Paris', 'Europe/Kyiv']) {
    const zones = zonesWith(zone);
    expect(zones.filter((one) => one === zone)).toEqual([zone]);
    expect(new Set(zones).size).toBe(zones.length);
  }
});

test('a zone that Intl tells under another name stays chosen in every form', async () => {
  const zone = 'America/Montreal';
  const at = await anApp({ organisation: { zone } });
  const id = await anElection(at.db);
  await at.db.write((tx) => updateElection(tx, id, { zone }));
  const admin = await at.admin();
  for (const path of ['/console/elections/new', `/console/elections/${id}/details`, '/console/configure/general'])
    expect(chosenIn(await (await admin.get(path)).text()), path).toContain(zone);
});

test('set-up begins with the zone that the environment gives', async () => {
  const at = await anApp({ organisation: 'not set up', given: { TIME_ZONE: 'Europe/Kyiv' } });
  const page = await (await at.visitor().get(`/setup/${await issueSetupToken(at.db, vault)}`)).text();
  expect(chosenIn(page)).toContain('Europe/Kyiv');
});
