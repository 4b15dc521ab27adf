// What somebody may try with a rehearsal: to have real ballots wiped, to open the real box, to vote there.

import { ballotContext, openBallot } from '@votix/protocol';
import { expect, test } from 'vitest';
import { caster } from '../../../../tests/support/casts.ts';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, anArmedElection, anElection, armingOf, vault, votersOf } from '../../../../tests/support/elections.ts';
import { close, theDeliberation } from '../../../../tests/support/phases.ts';
import { rehearse, rowsOf, sealedFor, testArmingOf, testKey, voted } from '../../../../tests/support/rehearsals.ts';
import { findElection } from '../storage/elections.ts';
import { deleteElection, deleteTestVotes } from '../storage/erasure.ts';
import { armElection } from './arming.ts';
import { sealBox } from './boxes.ts';
import { recordDeliberation } from './deliberations.ts';
import { closeRehearsal, readTestVoters, wipeRehearsal } from './rehearsals.ts';

const no = (reason: string) => ({ ok: false, reason });

onBothDatabases((bench) => {
  test('no real election is closed early or wiped by the ways of a rehearsal', async () => {
    const { db } = bench();
    const election = await anArmedElection(db);
    const before = await findElection(db.reader, election.id);
    expect(await closeRehearsal(db, admin, election.id)).toEqual(no('no-rehearsal'));
    expect(await wipeRehearsal(db, admin, election.id)).toEqual(no('no-rehearsal'));
    expect(await wipeRehearsal(db, admin, 'nothing')).toEqual(no('unknown-election'));
    expect(await findElection(db.reader, election.id)).toEqual(before);
  });

  test('a key serves rehearsals or real elections, also once the rehearsal is wiped', async () => {
    const { db } = bench();
    const real = await anElection(db);
    const id = await rehearse(db, real);
    const { definition: _, ...testArming } = await testArmingOf(db, id);
    expect(await armElection(db, admin, id, testArming)).toEqual({ ok: true });
    const armReal = async () => {
      const { definition: __, ...arming } = await testArmingOf(db, real);
      return armElection(db, admin, real, arming);
    };
    expect(await armReal()).toEqual(no('key-of-other-box'));
    expect(await wipeRehearsal(db, admin, id)).toEqual({ ok: true });
    expect(await armReal()).toEqual(no('key-of-other-box'));
    await anArmedElection(db); // with the key of real ones
    const again = await rehearse(db, real);
    const { definition: __, ...arming } = await armingOf(db, again);
    expect(await armElection(db, admin, again, arming)).toEqual(no('key-of-other-box'));
  });

  test('links, ballots, the key and the count of a rehearsal are worth nothing in the real election', async () => {
    const { db } = bench();
    const draft = await anElection(db);
    const id = await rehearse(db, draft);
    const { context, ballot, voter } = await voted(db, id);
    const { definition, ...arming } = await armingOf(db, draft);
    expect(await armElection(db, admin, draft, arming)).toEqual({ ok: true });
    const made = await ballotContext(definition, arming.publicKey);
    if (!made.ok) throw new Error(made.reason);
    const [real, cast] = [await votersOf(db, draft), caster(db)];
    const honest = await sealedFor(made.context, 0);
    const [, second] = await votersOf(db, id);
    expect(await cast(second!, honest.ballot)).toMatchObject({ ok: false }); // a real ballot in the test box
    expect(await cast(real[0]!, ballot)).toMatchObject({ ok: false }); // and the other way round
    expect(await cast({ link: real[0]!.link, code: voter.code }, ballot)).toMatchObject({ ok: false });
    expect(await rowsOf(db, draft)).toMatchObject({ signatures: 0, ballots: 0 });
    expect(await cast(real[0]!, honest.ballot)).toMatchObject({ ok: true });
    const test = await testKey();
    expect(await openBallot(made.context, test.privateKey, honest.ballot)).toEqual(no('undecryptable'));
    expect(await closeRehearsal(db, admin, id)).toEqual({ ok: true });
    await sealBox(db, id);
    const counted = await theDeliberation(db, { id, context });
    await close(db, draft);
    expect(await recordDeliberation(db, admin, draft, counted)).toEqual(no('other-box'));
    const before = await rowsOf(db, draft);
    expect(await wipeRehearsal(db, admin, draft)).toEqual(no('no-rehearsal'));
    await db.write(async (tx) => {
      await deleteTestVotes(tx, draft); // what wipes does nothing to a real election, even when it is told to
      await deleteElection(tx, draft);
    });
    expect(await wipeRehearsal(db, admin, id)).toEqual({ ok: true });
    expect(await rowsOf(db, draft)).toEqual(before);
    expect(before).toMatchObject({ signatures: 1, ballots: 1 });
  });

  test('links are told of rehearsals only', async () => {
    const { db } = bench();
    const { id } = await anArmedElection(db);
    expect(await readTestVoters(db, vault, admin, id)).toEqual([]);
  });
});
