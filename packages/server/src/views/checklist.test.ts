import { expect, test } from 'vitest';
import { aPage, markupOf } from '../../../../tests/support/view-page.ts';
import { checklistPage, type ChecklistView } from './checklist.ts';
import type { Role } from './layout-console.ts';
import type { Phase } from './phase.ts';
import type { Task } from './tasks.ts';

const window = { opensAt: Date.UTC(2026, 2, 14, 7), closesAt: Date.UTC(2026, 2, 20, 17), zone: 'Europe/Paris' };
const administrators: readonly Role[] = ['admin'];
const nextOf = (tasks: readonly Task[]) => {
  const needed = tasks.filter(({ optional }) => optional !== true);
  return needed.find(({ state }) => state === 'todo') ?? needed.find(({ state }) => state === 'blocked');
};
const show = (phase: Phase, tasks: readonly Task[], more: Partial<ChecklistView> & { readonly role?: Role } = {}) =>
  markupOf(
    checklistPage(aPage('en', { account: { name: 'Ana', role: more.role ?? 'admin' } }), {
      election: { id: 'e', name: 'Board', phase },
      window,
      tasks,
      next: nextOf(tasks),
      hasMail: false,
      lockedCodes: 0,
      minimumBallots: 5,
      ...more,
    }),
  );
const primaryButtons = (markup: string) => [...markup.matchAll(/button--primary/g)].length;

const waiting: Task = { id: 'close', state: 'blocked', why: 'still-open', by: [] };
const candidates: Task = { id: 'candidates', state: 'todo', by: ['admin', 'technician'] };
const arm: Task = { id: 'arm', state: 'todo', by: administrators };
const links: Task = { id: 'links', state: 'todo', by: administrators };
const mails: Task = { id: 'mails', state: 'todo', optional: true, by: administrators };

test('the first task to do is the one primary button', async () => {
  const markup = await show('draft', [
    { id: 'details', state: 'completed', by: administrators },
    candidates,
    { id: 'voters', state: 'todo', by: ['admin', 'technician'] },
  ]);
  expect(primaryButtons(markup)).toBe(1);
  expect(markup).toMatch(/button--primary"\s+href="\/base\/console\/elections\/e\/candidates"/);
});

test('while the clock does the work the step says what is waited for, and its button shows the public page', async () => {
  const markup = await show('armed', [{ id: 'open', state: 'blocked', why: 'not-yet-open', by: [] }]);
  expect(markup).toMatch(/Next step<\/p>\s*<p >Voting opens by itself on/);
  expect(primaryButtons(markup)).toBe(1);
  expect(markup).toMatch(/button--primary"\s+href="\/base\/elections\/e"/);
});

test('while the box is being sealed the step is marked for its page to look again by itself, and nothing else is', async () => {
  const sealing = await show('closed', [
    { id: 'deliberate', state: 'blocked', why: 'being-sealed', by: administrators },
  ]);
  expect(sealing.match(/data-awaited/g)).toHaveLength(1);
  expect(await show('open', [waiting])).not.toContain('data-awaited');
});

test('a task that cannot start yet says why, until when, and leads to what is missing', async () => {
  expect(await show('open', [waiting])).toContain('Voting closes by itself on Friday 20 March 2026 at\u00A018:00');
  const blocked = { id: 'arm', state: 'blocked', why: 'no-voters', by: administrators } as const;
  const markup = await show('draft', [blocked]);
  expect(markup).toContain('<a href="/base/console/elections/e/voters">At least one voter must be on the roll.</a>');
  expect(markup).not.toContain('href="/base/console/elections/e/arm">Arm the election<');
  const technician = await show('draft', [{ ...blocked, why: 'window-past' }], { role: 'technician' });
  expect(technician).toContain('<p class="hint">The end of the voting window has passed.'); // a page for others: no link
});

test('an optional task is never the button', async () => {
  const markup = await show('draft', [mails, arm], { hasMail: true });
  expect(primaryButtons(markup)).toBe(1);
  expect(markup).toMatch(/button--primary"\s+href="\/base\/console\/elections\/e\/arm"/);
  expect(markup).toContain('<span class="task-state">Optional</span>');
});

test('what is wrong and has no step of its own is the next step, with the way to mend it', async () => {
  const markup = await show('draft', [{ id: 'arm', state: 'blocked', why: 'too-many-choices', by: administrators }]);
  expect(markup).toMatch(/button--primary"\s+href="\/base\/console\/elections\/e\/contests">Mend this first</);
});

test('links go by mail where there is a mail server, and on paper where there is none', async () => {
  expect(await show('armed', [links])).toMatch(/button--primary"\s+href="\/base\/console\/elections\/e\/sheets"/);
  const mailed = await show('armed', [links], { hasMail: true });
  expect(mailed).toMatch(/button--primary"\s+href="\/base\/console\/elections\/e\/mails"/);
  expect(mailed).toMatch(/button--secondary"\s+href="\/base\/console\/elections\/e\/sheets"/);
});

test('who may not do the next step reads who may, and is given a button for what they can', async () => {
  for (const role of ['observer', 'technician'] as const) {
    const markup = await show('draft', [arm], { role });
    expect(markup).toContain('An administrator does this.');
    expect(primaryButtons(markup)).toBe(1);
    expect(markup).not.toContain('href="/base/console/elections/e/arm"');
    expect(markup).not.toMatch(/Copy this election|Delete this draft|Rehearse first/);
  }
  const watching = await show('draft', [candidates], { role: 'observer' });
  expect(watching).toContain('A technician or an administrator does this.');
  expect(watching).toContain('href="/base/console/elections/e/candidates">Add the candidates<'); // which they may read
  expect(await show('armed', [links], { role: 'observer', hasMail: true })).toMatch(
    /button--primary"\s+href="\/base\/elections\/e"/,
  );
});

test('the day of the last proof of the key is said, with the way to prove it again for who may and while one can', async () => {
  const proven = (again: boolean, role: Role = 'admin') =>
    show('armed', [{ ...arm, state: 'completed', proof: { day: '2026-03-02', again } }, waiting], { role });
  const link = '<a href="/base/console/elections/e/prove">Prove it again</a>';
  expect(await proven(true)).toMatch(/Key last proven on 2 March 2026\. /);
  expect(await proven(true)).toContain(link);
  for (const markup of [await proven(false), await proven(true, 'observer')]) {
    expect(markup).toContain('Key last proven on 2 March 2026.');
    expect(markup).not.toContain(link);
  }
});

test('paused codes are told with their number', async () => {
  expect(await show('open', [waiting], { lockedCodes: 2 })).toContain('The codes of 2 voters are paused');
  expect(await show('open', [waiting])).not.toContain('paused');
});
