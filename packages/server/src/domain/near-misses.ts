// Names in the environment that are almost one of ours: a setting that is misspelt would otherwise be silently without
// effect. Names of other programs are far enough away, and a name counts only when the right one is not set.

import { definitionOfSetting, type SettingName, settingNames } from './setting-list.ts';

export interface NearMiss {
  readonly name: string;
  readonly meant: SettingName;
}

/** Short names are near to too many others. */
const isTooShort = (name: string): boolean => name.length < 7;
const mostEdits = (name: string): number => (name.length < 10 ? 1 : 2);

/** What other programs call the same thing. */
const otherNames: Readonly<Record<string, SettingName>> = {
  SMTP_HOST: 'SMTP_SERVER',
  SMTP_USER: 'SMTP_USERNAME',
  SMTP_PASS: 'SMTP_PASSWORD',
  IMAP_HOST: 'IMAP_SERVER',
  IMAP_USER: 'IMAP_USERNAME',
  IMAP_PASS: 'IMAP_PASSWORD',
};

/** Letters to add, to leave out, to change, or neighbours to swap (optimal string alignment). */
function edits(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, change, swapped));
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

const fileForms = settingNames.filter((name) => definitionOfSetting(name).secret).map((name) => `${name}_FILE`);
const known = new Set<string>([...settingNames, ...fileForms]);

function meantBy(name: string): SettingName | undefined {
  const plain = name.toUpperCase().replaceAll('-', '_');
  const withoutFile = plain.replace(/_FILE$/, '');
  const alias = otherNames[plain] ?? otherNames[withoutFile];
  if (alias !== undefined) return alias;
  return settingNames
    .filter((setting) => !isTooShort(setting))
    .find((setting) => Math.min(edits(plain, setting), edits(withoutFile, setting)) <= mostEdits(setting));
}

export function nearMisses(env: Readonly<Record<string, string | undefined>>): NearMiss[] {
  const isSet = (name: string) => Boolean(env[name]);
  return Object.keys(env)
    .filter((name) => isSet(name) && !known.has(name))
    .flatMap((name) => {
      const meant = meantBy(name);
      if (meant === undefined || isSet(meant) || fileForms.some((form) => form === `${meant}_FILE` && isSet(form)))
        return [];
      return [{ name, meant }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
