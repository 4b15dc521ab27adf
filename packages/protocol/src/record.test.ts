// Tamper table of a record's text: shapes and spelling. What it says is checked in verify-record.test.ts.

import { expect, test } from 'vitest';
import { type ElectionRecord, type RecordProblem, encodeRecord, parseRecord } from './record.ts';

const record: ElectionRecord = {
  votix: 1,
  kind: 'record',
  definition: '{}',
  publicKey: 'PEM',
  fingerprint: '00',
  opensAt: 1,
  closesAt: 2,
  sealedAt: 3,
  registered: 2,
  signatures: 1,
  boxHash: '00',
  ballots: ['a.b'],
  result: { ballots: 1, valid: 0, invalid: 1, contests: [{ contest: 'c', votes: [0], blank: 0 }] },
  invalidBallots: [{ receipt: 'R', reason: 'undecryptable' }],
};
const text = encodeRecord(record);

test('the text of a record is compact JSON in the order of the specification', () => {
  expect(text).toBe(
    '{"votix":1,"kind":"record","definition":"{}","publicKey":"PEM","fingerprint":"00","opensAt":1,"closesAt":2,' +
      '"sealedAt":3,"registered":2,"signatures":1,"boxHash":"00","ballots":["a.b"],"result":{"ballots":1,"valid":0,"invalid":1,' +
      '"contests":[{"contest":"c","votes":[0],"blank":0}]},"invalidBallots":[{"receipt":"R","reason":"undecryptable"}]}',
  );
});

test('a record reads back as it was, with or without a result', () => {
  expect(parseRecord(text)).toEqual({ ok: true, record });
  const unopened = { ...record, result: null, invalidBallots: [] };
  expect(parseRecord(encodeRecord(unopened))).toEqual({ ok: true, record: unopened });
});

const wrong = (member: keyof ElectionRecord, value: unknown) =>
  [`a wrong ${member}`, JSON.stringify({ ...record, [member]: value }), 'record-member', member] as const;

const TAMPERED: readonly (readonly [string, unknown, RecordProblem, string?])[] = [
  ['no text', undefined, 'record-not-json'],
  ['no JSON', '{', 'record-not-json'],
  ['a list', '[]', 'record-not-json'],
  ['another version', JSON.stringify({ ...record, votix: 2 }), 'record-version'],
  ['another kind', JSON.stringify({ ...record, kind: 'minutes' }), 'record-version'],
  wrong('definition', {}),
  wrong('publicKey', null),
  wrong('fingerprint', 0),
  wrong('opensAt', '1'),
  wrong('closesAt', 1.5),
  wrong('sealedAt', -1),
  wrong('registered', -1),
  wrong('signatures', null),
  wrong('boxHash', undefined),
  wrong('ballots', 'a.b'),
  wrong('ballots', ['a.b', 1]),
  wrong('result', undefined),
  wrong('result', { ...record.result, contests: null }),
  wrong('result', { ...record.result, valid: '0' }),
  wrong('result', { ...record.result, contests: [{ contest: 'c', votes: [null], blank: 0 }] }),
  wrong('result', { ...record.result, contests: [null] }),
  wrong('invalidBallots', {}),
  wrong('invalidBallots', [{ receipt: 'R' }]),
  ['an unknown member', JSON.stringify({ ...record, note: '' }), 'record-not-canonical'],
  [
    'an unknown member of the result',
    JSON.stringify({ ...record, result: { ...record.result, note: '' } }),
    'record-not-canonical',
  ],
  ['a member given twice', text.replace('"votix":1', '"votix":1,"votix":1'), 'record-not-canonical'],
  [
    'members in another order',
    text.replace('"opensAt":1,"closesAt":2', '"closesAt":2,"opensAt":1'),
    'record-not-canonical',
  ],
  ['a line end', `${text}\n`, 'record-not-canonical'],
];
for (const [claim, value, reason, member] of TAMPERED) {
  test(`a record with ${claim} is refused: ${reason}`, () => {
    expect(parseRecord(value)).toEqual(member === undefined ? { ok: false, reason } : { ok: false, reason, member });
  });
}
