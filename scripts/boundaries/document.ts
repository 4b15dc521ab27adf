// Compares ARCHITECTURE.md with what is enforced (its table) and with what is on the disk (its tree).
import { renderTable } from './table.ts';

export function tableDifferences(document: string): string[] {
  const written = document.split('\n').filter((line) => line.startsWith('|'));
  const enforced = renderTable();
  return [
    ...enforced.filter((row) => !written.includes(row)).map((row) => `ARCHITECTURE.md lacks the row: ${row}`),
    ...written
      .filter((row) => !enforced.includes(row))
      .map((row) => `ARCHITECTURE.md has a row nobody enforces: ${row}`),
  ];
}

/** Everything the tree names exists; a folder whose folders are listed lists all of them. */
export function treeDifferences(document: string, files: readonly string[]): string[] {
  const folders = new Set(files.flatMap(foldersAbove));
  const known = new Set([...files, ...folders]);
  const listed = new Set(listedPaths(document));
  const opened = new Set([...listed].filter((path) => folders.has(path)).map(parentOf));
  const missing = [...folders].filter((folder) => opened.has(parentOf(folder)) && !listed.has(folder));
  return [
    ...[...listed]
      .filter((path) => !known.has(path))
      .map((path) => `ARCHITECTURE.md's tree names ${path}, which is not there`),
    ...missing.toSorted().map((folder) => `ARCHITECTURE.md's tree does not name the folder ${folder}`),
  ];
}

/** The first fenced block: one entry a line, indented by two spaces a level, then its description. */
function listedPaths(document: string): string[] {
  const block = /```\w*\n(.*?)```/su.exec(document)?.[1] ?? '';
  const way: string[] = [];
  return block
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, indent = '', name = ''] = /^( *)(\S+)/u.exec(line) ?? [];
      way.splice(indent.length / 2, Infinity, name.replace(/\/$/u, ''));
      return way.join('/');
    });
}

function foldersAbove(file: string): string[] {
  const names = file.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
