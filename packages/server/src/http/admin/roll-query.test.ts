import { expect, test } from 'vitest';
import { textOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { admin, anArmedElection } from '../../../../../tests/support/elections.ts';
import { startMailing } from '../../domain/mailings.ts';

test('the roll says whose mail was refused, and lists only them when asked; before the first mail nobody is asked', async () => {
  const at = await anApp();
  const { id, voters } = await anArmedElection(at.db, { voters: 3 });
  const path = `/console/elections/${id}/voters`;
  const browser = await at.as('technician');
  const page = async (query = '') => (await browser.get(path + query)).text();
  expect(await page()).not.toContain('name="mail"');
  const wish = { electionId: id, kind: 'link', voterIds: [voters[0]!.id, voters[1]!.id] } as const;
  await startMailing(at.db, admin, wish, { secure: true, mailReady: true });
  await at.db.write((tx) =>
    tx.updateTable('deliveries').set({ status: 'rejected' }).where('voter_id', '=', voters[1]!.id).execute(),
  );
  expect(textOf(await page())).toMatch(/Dupont1.*Mail with the link · Refused.*Dupont2/);
  const listed = async (query: string) =>
    [...(await page(query)).matchAll(/<th scope="row"><a[^>]*>(Dupont\d)/g)].map(([, name]) => name);
  expect(await listed('?mail=rejected&mailKind=link&inPromotion=E1&q=dup')).toEqual(['Dupont1']);
  expect([await listed('?mail=waiting'), await listed('?mail=none')]).toEqual([['Dupont0'], ['Dupont2']]);
  expect(await listed('?mail=rejected&mailKind=reminder')).toEqual([]);
  for (const nonsense of ['?mail=lost', '?mailKind=link', '?mail=none%00'])
    expect(await listed(nonsense)).toHaveLength(3);
});
