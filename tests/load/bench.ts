// `npm run bench [-- NAME… --quick --rounds 5 --write]`: how fast, always as a ratio to a reference of the same run, in
// interleaved rounds of which the median counts. For an idle machine; no test and no check runs it. docs/performance.md
// says how to read it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tmpdir } from 'node:os';
import type { Benchmark } from './benchmark.ts';
import { describeMachine } from './machine.ts';
import { type Found, header, rowOf, write } from './report.ts';
import { benchmarks } from './rows.ts';

const document = join(import.meta.dirname, '../../docs/performance.md');

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const help = `npm run bench [-- NAME… OPTIONS]

  Without names all of them: ${benchmarks.map(({ name }) => name).join(', ')}
  --rounds N     how often each is measured beside its reference; the median counts (5, of very long ones fewer)
  --folder PATH  on the disk that is measured (the temporary folder)
  --quick        a few of everything, to see that it runs; its figures mean nothing
  --write        put what was measured into docs/performance.md, the rows that ran only

  Load generator, references and what is measured share the processors: figures are for an otherwise idle machine.
  Exit code 1 when a wanted value was not reached.
`;

function chosen(): readonly Benchmark[] {
  const unknown = names.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) throw new Error(`No benchmark is called ${unknown.join(', ')}.\n\n${help}`);
  return benchmarks.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function measure(benchmark: Benchmark): Promise<Found> {
  const folder = mkdtempSync(join(options.folder, 'votix-bench-'));
  const start = performance.now();
  try {
    const rounds = options.quick ? 1 : Number(options.rounds ?? benchmark.rounds ?? 5);
    const figures = await benchmark.run({ quick: options.quick, rounds, folder });
    return { benchmark, figures, seconds: Math.round((performance.now() - start) / 1000) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

async function runAll(): Promise<void> {
  const machine = describeMachine();
  print(`${machine}\nThe load generator shares these cores.\n\n${header.join('\n')}`);
  let isMet = true;
  for (const benchmark of chosen()) {
    const found = await measure(benchmark);
    isMet &&= found.figures.every((figure) => figure.isMet !== false);
    print(rowOf(found));
    if (options.write) {
      const note = `${new Date().toISOString().slice(0, 10)} in ${found.seconds} s: ${machine}.`;
      writeFileSync(document, write(readFileSync(document, 'utf8'), found, note));
    }
  }
  process.exitCode = isMet || options.quick ? 0 : 1;
}

if (options.help) print(help);
else if (options.quick && options.write) throw new Error('A quick run means nothing: it is not written down.');
else await runAll();
