// The choice of text size and contrast: kept for the visit and no longer, whatever else is asked.

import { expect, test } from 'vitest';
import { anApp } from '../../../../tests/support/app.ts';

const root = async (response: Response): Promise<string> => /<html[^>]*>/.exec(await response.text())?.[0] ?? '';

test('a larger text and a stronger contrast stay until the browser is closed', async () => {
  const voter = (await anApp()).visitor();
  expect(await root(await voter.get('/'))).toBe('<html lang="en" >');
  const asked = await voter.get('/?text=larger');
  expect(asked.headers.getSetCookie()).toEqual(['votix_display=larger.normal; Path=/; HttpOnly; SameSite=Lax']);
  expect(await root(asked)).toContain('data-text="larger"');
  expect(await root(await voter.get('/?contrast=more'))).toMatch(/data-text="larger" data-contrast="more"/);
  const later = await voter.get('/accessibility');
  expect(later.headers.getSetCookie()).toEqual([]);
  expect(await root(later)).toMatch(/data-text="larger" data-contrast="more"/);
  await voter.get('/?text=normal&contrast=normal');
  expect(await root(await voter.get('/'))).not.toContain('data-');
});

test('the choice stands in the header of every page, with what holds now marked, and keeps the page', async () => {
  const page = await (await (await anApp()).visitor().get('/accessibility?text=large&lang=fr')).text();
  expect(page).toMatch(/href="\/accessibility\?text=larger&amp;lang=fr"\s+data-display="text"/);
  expect(page).toMatch(/data-value="large"\s+aria-current="true"/);
  expect(page).toContain('Taille du texte et contraste');
});

test.each(['/?text=huge', '/?contrast=%22%3E%3Cscript%3E', '/?text=', '/?text=constructor'])(
  '%s is no choice',
  async (path) => {
    const answer = await (await anApp()).visitor().get(path);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await root(answer)).not.toContain('data-');
  },
);

test('a cookie that somebody wrote themselves is no choice either', async () => {
  const voter = (await anApp()).visitor();
  voter.cookies.set('votix_display', 'huge.more');
  expect(await root(await voter.get('/'))).toMatch(/^<html lang="en" +data-contrast="more">$/);
});
