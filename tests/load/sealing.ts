// How long the page stands still while a verifiable ballot is made: `node tests/load/sealing.ts [--votes 5] [--candidates 5]`.
// A voter's whole way in Chromium, on a computer and with its processor slowed to a quarter, as a phone; of each step the
// longest task of the page's main thread is printed, from the browser's own trace. Over 50 ms the exit code is 1.
// Not part of npm test: the figures are for an idle machine.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from '@playwright/test';
import { buildBundle, type BundleManifest } from '../../packages/browser/src/build.ts';
import { encodeDefinition } from '../../packages/protocol/src/index.ts';
import { findGroup, fingerprintOf } from '../../packages/protocol/src/verifiable/index.ts';
import { aBoard, type SampleBoard } from '../../packages/protocol/src/verifiable/sample-board.ts';
import { launchChromium } from '../support/chromium.ts';
import { anElection, boothData, programPage } from '../support/program-pages.ts';
import { json, type ProgramSite, startProgramSite } from '../support/program-site.ts';
import { press } from './booths.ts';
import { longestTask } from './main-thread.ts';

const { values } = parseArgs({
  options: { votes: { type: 'string', default: '5' }, candidates: { type: 'string', default: '5' } },
});
const votes = Number(values.votes);
const limitMs = 50;
const say = (line: string) => process.stdout.write(`${line}\n`);

const steps = ['opened', 'chosen', 'sealed'] as const;
type Longest = Record<(typeof steps)[number], number>;

/** A booth at `/vote`, and a server that says "recorded" of whatever comes. */
async function openSite(folder: string): Promise<{ readonly site: ProgramSite; readonly credential: string }> {
  const assets: BundleManifest = await buildBundle({ outdir: folder });
  const site = await startProgramSite(folder);
  const names = Array.from({ length: Number(values.candidates) }, (_, index) => `Candidate ${index + 1}`);
  const question = { question: 'Who?', answers: names, blank: true, min: 1, max: 1 };
  const group = findGroup('Ed25519')!;
  const board: SampleBoard = await aBoard({ group, questions: [question], singles: 1, weights: [1], votes: [] });
  const election = await anElection('en');
  const [contest] = election.definition.contests;
  const candidates = names.map((name, index) => ({ id: `c-${index}`, name }));
  const definition = encodeDefinition({
    ...election.definition,
    sealing: 'verifiable',
    contests: [{ ...contest!, candidates }],
  });
  const data = {
    ...boothData('en', election, site.origin),
    definition,
    publicKey: board.context.election.publicKey,
    candidateTexts: {},
    verifiable: {
      election: board.texts.election,
      fingerprint: board.context.fingerprint,
      workerUrl: `/assets/${assets['booth-worker']!.file}`,
      registrar: null,
    },
  };
  const body = programPage('en', 'booth', data, assets);
  site.answer('GET /vote', () => ({ status: 200, type: 'text/html; charset=utf-8', body }));
  site.answer('POST /vote/cast', ({ body: sent }) => {
    const { ballot } = JSON.parse(sent) as { ballot: string };
    const receipt = fingerprintOf(ballot);
    return json({ status: 'recorded', receipt, recordedAt: 'now', head: { height: 1, hash: 'a'.repeat(64) } });
  });
  return { site, credential: board.credentials[0]! };
}

/** What is drawn after it counts too. */
async function act(...deed: Parameters<typeof press>): Promise<void> {
  await press(...deed);
  await deed[0].waitForTimeout(300);
}

async function voteOnce(browser: Browser, url: string, slowed: number): Promise<Longest> {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 360, height: 640 }, hasTouch: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowed });
  const opened = await longestTask(browser, page, async () => {
    await page.goto(url);
    await act(page, 'body', '#booth input[type=radio]');
  });
  const chosen = await longestTask(browser, page, async () => {
    await act(page, '#booth input[type=radio]', '#booth input:checked');
    await act(page, '.booth-act', '#code');
  });
  const sealed = await longestTask(browser, page, () => act(page, '.booth-act', '.recorded', '1234'));
  await context.close();
  return { opened, chosen, sealed };
}

const folder = mkdtempSync(join(tmpdir(), 'votix-sealing-'));
const { site, credential } = await openSite(folder);
const browser = await launchChromium();
try {
  for (const slowed of [1, 4]) {
    const all: Longest[] = [];
    for (let n = 0; n < votes; n++) all.push(await voteOnce(browser, `${site.origin}/vote#${credential}`, slowed));
    const pace = slowed === 1 ? 'as it is' : `${slowed} times slower`;
    say(`${pace}, longest task of the main thread, ms of the processor, a vote each:`);
    for (const step of steps) {
      const found = all.map((one) => one[step]);
      say(`  ${step.padEnd(7)} ${found.map((ms) => ms.toFixed(1).padStart(6)).join(' ')}`);
      if (step === 'sealed' && Math.max(...found) > limitMs) process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
