// Fails when a file imports what its row of the table does not allow, when imports form a circle, and when names, sizes,
// re-exports or ARCHITECTURE.md break the house rules. The rules are in scripts/boundaries, one kind per file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableDifferences, treeDifferences } from './boundaries/document.ts';
import { barrels, cycles, emptyNames, forbiddenImports, longFiles, missingTargets } from './boundaries/rules.ts';
import { listFiles, readSheets, readSources } from './boundaries/sources.ts';
import { renderTable } from './boundaries/table.ts';

function findProblems(root: string): string[] {
  const files = listFiles(root);
  const sources = readSources(root, files);
  const document = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  return [
    ...forbiddenImports(sources),
    ...missingTargets(sources, files),
    ...cycles(sources),
    ...barrels(sources),
    ...emptyNames(files),
    ...longFiles([...sources, ...readSheets(root, files)]),
    ...tableDifferences(document),
    ...treeDifferences(document, files),
  ];
}

if (process.argv.includes('--table')) {
  console.log(renderTable().join('\n'));
} else {
  const problems = findProblems(join(import.meta.dirname, '..'));
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
