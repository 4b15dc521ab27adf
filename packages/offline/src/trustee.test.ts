// A whole election decrypted by trustees who only have the command and the files that others hand them.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  type OwnedShare,
  appendBallot,
  appendResult,
  appendShare,
  appendTally,
  assemblePedersen,
  electionKeyOf,
  encodeCredentials,
  encodeElection,
  encodeStrictFile,
  encodeTrustees,
  endBallots,
  findGroup,
  makeCredential,
  openTally,
  parsePolynomial,
  parseShare,
  parseSignedMessage,
  parseStrictFile,
  parseTrusteeKey,
  publicCredential,
  randomBase58,
  readElection,
  sealBallot,
  setUp,
  tallyOf,
  textOf,
  verifyArchive,
  verifyBallot,
} from '@votix/protocol/verifiable';
import { answerOf, removeFiles, runCommand } from './command-under-test.ts';

const folder = mkdtempSync(join(tmpdir(), 'votix-trustees-'));
afterAll(() => {
  removeFiles();
  rmSync(folder, { recursive: true, force: true });
});

const group = findGroup('Ed25519')!;
const path = (name: string) => join(folder, name);
const read = (name: string) => JSON.parse(readFileSync(path(name), 'utf8')) as never;

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content);
  return path(name);
}

async function make(args: readonly string[], name: string): Promise<{ passphrase: string; made: never }> {
  const ended = await runCommand(['trustee', args.at(0)!, path(name), ...args.slice(1), '--json']);
  expect(ended).toMatchObject({ code: 0, err: '' });
  return answerOf(ended) as never;
}

function step(command: string, file: string, name: string, out: string, passphrase: string) {
  const args = ['trustee', command, path(file), '--key', path(name), '--out', path(out), '--json'];
  return runCommand(args, { input: `${passphrase}\n` });
}

function bytesOf(parts: readonly { readonly bytes: Uint8Array }[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map(({ bytes }) => bytes)));
}

test(
  'one mandatory trustee and two of three: keys, steps, shares, result, all with the command',
  { timeout: 120_000 },
  async () => {
    const mandatory = await make(['key'], 'm.key');
    const members = await Promise.all(
      [1, 2, 3].map((index) => {
        const place = ['--threshold', '2', '--size', '3', '--index', `${index}`];
        return make(['certificate', ...place], `${index}.key`);
      }),
    );
    expect(statSync(path('m.key')).mode & 0o777).toBe(0o600);
    const certs = members.map(({ made }) => made);
    write('certs.json', JSON.stringify(certs));
    for (const [index, { passphrase }] of members.entries()) {
      const name = `${index + 1}`;
      expect(await step('polynomial', 'certs.json', `${name}.key`, `${name}.poly`, passphrase)).toMatchObject({
        code: 0,
      });
    }
    const polynomials = [1, 2, 3].map((index) => read(`${index}.poly`));
    write('polynomials.json', JSON.stringify({ certs, polynomials }));
    for (const [index, { passphrase }] of members.entries()) {
      const name = `${index + 1}`;
      const ended = await step('member-key', 'polynomials.json', `${name}.key`, `${name}.pub`, passphrase);
      expect(ended).toMatchObject({ code: 0 });
    }
    const ceremony = { group, threshold: 2, certs: certs.map((one) => parseSignedMessage(group, one, new Set())!) };
    const parsed = polynomials.map((one) => parsePolynomial(group, one)!);
    const keys = [1, 2, 3].map((index) => parseTrusteeKey(group, read(`${index}.pub`), new Set())!);
    const assembled = assemblePedersen(ceremony, parsed, keys);
    if (!assembled.ok) throw new Error(assembled.reason);
    const key = parseTrusteeKey(group, mandatory.made, new Set())!;
    const trustees = [
      { kind: 'Single', key },
      { kind: 'Pedersen', pedersen: assembled.pedersen },
    ] as const;

    const uuid = randomBase58(14);
    const credential = makeCredential();
    const listed = [{ publicCredential: publicCredential(group, uuid, credential), weight: 1 }];
    const election = encodeElection({
      uuid,
      name: 'Board',
      description: '',
      group: 'Ed25519',
      publicKey: textOf(group, electionKeyOf(group, trustees)),
      questions: [{ question: 'Boat?', answers: ['Yes', 'No'], blank: true, min: 1, max: 1 }],
    });
    const context = readElection(election);
    if (!context.ok) throw new Error(context.reason);
    const texts = {
      election,
      trustees: encodeTrustees(trustees),
      credentials: encodeCredentials(group, listed, false),
    };
    const archiveOf = (choices: readonly unknown[]) => {
      const sealed = sealBallot(context.context, { credential, choices });
      if (!sealed.ok) throw new Error(sealed.reason);
      const verified = verifyBallot(context.context, sealed.ballot);
      if (!verified.ok) throw new Error(verified.reason);
      const tally = tallyOf(context.context, [{ answers: verified.ballot.answers, weight: 1 }]);
      const start = setUp(1_800_000_000, texts);
      const voted = appendBallot(start.board, sealed.ballot);
      const closed = endBallots(voted.board);
      const tallied = appendTally(closed.board, tally);
      return { steps: [start, voted, closed, tallied], tally };
    };
    const { steps, tally } = archiveOf([[0]]);
    write('early.bel', bytesOf(steps.slice(0, 3)));
    write('tallied.bel', bytesOf(steps));

    expect(await step('share', 'early.bel', 'm.key', 'early.share', mandatory.passphrase)).toMatchObject({
      code: 2,
    });
    const wrong = await step('share', 'tallied.bel', 'm.key', 'x.share', members[0]!.passphrase);
    expect(answerOf(wrong)).toMatchObject({ ok: false, reason: 'wrong-passphrase' });
    const broken = readFileSync(path('tallied.bel'));
    broken[broken.length - 700]! ^= 1;
    write('broken.bel', broken);
    const refused = await step('share', 'broken.bel', 'm.key', 'x.share', mandatory.passphrase);
    expect(answerOf(refused)).toMatchObject({ ok: false, reason: 'archive-does-not-hold' });

    const holders = [
      ['m.key', mandatory.passphrase],
      ['3.key', members[2]!.passphrase],
      ['1.key', members[0]!.passphrase],
    ] as const;
    const shares: { owner: number; share: string; strict: object }[] = [];
    for (const [name, passphrase] of holders) {
      const ended = await step('share', 'tallied.bel', name, `${name}.share`, passphrase);
      expect(ended).toMatchObject({ code: 0, err: '' });
      shares.push(read(`${name}.share`));
    }
    expect(shares.map(({ owner }) => owner)).toEqual([1, 4, 2]);

    // The same tally again is allowed: a file can be lost. Another one is not, and leaves nothing behind.
    expect(await step('share', 'tallied.bel', 'm.key', 'again.share', mandatory.passphrase)).toMatchObject({
      code: 0,
    });
    write('other.bel', bytesOf(archiveOf([[1]]).steps));
    const second = await step('share', 'other.bel', 'm.key', 'other.share', mandatory.passphrase);
    expect(second.code).toBe(1);
    expect(answerOf(second)).toMatchObject({ ok: false, reason: 'other-tally' });
    expect(existsSync(path('other.share'))).toBe(false);
    const stranger = await make(['key'], 's.key');
    const strangers = await step('share', 'tallied.bel', 's.key', 's.share', stranger.passphrase);
    expect(answerOf(strangers)).toMatchObject({ ok: false, reason: 'not-a-trustee' });

    const owned = shares.map(({ owner, share }) => ({ owner, share: parseShare(context.context, share)! }));
    const opened = openTally(context.context, {
      tally: tally.encrypted,
      trustees,
      shares: owned satisfies readonly OwnedShare[],
      totalWeight: 1,
    });
    if (!opened.ok) throw new Error(opened.reason);
    expect(opened.result).toEqual([[0, 1, 0]]);
    let last = steps.at(-1)!;
    const all = [...steps];
    const add = (appended: typeof last) => all.push((last = appended));
    for (const { owner, share } of shares) add(appendShare(last.board, owner, share));
    add(appendResult(last.board, opened.result));
    const strict = JSON.stringify({
      votix: 1,
      kind: 'strict',
      election: context.context.fingerprint,
      shares: shares.map((one) => one.strict),
    });
    expect(encodeStrictFile(parseStrictFile(context.context, strict)!)).toBe(strict);
    write('final.bel', bytesOf(all));
    write('strict.json', strict);
    expect(verifyArchive(new Uint8Array(bytesOf(all)), { strict })).toMatchObject({ ok: true, strict: true });
    const verified = await runCommand(['verify', path('final.bel'), '--strict', path('strict.json'), '--json']);
    expect(verified.code).toBe(0);
    expect(answerOf(verified)).toMatchObject({ ok: true, strict: true, result: [[0, 1, 0]] });
  },
);

test('the name of a file to hand over may not turn the line round', { timeout: 60_000 }, async () => {
  const members = await Promise.all(
    [1, 2].map((index) =>
      make(['certificate', '--threshold', '1', '--size', '2', '--index', `${index}`], `turned-${index}.key`),
    ),
  );
  write('turned.json', JSON.stringify(members.map(({ made }) => made)));
  const out = path('turned\u202e.poly');
  const args = ['trustee', 'polynomial', path('turned.json'), '--key', path('turned-1.key'), '--out', out];
  const ended = await runCommand(args, { input: `${members[0]!.passphrase}\n` });
  expect(ended).toMatchObject({ code: 0, out: expect.stringContaining(`"${path('turned')}\\u{202e}.poly"`) });
});

test('a key file is never overwritten, and a group nobody knows is refused', async () => {
  write('there.key', 'precious');
  const ended = await runCommand(['trustee', 'key', path('there.key')]);
  expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is there already') });
  expect(readFileSync(path('there.key'), 'utf8')).toBe('precious');
  const unknown = await runCommand(['trustee', 'key', path('n.key'), '--group', 'RFC-3526-2048']);
  expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('no such group') });
  expect(existsSync(path('n.key'))).toBe(false);
});

test('a damaged key file, and input that is none, get one sentence', async () => {
  const { passphrase } = await make(['certificate', '--threshold', '1', '--size', '1', '--index', '1'], 'alone.key');
  write('rubbish.json', '[]');
  const input = await step('polynomial', 'rubbish.json', 'alone.key', 'r.poly', passphrase);
  expect(answerOf(input)).toMatchObject({ ok: false, reason: 'malformed-input' });
  write('damaged.key', readFileSync(path('alone.key'), 'utf8').slice(0, 50));
  const damaged = await step('polynomial', 'rubbish.json', 'damaged.key', 'r.poly', passphrase);
  expect(answerOf(damaged)).toMatchObject({ ok: false, reason: 'malformed-key-file' });
});
