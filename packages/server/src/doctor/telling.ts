// Findings as sentences, for the page and for the terminal.

import { formatsFor } from '../messages/formats.ts';
import { type Locale, translatorFor } from '../messages/translate.ts';
import type { Finding } from './finding.ts';

export interface Told {
  readonly title: string;
  readonly text: string;
  readonly verdict: Finding['verdict'];
}

export interface Reader {
  readonly locale: Locale;
  readonly zone: string;
}

export function tellFinding({ about, says, verdict, values = {} }: Finding, { locale, zone }: Reader): Told {
  const t = translatorFor(locale);
  const formats = formatsFor(locale);
  const told = Object.entries(values).map(([name, value]): [string, string | number] => {
    if (name === 'cause') return [name, t(`mail-cause.${value as 'login-failed'}`)];
    if (name === 'part' || name === 'said') return [name, t(`arrival.${value as 'spf'}`)];
    if (typeof value === 'string') return [name, value];
    if (name.endsWith('Bytes')) return [name, sizeOf(value, locale)];
    return [name, name.endsWith('At') ? formats.formatInstant(value, zone) : value];
  });
  return { title: t(`system.${about}`), text: t(`system.says.${says}`, Object.fromEntries(told)), verdict };
}

const marks = { good: 'ok  ', warn: 'warn', bad: 'BAD ' } as const;

/** To be copied into a message to somebody who helps. */
export const reportOf = (findings: readonly Finding[], reader: Reader): string =>
  findings
    .map((finding) => tellFinding(finding, reader))
    .map(({ title, text, verdict }) => `${marks[verdict]}  ${title}: ${text}`)
    .join('\n');

const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "4.2 GB" */
function sizeOf(bytes: number, locale: Locale): string {
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const format = { style: 'unit', unit: units[power - 1]!, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format).format(bytes / 1000 ** power);
}
