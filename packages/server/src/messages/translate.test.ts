import { expect, test } from 'vitest';
import { formatsFor } from './formats.ts';
import { chooseLocale, clientMessages, translatorFor } from './translate.ts';

const hints = (more: Partial<Parameters<typeof chooseLocale>[0]>) => chooseLocale({ fallback: 'en', ...more });

test('what the visitor asked for just now wins over an earlier choice and the browser', () => {
  expect(hints({ query: 'fr', cookie: 'en', acceptLanguage: 'en' })).toBe('fr');
  expect(hints({ cookie: 'fr', acceptLanguage: 'en' })).toBe('fr');
});

test('a language nobody offers is passed over', () => {
  expect(hints({ query: 'de', cookie: '<script>', acceptLanguage: 'fr' })).toBe('fr');
  expect(hints({ query: '', acceptLanguage: 'de, es;q=0.8' })).toBe('en');
  expect(chooseLocale({ fallback: 'fr', acceptLanguage: '*' })).toBe('fr');
});

test.each([
  ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
  ['en;q=0.5, fr;q=0.7', 'fr'],
  ['de, en-US;q=0.6', 'en'],
  ['fr;q=0, en;q=0.1', 'en'],
  ['FR', 'fr'],
  ['fr;q=abc, en;q=0.2', 'en'],
  [',,;;=', 'en'],
] as const)('of the browser’s wishes %s the heaviest that we speak is %s', (acceptLanguage, locale) => {
  expect(hints({ acceptLanguage })).toBe(locale);
});

test('numbers and plurals follow the language', () => {
  expect(translatorFor('en')('form.error-title', { count: 1 })).toBe('One thing to correct');
  expect(translatorFor('fr')('form.error-title', { count: 3 })).toBe('3 points à corriger');
  expect(translatorFor('fr')('voters.counts', { registered: 1598, voted: 0, limit: 'none' })).toContain(
    '1\u202F598 électeurs',
  );
});

test('an angle bracket in a value is text to the translator', () => {
  const sentence = translatorFor('en')('login.again-account', { name: '<b>&</b> {x}' });
  expect(sentence).toBe('Logged in as <b>&</b> {x}.');
});

test('client programs get their own area, without its prefix', () => {
  const messages = clientMessages('fr', 'booth.');
  expect(Object.keys(messages).length).toBeGreaterThan(10);
  expect(Object.keys(messages).some((key) => key.startsWith('booth.'))).toBe(false);
});

test('an instant is told with its day, hour and zone', () => {
  const opens = Date.UTC(2026, 2, 14, 7, 5);
  expect(formatsFor('en').formatInstant(opens, 'Europe/Paris')).toBe(
    'Saturday 14 March 2026 at\u00A008:05 (Central European Time)',
  );
  expect(formatsFor('fr').formatInstant(opens, 'Europe/Paris')).toBe(
    'samedi 14 mars 2026 à\u00A08\u00A0h\u00A005 (heure d’Europe centrale)',
  );
  expect(formatsFor('en').formatInstant(opens, 'UTC')).toMatch(/ at\u00A007:05 \(UTC\)$/);
});

test('the two half past twos of the night when clocks go back are told apart, those around them are not', () => {
  const told = (language: 'en' | 'fr', iso: string) =>
    formatsFor(language).formatInstant(Date.parse(iso), 'Europe/Paris');
  expect(told('en', '2027-10-31T00:30Z')).toMatch(/ at\u00A002:30 \(Central European Summer Time\)$/);
  expect(told('en', '2027-10-31T01:30Z')).toMatch(/ at\u00A002:30 \(Central European Standard Time\)$/);
  expect(told('fr', '2027-10-31T00:30Z')).toMatch(/ à\u00A02\u00A0h\u00A030 \(heure d’été d’Europe centrale\)$/);
  expect(told('fr', '2027-10-31T01:30Z')).toMatch(/ à\u00A02\u00A0h\u00A030 \(heure normale d’Europe centrale\)$/);
  for (const unique of ['2027-10-30T23:59Z', '2027-10-31T02:00Z', '2027-03-28T00:59Z', '2027-03-28T01:00Z'])
    expect(told('en', unique)).toMatch(/\(Central European Time\)$/);
});

test('a day of the signing list has no zone to slip by', () => {
  expect(formatsFor('en').formatDay('2026-03-01')).toBe('1 March 2026');
  expect(formatsFor('fr').formatDay('2026-03-14')).toBe('14 mars 2026');
});

test('a share of nothing is nothing', () => {
  expect(formatsFor('en').formatPercent(0, 0)).toBe('0%');
  expect(formatsFor('fr').formatPercent(1, 3)).toBe('33,3\u00A0%');
});
