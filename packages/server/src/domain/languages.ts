// The languages that mails speak, by the names that people give them in a spreadsheet.

import { z } from 'zod';
import { nameKey } from './text.ts';

export type Language = 'en' | 'fr';

const spellings: Readonly<Record<Language, string>> = {
  en: 'en eng english anglais',
  fr: 'fr fra fre french francais francaise',
};

const known = new Map(
  Object.entries(spellings).flatMap(([language, names]) =>
    names.split(' ').map((name) => [name, language as Language]),
  ),
);

/** `fr`, `Français`, `fr-CH`, `en_GB.UTF-8`; undefined for anything else. */
function parseLanguage(text: string): Language | undefined {
  const key = nameKey(text.trim());
  return known.get(key) ?? known.get(/^([a-z]{2})[-_][a-z]{2}(?:\.[-\w]+)?$/.exec(key)?.[1] ?? '');
}

/** Of a voter; empty for the organisation's. */
export const languageSchema = z.string().transform((text, context): Language | '' => {
  const language = text.trim() === '' ? '' : parseLanguage(text);
  if (language === undefined) context.addIssue({ code: 'custom', message: 'language' });
  return language ?? '';
});
