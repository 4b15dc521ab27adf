// The rules, each a function from the sources to sentences; no sentence means that all is well.
import { allowsPackage, allowsPart, findRow, isInside } from './table.ts';
import type { Import, Source } from './sources.ts';

const LINES_CAP = 300;
const BARRELS = ['packages/protocol/src/index.ts', 'packages/protocol/src/verifiable/index.ts'];
const EMPTY_NAME = /(^|[-.])(utils?|helpers?|common|misc)($|[-.])/u;

/** A part is a path inside the packages without `src`: packages/server/src/http/app.ts → server/http/app.ts. */
function partOf(path: string): string | undefined {
  return path.startsWith('packages/') ? path.replace('packages/', '').replace('/src/', '/') : undefined;
}

export function forbiddenImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const part = partOf(source.path);
    if (part === undefined) return [];
    if (source.path.endsWith('.test.ts')) return forbiddenInTest(source);
    const row = findRow(part);
    if (!row) return [`${source.path}: no row of the table covers this file`];
    const home = row.from.find((name) => isInside(part, name))!;
    const wrong = source.imports.filter(({ file, specifier, typesOnly }) => {
      if (file === undefined) return !allowsPackage(row, specifier);
      const target = partOf(file);
      return target === undefined || !(isInside(target, home) || allowsPart(row, target, typesOnly));
    });
    return wrong.map((found) => sentence(source, row.from.join(', '), found));
  });
}

/** A test may use its whole package, protocol, tests/support, vectors and any library. */
function forbiddenInTest(source: Source): string[] {
  const own = packageOf(source.path);
  const wrong = source.imports.filter(({ file }) => {
    if (file === undefined || isInside(file, 'tests/support') || isInside(file, 'vectors')) return false;
    const target = packageOf(file);
    return target !== own && target !== 'protocol';
  });
  return wrong.map((found) => sentence(source, `a test of ${own}`, found));
}

function sentence({ path }: Source, who: string, { specifier, typesOnly }: Import): string {
  return `${path}: ${who} may not ${typesOnly ? 'import type' : 'import'} ${specifier}`;
}

export function cycles(sources: readonly Source[]): string[] {
  const targets = new Map(sources.map(({ path, imports }) => [path, imports.map(({ file }) => file)]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (state.get(path) === 'open') found.push(`import cycle: ${[...way.slice(way.indexOf(path)), path].join(' → ')}`);
    if (state.has(path)) return;
    state.set(path, 'open');
    for (const target of targets.get(path) ?? []) if (target !== undefined) visit(target, [...way, path]);
    state.set(path, 'done');
  };
  for (const path of targets.keys()) visit(path, []);
  return found;
}

export function missingTargets(sources: readonly Source[], files: readonly string[]): string[] {
  const known = new Set(files);
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ file }) => file !== undefined && !known.has(file) && !isInside(file, 'packages/browser/dist'))
      .map(({ specifier }) => `${path}: imports ${specifier}, which does not exist`),
  );
}

export function barrels(sources: readonly Source[]): string[] {
  const wrong = sources.filter(({ path, onlyReexports }) => onlyReexports && !BARRELS.includes(path));
  return wrong.map(({ path }) => `${path}: only re-exports; only ${BARRELS.join(' and ')} may`);
}

export function emptyNames(files: readonly string[]): string[] {
  const wrong = files.filter((path) => path.split('/').some((name) => EMPTY_NAME.test(name)));
  return wrong.map((path) => `${path}: name it after what it is about`);
}

/** A header may say why a file is longer; the words are fixed so that they can be found. */
export function longFiles(sources: readonly Pick<Source, 'path' | 'text'>[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n');
    const excused = lines.slice(0, 6).some((line) => line.includes(`Longer than ${LINES_CAP} lines because`));
    if (lines.length <= LINES_CAP || excused) return [];
    return [`${path}: ${lines.length} lines, the cap is ${LINES_CAP}; split it by noun, or say at the top why not`];
  });
}

function packageOf(path: string): string | undefined {
  return partOf(path)?.split('/')[0];
}
