// Writes vectors/sealed/: one sealed-box election, good and tampered, with the verdict each item must get.
// Run once by hand (`node scripts/make-sealed-vectors.ts`) and commit: keys and ballots are random, so a second run
// makes other vectors. vectors/sealed/README.md tells other people's implementations how to read them.

import { spawnSync } from 'node:child_process';
import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  type Definition,
  type ElectionRecord,
  type Selections,
  type SealingContext,
  type Tally,
  ballotContext,
  createBoxHash,
  createCounter,
  definitionHash,
  encodeDefinition,
  encodeRecord,
  makeKeyPair,
  makePassphrase,
  openBallot,
  openKeyFile,
  orderCandidates,
  outcomeOf,
  parseDefinition,
  parseRecord,
  receiptOf,
  sealBallot,
  sealKeyFile,
  verifyRecord,
  verifySealedBallot,
} from '../packages/protocol/src/index.ts';
import { aTwofoldDefinition } from '../packages/protocol/src/sample-election.ts';
import { decodeBase64url, encodeBase64url } from '../packages/protocol/src/encoding/base64.ts';

const OPENSSL = 'openssl';
const FOLDER = new URL('../vectors/sealed/', import.meta.url);
const definition = withRules(aTwofoldDefinition());
const definitionText = encodeDefinition(definition);
const keys = await makeKeyPair();
const passphrase = makePassphrase();
const keyFile = await sealKeyFile(keys.privateKey, passphrase);
const context = await contextOf(definitionText, keys.publicKeyPem);

/** Every rule that a definition knows: names in alphabetical order, a drawn order, seats, a quorum, the lot. */
function withRules({ contests: [chair, board], ...election }: Definition): Definition {
  const order = { order: 'drawn', seed: definitionHash('a seed for these vectors') } as const;
  const drawn = { ...board!, ...order, seats: 2, candidates: orderCandidates(order, board!.candidates) };
  return { ...election, quorum: 40, tieRule: 'lot', contests: [{ ...chair!, order: 'alphabetical' }, drawn] };
}

async function contextOf(text: string, publicKey: string): Promise<SealingContext> {
  const prepared = await ballotContext(text, publicKey);
  if (!prepared.ok) throw new Error(prepared.reason);
  return prepared.context;
}

async function seal(selections: Selections, to = context): Promise<string> {
  const sealed = await sealBallot(to, selections);
  if (!sealed.ok) throw new Error(sealed.reason);
  return sealed.ballot;
}

/** Any plaintext under a good seal, by Node's own cryptography. */
function sealBytes(...bytes: readonly number[]): string {
  const [contentKey, iv] = [randomBytes(32), randomBytes(12)];
  const rsa = { key: keys.publicKeyPem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const gcm = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(context.header));
  const ciphertext = Buffer.concat([gcm.update(Uint8Array.from(bytes)), gcm.final()]);
  const parts = [publicEncrypt(rsa, contentKey), iv, ciphertext, gcm.getAuthTag()];
  return [context.header, ...parts.map((part) => part.toString('base64url'))].join('.');
}

/** The ballot with one segment replaced. */
function withSegment(ballot: string, at: number, segment: string): string {
  return ballot.split('.').with(at, segment).join('.');
}

/** The ballot with the lowest bit of the first byte of one segment flipped. */
function flipped(ballot: string, at: number): string {
  const bytes = decodeBase64url(ballot.split('.')[at] ?? '') ?? new Uint8Array();
  return withSegment(ballot, at, encodeBase64url(bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte))));
}

async function namedBallots(): Promise<readonly (readonly [string, string])[]> {
  const good = await seal([[1], [0, 4]]);
  const otherKeys = await makeKeyPair();
  const otherText = encodeDefinition({ ...definition, minimumBallots: 6 });
  const U = 0xff;
  return [
    ['one of three; two of up to three', good],
    ['the same choice again', await seal([[1], [0, 4]])],
    ['blank; three of up to three', await seal([[], [0, 1, 2]])],
    ['the last candidates', await seal([[2], [4]])],
    ['empty', ''],
    ['four segments', good.slice(0, good.lastIndexOf('.'))],
    ['six segments', `${good}.`],
    ['a line end at the end', `${good}\n`],
    ['too long', good.padEnd(16_385, 'A')],
    ['a flipped bit in the header', flipped(good, 0)],
    ['another key', await seal([[1], [0]], await contextOf(definitionText, otherKeys.publicKeyPem))],
    ['another definition', await seal([[1], [0]], await contextOf(otherText, keys.publicKeyPem))],
    ['encrypted key equal to n', withSegment(good, 1, encodeBase64url(context.modulus))],
    ['encrypted key of 255 bytes', withSegment(good, 1, encodeBase64url(new Uint8Array(255)))],
    ['IV of 16 bytes', withSegment(good, 2, encodeBase64url(new Uint8Array(16)))],
    ['padding after the IV', withSegment(good, 2, 'AAAAAAAAAAAAAAA=')],
    ['ciphertext one byte longer', withSegment(good, 3, encodeBase64url(new Uint8Array(12)))],
    ['trailing bits in the tag', withSegment(good, 4, 'AAAAAAAAAAAAAAAAAAAAAB')],
    ['another encrypted key', withSegment(good, 1, `AA${good.split('.')[1]?.slice(2)}`)],
    ['a flipped bit in the IV', flipped(good, 2)],
    ['a flipped bit in the ciphertext', flipped(good, 3)],
    ['a flipped bit in the tag', flipped(good, 4)],
    ['plaintext of version 2', sealBytes(2, 1, 0, 1, 1, 0, 0, U, U, U, U)],
    ['more choices than fields', sealBytes(1, 2, 0, 1, 1, 0, 0, U, U, U, U)],
    ['a choice hidden in the padding', sealBytes(1, 1, 0, 1, 1, 0, 0, 0, 4, U, U)],
    ['an unknown candidate', sealBytes(1, 1, 0, 3, 1, 0, 0, U, U, U, U)],
    ['the same candidate twice', sealBytes(1, 1, 0, 1, 2, 0, 2, 0, 2, U, U)],
    ['blank where it is not allowed', sealBytes(1, 1, 0, 1, 0, U, U, U, U, U, U)],
  ];
}

async function judgedBallots(named: readonly (readonly [string, string])[]): Promise<readonly object[]> {
  const judge = async ([name, ballot]: readonly [string, string]): Promise<object> => {
    const verified = verifySealedBallot(context, ballot);
    const verify = verified.ok ? { ok: true, receipt: verified.receipt } : verified;
    return { name, ballot, verify, open: await openBallot(context, keys.privateKey, ballot) };
  };
  return Promise.all(named.map(judge));
}

/** The election's private key in a key file made by openssl, with these options. */
function byOpenssl(...options: readonly string[]): string {
  const run = (args: readonly string[], input: string): string => {
    const { status, stdout, stderr } = spawnSync(OPENSSL, args, { input, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const open = run(['pkey', '-passin', `pass:${passphrase}`], keyFile);
  return run(['pkcs8', '-topk8', '-passout', `pass:${passphrase}`, ...options], open);
}

/** A key file of another key, under the same passphrase. */
async function aKeyFile(bits: 3072 | 4096): Promise<string> {
  const { privateKey } = await makeKeyPair(bits);
  return sealKeyFile(privateKey, passphrase);
}

async function judgedKeyFiles(): Promise<readonly object[]> {
  const middle = keyFile.split('\n').with(9, 'A'.repeat(64)).join('\n');
  const prf = ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256'];
  const files: readonly (readonly [string, string, string])[] = [
    ['ours', keyFile, passphrase],
    ['ours, after a mail program', keyFile.replaceAll('\n', '\r\n'), passphrase],
    ["openssl's, 600,000 iterations", byOpenssl(...prf, '-iter', '600000'), passphrase],
    ['3072 bits', await aKeyFile(3072), passphrase],
    ['4096 bits', await aKeyFile(4096), passphrase],
    ['wrong passphrase', keyFile, `${passphrase}X`],
    ['damaged in the middle', middle, passphrase],
    ['a line missing', keyFile.split('\n').toSpliced(9, 1).join('\n'), passphrase],
    ["openssl's, 2,048 iterations", byOpenssl(...prf), passphrase],
    [
      "openssl's, hmacWithSHA512",
      byOpenssl('-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA512', '-iter', '600000'),
      passphrase,
    ],
    ["openssl's, AES-128-CBC", byOpenssl('-v2', 'aes-128-cbc', '-iter', '600000'), passphrase],
    ["openssl's, scrypt", byOpenssl('-scrypt'), passphrase],
    ['a public key', keys.publicKeyPem, passphrase],
  ];
  const judge = async ([name, file, secret]: readonly [string, string, string]): Promise<object> => {
    const opened = await openKeyFile(file, secret);
    const verdict = opened.ok ? { ok: true, fingerprint: opened.fingerprint } : opened;
    return { name, keyFile: file, passphrase: secret, verdict };
  };
  return Promise.all(files.map(judge));
}

async function aRecord(): Promise<ElectionRecord> {
  const votes: readonly Selections[] = [
    [[0], [0]],
    [[0], [0, 1]],
    [[1], [2, 3, 4]],
    [[], [1]],
    [[2], [0, 4]],
  ];
  const undecryptable = flipped(await seal([[1], [1]]), 4);
  const ballots = [...(await Promise.all(votes.map((vote) => seal(vote)))), undecryptable];
  ballots.sort((a, b) => (receiptOf(a) < receiptOf(b) ? -1 : 1));
  const counter = createCounter(definition);
  for (const vote of votes) counter.add(vote);
  counter.addInvalid();
  const hash = createBoxHash();
  for (const ballot of ballots) hash.add(ballot);
  const opensAt = Date.UTC(2026, 2, 2, 8);
  const window = { opensAt, closesAt: opensAt + 36_000_000, sealedAt: opensAt + 36_001_234 };
  const { publicKeyPem: publicKey, fingerprint } = keys;
  const head = { votix: 1, kind: 'record', definition: definitionText, publicKey, fingerprint, ...window } as const;
  const invalidBallots = [{ receipt: receiptOf(undecryptable), reason: 'undecryptable' }];
  const counts = { registered: 9, signatures: 6 };
  return { ...head, ...counts, boxHash: hash.digest(), ballots, result: counter.tally(), invalidBallots };
}

async function judgedRecords(): Promise<readonly object[]> {
  const record = await aRecord();
  const result = record.result as Tally;
  const text = encodeRecord(record);
  const texts: readonly (readonly [string, string])[] = [
    ['true', text],
    ['not opened', encodeRecord({ ...record, result: null, invalidBallots: [] })],
    ['a member in another place', text.replace('"votix":1,"kind":"record"', '"kind":"record","votix":1')],
    ['a ballot removed', encodeRecord({ ...record, ballots: record.ballots.slice(1) })],
    ['ballots in another order', encodeRecord({ ...record, ballots: record.ballots.toReversed() })],
    ['more signatures than voters', encodeRecord({ ...record, registered: 5 })],
    ['a signature more', encodeRecord({ ...record, signatures: 7 })],
    ['another box hash', encodeRecord({ ...record, boxHash: definitionHash('') })],
    ['a ballot more in the result', encodeRecord({ ...record, result: { ...result, ballots: 7, valid: 6 } })],
    ['an invalid ballot not listed', encodeRecord({ ...record, invalidBallots: [] })],
    ['sealed before the close', encodeRecord({ ...record, sealedAt: record.opensAt })],
    ['another fingerprint', encodeRecord({ ...record, fingerprint: definitionHash('') })],
  ];
  return texts.map(([name, one]) => {
    const parsed = parseRecord(one);
    return { name, record: one, verdict: parsed.ok ? verifyRecord(parsed.record) : parsed };
  });
}

/** Outcomes of one tally each: seats filled, a tie under each rule, no votes, a quorum missed. */
function judgedOutcomes(): readonly object[] {
  const count = (chair: readonly number[], blank: number, board: readonly number[]): Tally => {
    const valid = chair.reduce((sum, votes) => sum + votes, blank);
    const contests = [
      { contest: 'chair', votes: chair, blank },
      { contest: 'board', votes: board, blank: 0 },
    ];
    return { ballots: valid, valid, invalid: 0, contests };
  };
  const tied = count([3, 3, 1], 1, [4, 2, 4, 4, 1]);
  const outcomes: readonly (readonly [string, Tally, Partial<Definition>, number])[] = [
    ['seats filled', count([4, 2, 1], 1, [5, 1, 2, 4, 0]), {}, 20],
    ['a tie, drawn by lot', tied, {}, 20],
    ['a tie, announced', tied, { tieRule: 'announce' }, 20],
    ['a tie, for a second ballot', tied, { tieRule: 'second-ballot' }, 20],
    ['nobody chosen for the chair; the quorum missed', count([0, 0, 0], 8, [8, 0, 0, 0, 0]), {}, 21],
    ['no quorum in the rules', tied, { quorum: 0 }, 8],
  ];
  return outcomes.map(([name, tally, rules, registered]) => {
    const [ruled, boxHash] = [{ ...definition, ...rules }, definitionHash(name)];
    const outcome = outcomeOf(ruled, tally, { registered, boxHash });
    return { name, definition: encodeDefinition(ruled), tally, registered, boxHash, outcome };
  });
}

function judgedDefinitions(): readonly object[] {
  const texts: readonly (readonly [string, string])[] = [
    ['good', definitionText],
    ['white space', definitionText.replace(',', ', ')],
    ['an escape where none is needed', definitionText.replace('É', String.raw`\u00c9`)],
    ['a member given twice', definitionText.replace('{"votix":1', '{"votix":1,"votix":1')],
    ['a member more', definitionText.replace('{"votix":1', '{"votix":1,"note":""')],
    ['more choices than candidates', definitionText.replace('"maxChoices":3', '"maxChoices":6')],
    ['more seats than candidates', definitionText.replace('"seats":1', '"seats":4')],
    ['drawn without a seed', definitionText.replace(/"seed":"[0-9a-f]+"/, '"seed":""')],
    ['an unknown rule for ties', definitionText.replace('"lot"', '"eldest"')],
    ['a quorum of more than everyone', definitionText.replace('"quorum":40', '"quorum":101')],
    ['another sealing', definitionText.replace('sealed-box', 'open-box')],
  ];
  return texts.map(([name, text]) => {
    const parsed = parseDefinition(text);
    return { name, definition: text, verdict: parsed.ok ? { ok: true, hash: definitionHash(text) } : parsed };
  });
}

function write(name: string, content: unknown): void {
  writeFileSync(new URL(name, FOLDER), `${JSON.stringify(content, null, 1)}\n`);
}

mkdirSync(FOLDER, { recursive: true });
const { header, plaintextBytes, ballotLength } = context;
const { publicKeyPem: publicKey, fingerprint } = keys;
write('election.json', {
  definition: definitionText,
  publicKey,
  fingerprint,
  passphrase,
  keyFile,
  header,
  plaintextBytes,
  ballotLength,
});
write('definitions.json', judgedDefinitions());
write('outcomes.json', judgedOutcomes());
write('ballots.json', await judgedBallots(await namedBallots()));
write('key-files.json', await judgedKeyFiles());
write('records.json', await judgedRecords());
