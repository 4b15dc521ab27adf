import { expect, test } from 'vitest';
import { sealKeyFile } from './key-file.ts';
import { makeKeyPair } from './key-pair.ts';
import { provePossession } from './possession.ts';

const keys = await makeKeyPair();
const { fingerprint } = keys;
const passphrase = 'P';
const keyFile = await sealKeyFile(keys.privateKey, passphrase);

test('the file and the passphrase of the election prove possession', async () => {
  expect(await provePossession({ keyFile, passphrase, fingerprint })).toEqual({ ok: true });
});

test('a wrong passphrase proves nothing', async () => {
  const proof = await provePossession({ keyFile, passphrase: 'Q', fingerprint });
  expect(proof).toMatchObject({ ok: false, reason: 'wrong-passphrase' });
});

test('the file of another election proves nothing', async () => {
  const proof = await provePossession({ keyFile, passphrase, fingerprint: '0'.repeat(64) });
  expect(proof).toEqual({ ok: false, reason: 'other-key' });
});

test('a file that is none proves nothing', async () => {
  const proof = await provePossession({ keyFile: 'x', passphrase, fingerprint });
  expect(proof).toEqual({ ok: false, reason: 'malformed-key-file', fault: 'pem' });
});
