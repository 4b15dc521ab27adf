// A letter as HTML: every value is text whatever it holds, ways can be pressed, and nothing of it is fetched.

import { expect, test } from 'vitest';
import { composeLetter, partsOf } from './compose.ts';
import { letterHtml, type LetterSheet } from './letter-markup.ts';

const sheet: LetterSheet = {
  locale: 'fr',
  organisation: 'Amicale des Jonquilles',
  values: {
    first_name: 'Chloé',
    link: 'https://vote.example.org/vote/2396aec6',
    short_address: 'https://vote.example.org/vote',
    key: 'QH1M-D461',
    code: '4555',
    contact: 'Claire Martin (claire@example.org)',
  },
  link: 'https://vote.example.org/vote/2396aec6',
  buttonLabel: 'Voter maintenant',
  contactEmail: 'claire@example.org',
};
const body = 'Bonjour {first_name}\n\n{link}\n\n{code}\n\n{short_address} : {key}\n\n{contact}';

test('the link is a button and stands written out, the code alone in its box, the contact can be written to', () => {
  const html = letterHtml(sheet, 'Votez', body);
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    sheet.link,
    sheet.link,
    'https://vote.example.org/vote',
    'mailto:claire@example.org',
  ]);
  expect(html).toContain(`>${sheet.link}</a>`);
  expect(html).toMatch(/<p class="code" style="[^"]*">4555<\/p>/);
  expect(html).toMatch(/white-space: nowrap;">QH1M-D461</);
  expect(html).toContain('<html lang="fr">');
});

test('what people typed stays text, and nothing is fetched', () => {
  const evil = `"'></td><script>alert(1)</script><img src=x>{code}`;
  const values = { ...sheet.values, first_name: evil, contact: evil };
  const html = letterHtml({ ...sheet, organisation: evil, buttonLabel: evil, values }, evil, `${body}\n\n${evil}`);
  expect(html).not.toMatch(/<script|<img|url\(|@import/);
  expect(html.match(/<td/g)).toHaveLength(3);
});

test('a rehearsal says TEST at the head of its subject, once, and in a frame before the text', () => {
  const letter = {
    ...sheet,
    kind: 'link' as const,
    to: { name: 'Chloé', address: 'chloe@example.org' },
    isTest: true,
    notices: ['TEST : <rien> ne compte {code}.'],
  };
  const composed = (subject: string) => composeLetter({ ...letter, text: { subject, body: 'Votez' } });
  expect(['Votez', 'TEST – Votez'].map((subject) => composed(subject).subject)).toEqual([
    '[TEST] Votez',
    'TEST – Votez',
  ]);
  const parts = partsOf({ ...letter, text: { subject: '', body: 'Votez' } });
  expect(parts.map(({ kind }) => kind)).toEqual(['head', 'notice', 'text']);
  expect(composed('Votez').html).toMatch(/<p class="notice" style="[^"]*">TEST : &#60;rien&#62; ne compte/);
});
