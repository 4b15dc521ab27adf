import { openBallot, openBallotBy, openKeyFile, readBallotContext } from '@votix/protocol';
import { expect, test } from 'vitest';
import ballots from '../../../vectors/sealed/ballots.json' with { type: 'json' };
import election from '../../../vectors/sealed/election.json' with { type: 'json' };
import { decryptingWith } from './decrypting.ts';

const read = readBallotContext(election.definition, election.publicKey);
const file = await openKeyFile(election.keyFile, election.passphrase);
if (!read.ok || !file.ok) throw new Error('the vectors are whole');
const { context } = read;
const { privateKey } = file;
const decrypt = decryptingWith(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)));
const good = ballots.find(({ open }) => open.ok)!.ballot;

test("Node's own cryptography opens what WebCrypto opens, and refuses the rest for the same reasons", () => {
  expect(new Set(ballots.map(({ open }) => open.reason ?? 'ok')).size).toBeGreaterThan(3);
  for (const { name, ballot, open } of ballots)
    expect([name, openBallotBy(context, decrypt, ballot)]).toEqual([name, open]);
});

test('a flipped bit anywhere in what is encrypted makes both say undecryptable', async () => {
  const [header, ...segments] = good.split('.');
  for (const [index, segment] of segments.entries()) {
    const bytes = Buffer.from(segment, 'base64url');
    bytes[bytes.length >> 1]! ^= 1;
    const changed = [header, ...segments.with(index, bytes.toString('base64url'))].join('.');
    const expected = { ok: false, reason: 'undecryptable' };
    expect(openBallotBy(context, decrypt, changed)).toEqual(expected);
    expect(await openBallot(context, privateKey, changed)).toEqual(expected);
  }
});

test('what is no property of the ballot is no verdict about it', () => {
  const [header, key, , ...rest] = good.split('.');
  expect(() => decrypt([header, key, '', ...rest].join('.'))).toThrow();
  expect(() => decryptingWith(new Uint8Array(10))).toThrow();
});
