// Spreadsheets we write: what Excel opens with a double click in either language, and what no cell can run as a formula.
// French spreadsheets expect semicolons and decimal commas, others commas and points; a byte order mark says UTF-8.

export type CsvCell = string | number;

export interface CsvStyle {
  readonly separator: ',' | ';';
  readonly decimal: '.' | ',';
}

export const csvStyle = (language: 'en' | 'fr'): CsvStyle =>
  language === 'fr' ? { separator: ';', decimal: ',' } : { separator: ',', decimal: '.' };

export const csvStart = '\uFEFF';

/** A row as RFC 4180 writes it, with its line end. */
export const csvLine = (cells: readonly CsvCell[], style: CsvStyle): string =>
  `${cells.map((cell) => csvCell(cell, style)).join(style.separator)}\r\n`;

/**
 * What programs take for a formula (OWASP, "CSV Injection"), also behind spaces and quotation marks that some pass over. It gets
 * an apostrophe in front, which they show or swallow; our import takes it away again.
 */
const formula = /^[\s"'\u200B\uFEFF]*[=+\-@|\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** The cell without the apostrophe of our own export. */
export const withoutMark = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;

function csvCell(cell: CsvCell, { decimal }: CsvStyle): string {
  if (typeof cell === 'number') return String(cell).replace('.', decimal);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}
