// Whatever the protocol finds has its words, in both languages: every check by name, every reason, every thing not checked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findGroup, verifyArchive } from '@votix/protocol/verifiable';
import records from '../../../../vectors/sealed/records.json' with { type: 'json' };
import { aBoard, archiveOf } from '../../../protocol/src/verifiable/sample-board.ts';
import { TAMPERINGS, victims } from '../../../protocol/src/verifiable/sample-tampering.ts';
import { placeKey, whyKey } from './why.ts';

type Messages = Readonly<Record<string, string>>;

const catalogues = ['en', 'fr'].map((language) => {
  const path = join(import.meta.dirname, `../../../server/src/messages/${language}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Messages;
});
const isWritten = (key: string) => catalogues.every((messages) => Object.hasOwn(messages, `verify.${key}`));

const sources = (names: readonly string[]) =>
  names.map((name) => readFileSync(join(import.meta.dirname, '../../../protocol/src', name), 'utf8')).join('\n');

/** The members of a union of texts, as its source writes them. */
function membersOf(source: string, type: string): readonly string[] {
  const [, union = ''] = new RegExp(`export type ${type} =([^;]*);`).exec(source) ?? [];
  const members = [...union.matchAll(/'([^']+)'/g)].map(([, member]) => member!);
  expect(members.length, type).toBeGreaterThan(1);
  return members;
}

test('every check of a record and of an archive', () => {
  const inRecord = membersOf(sources(['verify-record.ts']), 'RecordCheckName');
  const inArchive = [
    ...membersOf(sources(['verifiable/verify.ts']), 'ArchiveCheckName'),
    ...membersOf(sources(['verifiable/verify-ballots.ts']), 'BallotCheckName'),
  ];
  expect(inRecord.filter((name) => !isWritten(`check-record-${name}`))).toEqual([]);
  expect(inArchive.filter((name) => !isWritten(`check-archive-${name}`))).toEqual([]);
  for (const name of inRecord) expect(isWritten(placeKey('record', name)), name).toBe(true);
  for (const name of inArchive) expect(isWritten(placeKey('archive', name)), name).toBe(true);
});

test('everything that a record alone cannot show', () => {
  const names = membersOf(sources(['verify-record.ts']), 'NotChecked');
  expect(names.filter((name) => !isWritten(`not-record-${name}`))).toEqual([]);
});

test('every reason that the protocol names', () => {
  const unions: readonly (readonly [string, string])[] = [
    ['definition.ts', 'DefinitionProblem'],
    ['sealed/public-key.ts', 'PublicKeyProblem'],
    ['sealed/ballot.ts', 'SealedBallotProblem'],
    ['result.ts', 'TallyProblem'],
    ['verifiable/archive.ts', 'ArchiveProblem'],
    ['verifiable/history.ts', 'HistoryProblem'],
    ['verifiable/election.ts', 'ElectionProblem'],
    ['verifiable/credential-list.ts', 'CredentialListProblem'],
    ['verifiable/ballot.ts', 'BallotReason'],
    ['verifiable/result.ts', 'ShareSetProblem'],
  ];
  const reasons = unions.flatMap(([name, type]) => membersOf(sources([name]), type));
  const files = ['verify-record.ts', 'verifiable/verify-decryption.ts', 'verifiable/verify-trustees.ts'];
  const returned = [
    ...sources(files).matchAll(/(?:reason: |reason === undefined \? undefined : |\? undefined : |return )'([\w.-]+)'/g),
  ];
  const all = [...reasons, ...returned.map(([, reason]) => reason!)].filter((reason) => reason !== 'sealed-box');
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter((reason) => whyKey(reason) === 'why-unknown')).toEqual([]);
  expect(all.filter((reason) => !isWritten(whyKey(reason)))).toEqual([]);
  expect(whyKey('no-such-reason')).toBe('why-unknown');
});

test('every fault that is found in the samples', async () => {
  const group = findGroup('Ed25519')!;
  const both = await victims(group);
  const found = TAMPERINGS.flatMap(({ make }) => verifyArchive(make(both)).checks);
  const inRecords = records.flatMap(({ verdict }) => ('checks' in verdict ? verdict.checks : []));
  const reasons = [...found, ...inRecords].flatMap((check) => ('reason' in check ? [check.reason] : []));
  expect(reasons.length).toBeGreaterThan(50);
  expect([...new Set(reasons)].filter((reason) => whyKey(reason) === 'why-unknown')).toEqual([]);
});

test('every state of an archive, and every trouble with a file', async () => {
  for (const stage of ['setup', 'voting', 'closed', 'tallied', 'decrypted'])
    expect(isWritten(`stage-${stage}`)).toBe(true);
  const board = await aBoard({ group: findGroup('Ed25519')!, singles: 1, weights: [1], votes: [] });
  expect(isWritten(`stage-${verifyArchive(archiveOf(board)).facts!.stage}`)).toBe(true);
  const report = readFileSync(join(import.meta.dirname, 'report.ts'), 'utf8');
  const problems = [...membersOf(report, 'FileProblem'), 'unreachable', 'workers'];
  expect(problems.filter((one) => !isWritten(`problem-${one}`) || !isWritten(`problem-${one}-title`))).toEqual([]);
});
