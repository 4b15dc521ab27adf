import { type ElectionRecord, encodeRecord, parseRecord, receiptOf, type Tally } from '@votix/protocol';
import { expect, test } from 'vitest';
import vectors from '../../../../../vectors/sealed/records.json' with { type: 'json' };
import { findDifferences } from './comparison.ts';
import { answerOf } from './report.ts';

const parsed = parseRecord(vectors[0]!.record);
if (!parsed.ok) throw new Error(parsed.reason);
const good = parsed.record;
const tally = good.result!;
const receipts = good.ballots.map(receiptOf);

const compare = (changes: Partial<ElectionRecord>, counted: Tally = tally, refusals = new Map<string, number>()) =>
  findDifferences({
    casting: { refusals },
    tally: counted,
    record: encodeRecord({ ...good, ...changes }),
    expected: { tally, receipts },
  });

const other = (): Tally => {
  const [first, ...rest] = tally.contests;
  return { ...tally, contests: [{ ...first!, votes: first!.votes.toReversed() }, ...rest] };
};

test('when everything is as it was cast there is nothing to say', () => {
  expect(compare({})).toEqual([]);
});

test('another count, another published result, a missing ballot and a refusal are each told', () => {
  expect(compare({}, other())).toEqual(['the opened result is not what was cast']);
  expect(compare({ result: other() })).toContain('the published result is not what was cast');
  expect(compare({ result: null })).toContain('the published result is not what was cast');
  expect(compare({ ballots: good.ballots.slice(1) })).toContain('1 receipt(s) are not in the published box');
  expect(compare({ signatures: 1 })).toEqual(["the record's check signatures failed: ballots-differ-from-signatures"]);
  expect(compare({}, tally, new Map([['wrong-code', 3]]))).toEqual(['3 ballot(s) not recorded: wrong-code']);
});

test('a record that cannot be read is one difference', () => {
  const compared = { casting: { refusals: new Map() }, tally, expected: { tally, receipts } };
  expect(findDifferences({ ...compared, record: '{}' })).toHaveLength(1);
});

test('differences make the answer a refusal that lists them', () => {
  const casting = { cast: 2, refusals: new Map<string, number>(), waitsMs: [30, 10] };
  const at = { database: 'sqlite', voters: 2, concurrency: 1, sealing: 'sealed-box', seconds: { cast: 0.5 } } as const;
  expect(answerOf({ casting, tally, differences: [] }, at)).toMatchObject({
    ok: true,
    facts: { voters: 2, cast: 2, castsPerSecond: 4, p50Ms: 10, p99Ms: 30 },
  });
  const failed = answerOf({ casting, tally, differences: ['the votes are not there'] }, at);
  expect(failed).toMatchObject({
    ok: false,
    reason: 'differences',
    facts: { differences: ['the votes are not there'] },
  });
  expect('sentence' in failed && failed.sentence).toContain('the votes are not there');
});
