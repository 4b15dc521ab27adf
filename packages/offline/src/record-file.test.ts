import { writeFileSync } from 'node:fs';
import { type ElectionRecord, encodeRecord, parseRecord } from '@votix/protocol';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import records from '../../../vectors/sealed/records.json' with { type: 'json' };
import { aFile, removeFiles } from './command-under-test.ts';
import { open } from './open.ts';
import { openRecordFile, RecordChanged } from './record-file.ts';
import { verify } from './verify.ts';

afterAll(removeFiles);

const trueRecord = records.find(({ name }) => name === 'true')!.record;
const true_ = JSON.parse(trueRecord) as ElectionRecord;

async function read(path: string) {
  const file = await openRecordFile(path);
  if (file?.ok !== true) return file;
  const ballots: string[] = [];
  for await (const some of file.ballots()) ballots.push(...some);
  expect(ballots).toHaveLength(file.count);
  return { ok: true, record: { ...file.record, ballots } };
}

/** What a JSON text is made of: quotes, backslashes, brackets, other planes, halves of a character. */
const anyText = fc.string({
  unit: fc.constantFrom(...Array.from('",[]\\:{}aé\u2028\n\0'), '😀', '\ud800', ',"ballots":[', '\\"'),
});

test('whatever its texts are, a record in a file is the record of its text', async () => {
  const aRecord = fc.record({ definition: anyText, ballots: fc.array(anyText), reason: anyText });
  await fc.assert(
    fc.asyncProperty(aRecord, async ({ definition, ballots, reason }) => {
      const text = encodeRecord({ ...true_, definition, ballots, invalidBallots: [{ receipt: 'R', reason }] });
      const parsed = parseRecord(text);
      expect(parsed.ok).toBe(true);
      expect(await read(aFile(text))).toEqual(parsed);
    }),
    { numRuns: 60 },
  );
});

test('a record that is cut, spelled otherwise or added to is none', async () => {
  const other = (change: (text: string) => string) => aFile(change(trueRecord));
  const head = trueRecord.indexOf('"ballots":[') + '"ballots":['.length;
  const none = [
    other((text) => text.slice(0, -100)),
    other((text) => text.slice(0, head)),
    other((text) => text.slice(0, head + 700)),
    other((text) => text.replace(',"ballots":[', ', "ballots": [')),
    other((text) => text.replace(',"ballots":["', ',"ballots":[ "')),
    other((text) => text.replace(',"ballots":["e', ',"ballots":["\\u0065')),
    other((text) => text.replace(',"ballots":[', ',"ballots":[1,')),
    other((text) => text.replace('","', '",,"')),
    other((text) => text.replace('],"result"', ',],"result"')),
  ];
  for (const path of none) expect((await openRecordFile(path))?.ok).not.toBe(true);
  expect(await openRecordFile(aFile(`${trueRecord}\n`))).toMatchObject({ ok: false, reason: 'record-not-canonical' });
});

test('lists longer than what is read at once, whose texts lie across its edges', async () => {
  const ballots = Array.from({ length: 3_001 }, (_, at) => `${at}${'x'.repeat(at % 1_500)}"`);
  const huge = [...ballots, 'y'.repeat(3_000_000)];
  for (const list of [ballots, huge])
    expect(await read(aFile(encodeRecord({ ...true_, ballots: list })))).toEqual({
      ok: true,
      record: { ...true_, ballots: list },
    });
});

test('a record that is exchanged between two looks is refused, whatever the second one holds', async () => {
  const [first, second] = [true_.ballots[0]!, true_.ballots[1]!];
  const changes: readonly ((path: string) => void)[] = [
    (path) => writeFileSync(path, encodeRecord({ ...true_, ballots: true_.ballots.slice(1) })),
    (path) => writeFileSync(path, trueRecord.replace(first, second)),
    (path) => writeFileSync(path, trueRecord.slice(0, -400)),
    (path) => writeFileSync(path, ''),
  ];
  for (const change of changes) {
    const path = aFile(trueRecord);
    const file = await openRecordFile(path);
    if (file?.ok !== true) throw new Error('the vectors are whole');
    change(path);
    const again = async () => {
      for await (const _ of file.ballots());
    };
    await expect(again()).rejects.toThrow(RecordChanged);
  }
});

test('votix-offline open prints no result of a record that is exchanged while somebody types the passphrase', async () => {
  const [path, key] = [aFile(trueRecord), aFile(election.keyFile)];
  const ask = () => {
    writeFileSync(path, trueRecord.replace(true_.ballots[0]!, true_.ballots[1]!));
    return Promise.resolve(election.passphrase);
  };
  const outcome = await open({ record: path, key }, { tries: 1, ask, say: () => {}, close: () => {} });
  expect(outcome).toMatchObject({ exitCode: 2, answer: { ok: false, reason: 'record-changed' } });
  expect(outcome.lines.join()).not.toMatch(/valid|Candidate/);
  writeFileSync(path, trueRecord);
  expect((await verify({ record: path })).exitCode).toBe(0);
});
