import { expect, test } from 'vitest';
import { location, textOf } from '../../../../../tests/support/answers.ts';
import { anApp } from '../../../../../tests/support/app.ts';
import { everyoneVotes } from '../../../../../tests/support/casts.ts';
import { anArmedElection } from '../../../../../tests/support/elections.ts';
import { anElectionIn, close } from '../../../../../tests/support/phases.ts';
import { updateElection } from '../../storage/elections.ts';

const groups = (receipt: string) => receipt.replaceAll(/(.{4})(?=.)/g, '$1 ');

test('after the close everyone finds every receipt, in the order of the receipts; before it nobody finds one', async () => {
  const at = await anApp();
  const election = await anArmedElection(at.db, { voters: 6 });
  const receipts = (await everyoneVotes(at.db, election)).toSorted((a, b) => (a < b ? -1 : 1));
  const path = `/elections/${election.id}/receipts`;
  const seen = async (query = '') => textOf(await (await at.visitor().get(path + query)).text());
  expect((await at.visitor().get(path)).status).toBe(409);
  await close(at.db, election.id);
  await at.db.write((tx) => updateElection(tx, election.id, { rewritten_at: 1 }));
  const all = await seen();
  expect(all).toContain(receipts.map(groups).join(' '));
  const fourth = `${receipts[3]!.slice(0, 4)} ${receipts[3]!.slice(4, 7)}`.toLowerCase();
  const rest = await seen(`?from=${encodeURIComponent(fourth)}`);
  expect(rest).toContain(receipts.slice(3).map(groups).join(' '));
  expect(rest).not.toContain(groups(receipts[2]!));
  expect(await (await at.visitor().get(`/elections/${election.id}`)).text()).toContain(`href="${path}"`);
});

test('an abandoned box is nobody’s to look into; an election that everyone can check has its board', async () => {
  const at = await anApp();
  const { id } = await anElectionIn(at.db, 'abandoned');
  expect((await at.visitor().get(`/elections/${id}/receipts`)).status).toBe(409);
  await at.db.write((tx) => updateElection(tx, id, { sealing: 'verifiable' }));
  const answer = await at.visitor().get(`/elections/${id}/receipts`);
  expect([answer.status, location(answer)]).toEqual([303, `/elections/${id}/board`]);
});
