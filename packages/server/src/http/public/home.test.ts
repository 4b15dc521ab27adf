// The front door shows what the public may know of.

import { expect, test } from 'vitest';
import { anApp } from '../../../../../tests/support/app.ts';
import { anElection } from '../../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../../tests/support/phases.ts';
import { updateElection } from '../../storage/elections.ts';

test('real elections that are armed stand on the front page; drafts and rehearsals do not', async () => {
  const at = await anApp();
  const [real, rehearsal] = [await anElectionIn(at.db, 'open'), await anElectionIn(at.db, 'open')];
  const draft = await anElection(at.db);
  await at.db.write((tx) => updateElection(tx, rehearsal.id, { rehearsal_of: draft }));
  const text = await (await at.visitor().get('/')).text();
  expect(text).toContain(`/elections/${real.id}`);
  for (const id of [draft, rehearsal.id]) expect(text).not.toContain(id);
});
