// The published vectors, vectors/sealed/: every verdict there is the verdict here.

import { expect, test } from 'vitest';
import ballots from '../../../../vectors/sealed/ballots.json' with { type: 'json' };
import definitions from '../../../../vectors/sealed/definitions.json' with { type: 'json' };
import election from '../../../../vectors/sealed/election.json' with { type: 'json' };
import keyFiles from '../../../../vectors/sealed/key-files.json' with { type: 'json' };
import outcomes from '../../../../vectors/sealed/outcomes.json' with { type: 'json' };
import records from '../../../../vectors/sealed/records.json' with { type: 'json' };
import { outcomeOf } from '../counting/outcome.ts';
import { definitionHash, parseDefinition } from '../definition.ts';
import { parseTally } from '../result.ts';
import { encodeRecord, parseRecord } from '../record.ts';
import { verifyRecord } from '../verify-record.ts';
import { ballotContext, readBallotContext } from './ballot-context.ts';
import { verifySealedBallot } from './ballot.ts';
import { type OpenedKeyFile, openKeyFile } from './key-file.ts';
import { openBallot } from './open.ts';
import { sealBallot } from './seal.ts';

const read = readBallotContext(election.definition, election.publicKey);
if (!read.ok) throw new Error(read.reason);
const { context } = read;
const opened = await openKeyFile(election.keyFile, election.passphrase);
if (!opened.ok) throw new Error(opened.reason);
const { privateKey } = opened;

test('vectors: the election of the vectors has the constants it says', () => {
  const { fingerprint, header, plaintextBytes, ballotLength } = election;
  expect(context).toMatchObject({ fingerprint, header, plaintextBytes, ballotLength });
  expect(opened.ok && opened.fingerprint).toBe(fingerprint);
});

for (const { name, definition, verdict } of definitions) {
  test(`vectors: definition, ${name}`, () => {
    const parsed = parseDefinition(definition);
    expect(parsed.ok ? { ok: true, hash: definitionHash(definition) } : parsed).toEqual(verdict);
  });
}

for (const { name, ballot, verify, open } of ballots) {
  test(`vectors: ballot, ${name}`, async () => {
    const verified = verifySealedBallot(context, ballot);
    expect(verified.ok ? { ok: true, receipt: verified.receipt } : verified).toEqual(verify);
    expect(await openBallot(context, privateKey, ballot)).toEqual(open);
  });
}

async function sealAndOpen(key: OpenedKeyFile & { readonly ok: true }) {
  const prepared = await ballotContext(election.definition, key.publicKeyPem);
  if (!prepared.ok) return prepared;
  const sealed = await sealBallot(prepared.context, [[2], [0, 1, 3]]);
  return sealed.ok ? openBallot(prepared.context, key.privateKey, sealed.ballot) : sealed;
}

for (const { name, keyFile, passphrase, verdict } of keyFiles) {
  test(`vectors: key file, ${name}`, async () => {
    const file = await openKeyFile(keyFile, passphrase);
    expect(file.ok ? { ok: true, fingerprint: file.fingerprint } : file).toEqual(verdict);
    if (file.ok) expect(await sealAndOpen(file)).toEqual({ ok: true, selections: [[2], [0, 1, 3]] });
  });
}

for (const { name, record, verdict } of records) {
  test(`vectors: record, ${name}`, () => {
    const parsed = parseRecord(record);
    expect(parsed.ok ? verifyRecord(parsed.record) : parsed).toEqual(verdict);
    if (parsed.ok) expect(encodeRecord(parsed.record)).toBe(record);
  });
}

for (const { name, definition, tally, registered, boxHash, outcome } of outcomes) {
  test(`vectors: outcome, ${name}`, () => {
    const parsed = parseDefinition(definition);
    if (!parsed.ok) throw new Error(parsed.reason);
    const counted = parseTally(parsed.definition, tally);
    if (!counted.ok) throw new Error(counted.reason);
    const found = outcomeOf(parsed.definition, counted.tally, { registered, boxHash });
    expect(JSON.parse(JSON.stringify(found))).toEqual(outcome);
  });
}
