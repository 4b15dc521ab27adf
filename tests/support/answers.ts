// What an answer says, read as a person or a program reads it.

import { expect } from 'vitest';
import { bannedWords } from '../../scripts/check-messages.ts';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly reason: string;
  readonly triesLeft?: number;
  readonly reauthenticateUrl?: string;
}

export { bannedWords };
/** Traces of the machine that nobody reads. */
export const internals = /sqlite|postgres|kysely|\bzod\b|stack|\bat \/|node:|undefined|\[object|\{[a-z]+\}/i;

/** The problem document of a refusal, with everything that holds for all of them. */
export async function problemOf(response: Response, language: 'en' | 'fr' = 'en'): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ type: 'about:blank', status: response.status });
  for (const text of [problem.title, problem.detail]) {
    expect(text).toMatch(/\p{L}{2}/u);
    expect(text).not.toMatch(bannedWords[language]);
    expect(text).not.toMatch(internals);
  }
  return problem;
}

/** The text of a page as its reader sees it. */
export const textOf = (page: string): string =>
  page
    .replace(/<(script|style)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

/** The same with what is said of pictures and controls, and what its program is given to say. */
export function readableOf(page: string): string {
  const said = [...page.matchAll(/\s(?:aria-label|alt|title|placeholder|content)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  const programs = [...page.matchAll(/<script type="application\/json"[^>]*>(.*?)<\/script>/gs)].flatMap(
    ([, data = '']) =>
      Object.values((JSON.parse(data) as { readonly messages?: Readonly<Record<string, string>> }).messages ?? {}),
  );
  // A placeholder of a program's message is filled in the browser.
  return [textOf(page), ...said, ...programs.map((text) => text.replace(/\{\w+\}/g, 'x'))].join('\n');
}

/** The data a page hands to its program. */
export function dataOf(page: string, id: 'booth' | 'keys' | 'deliberation'): Readonly<Record<string, string>> {
  const found = new RegExp(`<script type="application/json" id="${id}-data">(.*?)</script>`, 's').exec(page);
  if (!found) throw new Error(`The page has no data for ${id}.`);
  return JSON.parse(found[1] ?? '') as Record<string, string>;
}

export const location = (response: Response): string => response.headers.get('location') ?? '';
