import { openKeyFile, parseRecord, readBallotContext } from '@votix/protocol';
import { expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import records from '../../../vectors/sealed/records.json' with { type: 'json' };
import { opening } from './openers.ts';
import { openShared } from './opening.ts';
import { takeHand, takeHands } from './threads.ts';

const { definition, publicKey } = election;
const read = readBallotContext(definition, publicKey);
const parsed = parseRecord(records.find(({ name }) => name === 'true')!.record);
const file = await openKeyFile(election.keyFile, election.passphrase);
if (!read.ok || !parsed.ok || !file.ok) throw new Error('the vectors are whole');
const { record } = parsed;
const given = {
  definition,
  publicKey,
  pkcs8: new Uint8Array(await crypto.subtle.exportKey('pkcs8', file.privateKey)),
};
/** The same few ballots again and again, so that there is something to share. */
const ballots = Array.from({ length: 40 }, () => record.ballots).flat();

async function* inTwos(): AsyncGenerator<readonly string[]> {
  const half = ballots.length / 2;
  yield* [ballots.slice(0, half), ballots.slice(half)];
}

test('two threads count what one counts, list what does not open in the order of the box, and tell the last ballot', async () => {
  const told: number[] = [];
  const two = await openShared(read.context, inTwos(), [takeHand(opening, given), takeHand(opening, given)], (n) =>
    told.push(n),
  );
  const one = await openShared(read.context, inTwos(), takeHands(opening, given, 1), () => undefined);
  expect(two).toEqual(one);
  expect(two.tally).toMatchObject({ ballots: ballots.length, invalid: 40 * record.result!.invalid });
  expect(two.invalidBallots.slice(0, record.invalidBallots.length)).toEqual(record.invalidBallots);
  expect(told.at(-1)).toBe(ballots.length);
});

test('few ballots are opened in this thread, and a key that is none stops everything', async () => {
  expect(takeHands(opening, given, 499)).toHaveLength(1);
  const broken = takeHand(opening, { ...given, pkcs8: new Uint8Array(3) });
  await expect(openShared(read.context, inTwos(), [broken], () => undefined)).rejects.toThrow();
});
