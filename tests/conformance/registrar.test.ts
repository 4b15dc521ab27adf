// Elections whose credentials a registrar has made, through our own rules from the roll to the result: the tool accepts the record
// at every stage, with a voter who came late and one who lost their letter among those who vote.

import { expect, onTestFinished, test } from 'vitest';
import { readElection, verifyArchive } from '../../packages/protocol/src/verifiable/index.ts';
import { openDueBoards, takeShare } from '../../packages/server/src/domain/openings.ts';
import { proveHere } from '../../packages/server/src/domain/proofs.ts';
import { listGiven } from '../../packages/server/src/domain/reserve-credentials.ts';
import { addVoter } from '../../packages/server/src/domain/roll-changes.ts';
import { replaceCredential } from '../../packages/server/src/domain/voter-access.ts';
import { findVerifiable } from '../../packages/server/src/storage/verifiable-elections.ts';
import { caster, close } from '../support/casts.ts';
import { openBench } from '../support/databases.ts';
import { admin, vault, votersOf } from '../support/elections.ts';
import { aRegisteredElection } from '../support/registrars.ts';
import { archiveBytes, shareOf } from '../support/verifiable-elections.ts';
import { findNewerTool, findTool } from './belenios-tool.ts';

const [tool, newer] = [findTool(), findNewerTool()];

const late = { lastName: 'Late', firstName: 'Lou', email: 'lou@example.org', promotion: '', building: '' };

test.each([
  ['BELENIOS-2048', [tool, newer]],
  ['Ed25519', [newer]], // version 2.0 doesn't know it
] as const)('the record of an election with a registrar in %s is accepted by everybody', async (groupName, judges) => {
  const { bench: at, close: end } = await openBench('sqlite');
  onTestFinished(end);
  const election = await aRegisteredElection(at.db, { groupName, voters: 3, reserve: 3, trustees: 3, threshold: 2 });
  const { id, seal, letters, trustees } = election;
  const [first, second] = election.voters;
  const stages: Uint8Array[] = [];
  const keep = async () => stages.push(await archiveBytes(at.db, id));
  await keep();

  const rules = { validEmailDomains: [], promotionList: [] };
  const added = await addVoter(at.db, vault, admin, { electionId: id, reason: 'forgotten', rules }, late);
  expect(added).toMatchObject({ ok: true, isReserve: true });
  const lost = { electionId: id, voterId: first!.id, reason: 'lost' };
  expect(await replaceCredential(at.db, vault, admin, lost)).toEqual({ ok: true });
  const reserveOf = new Map(
    (await listGiven(at.db.reader, vault, id)).map(({ voterId, number }) => [voterId, letters.reserve[number - 1]!]),
  );
  expect(reserveOf.size).toBe(2);

  const cast = caster(at.db);
  expect(await cast(first!, seal(first!, [0]).ballot)).toMatchObject({ reason: 'other-credential' });
  for (const voter of (await votersOf(at.db, id)).filter((one) => reserveOf.has(one.id) || one.id === second!.id)) {
    const credential = reserveOf.get(voter.id) ?? letters.of.get(voter.id)!;
    expect(await cast(voter, seal({ credential }, [1]).ballot)).toMatchObject({ ok: true });
    await keep();
  }
  await close(at, election);
  await keep();
  await openDueBoards(at.db, proveHere);
  await keep();
  for (const { token, file } of [trustees[0]!, trustees[2]!])
    await takeShare(at.db, { vault, prove: proveHere }, token, await shareOf(file, await archiveBytes(at.db, id)));
  await keep();

  const { uuid, strict, election: text } = (await findVerifiable(at.db.reader, id))!;
  const report = verifyArchive(await archiveBytes(at.db, id), { strict: strict! });
  expect(report).toMatchObject({ ok: true, strict: true, ballots: 3, facts: { stage: 'decrypted' } });
  expect(report.facts!.result).toEqual([[0, 0, 3, 0]]); // the blank count comes first
  const read = readElection(text!);
  expect(read.ok && read.context.election.credentialAuthority).toBe('Rosa Registrar');
  for (const judge of judges.filter((one) => one !== undefined))
    expect(stages.map((archive) => judge.verify(uuid, archive)).filter(({ accepts }) => !accepts)).toEqual([]);
  expect(stages).toHaveLength(7);
});
