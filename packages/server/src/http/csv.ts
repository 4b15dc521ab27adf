// Lines of a CSV file that a spreadsheet program opens without running anything in it: a cell that such a program would take
// for a formula (OWASP, "CSV Injection") is marked as text, and every cell is quoted.

const formula = /^[\s"'\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

const csvCell = (text: string): string => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

export const csvLine = (cells: readonly string[], separator = ','): string =>
  `${cells.map(csvCell).join(separator)}\r\n`;
