// People of a directory who are chosen for a roll, many at once: what stands in their way, and their list as the import of a
// spreadsheet reads it, so that one plan, one set of rules and one undoing serve both.

import { z } from 'zod';
import type { Reader } from '../storage/database.ts';
import { listVotersByKey } from '../storage/voters.ts';
import { emailKey } from './accounts.ts';
import { csvLine, csvStyle } from './csv.ts';
import type { DirectoryPerson } from './directory-people.ts';
import { emailSchema } from './email.ts';
import { lineOf } from './text.ts';
import { judgeVoter, type VoterRules } from './voter-rules.ts';

export const mostChosen = 5000;

/** `on-roll` is none to whoever chooses them all the same: then a name that has changed is taken over. */
export type Hurdle = 'on-roll' | 'foreign-domain' | 'no-name';

export interface DirectoryChoice extends DirectoryPerson {
  readonly hurdle: Hurdle | undefined;
}

export async function judgePeople(
  db: Reader,
  electionId: string,
  people: readonly DirectoryPerson[],
  rules: VoterRules,
): Promise<DirectoryChoice[]> {
  const keys = people.map(({ email }) => emailKey(email));
  const known = new Set((await listVotersByKey(db, electionId, keys)).map(({ email_key }) => email_key));
  return people.map((person) => ({ ...person, hurdle: hurdleOf(person, known, rules) }));
}

function hurdleOf({ lastName, firstName, email }: DirectoryPerson, known: ReadonlySet<string>, rules: VoterRules) {
  if (known.has(emailKey(email))) return 'on-roll';
  if (!judgeVoter(rules, { email, promotion: '' }).ok) return 'foreign-domain';
  return lastName === '' || firstName === '' ? 'no-name' : undefined;
}

/** One person as a form carries them from page to page. */
export type Chosen = Omit<DirectoryPerson, 'about'>;
const chosenSchema = z.tuple([lineOf(120), lineOf(120), emailSchema]);

export const chosenText = ({ lastName, firstName, email }: Chosen): string =>
  JSON.stringify([lastName, firstName, email]);

/** Undefined where a form has sent what no form of ours holds. */
export function readChosen(texts: readonly string[]): readonly Chosen[] | undefined {
  const found = new Map<string, Chosen>();
  for (const text of texts) {
    const person = chosenSchema.safeParse(parsed(text));
    if (!person.success) return undefined;
    const [lastName, firstName, email] = person.data;
    found.set(emailKey(email), { lastName, firstName, email });
  }
  return [...found.values()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const style = csvStyle('en');
const header = ['last_name', 'first_name', 'email'];

/** `groups` are the same for all of them; an empty one leaves what stands on the roll. */
export function chosenAsCsv(
  chosen: readonly Chosen[],
  groups: { readonly promotion: string; readonly building: string },
): string {
  const given = Object.entries(groups).filter(([, value]) => value.trim() !== '');
  const values = given.map(([, value]) => value);
  const lines = chosen.map(({ lastName, firstName, email }) => [lastName, firstName, email, ...values]);
  const rows = [[...header, ...given.map(([name]) => name)], ...lines];
  return rows.map((cells) => csvLine(cells, style)).join('');
}
