// One thing wrong in an archive, everything else right: the check that is there for it says so.

import { expect, test } from 'vitest';
import { ed25519Group } from './ed25519.ts';
import { archiveOf } from './sample-board.ts';
import { TAMPERINGS, victims, withForgedFactor } from './sample-tampering.ts';
import { verifyArchive } from './verify.ts';

const both = await victims(ed25519Group);

test('the archive that is tampered with holds before', () => {
  const { board } = both;
  expect(verifyArchive(archiveOf(board), { strict: board.strict })).toMatchObject({ ok: true, strict: true });
});

for (const { name, check, reason, make } of TAMPERINGS) {
  test(`${check} finds: ${name}`, () => {
    const report = verifyArchive(make(both));
    expect(report.ok).toBe(false);
    expect(report.checks.find(({ ok }) => !ok)).toMatchObject({ name: check, reason });
  });
}

test('every check of the verifier has a tampering that it finds', () => {
  const { board } = both;
  const names = verifyArchive(archiveOf(board)).checks.map(({ name }) => name);
  expect(names.filter((name) => !TAMPERINGS.some(({ check }) => check === name))).toEqual([]);
});

test('a factor that a Belenios proof lets pass is found by the strict proof only', () => {
  const { board } = both;
  const forged = withForgedFactor(both);
  expect(verifyArchive(forged)).toMatchObject({ ok: true, strict: false });
  const report = verifyArchive(forged, { strict: board.strict });
  expect(report).toMatchObject({ ok: false, strict: false });
  const found = { name: 'strict-proofs', reason: 'strict-proof', at: 1, question: 0, choice: 0 };
  expect(report.checks.filter(({ ok }) => !ok)).toMatchObject([found]);
});

test('strict.json: changed, of another election, incomplete, of nobody, none at all', () => {
  const { board, other } = both;
  const archive = archiveOf(board);
  const file = JSON.parse(board.strict) as { shares: { owner: number; proofs: { response: string }[][] }[] };
  const [first, ...rest] = file.shares as [(typeof file.shares)[number], ...typeof file.shares];
  const written = (shares: unknown) => JSON.stringify({ ...file, shares });
  const cases = [
    [other.strict, 'strict-other-election'],
    [written(rest), 'strict-missing'],
    [written([{ ...first, owner: 3 }, ...rest]), 'strict-missing'],
    [written([first, first, ...rest.slice(1)]), 'strict-missing'],
    [written([{ ...first, proofs: file.shares.at(1)!.proofs }, ...rest]), 'strict-proof'],
    [`${board.strict}\n`, 'strict-malformed'],
    [board.strict.replace('{"votix"', '{"votix":1,"votix"'), 'strict-malformed'],
    ['', 'strict-malformed'],
  ] as const;
  for (const [strict, reason] of cases) {
    const report = verifyArchive(archive, { strict });
    expect(report.checks.filter(({ ok }) => !ok)).toMatchObject([{ name: 'strict-proofs', reason }]);
    expect(report).toMatchObject({ ok: false, strict: false });
  }
});
