// Whole elections on our own server, over HTTP (`votix rehearse`): the archive that anyone can download is accepted by our
// offline verifier with its strict proofs, and by the tool.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesIn, findNewerTool, findTool, inFolder } from './belenios-tool.ts';

const tool = findTool();
const newer = findNewerTool();
const votix = join(import.meta.dirname, '../../packages/server/bin/votix.mjs');
const offline = join(import.meta.dirname, '../../packages/offline/bin/votix-offline.mjs');

function run(program: string, folder: string, args: readonly string[]): Record<string, unknown> {
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...args, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const wishes = [
  ['BELENIOS-2048', ['--trustees', '1']],
  ['BELENIOS-2048', ['--trustees', '2']],
  ['BELENIOS-2048', ['--trustees', '3', '--threshold', '2']],
  ['Ed25519', ['--trustees', '3', '--threshold', '2']],
] as const;

test.each(wishes)('a rehearsal in %s with %j is accepted by everybody', (group, trustees) => {
  inFolder((folder) => {
    const wish = ['--sealing', 'verifiable', '--group', group, ...trustees, '--voters', '6', '--record', 'board.bel'];
    const rehearsed = run(votix, folder, ['rehearse', ...wish]);
    expect(rehearsed).toMatchObject({ ok: true, sealing: 'verifiable', voters: 6, cast: 6, tallied: 6, invalid: 0 });
    const verified = run(offline, folder, ['verify', 'board.bel', '--strict', 'board.strict.json']);
    expect(verified).toMatchObject({ ok: true, strict: true, ballots: 6, stage: 'decrypted', group });
    const judge = group === 'BELENIOS-2048' ? [tool, newer] : [newer]; // version 2.0 doesn't know the other group
    for (const each of judge.filter((one) => one !== undefined))
      expect(each.verify(String(verified['uuid']), bytesIn(folder, 'board.bel'))).toMatchObject({ accepts: true });
    expect(readFileSync(join(folder, 'board.strict.json'), 'utf8')).toContain('"kind":"strict"');
  });
});
