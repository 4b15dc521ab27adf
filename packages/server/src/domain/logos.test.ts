// Pictures as volunteers and attackers upload them. Samples are made here, so that what they claim can be read.

import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodeLogo } from './logos.ts';

const red = { r: 200, g: 30, b: 30 };
const picture = (width = 640, height = 480) => sharp({ create: { width, height, channels: 3, background: red } });

/** What came out, read back. */
async function encoded(bytes: Uint8Array) {
  const found = await encodeLogo(bytes);
  if (!found.ok) throw new Error(found.reason);
  return { ...found.logo, found: await sharp(found.logo.image).metadata() };
}

/** A PNG that says it has this size and holds next to nothing. */
function hollowPng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(8)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test.each([
  ['PNG', () => picture().png().toBuffer()],
  ['JPEG', () => picture().jpeg().toBuffer()],
  ['GIF', () => picture().gif().toBuffer()],
  ['WebP', () => picture().webp().toBuffer()],
  ['AVIF', () => picture(64, 48).avif().toBuffer()],
] as const)('a %s becomes a WebP of at most 512 pixels, under the hash of its bytes', async (_format, make) => {
  const { found, hash, width, height } = await encoded(await make());
  expect(found.format).toBe('webp');
  expect(Math.max(width, height)).toBeLessThanOrEqual(512);
  expect([found.width, found.height]).toEqual([width, height]);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test('a small picture is not blown up, a long one keeps its shape', async () => {
  expect(await encoded(await picture(40, 20).png().toBuffer())).toMatchObject({ width: 40, height: 20 });
  expect(await encoded(await picture(2000, 500).png().toBuffer())).toMatchObject({ width: 512, height: 128 });
});

test('where a photograph was taken, and everything else it says beside its pixels, is gone', async () => {
  const gps = {
    GPSLatitudeRef: 'N',
    GPSLatitude: '48/1 51/1 29/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '2/1 17/1 40/1',
  };
  const taken = await picture()
    .withExif({ IFD0: { Copyright: 'Claire Martin', Artist: 'Claire' }, IFD3: gps })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>Paris</place></x:xmpmeta>')
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
  const before = await sharp(taken).metadata();
  expect([before.exif, before.xmp, before.icc].map(Boolean)).toEqual([true, true, true]);
  expect(taken.includes('Claire')).toBe(true);
  const { image, found } = await encoded(taken);
  expect([found.exif, found.xmp, found.icc, found.iptc]).toEqual([undefined, undefined, undefined, undefined]);
  for (const trace of ['Claire', 'Exif', 'EXIF', 'GPS', 'Paris', 'XMP'])
    expect(Buffer.from(image).includes(trace)).toBe(false);
});

test('a picture that lies on its side by its metadata is put upright first', async () => {
  const sideways = await picture(300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect(await encoded(sideways)).toMatchObject({ width: 100, height: 300 });
});

test('of an animation the first frame stays', async () => {
  const frames = Buffer.concat([Buffer.alloc(20 * 20 * 3, 255), Buffer.alloc(20 * 20 * 3, 0)]);
  const raw = { width: 20, height: 40, channels: 3, pageHeight: 20 } as const;
  const animated = await sharp(frames, { raw })
    .gif({ delay: [100, 100] })
    .toBuffer();
  expect((await sharp(animated, { animated: true }).metadata()).pages).toBe(2);
  const { found, image } = await encoded(animated);
  expect([found.pages ?? 1, found.width, found.height]).toEqual([1, 20, 20]);
  expect((await sharp(image).stats()).channels[0]!.mean).toBeGreaterThan(250);
});

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
const png = await picture(60, 40).png().toBuffer();
const jpeg = await picture(600, 400).jpeg().toBuffer();
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

test.each<[string, Uint8Array, string]>([
  ['an SVG', Buffer.from(svg), 'logo-svg'],
  ['an SVG after a declaration and a comment', Buffer.from(`<?xml version="1.0"?>\n<!-- logo -->\n${svg}`), 'logo-svg'],
  ['an SVG in UTF-16', utf16(svg), 'logo-unknown-format'],
  ['a page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'logo-unknown-format'],
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'logo-unknown-format'],
  ['a TIFF', Buffer.from('II*\0'), 'logo-unknown-format'],
  ['a BMP', Buffer.from('BM'), 'logo-unknown-format'],
  ['no bytes', Buffer.alloc(0), 'logo-unknown-format'],
  ['a JPEG in a PNG’s first bytes', Buffer.concat([png.subarray(0, 8), jpeg]), 'logo-damaged'],
  ['an SVG in a PNG’s first bytes', Buffer.concat([png.subarray(0, 8), Buffer.from(svg)]), 'logo-damaged'],
  ['an SVG in a JPEG’s first bytes', Buffer.concat([jpeg.subarray(0, 3), Buffer.from(svg)]), 'logo-damaged'],
  ['half a PNG', png.subarray(0, png.length - 20), 'logo-damaged'],
  ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), 'logo-damaged'],
  ['a PNG of 50,000 × 50,000 pixels', hollowPng(50_000, 50_000), 'logo-too-many-pixels'],
  ['a PNG of 2³¹ pixels in width', hollowPng(2 ** 31 - 1, 1), 'logo-damaged'],
  ['a file of more than 5 MB', Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]), 'logo-too-large'],
])('%s is refused: %#', async (_what, bytes, reason) => {
  expect(await encodeLogo(bytes)).toEqual({ ok: false, reason });
});

test('a small file of many pixels is refused before it is unpacked', async () => {
  const bomb = await picture(8000, 5001).png().toBuffer();
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(await encodeLogo(bomb)).toEqual({ ok: false, reason: 'logo-too-many-pixels' });
});

test('many at once are taken one after the other, and a bad one stops no other', async () => {
  const answers = await Promise.all([png, jpeg.subarray(0, 999), png, Buffer.from(svg), jpeg].map(encodeLogo));
  expect(answers.map(({ ok }) => ok)).toEqual([true, false, true, false, true]);
});
