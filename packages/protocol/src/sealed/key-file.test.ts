// Tamper table of a key file: text, every parameter of the encryption, the key inside. Wrong passphrase told from damage.

import { expect, test } from 'vitest';
import { TAG, magnitudeOf, readOnly, readSequence, writeDer, writeUnsigned } from './der.ts';
import type { EnvelopeFault } from './key-envelope.ts';
import { readEnvelope, writeEnvelope } from './key-envelope.ts';
import { openKeyFile, sealKeyFile } from './key-file.ts';
import { makeKeyPair } from './key-pair.ts';
import { makePassphrase } from './passphrase.ts';
import { decodePem, encodePem } from './pem.ts';

const keys = await makeKeyPair();
const passphrase = makePassphrase();
const file = await sealKeyFile(keys.privateKey, passphrase);
const der = decodePem('ENCRYPTED PRIVATE KEY', file)!;
const envelope = envelopeOf(der);

type Der = Uint8Array<ArrayBuffer>;

function envelopeOf(bytes: Der) {
  const read = readEnvelope(bytes);
  if (!read.ok) throw new Error(read.fault);
  return read.envelope;
}

function pemOf(bytes: Der): string {
  return encodePem('ENCRYPTED PRIVATE KEY', bytes);
}

test('a key file opens with its passphrase to the same key', async () => {
  const { publicKeyPem, fingerprint } = keys;
  expect(await openKeyFile(file, passphrase)).toMatchObject({ ok: true, publicKeyPem, fingerprint });
});

test('an opened key can be sealed again, under another passphrase, into another file', async () => {
  const opened = await openKeyFile(file, passphrase);
  if (!opened.ok) throw new Error(opened.reason);
  const second = await sealKeyFile(opened.privateKey, 'another');
  expect(second).not.toBe(file);
  expect(await openKeyFile(second, 'another')).toMatchObject({ ok: true, fingerprint: keys.fingerprint });
});

test('RFC 8018: a key file says PBES2, PBKDF2 with 600,000 iterations of hmacWithSHA256, AES-256-CBC', () => {
  const hex = Array.from(der, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const salt = hex.slice(72, 104);
  const iv = hex.slice(172, 204);
  // SEQUENCE { PBES2, SEQUENCE { SEQUENCE { PBKDF2, SEQUENCE { salt, 600000, SEQUENCE { hmacWithSHA256, NULL } } },
  // SEQUENCE { aes256-CBC, IV } } }, then an OCTET STRING with a length of two bytes.
  expect(hex.slice(8, 208)).toBe(
    `306006092a864886f70d01050d3053303206092a864886f70d01050c30250410${salt}02030927c0` +
      `300c06082a864886f70d02090500301d060960864801650304012a0410${iv}0482`,
  );
});

test('the passphrase is taken exactly as given', async () => {
  for (const other of ['', passphrase.toLowerCase(), `${passphrase} `]) {
    expect(await openKeyFile(file, other)).toMatchObject({ ok: false, reason: 'wrong-passphrase' });
  }
  expect(await openKeyFile(file, 'x'.repeat(1001))).toMatchObject({ ok: false, reason: 'wrong-passphrase' });
});

test('a passphrase may be any text', async () => {
  const spoken = 'Où est la clé ? 🗝️';
  const other = await sealKeyFile(keys.privateKey, spoken);
  expect(await openKeyFile(other, spoken)).toMatchObject({ ok: true, fingerprint: keys.fingerprint });
});

test('what mail and editors do to a text file is forgiven', async () => {
  const travelled = `\ufeff\r\n${file.trimEnd().replaceAll('\n', '\r\n')}\r\n\r\n`;
  expect(await openKeyFile(travelled, passphrase)).toMatchObject({ ok: true, fingerprint: keys.fingerprint });
});

const TEXTS: readonly (readonly [string, unknown])[] = [
  ['no text', undefined],
  ['a list', [file]],
  ['empty', ''],
  ['too long', file.padEnd(20_001)],
  ['a public key', keys.publicKeyPem],
  ['an open private key', file.replaceAll('ENCRYPTED ', '')],
  ['cut in the middle', file.slice(0, 900)],
  ['without its end', file.slice(0, file.indexOf('-----END'))],
  ['with a line missing', file.replace(/\n.{64}\n/, '\n')],
  ['with words before it', `Key:\n${file}`],
  ['given twice', file + file],
  ['with a character of another alphabet', file.replace(/A/, '_')],
];
for (const [claim, text] of TEXTS) {
  test(`a key file that is ${claim} is malformed`, async () => {
    expect(await openKeyFile(text, passphrase)).toMatchObject({ ok: false, reason: 'malformed-key-file' });
  });
}

const oid = (hex: string) =>
  writeDer(
    TAG.oid,
    Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16)),
  );
const sequence = (...parts: readonly Der[]) => writeDer(TAG.sequence, ...parts);
const octets = (bytes: Der) => writeDer(TAG.octetString, bytes);
const NULL = writeDer(TAG.null);

/** A key file's DER with some elements replaced. */
function built(
  o: Partial<Record<'pbes2' | 'pbkdf2' | 'salt' | 'iterations' | 'keyLength' | 'prf' | 'aes' | 'iv' | 'data', Der>>,
): Der {
  const none = new Uint8Array();
  const prf = o.prf ?? sequence(oid('2a864886f70d0209'), NULL);
  const iterations = o.iterations ?? writeUnsigned(magnitudeOf(600_000));
  const kdf = sequence(o.salt ?? octets(envelope.salt), iterations, o.keyLength ?? none, prf);
  const cipher = sequence(o.aes ?? oid('60864801650304012a'), o.iv ?? octets(envelope.iv));
  const parameters = sequence(sequence(o.pbkdf2 ?? oid('2a864886f70d01050c'), kdf), cipher);
  return sequence(sequence(o.pbes2 ?? oid('2a864886f70d01050d'), parameters), o.data ?? octets(envelope.encrypted));
}

test('the builder of this table builds the file itself, and one with a key length, which opens too', async () => {
  expect(built({})).toEqual(der);
  const withLength = built({ keyLength: writeUnsigned(Uint8Array.of(32)) });
  expect(writeEnvelope({ ...envelope, keyLength: true })).toEqual(withLength);
  expect(await openKeyFile(pemOf(withLength), passphrase)).toMatchObject({ ok: true, fingerprint: keys.fingerprint });
});

const UNSUPPORTED: readonly (readonly [string, Der, EnvelopeFault])[] = [
  ['PBES1', built({ pbes2: oid('2a864886f70d010503') }), 'scheme'],
  ['scrypt', built({ pbkdf2: oid('2b06010401da47040b') }), 'kdf'],
  ['7 bytes of salt', built({ salt: octets(new Uint8Array(7)) }), 'salt'],
  ['65 bytes of salt', built({ salt: octets(new Uint8Array(65)) }), 'salt'],
  ['599,999 iterations', built({ iterations: writeUnsigned(magnitudeOf(599_999)) }), 'iterations'],
  ['10,000,001 iterations', built({ iterations: writeUnsigned(magnitudeOf(10_000_001)) }), 'iterations'],
  ['2^64 iterations', built({ iterations: writeUnsigned(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0)) }), 'iterations'],
  ['negative iterations', built({ iterations: writeDer(TAG.integer, Uint8Array.of(0xff)) }), 'iterations'],
  [
    'iterations with a leading zero',
    built({ iterations: writeDer(TAG.integer, Uint8Array.of(0, 9, 39, 192)) }),
    'iterations',
  ],
  ['a key of 16 bytes', built({ keyLength: writeUnsigned(Uint8Array.of(16)) }), 'key-length'],
  ['hmacWithSHA1 by default', built({ prf: new Uint8Array() }), 'prf'],
  ['hmacWithSHA512', built({ prf: sequence(oid('2a864886f70d020b'), NULL) }), 'prf'],
  ['AES-128-CBC', built({ aes: oid('608648016503040102') }), 'cipher'],
  ['an IV of 12 bytes', built({ iv: octets(new Uint8Array(12)) }), 'iv'],
  ['no data', built({ data: octets(new Uint8Array()) }), 'data'],
  ['data of no whole blocks', built({ data: octets(new Uint8Array(33)) }), 'data'],
];
for (const [claim, bytes, fault] of UNSUPPORTED) {
  test(`a key file with ${claim} is unsupported: ${fault}`, async () => {
    expect(await openKeyFile(pemOf(bytes), passphrase)).toEqual({ ok: false, reason: 'unsupported-key-file', fault });
  });
}

const MALFORMED: readonly (readonly [string, Der])[] = [
  ['no DER', Uint8Array.of(1, 2, 3)],
  ['an empty SEQUENCE', sequence()],
  ['a salt that is no OCTET STRING', built({ salt: writeUnsigned(envelope.salt) })],
  ['hmacWithSHA256 without NULL', built({ prf: sequence(oid('2a864886f70d0209')) })],
  ['an IV that is no OCTET STRING', built({ iv: writeDer(TAG.bitString, envelope.iv) })],
  ['data that is no OCTET STRING', built({ data: writeDer(TAG.bitString, envelope.encrypted) })],
  [
    'an element after the data',
    sequence(...readSequence(readOnly(der))!.map(({ tag, content }) => writeDer(tag as 4, content)), NULL),
  ],
  ['a byte after the end', Uint8Array.of(...der, 0)],
];
for (const [claim, bytes] of MALFORMED) {
  test(`a key file of ${claim} is malformed`, async () => {
    const expected = { ok: false, reason: 'malformed-key-file', fault: 'structure' };
    expect(await openKeyFile(pemOf(bytes), passphrase)).toEqual(expected);
  });
}

test('a flipped bit anywhere in the parameters never opens the file, nor throws', async () => {
  // Left out are salt (36 to 51), iterations (54 to 56) and IV (86 to 101): their flips cost millions of iterations.
  const parameters = Array.from({ length: 86 }, (_, at) => at).filter(
    (at) => at < 36 || at === 52 || at === 53 || at > 56,
  );
  for (const at of parameters) {
    const flipped = der.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
    const opened = await openKeyFile(pemOf(flipped), passphrase);
    expect(opened.ok, `byte ${at}`).toBe(false);
  }
});

test('a flipped bit in salt, IV or any part of the data never opens the file', async () => {
  for (const at of [40, 90, 107, 300, 700, der.length - 20, der.length - 1]) {
    const flipped = der.map((byte, i) => (i === at ? byte ^ 0x10 : byte));
    expect(await openKeyFile(pemOf(flipped), passphrase), `byte ${at}`).toMatchObject({ ok: false });
  }
});
