import { expect, test } from 'vitest';
import { frenchSpacing, messageProblems } from './check-messages.ts';

const check = (en: Record<string, string>, fr: Record<string, string>, source = "t('nav.skip')") =>
  messageProblems(en, fr, [source]);

test('two complete languages are well', () => {
  expect(check({ 'nav.skip': 'Go to {x}' }, { 'nav.skip': 'Aller à {x}' })).toEqual([]);
});

test.each([
  ['missing in fr', { 'nav.skip': 'Skip' }, {}],
  ['missing in en', {}, { 'nav.skip': 'Passer' }],
  ['arguments differ', { 'nav.skip': '{a}' }, { 'nav.skip': '{b}' }],
  ['well-formed', { 'nav.skip': '{a' }, { 'nav.skip': 'a' }],
  ['apostrophe', { 'nav.skip': "Don't" }, { 'nav.skip': 'Non' }],
  ['stray spaces', { 'nav.skip': 'Skip ' }, { 'nav.skip': 'Passer' }],
  ['narrow no-break', { 'nav.skip': 'Skip?' }, { 'nav.skip': 'Passer ?' }],
] as const)('said: %s', (problem, en, fr) => {
  expect(check(en, fr).join('\n')).toContain(problem);
});

test('a key that no source mentions is said', () => {
  expect(check({ 'nav.gone': 'Gone' }, { 'nav.gone': 'Parti' })).toEqual(['nav.gone: used nowhere']);
  expect(check({ 'nav.gone': 'Gone' }, { 'nav.gone': 'Parti' }, 't(`nav.${step}`)')).toEqual([]);
});

test.each(['Your vote is encrypted', 'the hash of the box', 'a token', 'UUID'])('voters never read: %s', (text) => {
  expect(check({ 'door.x': text }, { 'door.x': 'Rien' }, "'door.x'").join()).toContain('voters should never read');
  expect(check({ 'setting.x': text }, { 'setting.x': 'Rien' }, "'setting.x'")).toEqual([]);
});

test.each([
  ['Votre vote est chiffré', 1],
  ['un jeton', 1],
  ['votre code à 4 chiffres', 0],
] as const)('in French too: %s', (text, count) => {
  expect(check({ 'door.x': 'Nothing' }, { 'door.x': text }, "'door.x'")).toHaveLength(count);
});

test('client programs are given simple placeholders only', () => {
  const plural = '{n, plural, one {#} other {#}}';
  expect(check({ 'booth.x': plural }, { 'booth.x': plural }, "say('x')").join()).toContain('simple {name} only');
});

test('French punctuation as printers set it', () => {
  expect(frenchSpacing('Prêt\u202F? Oui\u00A0: «\u202Fvite\u202F»\u202F; voir https://vote.example')).toEqual([]);
  expect(frenchSpacing('Prêt?')).toHaveLength(1);
  expect(frenchSpacing('Oui : non')).toHaveLength(1);
  expect(frenchSpacing('« vite »')).toHaveLength(1);
});
