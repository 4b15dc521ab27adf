// The programs' sentences: each one said exists in both languages, each one written is said, and voters meet no jargon.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { speakWith } from './messages.ts';

type Messages = Readonly<Record<string, string>>;

const AREAS = ['booth', 'keys', 'deliberation'] as const;
/** Those whose keys are put together from what they are about. */
const COMPOSING = ['trustee', 'registrar', 'verify'] as const;
const ALL = [...AREAS, ...COMPOSING] as const;
const LANGUAGES = ['en', 'fr'] as const;
const SAID = /\bsay\(\s*([^()]*?)\s*[,)]/g;
const QUOTED = /'([a-z][a-z0-9-]*)'/g;

const messages: Readonly<Record<(typeof LANGUAGES)[number], Messages>> = {
  en: readMessages('en'),
  fr: readMessages('fr'),
};

function readMessages(language: string): Messages {
  const path = join(import.meta.dirname, `../../../server/src/messages/${language}.json`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

function keysOf(area: string, language: (typeof LANGUAGES)[number] = 'en'): string[] {
  const keys = Object.keys(messages[language]).filter((key) => key.startsWith(`${area}.`));
  return keys.map((key) => key.slice(area.length + 1)).sort();
}

function sourceOf(folder: string): string {
  const files = readdirSync(join(import.meta.dirname, '..', folder)).filter((name) => !name.endsWith('.test.ts'));
  return files.map((name) => readFileSync(join(import.meta.dirname, '..', folder, name), 'utf8')).join('\n');
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(QUOTED)].map((match) => match[1]!);
}

test.each(ALL)('%s says only what is written, in both languages', (area) => {
  const said = [...sourceOf(area).matchAll(SAID)].flatMap((match) => quotedIn(match[1]!));
  const written = new Set(keysOf(area));
  // A condition inside say(…) quotes states as well as keys; states that are no key are left out by name.
  const states = new Set(['stuck', 'yes', 'reading', 'decrypting', 'no-answer']);
  expect(said.filter((key) => !written.has(key) && !states.has(key))).toEqual([]);
  expect(keysOf(area, 'fr')).toEqual(keysOf(area, 'en'));
});

test.each(AREAS)('nothing is written for %s that is never said', (area) => {
  const quoted = new Set(quotedIn(sourceOf(area) + sourceOf('page')));
  expect(keysOf(area).filter((key) => !quoted.has(key))).toEqual([]);
});

test('placeholders are the same in both languages', () => {
  const placeholders = (text: string | undefined) => [...(text ?? '').matchAll(/\{\w+\}/g)].map(String).sort();
  for (const key of ALL.flatMap((area) => keysOf(area).map((name) => `${area}.${name}`))) {
    expect(placeholders(messages.fr[key]), key).toEqual(placeholders(messages.en[key]));
  }
});

test('a voter meets no word of the trade', () => {
  const trade = /\b(encrypt\w*|hash\w*|RSA|tokens?|UUID|chiffrer|chiffré\w*|chiffrement|hachage|jetons?)\b/i;
  for (const language of LANGUAGES) {
    const found = keysOf('booth').filter((key) => trade.test(messages[language][`booth.${key}`] ?? ''));
    expect(found, language).toEqual([]);
  }
});

test('French spaces its punctuation, and no sentence uses a typewriter apostrophe', () => {
  const written = ALL.flatMap((area) => keysOf(area).map((key) => messages.fr[`${area}.${key}`] ?? ''));
  const wrong = /[^\u202F][;!?»]|«[^\u202F]|[^\u00A0]:(?!\/\/|\w)|'/;
  expect(written.filter((text) => wrong.test(text.replace('{time} environ (minutes:secondes)', '')))).toEqual([]);
});

test('placeholders are filled as text, and a missing sentence is a mistake of ours', () => {
  const say = speakWith({ hello: 'Hello {name}, {name}! {other}' });
  expect(say('hello', { name: '<b>' })).toBe('Hello <b>, <b>! {other}');
  expect(() => say('bye')).toThrow('no message bye');
});
