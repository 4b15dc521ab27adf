// `node scripts/measure-verifiable.ts [ballots]`: milliseconds (medians) to seal a ballot of a verifiable election, its own check
// included, and to verify it, in Node and in Chromium; its bytes; and the time that our verifier and belenios-tool take for one
// archive. No test: times depend on the machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { verifyArchive } from '../packages/protocol/src/verifiable/verify.ts';
import { launchChromium } from '../tests/support/chromium.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = './packages/protocol/src/verifiable';

/** The same in Node and in a page: an election with one of five and yes, no or blank; so many ballots sealed, then verified. */
const SAMPLE = `
import { belenios2048Group } from '${FOLDER}/belenios-2048.ts';
import { verifyBallot } from '${FOLDER}/ballot.ts';
import { readElection } from '${FOLDER}/election.ts';
import { findVerifyingGroup } from '${FOLDER}/verifying-group.ts';
import { ed25519Group } from '${FOLDER}/ed25519.ts';
import { aBoard, archiveOf, aBallot } from '${FOLDER}/sample-board.ts';
const FIVE = { question: 'Who?', answers: ['1', '2', '3', '4', '5'], blank: false, min: 1, max: 1 };
const BOAT = { question: 'Boat?', answers: ['Yes', 'No'], blank: true, min: 1, max: 1 };
const median = (count, run) => {
  const times = Array.from({ length: count }, (_, i) => {
    const start = performance.now();
    run(i);
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(count / 2)];
};
export async function measure(name, count) {
  const group = name === 'Ed25519' ? ed25519Group : belenios2048Group;
  const board = await aBoard({ group, questions: [FIVE, BOAT], singles: 1, weights: [1], votes: [] });
  const vote = { voter: 0, choices: [[2], 'blank'] };
  aBallot(board, vote);
  const ballots = [];
  const seal = median(count, () => ballots.push(aBallot(board, vote)));
  const { context } = readElection(board.texts.election, new Set(), findVerifyingGroup);
  verifyBallot(context, ballots[0]);
  const verify = median(count, (i) => verifyBallot(context, ballots[i]));
  return { seal, verify, bytes: ballots[0].length };
}
export async function archive(name, count) {
  const group = name === 'Ed25519' ? ed25519Group : belenios2048Group;
  const weights = Array.from({ length: count }, () => 1);
  const votes = weights.map((_, voter) => ({ voter, choices: [voter % 7 === 0 ? 'blank' : [voter % 2]] }));
  const board = await aBoard({ group, questions: [BOAT], singles: 1, weights, votes });
  return { uuid: board.context.election.uuid, bytes: archiveOf(board) };
}`;

interface Sample {
  readonly measure: (group: string, count: number) => Promise<{ seal: number; verify: number; bytes: number }>;
  readonly archive: (group: string, count: number) => Promise<{ uuid: string; bytes: Uint8Array<ArrayBuffer> }>;
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
  });
  return outputFiles[0]!.text;
}

async function measureInChromium(count: number): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.addScriptTag({ content: await bundle(`${SAMPLE}\nglobalThis.measure = measure;`), type: 'module' });
    for (const group of ['Ed25519', 'BELENIOS-2048']) {
      const found = await page.evaluate(([name, times]) => (globalThis as unknown as Sample).measure(name, times), [
        group,
        count,
      ] as const);
      tell(`Chromium, ${group}`, found);
    }
  } finally {
    await browser.close();
  }
}

function tell(where: string, { seal, verify, bytes }: { seal: number; verify: number; bytes: number }): void {
  console.log(`${where}: seal ${seal.toFixed(1)} ms, verify ${verify.toFixed(1)} ms, ${bytes} bytes a ballot`);
}

/** The wall time of our verifier, and of each tool that is there, for the same archive. */
async function measureArchive(sample: Sample, group: string, count: number): Promise<void> {
  const { uuid, bytes } = await sample.archive(group, count);
  const start = performance.now();
  const { ok } = verifyArchive(bytes);
  const ours = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${group}, ${count} ballots (yes, no, blank), ${bytes.length} bytes: ours ${ours} s${ok ? '' : ' FAILED'}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'votix-measure-'));
  writeFileSync(join(folder, `${uuid}.bel`), bytes);
  for (const tool of ['belenios-tool', process.env['BELENIOS_TOOL_NEWER']]) {
    if (!tool) continue;
    const before = performance.now();
    const { status, stderr } = spawnSync(tool, ['election', 'verify', '--dir', folder], { encoding: 'utf8' });
    const seconds = ((performance.now() - before) / 1000).toFixed(1);
    console.log(`  ${tool}: ${seconds} s, ${status === 0 ? 'accepts' : stderr.trim()}`);
  }
  rmSync(folder, { recursive: true });
}

const ballots = Number(process.argv[2] ?? 1000);
const node = (await import(`data:text/javascript,${encodeURIComponent(await bundle(SAMPLE))}`)) as Sample;
for (const group of ['Ed25519', 'BELENIOS-2048']) tell(`Node, ${group}`, await node.measure(group, 20));
await measureInChromium(20);
for (const group of ['Ed25519', 'BELENIOS-2048']) await measureArchive(node, group, ballots);
