import { expect, test } from 'vitest';
import { aPage, markupOf } from '../../../../tests/support/view-page.ts';
import { checklistPage, type ChecklistView, type Task } from './checklist.ts';
import type { Phase } from './phase.ts';

const window = { opensAt: Date.UTC(2026, 2, 14, 7), closesAt: Date.UTC(2026, 2, 20, 17), zone: 'Europe/Paris' };
const show = (phase: Phase, tasks: readonly Task[], more: Partial<ChecklistView> = {}) =>
  markupOf(
    checklistPage(aPage('en', { account: { name: 'Ana', role: 'admin' } }), {
      election: { id: 'e', name: 'Board', phase },
      window,
      tasks,
      lockedCodes: 0,
      minimumBallots: 5,
      ...more,
    }),
  );
const primaryButtons = (markup: string) => [...markup.matchAll(/button--primary/g)].length;

const waiting: Task = { id: 'close', state: 'blocked', why: 'still-open' };

test('the first task to do is the one primary button', async () => {
  const markup = await show('draft', [
    { id: 'details', state: 'completed' },
    { id: 'candidates', state: 'todo' },
    { id: 'voters', state: 'todo' },
  ]);
  expect(primaryButtons(markup)).toBe(1);
  expect(markup).toMatch(/button--primary"\s+href="\/base\/console\/elections\/e\/candidates"/);
});

test('while the clock does the work the primary button shows the public page', async () => {
  const markup = await show('open', [{ id: 'open', state: 'completed' }, waiting]);
  expect(primaryButtons(markup)).toBe(1);
  expect(markup).toMatch(/button--primary"\s+href="\/base\/elections\/e"/);
});

test('a task that cannot start yet says why, until when, and leads to what is missing', async () => {
  expect(await show('open', [waiting])).toContain('Voting closes by itself on Friday 20 March 2026 at\u00A018:00');
  const markup = await show('draft', [{ id: 'arm', state: 'blocked', why: 'no-voters' }]);
  expect(markup).toContain('<a href="/base/console/elections/e/voters">Add at least one voter first.</a>');
  expect(markup).not.toContain('href="/base/console/elections/e/arm">Arm the election<');
});

test('paused codes are told with their number', async () => {
  expect(await show('open', [waiting], { lockedCodes: 2 })).toContain('The codes of 2 voters are paused');
  expect(await show('open', [waiting])).not.toContain('paused');
});
