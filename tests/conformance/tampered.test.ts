// Archives with one thing wrong, chained again so that every hash is right: ours names the check that finds it, the tool's
// verdict stands beside it in README.md, and the two tables must agree.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { belenios2048Group } from '../../packages/protocol/src/verifiable/belenios-2048.ts';
import { archiveOf, stagesOf } from '../../packages/protocol/src/verifiable/sample-board.ts';
import {
  TAMPERINGS,
  type Tampering,
  victims,
  withForgedFactor,
} from '../../packages/protocol/src/verifiable/sample-tampering.ts';
import { readArchive } from '../../packages/protocol/src/verifiable/archive.ts';
import { readHistory } from '../../packages/protocol/src/verifiable/history.ts';
import { verifyArchive } from '../../packages/protocol/src/verifiable/verify.ts';
import { findNewerTool, findTool, inFolder } from './belenios-tool.ts';

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

for (const { name, check, reason, make } of TAMPERINGS) {
  test(`${check}: ${name}`, () => {
    const archive = make(both);
    const report = verifyArchive(archive);
    expect(report.checks.find(({ ok }) => !ok)).toMatchObject({ name: check, reason });
    const verdict = tool.verify(uuid, archive).accepts ? '**accepts**' : 'refuses';
    expect(table).toContain(`| ${name} | \`${check}\` | ${verdict} |\n`);
  });
}

test('a factor that was chosen passes for the tool and for a plain check, not for the strict one', () => {
  const forged = withForgedFactor(both);
  expect(tool.verify(uuid, forged)).toMatchObject({ accepts: true });
  expect(verifyArchive(forged).ok).toBe(true);
  expect(verifyArchive(forged, { strict: board.strict })).toMatchObject({ ok: false, strict: false });
});

/** Of the tamperings with one ballot: the one that a tool can be asked about by itself. */
function ballotOf({ make }: Tampering): string {
  const read = readArchive(make(both));
  const history = read.ok ? readHistory(read.archive, new Set()) : read;
  if (!history.ok) throw new Error(history.reason);
  return history.history.ballots[1]!;
}

test.skipIf(newer === undefined)('a newer tool, asked about each false ballot by itself, refuses it', () => {
  const aboutBallots = TAMPERINGS.filter(
    ({ check, name }) =>
      /^(?:ballot-(?!election|credential)|choice|overall|blank)/u.test(check) ||
      name === 'a ballot of another election',
  );
  expect(aboutBallots.length).toBeGreaterThan(9);
  inFolder((folder) => {
    writeFileSync(join(folder, `${uuid}.bel`), stagesOf(board)[0]!);
    const ask = (ballot: string) => {
      writeFileSync(join(folder, 'ballot.json'), ballot);
      newer!.run(folder, ['election', 'verify-ballot', '--dir', folder, '--ballot', 'ballot.json']);
    };
    ask(board.ballots[1]!);
    for (const tampering of aboutBallots)
      expect(() => ask(ballotOf(tampering)), tampering.name).toThrow('belenios-tool');
  });
});
