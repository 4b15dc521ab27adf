// Texts that people type or paste, fit to be stored, hashed into a definition and printed. Control characters hide or forge
// lines, and PostgreSQL cannot hold U+0000; tabs and line ends come with every paste from a spreadsheet. Characters that
// turn the direction of writing (UAX 9, explicit formatting) could make one name read as another; letters of
// right-to-left scripts need none of them.

import { z } from 'zod';

const refused = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const fits = (text: string) => text.isWellFormed() && !refused.test(text);

/** One line: tabs and line ends become spaces, other control characters are refused. */
export const lineOf = (most: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/[\t\n\v\f\r]+/g, ' ').trim())
    .max(most)
    .refine(fits);

/** Paragraphs: lines end with "\n", other control characters but tabs are refused. */
export const paragraphsOf = (most: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n').trim())
    .max(most)
    .refine((text) => fits(text.replace(/[\n\t]/g, '')));

/** One line that is not empty. */
export const nameOf = (most: number) => lineOf(most).refine((text) => text !== '');

/** Without accents and case, so that both databases sort and search alike. */
export const nameKey = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
