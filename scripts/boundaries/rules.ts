// The rules, each a function from the sources to sentences; no sentence means that all is well.
import { allowsPackage, allowsPart, findRow, isInside } from './table.ts';
import type { Import, Source } from './sources.ts';

const LINES_CAP = 300;
const BARREL = 'packages/protocol/src/index.ts';
const EMPTY_NAME = /(^|[-.])(utils?|helpers?|common|misc)($|[-.])/u;

/** A part is a path inside the packages without `src`: packages/server/src/http/app.ts → server/http/app.ts. */
function partOf(path: string): string | undefined {
  return path.startsWith('packages/') ? path.replace('packages/', '').replace('/src/', '/') : undefined;
}

export function forbiddenImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const part = partOf(source.path);
    if (part === undefined) return [];
    const row = findRow(part);
    if (!row) return [`${source.path}: no row of the table covers this file`];
    const home = row.from.filter((name) => isInside(part, name));
    const allows = isTest(source.path) ? allowedInTest : allowed;
    const wrong = source.imports.filter((found) => !allows(found));
    return wrong.map(({ specifier, typesOnly }) => {
      const kind = typesOnly ? 'import type' : 'import';
      return `${source.path}: ${row.from.join(', ')} may not ${kind} ${specifier}`;
    });

    function allowed(found: Import): boolean {
      if (found.file === undefined) return allowsPackage(row!, found.specifier);
      const target = partOf(found.file);
      if (target === undefined) return false;
      return home.some((name) => isInside(target, name)) || allowsPart(row!, target, found.typesOnly);
    }

    /** A test may use its whole package, what its package may import, tests/support and any package. */
    function allowedInTest(found: Import): boolean {
      if (found.file === undefined || isInside(found.file, 'tests')) return true;
      const [target, own] = [packageOf(found.file), packageOf(source.path)];
      return target === own || target === 'protocol';
    }
  });
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
  const wrong = sources.filter(({ path, onlyReexports }) => onlyReexports && path !== BARREL);
  return wrong.map(({ path }) => `${path}: only re-exports; the one file that may is ${BARREL}`);
}

export function emptyNames(files: readonly string[]): string[] {
  const wrong = files.filter((path) => path.split('/').some((name) => EMPTY_NAME.test(name)));
  return wrong.map((path) => `${path}: name it after what it is about`);
}

/** A header may say why a file is longer; the words are fixed so that they can be found. */
export function longFiles(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n');
    const excused = lines.slice(0, 6).some((line) => line.includes(`Longer than ${LINES_CAP} lines because`));
    if (lines.length <= LINES_CAP || excused) return [];
    return [`${path}: ${lines.length} lines, the cap is ${LINES_CAP}; split it by noun, or say at the top why not`];
  });
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

function packageOf(path: string): string | undefined {
  return partOf(path)?.split('/')[0];
}
