// The source files of the repository and what each imports, read by a parser rather than by patterns.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Import {
  readonly specifier: string;
  /** The imported file, relative to the repository; undefined for a package or a part of Node. */
  readonly file: string | undefined;
  readonly typesOnly: boolean;
}

export interface Source {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly onlyReexports: boolean;
}

/** Every file that git knows or would take, so that a check before the commit sees what the commit will hold. */
export function listFiles(root: string): string[] {
  const options = { cwd: root, encoding: 'utf8' } as const;
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options);
  return [...new Set(output.split('\0'))]
    .filter((path) => path !== '' && existsSync(posix.join(root, path)))
    .toSorted();
}

export function readSources(root: string, files: readonly string[]): Source[] {
  const code = files.filter((path) => /^(packages|scripts|tests)\/.*\.(ts|mjs)$/u.test(path));
  return code.map((path) => readSource(path, readFileSync(posix.join(root, path), 'utf8')));
}

/** Style sheets have no imports of ours to judge, only a size. */
export function readSheets(root: string, files: readonly string[]): Pick<Source, 'path' | 'text'>[] {
  const sheets = files.filter((path) => path.endsWith('.css'));
  return sheets.map((path) => ({ path, text: readFileSync(posix.join(root, path), 'utf8') }));
}

export function readSource(path: string, text: string): Source {
  const { module, program } = parseSync(path, text);
  const found = new Map<string, boolean>();
  const add = (specifier: string, typesOnly: boolean) =>
    found.set(specifier, typesOnly && found.get(specifier) !== false);
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { moduleRequest, isType } of module.staticExports.flatMap((statement) => statement.entries)) {
    if (moduleRequest) add(moduleRequest.value, isType);
  }
  for (const { moduleRequest } of module.dynamicImports)
    add(literal(text.slice(moduleRequest.start, moduleRequest.end)), false);
  const imports = [...found].map(([specifier, typesOnly]) => ({
    specifier,
    typesOnly,
    file: resolve(path, specifier),
  }));
  const isReexport = ({ type, source }: { type: string; source?: unknown }) =>
    type.startsWith('Export') && Boolean(source);
  return { path, text, imports, onlyReexports: program.body.length > 0 && program.body.every(isReexport) };
}

/** `import(name)` with a computed name stays as written, and then matches no row. */
function literal(expression: string): string {
  return /^(['"`])([^$]*)\1$/u.exec(expression)?.[2] ?? expression;
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    // AssemblyScript leaves the extension out.
    const extension = from.startsWith('packages/protocol/kernel/') ? '.ts' : '';
    return posix.join(posix.dirname(from), `${specifier}${extension}`);
  }
  const [, name, rest] = /^@votix\/([^/]+)(\/.*)?$/u.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  // A package's second surface: @votix/protocol/verifiable.
  const path = rest === undefined || rest.includes('.') ? (rest ?? '/index.ts') : `${rest}/index.ts`;
  return `packages/${name}/src${path}`;
}
