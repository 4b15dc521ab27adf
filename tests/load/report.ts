// What a run found, as a table for people, and as the rows and notes of docs/performance.md: only those that were run again.

import type { Benchmark, Figure } from './benchmark.ts';

export interface Found {
  readonly benchmark: Benchmark;
  readonly figures: readonly Figure[];
  readonly seconds: number;
}

const measuredIn = ({ figures }: Found): string =>
  figures.map(({ text, isMet }) => (isMet === false ? `**${text}**` : text)).join('; ');

export const rowOf = (found: Found): string => {
  const { name, wanted, reference } = found.benchmark;
  return `| ${name} | ${measuredIn(found)} | ${wanted} | ${reference} |`;
};

export const header = ['| name | measured | wanted | reference |', '|---|---|---|---|'] as const;

/** How a row begins, and how the note under its heading does. */
const rowStart = (name: string) => `| ${name} |`;
const noteStart = 'Measured on ';

export function write(document: string, found: Found, note: string): string {
  const { name } = found.benchmark;
  const lines = document.split('\n');
  const row = lines.findIndex((line) => line.startsWith(rowStart(name)));
  const heading = lines.indexOf(`## ${name}`);
  if (row === -1 || heading === -1) throw new Error(`docs/performance.md has no row and heading for ${name}.`);
  lines[row] = rowOf(found);
  const next = lines.findIndex((line, index) => index > heading && line.startsWith('## '));
  const end = next === -1 ? lines.length : next;
  const old = lines.findIndex((line, index) => index > heading && index < end && line.startsWith(noteStart));
  if (old === -1) lines.splice(heading + 1, 0, '', `${noteStart}${note}`);
  else lines[old] = `${noteStart}${note}`;
  return lines.join('\n');
}
