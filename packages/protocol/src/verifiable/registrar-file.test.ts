// A registrar's file: what was kept is what was made, and nothing else opens.

import { expect, test } from 'vitest';
import { makeCredential } from './credential.ts';
import { openRegistrarFile, parseRegistrarFile, type RegistrarFile, sealRegistrarFile } from './registrar-file.ts';

const voter = (id: string) => ({
  id,
  lastName: 'Dupont “A”',
  firstName: 'Zoé',
  email: 'zoe@example.org',
  promotion: 'E1',
  building: '',
  credential: makeCredential(),
});
const file: RegistrarFile = {
  group: 'Ed25519',
  uuid: 'Bq1K4YDQEDaYfB',
  attempt: 'ab'.repeat(16),
  voters: [voter('1'), voter('2')],
  reserve: [makeCredential()],
};

test('what was kept comes back under its passphrase, with white space around it', async () => {
  const text = await sealRegistrarFile(file, 'right');
  expect(await openRegistrarFile(`\n${text} \r\n`, 'right')).toEqual({ ok: true, file });
  expect(await openRegistrarFile(text, 'wrong')).toEqual({ ok: false, reason: 'wrong-passphrase' });
  expect(text).not.toContain(file.reserve[0]);
});

test('a file of another kind, or with anything changed inside, is none', async () => {
  const whole = { votix: 1, kind: 'registrar', group: 'Ed25519', uuid: 'u', attempt: 'a', voters: [], reserve: [] };
  const cells = ['1', 'a', 'b', 'c', 'd', 'e', makeCredential()];
  const bad = [
    { ...whole, kind: 'trustee-key' },
    { ...whole, votix: 2 },
    { ...whole, group: 'Ed448' },
    { ...whole, more: 1 },
    { ...whole, uuid: 1 },
    { ...whole, voters: [cells.slice(1)] },
    { ...whole, voters: [[...cells.slice(0, 6), makeCredential().replaceAll('-', '')]] },
    { ...whole, voters: [[1, ...cells.slice(1)]] },
    { ...whole, reserve: ['x'] },
  ];
  expect(bad.map((value) => parseRegistrarFile(JSON.stringify(value)))).toEqual(bad.map(() => undefined));
  expect(parseRegistrarFile(JSON.stringify({ ...whole, voters: [cells] }))?.voters).toHaveLength(1);
  for (const text of ['', 'a.b.c', '-----BEGIN'])
    expect(await openRegistrarFile(text, 'p')).toEqual({ ok: false, reason: 'malformed-key-file' });
});
