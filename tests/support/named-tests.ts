// Documents name tests as `file.test.ts`: title. A name counts while the file holds that title.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What is wrong with such a name; undefined when the test is there. */
export function namedTestProblem(name: string): string | undefined {
  const [, file = '', title = ''] = /`([^`]+\.test\.ts)`: (.+)$/.exec(name) ?? [];
  if (file === '') return `names no test: ${name}`;
  if (!existsSync(join(root, file))) return `${file} is not there`;
  const source = readFileSync(join(root, file), 'utf8');
  const quoted = [title, title.replaceAll("'", "\\'"), title.replaceAll('’', "'")];
  return quoted.some((one) => source.includes(one)) ? undefined : `${file} has no test: ${title}`;
}
