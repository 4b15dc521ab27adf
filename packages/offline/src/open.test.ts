import {
  ballotContext,
  createBoxHash,
  type Definition,
  type ElectionRecord,
  encodeDefinition,
  encodeRecord,
  parseDefinition,
  receiptOf,
  sealBallot,
  type Selections,
} from '@votix/protocol';
import { afterAll, expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import keyFiles from '../../../vectors/sealed/key-files.json' with { type: 'json' };
import records from '../../../vectors/sealed/records.json' with { type: 'json' };
import { aFile, answerOf, type Ended, removeFiles, runCommand } from './command-under-test.ts';

afterAll(removeFiles);

const { keyFile, passphrase, publicKey, fingerprint } = election;
const trueRecord = vector('true');

function vector(name: string): string {
  return records.find((each) => each.name === name)!.record;
}

/** The record with a member replaced, its other bytes as they were. */
function changed(change: (record: ElectionRecord) => Partial<ElectionRecord>): string {
  const record = JSON.parse(trueRecord) as ElectionRecord;
  return encodeRecord({ ...record, ...change(record) });
}

function openRecord(record: string, key = keyFile, input = passphrase, ...options: readonly string[]): Promise<Ended> {
  return runCommand(['open', aFile(record), '--key', aFile(key), ...options], { input: `${input}\n` });
}

test('every ballot is opened and counted, and the result in the record is the same', async () => {
  const { code, out, err } = await openRecord(trueRecord);
  expect(code).toBe(0);
  expect(err).toBe('Opened 6 of 6 ballots\n');
  expect(out).toMatch(/^ +6 {2}ballots\n +5 {2}valid\n +1 {2}invalid\n\nContest chair\n +2 {2}Candidate 1\n/mu);
  expect(out).toMatch(/^Contest chair\n(.*\n){3} +1 {2}\(blank\)\n\nContest board\n(.*Candidate.*\n){5}\n/mu);
  expect(out).toMatch(/^ {2}([0-9A-Z]{4} ){7}[0-9A-Z]{4} {2}undecryptable$/mu);
  expect(out).toContain('The result in the record is the same.');
});

test('--json is one line with the tally, and the record needs no result', async () => {
  const ended = await openRecord(vector('not opened'), keyFile, passphrase, '--json');
  expect(ended.code).toBe(0);
  const { result: tally, invalidBallots } = JSON.parse(trueRecord) as ElectionRecord;
  expect(answerOf(ended)).toMatchObject({
    command: 'open',
    ok: true,
    tally,
    invalidBallots,
    comparison: { verdict: 'no-result' },
    notChecked: ['eligibility', 'recording', 'instants', 'result'],
    fingerprint,
  });
});

test('a published result whose sums are possible but wrong is NOT the same', async () => {
  const lie = changed(({ result }) => {
    const [chair, ...others] = result!.contests;
    return { result: { ...result!, contests: [{ ...chair!, votes: [1, 2, 1] }, ...others] } };
  });
  const { code, out } = await openRecord(lie);
  expect(code).toBe(1);
  expect(out).toContain(
    'The result in the record is NOT the same:\n' +
      '  Contest chair, Candidate 1: 2 here, 1 in the record\n' +
      '  Contest chair, Candidate 2: 1 here, 2 in the record\n',
  );
});

test('a valid ballot listed as invalid in place of the invalid one is found', async () => {
  const { ballots, invalidBallots } = JSON.parse(trueRecord) as ElectionRecord;
  const { receipt } = invalidBallots[0]!;
  const other = ballots.map(receiptOf).find((each) => each !== receipt)!;
  const lie = changed(() => ({ invalidBallots: [{ receipt: other, reason: '\u001b[2Kbad-padding' }] }));
  const { code, out } = await openRecord(lie);
  expect(code).toBe(1);
  expect(out).toContain(`  ballot ${other}: valid here, \\u{1b}[2Kbad-padding in the record\n`);
  expect(out).toContain(`  ballot ${receipt}: undecryptable here, valid in the record\n`);
});

for (const name of ['a ballot removed', 'another box hash', 'another fingerprint']) {
  test.concurrent(
    `no ballot of a record that does not hold is opened, nor the passphrase asked for: ${name}`,
    async () => {
      const files = [aFile(vector(name)), '--key', aFile(keyFile)];
      const { code, out, err } = await runCommand(['open', ...files], { staysOpen: true });
      expect({ code, err }).toEqual({ code: 1, err: '' });
      expect(out).toMatch(/^FAILED /mu);
      expect(out).toMatch(/No ballot was opened\.\n$/u);
    },
  );
}

const misfits: readonly (readonly [string, string, string, number, string])[] = [
  [
    'a wrong passphrase',
    keyFile,
    passphrase.replace(/.$/u, (last) => (last === '0' ? '1' : '0')),
    1,
    'wrong-passphrase',
  ],
  ["another election's key", keyFiles.find(({ name }) => name === '3072 bits')!.keyFile, passphrase, 1, 'other-key'],
  ['a truncated key file', keyFile.slice(0, 700), passphrase, 2, 'malformed-key-file'],
];

for (const [name, key, typed, code, reason] of misfits) {
  test.concurrent(`without the right key nothing is opened: ${name}`, async () => {
    const ended = await openRecord(trueRecord, key, typed, '--json');
    expect(ended).toMatchObject({ code, err: '' });
    expect(answerOf(ended)).toMatchObject({ command: 'open', ok: false, reason });
  });
}

test('a truncated record and a missing key file end with 2 before anything is asked', async () => {
  const truncated = await runCommand(['open', aFile(trueRecord.slice(0, 2000)), '--key', aFile(keyFile)], {
    staysOpen: true,
  });
  expect(truncated).toMatchObject({ code: 2, out: '', err: expect.stringContaining('only a part of one') });
  const missing = await runCommand(['open', aFile(trueRecord), '--key', '/nowhere/votix-key.pem'], { staysOpen: true });
  expect(missing).toMatchObject({ code: 2, out: '', err: expect.stringContaining("isn't there") });
});

async function recordOf(definition: Definition, votes: readonly Selections[]): Promise<string> {
  const text = encodeDefinition(definition);
  const prepared = await ballotContext(text, publicKey);
  if (!prepared.ok) throw new Error(prepared.reason);
  const sealed = await Promise.all(votes.map((vote) => sealBallot(prepared.context, vote)));
  const ballots = sealed
    .flatMap((each) => (each.ok ? [each] : []))
    .toSorted((a, b) => (a.receipt < b.receipt ? -1 : 1))
    .map(({ ballot }) => ballot);
  const box = createBoxHash();
  for (const ballot of ballots) box.add(ballot);
  const head = { votix: 1, kind: 'record', definition: text, publicKey, fingerprint } as const;
  const instants = {
    opensAt: 1,
    closesAt: 2,
    sealedAt: 3,
    registered: ballots.length,
    signatures: ballots.length,
    boxHash: box.digest(),
  };
  return encodeRecord({ ...head, ...instants, ballots, result: null, invalidBallots: [] });
}

function aDefinition(change: Partial<Definition>): Definition {
  const parsed = parseDefinition(election.definition);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { ...parsed.definition, ...change };
}

test('a box with fewer ballots than the minimum stays closed, even for its key', async () => {
  const record = await recordOf(aDefinition({ minimumBallots: 3 }), [
    [[0], [1]],
    [[], [1]],
  ]);
  const ended = await runCommand(['open', aFile(record), '--key', aFile(keyFile), '--json'], { staysOpen: true });
  expect(ended).toMatchObject({ code: 1, err: '' });
  expect(answerOf(ended)).toMatchObject({ ok: false, reason: 'below-minimum' });
  expect(answerOf(ended)).not.toHaveProperty('tally');
});

test('hundreds of ballots are counted as they were cast', async () => {
  const votes = Array.from({ length: 300 }, (_, i): Selections => [i % 4 === 3 ? [] : [i % 4], [i % 5]]);
  const ended = await openRecord(await recordOf(aDefinition({}), votes), keyFile, passphrase, '--json');
  expect(ended.err).toMatch(/Opened 300 of 300 ballots\n$/u);
  expect(answerOf(ended)['tally']).toEqual({
    ballots: 300,
    valid: 300,
    invalid: 0,
    contests: [
      { contest: 'chair', votes: [75, 75, 75], blank: 75 },
      { contest: 'board', votes: [60, 60, 60, 60, 60], blank: 0 },
    ],
  });
});
