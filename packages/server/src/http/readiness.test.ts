// The checklist's page and its JSON: the same tasks, states and sentences in every phase, for every role, in both languages.

import { expect, test } from 'vitest';
import { anApp, type TestApp } from '../../../../tests/support/app.ts';
import { anElection } from '../../../../tests/support/elections.ts';
import { anElectionIn } from '../../../../tests/support/phases.ts';
import { nobodys } from '../../../../tests/support/routes/world.ts';
import { locales, translatorFor } from '../messages/translate.ts';
import type { TaskId, taskLabel } from '../views/tasks.ts';

const phases = ['armed', 'open', 'closed', 'deliberated', 'published', 'archived', 'abandoned'] as const;

interface Said {
  readonly election: string;
  readonly phase: string;
  readonly next: TaskId | null;
  readonly nextStep: string;
  readonly tasks: readonly {
    readonly id: TaskId;
    readonly title: string;
    readonly state: 'completed' | 'todo' | 'blocked';
    readonly optional: boolean;
    readonly why: string | null;
    readonly detail: string | null;
    readonly page: string | null;
    readonly provenOn?: string;
  }[];
}

const plain = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;|&apos;/g, '’')
    .replace(/[ \n]+/g, ' ')
    .trim();

/** What stands in each row of the page's list. */
function rowsOf(markup: string) {
  return [...markup.matchAll(/<li class="task task--(\w+) ([^"]*)" data-task="(\w+)">(.*?)<\/li>/gs)].map(
    ([, state, more, id, row = '']) => ({
      id,
      state,
      isNext: more === 'task--next',
      href: /<div class="task-name">\s*<a href="([^"]*)"/.exec(row)?.[1] ?? null,
      text: plain(row.replace(/<span class="task-state">.*/s, '')),
      label: plain(/<span class="task-state">(.*)/s.exec(row)?.[1] ?? ''),
    }),
  );
}

const labelOf = ({ state, optional, why }: Said['tasks'][number]): ReturnType<typeof taskLabel> =>
  why === 'left-out' ? 'left-out' : state === 'todo' && optional ? 'optional' : state;

async function electionsOf({ db }: TestApp): Promise<string[]> {
  const ids = [await anElection(db), await anElection(db, { candidates: [] })];
  for (const phase of phases) ids.push((await anElectionIn(db, phase)).id);
  return ids;
}

test('page and JSON say the same', async () => {
  const at = await anApp();
  const ids = await electionsOf(at);
  for (const role of ['admin', 'technician', 'observer'] as const) {
    const desk = await at.as(role);
    for (const locale of locales) {
      const t = translatorFor(locale);
      const list = plain(await (await desk.get(`/console?lang=${locale}`)).text());
      for (const id of ids) {
        const said = (await (await desk.get(`/api/elections/${id}/readiness?lang=${locale}`)).json()) as Said;
        const rows = rowsOf(await (await desk.get(`/console/elections/${id}?lang=${locale}`)).text());
        expect(said.election).toBe(id);
        expect(list).toContain(plain(said.nextStep));
        expect(rows.map((row) => row.id)).toEqual(said.tasks.map((task) => task.id));
        for (const [index, task] of said.tasks.entries()) {
          const row = rows[index]!;
          expect(row).toMatchObject({ state: task.state, href: task.page, isNext: task.id === said.next });
          expect(row.text).toContain(task.title);
          if (task.detail !== null) expect(row.text).toContain(plain(task.detail));
          expect(row.label).toBe(t(`checklist.state.${labelOf(task)}`));
          expect(/proven on|prouvée/.test(row.text)).toBe(task.provenOn !== undefined);
          expect([task.why === null, task.detail === null]).toEqual(Array(2).fill(task.state !== 'blocked'));
        }
      }
    }
  }
});

test('no role is led to a page that it may not open', async () => {
  const at = await anApp();
  const ids = await electionsOf(at);
  for (const role of ['admin', 'technician', 'observer'] as const) {
    const [desk, seen] = [await at.as(role), new Set<string>()];
    for (const id of ids) {
      const markup = await (await desk.get(`/console/elections/${id}`)).text();
      const main = markup.slice(markup.indexOf('<main'));
      for (const [, href = ''] of main.matchAll(/href="(\/(?:console|elections)[^"?]*)"/g)) {
        const page = href.replace(id, ':id'); // who may open it does not depend on the election
        if (!seen.has(page)) expect([role, href, (await desk.get(href)).status]).toEqual([role, href, 200]);
        seen.add(page);
      }
      expect(main.match(/button--primary/g)).toHaveLength(1);
    }
    expect(seen.size).toBeGreaterThan(4);
  }
});

test('readiness of nothing is refused as JSON', async () => {
  const at = await anApp();
  const answer = await (await at.admin()).get(`/api/elections/${nobodys}/readiness`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
});

test('the list of elections says what is next, also while the clock does the work', async () => {
  const at = await anApp();
  for (const phase of phases) await anElectionIn(at.db, phase);
  const list = async (locale: string) => plain(await (await (await at.admin()).get(`/console?lang=${locale}`)).text());
  const english = await list('en');
  for (const words of [
    'Give the voters their links',
    'Open the box and count',
    'Publish the result',
    'Nothing more to do',
  ])
    expect(english).toContain(words);
  const observer = await (await (await at.as('observer')).get('/console')).text();
  for (const words of [/Watch, closes on \d+ \w+/, /Publish the result\. An administrator does this/])
    expect(plain(observer)).toMatch(words);
  expect(observer).not.toContain('Create an election');
  expect(await list('fr')).toContain('Remettre leurs liens aux électeurs');
});
