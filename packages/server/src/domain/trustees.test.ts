// Who holds the key, and how it is made: steps in their turn, each proven, begun anew when who takes part changes.

import { expect, test } from 'vitest';
import { onBothDatabases } from '../../../../tests/support/databases.ts';
import { admin, vault } from '../../../../tests/support/elections.ts';
import { lineOf, withTrustees } from '../../../../tests/support/verifiable-elections.ts';
import { makeKeys } from '../commands/rehearsal/ceremony.ts';
import { readCeremony, removeTrustee, setThreshold } from './trustees.ts';
import { readSeat, type Step, takeStep } from './trustee-steps.ts';

onBothDatabases((bench) => {
  test('steps come in their turn, once, proven, and never two trustees with one key', async () => {
    const { db } = bench();
    const { id, tokens } = await withTrustees(db, { trustees: 2 });
    const made: Record<string, unknown>[] = [];
    const line = lineOf(db, tokens[0]!);
    await makeKeys([{ ...line, hand: (step) => line.hand((made.push(step.made), step)) }]);
    const take = (token: string, step: 'key' | 'certificate' | 'polynomial', what: Record<string, unknown>) =>
      takeStep(db, vault, token, { step, made: what });
    expect(await take(tokens[0]!, 'key', made[0]!)).toEqual({ ok: false, reason: 'other-step' });
    expect(await take(tokens[1]!, 'certificate', made[0]!)).toEqual({ ok: false, reason: 'other-step' });
    expect(await take(tokens[1]!, 'key', made[0]!)).toEqual({ ok: false, reason: 'key-given-twice' });
    expect(await take(tokens[1]!, 'key', {})).toEqual({ ok: false, reason: 'key-not-proven' });
    const unproven = { ...made[0]!, pok: { challenge: '1', response: '1' } };
    expect(await take(tokens[1]!, 'key', unproven)).toEqual({ ok: false, reason: 'key-not-proven' });
    expect(await take('x'.repeat(27), 'key', {})).toEqual({ ok: false, reason: 'unknown-trustee' });
    expect(await readSeat(db, vault, tokens[1]!)).toMatchObject({ step: 'key', index: 2, size: 2 });
    expect((await readCeremony(db.reader, id))!.trustees.map(({ step }) => step)).toEqual(['done', 'key']);
  });

  test('of two who hand in one key at the same moment one is told so; two with a key each both have given theirs', async () => {
    const at = bench();
    const handles = [at.db, await at.another()];
    for (const isShared of [true, false]) {
      const { id, tokens } = await withTrustees(at.db, { trustees: 2 });
      const made: Record<string, unknown>[] = [];
      const lines = tokens.map((token) => ({
        ...lineOf(at.db, token),
        hand: (step: Step) => Promise.resolve(void made.push(step.made)),
      }));
      await Promise.all(lines.map((line) => makeKeys([line])));
      const taken = await Promise.all(
        tokens.map((token, n) => takeStep(handles[n]!, vault, token, { step: 'key', made: made[isShared ? 0 : n]! })),
      );
      expect(taken.filter(({ ok }) => ok)).toHaveLength(isShared ? 1 : 2);
      if (isShared) expect(taken).toContainEqual({ ok: false, reason: 'key-given-twice' });
      const steps = (await readCeremony(at.db.reader, id))!.trustees.map(({ step }) => step);
      expect(steps.filter((step) => step === 'done')).toHaveLength(isShared ? 1 : 2);
    }
  });

  test('a threshold key: whoever has made their part waits for the others; another member begins it anew', async () => {
    const { db } = bench();
    const { id, tokens } = await withTrustees(db, { trustees: 3, threshold: 2 });
    const steps = async () => (await readCeremony(db.reader, id))!.trustees.map(({ step }) => step);
    await makeKeys([lineOf(db, tokens[0]!)]);
    expect(await steps()).toEqual(['waiting', 'certificate', 'certificate']);
    expect(await setThreshold(db, admin, id, 1)).toEqual({ ok: false, reason: 'wrong-threshold' });
    expect(await setThreshold(db, admin, id, 4)).toEqual({ ok: false, reason: 'wrong-threshold' });
    const [, , third] = (await readCeremony(db.reader, id))!.trustees;
    expect(await removeTrustee(db, admin, id, third!.id)).toEqual({ ok: true });
    expect(await steps()).toEqual(['certificate', 'certificate']);
    expect(await removeTrustee(db, admin, id, third!.id)).toEqual({ ok: false, reason: 'unknown-trustee' });
  });
});
