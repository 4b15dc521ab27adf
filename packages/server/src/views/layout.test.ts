import { expect, test } from 'vitest';
import { aPage, markupOf } from '../../../../tests/support/view-page.ts';
import { typedKeyPage } from './vote.ts';
import { homePage } from './home.ts';

test('the language switch keeps the page and what it was asked', async () => {
  const page = aPage('fr', { path: '/console/elections/e/voters?page=3&lang=fr' });
  const markup = await markupOf(homePage(page, { elections: [], live: { now: 0, shapes: {} } }));
  expect(markup).toContain('href="/base/console/elections/e/voters?page=3&amp;lang=en"');
  expect(markup).toContain('<html lang="fr"');
});

test('a path that looks like another host stays a path of this one', async () => {
  const markup = await markupOf(
    homePage(aPage('en', { path: '//evil.example/x' }), { elections: [], live: { now: 0, shapes: {} } }),
  );
  expect(markup).not.toMatch(/href="(?:https?:)?\/\/evil/);
});

test('the title says first that there is something to correct', async () => {
  const markup = await markupOf(typedKeyPage(aPage(), { key: 'x', problems: { key: 'Too short' } }));
  expect(markup).toMatch(/<title>Error: .* – Amicale<\/title>/);
  expect(markup).toContain('aria-describedby="key-hint key-problem"');
  expect(markup).toContain('<a href="#key">Too short</a>');
});
