// The bundle check finds what it is there to find.
import { expect, test } from 'vitest';
import { findForeign, findOverweight, withoutLicences } from './check-bundle.ts';

const ROOT = '/somewhere/votix';

test.each([
  ['fetch("https://cdn.example/x.js")', 'names another host'],
  ['eval("1")', 'makes code from strings'],
  ['new Function("return 1")', 'makes code from strings'],
  ['//# sourceMappingURL=booth.js.map', 'points to a source map'],
  ['"/home/someone/votix/a.ts"', 'holds a path of a machine'],
  ['"/somewhere/votix/a.ts"', 'holds the path of this checkout'],
])('%s is found', (text, what) => {
  expect(findForeign('booth.js', text, ROOT).join()).toContain(what);
});

test('names of XML namespaces and words that only look alike are no problem', () => {
  const text = 'x("http://www.w3.org/2000/svg"); retrieval(1); href="/elections/1"';
  expect(findForeign('booth.js', text, ROOT)).toEqual([]);
});

test('a booth that outgrows its budget says what to do', () => {
  const entry = (gzipBytes: number) => ({ file: 'x', bytes: 1, gzipBytes, integrity: '' });
  const bundle = (o: { booth: number; styles: number; worker: number; verify?: number; disk?: number }) => ({
    booth: entry(o.booth),
    styles: entry(o.styles),
    'booth-worker': entry(o.worker),
    verify: entry(o.verify ?? 1),
    'verify-worker': entry(40_000),
    'verify-disk': entry(o.disk ?? 1),
  });
  expect(findOverweight(bundle({ booth: 29_000, styles: 9_000, worker: 22_000 }), 9_000)).toEqual([]);
  expect(findOverweight(bundle({ booth: 31_000, styles: 40_000, worker: 22_000 }), 9_000)).toHaveLength(2);
  expect(findOverweight(bundle({ booth: 31_000, styles: 40_000, worker: 31_000 }), 9_000)).toHaveLength(3);
  expect(findOverweight(bundle({ booth: 29_000, styles: 1, worker: 81_000 }), 1).join()).toContain('with its worker');
  expect(findOverweight(bundle({ booth: 31_000, styles: 1, worker: 1 }), 1).join()).toContain('Load less');
  const checker = bundle({ booth: 1, styles: 1, worker: 1, verify: 30_000, disk: 90_000 });
  expect(findOverweight(checker, 1).join()).toMatch(/The checker with its worker .*The checker as a file /);
});

test('the licences at the end of the file that works from disk may name sites, its program may not', () => {
  const page = (program: string) => `<!doctype html>\n<script>${program}</script>\n<!--\nhttps://a.example/\n-->\n`;
  const found = (program: string) => findForeign('disk.html', withoutLicences(page(program)), ROOT);
  expect(found('fetch(1)')).toEqual([]);
  expect(found('fetch("https://b.example")')).toHaveLength(1);
  expect(withoutLicences('x <!-- https://c.example -->')).toContain('c.example');
});
