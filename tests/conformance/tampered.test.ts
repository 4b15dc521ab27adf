// Archives with one thing wrong, chained again so that every hash is right: ours names the check that finds it, the tool's
// verdicts on the archive and on the false ballot by itself stand beside it in README.md, and the two tables must agree.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { belenios2048Group } from '../../packages/protocol/src/verifiable/belenios-2048.ts';
import { archiveOf, stagesOf } from '../../packages/protocol/src/verifiable/sample-board.ts';
import { chain, partsOf, stepsOf } from '../../packages/protocol/src/verifiable/sample-chain.ts';
import {
  TAMPERINGS,
  type Tampering,
  victims,
  withForgedFactor,
} from '../../packages/protocol/src/verifiable/sample-tampering.ts';
import { readArchive } from '../../packages/protocol/src/verifiable/archive.ts';
import { readHistory } from '../../packages/protocol/src/verifiable/history.ts';
import { verifyArchive } from '../../packages/protocol/src/verifiable/verify.ts';
import { type Verdict, findNewerTool, findTool } from './belenios-tool.ts';

const tool = findTool();
const newer = findNewerTool();
const both = await victims(belenios2048Group);
const { board } = both;
const { uuid } = board.context.election;
const table = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

test('both accept the archive before it is tampered with', () => {
  const archive = archiveOf(board);
  expect(tool.verify(uuid, archive)).toMatchObject({ accepts: true });
  expect(verifyArchive(archive, { strict: board.strict })).toMatchObject({ ok: true, strict: true });
});

for (const tampering of TAMPERINGS) {
  const { name, check, reason, make } = tampering;
  test(`${check}: ${name}`, () => {
    const archive = make(both);
    const report = verifyArchive(archive);
    expect(report.checks.find(({ ok }) => !ok)).toMatchObject({ name: check, reason });
    const ballot = falseBallotOf(tampering);
    const alone = ballot === undefined ? '–' : wordOf(tool.verify(uuid, withOnly(ballot)));
    const row = table.split('\n').find((line) => line.startsWith(`| ${name} |`));
    expect(row).toContain(`| ${name} | \`${check}\` | ${wordOf(tool.verify(uuid, archive))} | ${alone} |`);
    if (newer !== undefined) {
      const newest = ballot === undefined ? '–' : wordOf(newer.verifyBallot(uuid, stagesOf(board)[0]!, ballot));
      expect(row?.endsWith(`| ${alone} | ${newest} |`), `${newest}: ${row ?? ''}`).toBe(true);
    }
  });
}

test('a true ballot by itself is accepted', () => {
  const ballot = board.ballots[1]!;
  expect(tool.verify(uuid, withOnly(ballot))).toMatchObject({ accepts: true });
  if (newer !== undefined)
    expect(newer.verifyBallot(uuid, stagesOf(board)[0]!, ballot)).toMatchObject({ accepts: true });
});

test('a factor that was chosen passes for the tool and for a plain check, not for the strict one', () => {
  const forged = withForgedFactor(both);
  expect(tool.verify(uuid, forged)).toMatchObject({ accepts: true });
  expect(verifyArchive(forged).ok).toBe(true);
  expect(verifyArchive(forged, { strict: board.strict })).toMatchObject({ ok: false, strict: false });
});

function wordOf({ accepts }: Verdict): string {
  return accepts ? '**accepts**' : 'refuses';
}

/** The one ballot that a tampering made false; undefined when it changed something else. */
function falseBallotOf({ make }: Tampering): string | undefined {
  const read = readArchive(make(both));
  const history = read.ok ? readHistory(read.archive, new Set()) : read;
  if (!history.ok) return undefined;
  const { election, credentials, ballots } = history.history;
  const parts = partsOf(board);
  const sameSetUp = election === parts.election && credentials === parts.credentials;
  if (!sameSetUp || ballots.length !== board.ballots.length) return undefined;
  return ballots.find((ballot, at) => ballot !== board.ballots[at]);
}

/** The election with this ballot only, its box still open. */
function withOnly(ballot: string): Uint8Array {
  return chain(stepsOf({ ...partsOf(board), ballots: [ballot] }).slice(0, 2));
}
