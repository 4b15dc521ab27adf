// Every field of every object of an archive, one after the other: changed to another well-formed value, left out, named twice.
// And what is allowed: members that this version does not know, outside ballots.

import { expect, test } from 'vitest';
import { ed25519Group as group } from './ed25519.ts';
import { verifyBallot } from './ballot.ts';
import { parseScalar, randomScalar } from './scalar.ts';
import { type SamplePlan, YES_OR_NO, aBallot, aBoard } from './sample-board.ts';
import { type Parts, type Step, chain, hashOf, partsOf, stepsOf } from './sample-chain.ts';
import { textOf } from './group.ts';
import { type ArchiveReport, verifyArchive } from './verify.ts';

const plan: SamplePlan = {
  group,
  questions: [YES_OR_NO],
  singles: 1,
  pedersen: { threshold: 2, size: 2, present: [1, 2] },
  weights: [3],
  votes: [{ voter: 0, choices: [[1]] }],
};
const board = await aBoard(plan);
const parts = partsOf(board);
const { context } = board;
const other = await aBoard({ ...plan, pedersen: { threshold: 1, size: 1, present: [1] } });

type Path = readonly (string | number)[];

/** The paths of all leaves; members that are JSON texts (signed messages) are one leaf. */
function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, one]) =>
    leavesOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The paths of all objects, the outermost first. */
function objectsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    objectsOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? inner : [path, ...inner];
}

function atPath(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function replaced(text: string, path: Path, change: (value: unknown) => unknown): string {
  const root = { value: JSON.parse(text) as unknown };
  const way = ['value', ...path];
  const parent = atPath(root, way.slice(0, -1)) as Record<string | number, unknown>;
  parent[way.at(-1)!] = change(parent[way.at(-1)!]);
  return JSON.stringify(root.value);
}

/** Another value of the same kind. */
function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') throw new Error('a leaf is a number, a boolean or a text');
  if (group.parse(value) !== undefined) return textOf(group, group.power(group.generator, randomScalar(group)));
  if (parseScalar(group, value) !== undefined) return randomScalar(group).toString();
  const weighted = /^([0-9a-f]{64}),(\d+)$/u.exec(value);
  if (weighted !== null) return `${weighted[1]},${Number(weighted[2]) + 1}`;
  return /^[0-9a-f]{64}$/u.test(value) ? hashOf(value) : `${value}x`;
}

function reportOf(changes: Partial<Parts>): ArchiveReport {
  return verifyArchive(chain(stepsOf({ ...parts, ...changes })));
}

function expectNamed(report: ArchiveReport, what: string): void {
  expect(report.ok, what).toBe(false);
  expect(
    report.checks.filter(({ ok }) => !ok).every(({ reason }) => reason !== undefined),
    what,
  ).toBe(true);
}

const [ballot = ''] = parts.ballots;
const [share] = parts.shares as [(typeof parts.shares)[number]];

const OBJECTS: Readonly<
  Record<string, { readonly text: string; readonly withText: (text: string) => Partial<Parts> }>
> = {
  election: { text: parts.election, withText: (election) => ({ election }) },
  trustees: { text: parts.trustees, withText: (trustees) => ({ trustees }) },
  credentials: { text: parts.credentials, withText: (credentials) => ({ credentials }) },
  ballot: { text: ballot, withText: (text) => ({ ballots: [text] }) },
  tally: { text: parts.tally, withText: (tally) => ({ tally }) },
  share: { text: share.text, withText: (text) => ({ shares: parts.shares.with(0, { ...share, text }) }) },
  result: { text: parts.result, withText: (result) => ({ result }) },
};

test('the board whose fields are changed holds before', () => {
  expect(reportOf({})).toMatchObject({ ok: true });
});

for (const [name, { text, withText }] of Object.entries(OBJECTS)) {
  const leaves = leavesOf(JSON.parse(text));
  test(`every field of the ${name} is checked (${leaves.length} of them)`, () => {
    expect(leaves.length).toBeGreaterThan(0);
    for (const path of leaves) expectNamed(reportOf(withText(replaced(text, path, another))), path.join('.'));
  });

  test(`a member of the ${name} left out, or of another type, is found`, () => {
    for (const path of leaves) {
      for (const value of [undefined, {}]) {
        const changed = replaced(text, path, () => value);
        expectNamed(reportOf(withText(changed)), path.join('.'));
      }
    }
  });

  test(`a member of the ${name} named twice is found`, () => {
    for (const path of objectsOf(JSON.parse(text))) {
      const marked = replaced(text, path, (value) => ({ MARK: 0, ...(value as object) }));
      const [key = ''] = Object.keys(atPath(JSON.parse(text), path) as object);
      const twice = marked.replace('"MARK":0', `"${key}":0`);
      expectNamed(reportOf(withText(twice)), path.join('.'));
    }
  });
}

for (const [type, index] of [
  ['Setup', 0],
  ['EncryptedTally', 3],
  ['PartialDecryption', 4],
] as const) {
  test(`every field of the payload of ${type} is checked`, () => {
    const steps = stepsOf(parts);
    const step = steps.at(index) as Step;
    const payload = step.objects.at(-1)!;
    for (const path of leavesOf(JSON.parse(payload))) {
      const objects = step.objects.with(step.objects.length - 1, replaced(payload, path, another));
      expectNamed(verifyArchive(chain(steps.with(index, { ...step, objects }))), path.join('.'));
    }
  });
}

test('members that are not known are allowed outside ballots, and named', () => {
  const extra = (text: string, path: Path) => replaced(text, path, (value) => ({ ...(value as object), extra: [1.5] }));
  const report = reportOf({
    trustees: extra(extra(parts.trustees, [0, 1]), [1, 1]),
    tally: extra(parts.tally, [0, 0]),
    shares: parts.shares.with(0, { ...share, text: extra(share.text, []) }),
    result: extra(parts.result, []),
  });
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.unknownMembers).toEqual([
    'ciphertext.extra',
    'partial_decryption.extra',
    'result.extra',
    'threshold_parameters.extra',
    'trustee_public_key.extra',
  ]);
  expect(verifyBallot(context, extra(ballot, [])).ok).toBe(false);
});

test('numbers that JSON can write and no election has are refused', () => {
  const huge = ['1e400', '1e16', '9007199254740993', '-1', '0.5', '"1"', `1${'0'.repeat(100_000)}`];
  for (const number of huge) {
    const steps = stepsOf(parts).map((step) => ({
      ...step,
      objects: step.objects.map((text) => text.replace(/"num_tallied":\d+/u, `"num_tallied":${number}`)),
    }));
    expectNamed(verifyArchive(chain(steps)), number);
    expectNamed(reportOf({ result: `{"result":[[0,0,${number}]]}` }), number);
    expectNamed(reportOf({ trustees: parts.trustees.replace('"threshold":2', `"threshold":${number}`) }), number);
  }
});

test('a ballot sent again: of another election, under another credential, with its answers moved', async () => {
  const two = await aBoard({
    group,
    questions: [YES_OR_NO, YES_OR_NO],
    singles: 1,
    weights: [1, 1],
    votes: [{ voter: 0, choices: [[0], 'blank'] }],
  });
  const [sent = ''] = two.ballots;
  expect(verifyBallot(two.context, sent).ok).toBe(true);
  expect(verifyBallot(other.context, ballot)).toMatchObject({ reason: 'ballot-other-election' });
  const hashes = ballot.replace(context.election.uuid, other.context.election.uuid);
  const renamed = hashes.replace(context.fingerprint, other.context.fingerprint);
  expect(verifyBallot(other.context, renamed)).toMatchObject({ reason: 'choice-proof', choice: 0, question: 0 });
  const neighbour = JSON.parse(aBallot(two, { voter: 1, choices: [[0], [0]] })) as { credential: string };
  const copied = replaced(sent, ['credential'], () => neighbour.credential);
  expect(verifyBallot(two.context, copied)).toMatchObject({ reason: 'choice-proof', question: 0 });
  const swapped = replaced(sent, ['answers'], (answers) => (answers as unknown[]).toReversed());
  expect(verifyBallot(two.context, swapped)).toMatchObject({ reason: 'ballot-signature-hash' });
  // Within a question the overall proof knows the order of the choices.
  const moved = ['choices', 'individual_proofs'].reduce(
    (text, member) =>
      replaced(text, ['answers', 0, member], (list) => {
        const [blank, yes, no] = list as unknown[];
        return [blank, no, yes];
      }),
    sent,
  );
  expect(verifyBallot(two.context, moved)).toMatchObject({ reason: 'overall-proof', question: 0 });
});
