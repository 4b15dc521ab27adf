// Theirs → ours: elections that the tool made hold for us at every stage, and a ballot of ours among theirs is counted.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { belenios2048Group } from '../../packages/protocol/src/verifiable/belenios-2048.ts';
import { makeCredential, publicCredential } from '../../packages/protocol/src/verifiable/credential.ts';
import { readArchive } from '../../packages/protocol/src/verifiable/archive.ts';
import { readElection } from '../../packages/protocol/src/verifiable/election.ts';
import { ed25519Group } from '../../packages/protocol/src/verifiable/ed25519.ts';
import type { Group } from '../../packages/protocol/src/verifiable/group.ts';
import { readHistory } from '../../packages/protocol/src/verifiable/history.ts';
import { sealBallot } from '../../packages/protocol/src/verifiable/seal.ts';
import { type ArchiveReport, verifyArchive } from '../../packages/protocol/src/verifiable/verify.ts';
import { type BeleniosTool, bytesIn, findNewerTool, findTool, inFolder } from './belenios-tool.ts';

const tool = findTool();
const newer = findNewerTool();

const TEMPLATE = {
  description: 'Made by the tool',
  name: 'Theirs',
  questions: [
    { answers: ['Yes', 'No'], blank: true, min: 1, max: 1, question: 'Boat?' },
    { answers: ['Ann', 'Bo'], min: 0, max: 2, question: 'Who?' },
  ],
  administrator: 'Administrator',
  credential_authority: 'Authority',
};

/** Their choices: 0 and 1 for each answer, a blank one first where it is allowed. */
const THEIR_VOTES = [
  [
    [0, 1, 0],
    [1, 1],
  ],
  [
    [1, 0, 0],
    [0, 0],
  ],
];
const OUR_CHOICES = [[1], [1]];
const EXPECTED = [
  [1, 1, 1],
  [1, 2],
];

/** A whole election by the tool, with one ballot of ours; our report after each step. */
function anElectionOfTheirs({ run, version }: BeleniosTool, group: Group, folder: string): readonly ArchiveReport[] {
  const options = ['--group', group.name];
  const uuid = run(folder, ['setup', 'generate-token']).trim();
  run(folder, ['setup', 'generate-credentials', '--uuid', uuid, ...options, '--count', '2']);
  run(folder, ['setup', 'generate-trustee-key', ...options]);
  const credential = makeCredential();
  const theirs = JSON.parse(textOf(folder, '.pubcreds')) as readonly string[];
  // Newer tools write "public credential,weight,voter" there; an election has only the former.
  const listed = [...theirs.map((one) => one.split(',')[0]!), publicCredential(group, uuid, credential)];
  writeFileSync(join(folder, 'public_creds.json'), JSON.stringify(listed));
  writeFileSync(join(folder, 'public_keys.jsons'), textOf(folder, '.pubkey'));
  writeFileSync(join(folder, 'template.json'), JSON.stringify(TEMPLATE));
  run(folder, ['setup', 'make-trustees']);
  run(folder, ['setup', 'make-election', '--uuid', uuid, ...options, '--template', 'template.json']);
  run(folder, ['archive', 'init']);
  const reports: ArchiveReport[] = [];
  const look = () => reports.push(verifyArchive(bytesIn(folder, `${uuid}.bel`)));
  const add = (type: string, text: string) => {
    run(folder, ['archive', 'add-event', `--type=${type}`], text);
    look();
  };
  look();
  for (const [index, secret] of privateCredentials(folder).entries()) {
    writeFileSync(join(folder, 'credential'), secret);
    writeFileSync(join(folder, 'choices.json'), JSON.stringify(THEIR_VOTES[index]));
    const choices = version.startsWith('2.') ? '--ballot' : '--choice';
    const files = ['--privcred', 'credential', choices, 'choices.json'];
    add('Ballot', run(folder, ['election', 'generate-ballot', ...files]));
  }
  add('Ballot', ourBallot(folder, uuid, credential));
  add('EndBallots', '');
  add('EncryptedTally', run(folder, ['election', 'compute-encrypted-tally']));
  const key = fileOf(folder, '.privkey');
  add('PartialDecryption', run(folder, ['election', 'decrypt', '--privkey', key, '--trustee-id', '1']));
  add('Result', run(folder, ['election', 'compute-result']));
  run(folder, ['election', 'verify']);
  return reports;
}

function ourBallot(folder: string, uuid: string, credential: string): string {
  const read = readArchive(bytesIn(folder, `${uuid}.bel`));
  if (!read.ok) throw new Error(read.reason);
  const history = readHistory(read.archive, new Set());
  if (!history.ok) throw new Error(history.reason);
  const election = readElection(history.history.election);
  if (!election.ok) throw new Error(election.reason);
  const sealed = sealBallot(election.context, { credential, choices: OUR_CHOICES });
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed.ballot;
}

/** One line `voter credential` each in older tools, one object in newer ones. */
function privateCredentials(folder: string): readonly string[] {
  const text = textOf(folder, '.privcreds');
  if (text.startsWith('{')) return Object.values(JSON.parse(text) as Record<string, string>);
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[1]!);
}

function fileOf(folder: string, ending: string): string {
  return readdirSync(folder).find((name) => name.endsWith(ending))!;
}

function textOf(folder: string, ending: string): string {
  return new TextDecoder().decode(bytesIn(folder, fileOf(folder, ending)));
}

function expectAllHold(reports: readonly ArchiveReport[]): void {
  expect(reports.flatMap(({ checks }) => checks.filter(({ ok }) => !ok))).toEqual([]);
  const stages = reports.map(({ facts }) => facts?.stage);
  const [votes, ends] = [Array.from({ length: 3 }, () => 'voting'), ['closed', 'tallied', 'tallied', 'decrypted']];
  expect(stages).toEqual(['setup', ...votes, ...ends]);
  expect(reports.at(-1)).toMatchObject({ ok: true, ballots: 3, facts: { name: 'Theirs', result: EXPECTED } });
}

test(`an election by ${tool.version} holds for us at every stage, our ballot in it is counted`, () => {
  expectAllHold(inFolder((folder) => anElectionOfTheirs(tool, belenios2048Group, folder)));
});

test.skipIf(newer === undefined)('the same with a newer tool, in both groups', () => {
  for (const group of [belenios2048Group, ed25519Group]) {
    expectAllHold(inFolder((folder) => anElectionOfTheirs(newer!, group, folder)));
  }
});
