// Who gets which code, on paper and as a list: everybody of the file, with what was given from the reserve since. Pure.
import type { RegistrarFile } from '@votix/protocol/verifiable';
import type { Given } from './data.ts';

export interface Letter {
  readonly voterId: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
  readonly credential: string;
  /** Of the reserve; null for a voter's own. */
  readonly number: number | null;
}

const sorted = new WeakMap<RegistrarFile, { readonly given: readonly Given[]; readonly letters: readonly Letter[] }>();

/** A code that was replaced is in no letter any more; who came late stands at the end. The last list of a file is kept. */
export function lettersOf(file: RegistrarFile, given: readonly Given[]): readonly Letter[] {
  const known = sorted.get(file);
  if (known?.given === given) return known.letters;
  const letters = sortedLetters(file, given);
  sorted.set(file, { given, letters });
  return letters;
}

function sortedLetters({ voters, reserve }: RegistrarFile, given: readonly Given[]): readonly Letter[] {
  const newest = new Map(given.map((one) => [one.voterId, one]));
  const own = voters
    .filter(({ id }) => !newest.has(id))
    .map(({ id, ...voter }): Letter => ({ ...voter, voterId: id, number: null }))
    .toSorted((a, b) => compare(a, b));
  const replaced = [...newest.values()].flatMap(
    ({ number, voterId, lastName, firstName, email, promotion, building }) => {
      const credential = reserve[number - 1];
      const voter = { voterId, lastName, firstName, email, promotion, building };
      return credential === undefined ? [] : [{ ...voter, credential, number }];
    },
  );
  return [...own, ...replaced];
}

const compareTexts = new Intl.Collator().compare;

const compare = (a: Letter, b: Letter): number =>
  compareTexts(a.promotion, b.promotion) ||
  compareTexts(a.lastName, b.lastName) ||
  compareTexts(a.firstName, b.firstName);

/** How many are printed at once: a browser lays out so many pages without stopping. */
export const lettersPerPrint = 400;

export interface Choice {
  /** Null: all. */
  readonly promotion: string | null;
  /** Part of a name; empty: all. */
  readonly name: string;
  /** From 0. */
  readonly part: number;
}

export interface Chosen {
  readonly letters: readonly Letter[];
  /** Of this part. */
  readonly shown: readonly Letter[];
  readonly parts: number;
}

export function choose(letters: readonly Letter[], { promotion, name, part }: Choice): Chosen {
  const wanted = folded(name);
  const chosen = letters.filter(
    (letter) =>
      (promotion === null || letter.promotion === promotion) &&
      (wanted === '' || folded(`${letter.firstName} ${letter.lastName} ${letter.firstName}`).includes(wanted)),
  );
  const start = part * lettersPerPrint;
  const parts = Math.max(1, Math.ceil(chosen.length / lettersPerPrint));
  return { letters: chosen, shown: chosen.slice(start, start + lettersPerPrint), parts };
}

export const promotionsOf = (letters: readonly Letter[]): readonly string[] =>
  [...new Set(letters.map(({ promotion }) => promotion))].toSorted((a, b) => a.localeCompare(b));

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

const columns = ['lastName', 'firstName', 'email', 'promotion', 'building', 'credential'] as const;
const header = 'last_name,first_name,email,promotion,building,voter_code';

/** For a mail merge or a printer: with a byte order mark, and nothing that a spreadsheet would run. French ones want semicolons. */
export function listOf(letters: readonly Letter[], locale: 'en' | 'fr'): string {
  const separator = locale === 'fr' ? ';' : ',';
  const cell = (text: string) => {
    const safe = /^[\s\uFEFF]*[=+\-@\t\r\n|\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const lines = letters.map((letter) => columns.map((column) => cell(letter[column])).join(separator));
  return `\uFEFF${[header.replaceAll(',', separator), ...lines].join('\r\n')}\r\n`;
}
