// Independent reading, by openssl: it opens our key files, we open its own, and it agrees on keys and fingerprints.

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openKeyFile, sealKeyFile } from './key-file.ts';
import { makeKeyPair } from './key-pair.ts';
import { makePassphrase } from './passphrase.ts';

const keys = await makeKeyPair();
const passphrase = makePassphrase();
const file = await sealKeyFile(keys.privateKey, passphrase);

const OPENSSL = 'openssl';

function openssl(input: string, ...args: readonly string[]) {
  const { error, status, stdout, stderr } = spawnSync(OPENSSL, args, { input, encoding: 'utf8' });
  if (error !== undefined) throw new Error('These tests need openssl. Install it: sudo apt-get install -y openssl');
  return { status, stdout, stderr };
}

test('openssl opens our key file with the passphrase, and finds the key in order', () => {
  const opened = openssl(file, 'pkey', '-passin', `pass:${passphrase}`, '-check', '-noout');
  expect(opened.stdout).toContain('Key is valid');
  expect(opened.status).toBe(0);
});

test('openssl does not open our key file with another passphrase', () => {
  expect(openssl(file, 'pkey', '-passin', `pass:${makePassphrase()}`, '-noout').status).not.toBe(0);
});

test('openssl reads the same public key in our key file', () => {
  expect(openssl(file, 'pkey', '-passin', `pass:${passphrase}`, '-pubout').stdout).toBe(keys.publicKeyPem);
});

test('openssl finds the parameters the specification names', () => {
  const { stdout } = openssl(file, 'asn1parse');
  for (const name of ['PBES2', 'PBKDF2', 'hmacWithSHA256', 'aes-256-cbc']) expect(stdout).toContain(`:${name}\n`);
  expect(stdout).toContain(':0927C0\n');
});

const OPTIONS = ['pkcs8', '-topk8', '-passout', `pass:${passphrase}`, '-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256'];

test('we open a key file that openssl made of the same key', async () => {
  const open = openssl(file, 'pkey', '-passin', `pass:${passphrase}`).stdout;
  const theirs = openssl(open, ...OPTIONS, '-iter', '600000').stdout;
  expect(await openKeyFile(theirs, passphrase)).toMatchObject({ ok: true, fingerprint: keys.fingerprint });
  expect(await openKeyFile(theirs, makePassphrase())).toMatchObject({ ok: false, reason: 'wrong-passphrase' });
});

test('we refuse the 2,048 iterations openssl takes unless told', async () => {
  const open = openssl(file, 'pkey', '-passin', `pass:${passphrase}`).stdout;
  const expected = { ok: false, reason: 'unsupported-key-file', fault: 'iterations' };
  expect(await openKeyFile(openssl(open, ...OPTIONS).stdout, passphrase)).toEqual(expected);
});

test('a key of another kind, well sealed by openssl, is refused', async () => {
  const other = openssl('', 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256').stdout;
  const theirs = openssl(other, ...OPTIONS, '-iter', '600000').stdout;
  const expected = { ok: false, reason: 'unsupported-key-file', fault: 'private-key' };
  expect(await openKeyFile(theirs, passphrase)).toEqual(expected);
});
