// A picture that somebody uploads becomes a small WebP of our own making: nothing of the file is kept but its pixels, no
// metadata, no second frame. What it is is told by its bytes, never by its name. Decoders are the most attacked code there
// is, so every loader but those of the five formats is off, and one picture is decoded at a time.

import { createHash } from 'node:crypto';
import type { Reader } from '../storage/database.ts';
import { findImage } from '../storage/logos.ts';

export interface Logo {
  readonly image: Uint8Array;
  /** SHA-256 of the image: its public address. */
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}

export type LogoProblem =
  'logo-too-large' | 'logo-too-many-pixels' | 'logo-svg' | 'logo-unknown-format' | 'logo-damaged';

export type EncodedLogo =
  { readonly ok: true; readonly logo: Logo } | { readonly ok: false; readonly reason: LogoProblem };

const most = { bytes: 5 * 1024 * 1024, pixels: 40_000_000, side: 512, seconds: 20 } as const;

const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'] as const;

/** Loaded with the first picture: most of the time there is none. */
async function decoder() {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders.map((name) => `VipsForeignLoad${name}`) });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

type Format = 'png' | 'jpeg' | 'gif' | 'webp' | 'heif';

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** The first bytes of each format: PNG §5.2, JPEG's SOI, GIF87a and 89a, RIFF/WEBP, and AVIF's file type box (ISO 23000-22). */
function formatOf(bytes: Uint8Array): Format | undefined {
  if (ascii(bytes, 0, 8) === '\u0089PNG\r\n\u001A\n') return 'png';
  if (ascii(bytes, 0, 3) === '\u00FF\u00D8\u00FF') return 'jpeg';
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'gif';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (ascii(bytes, 4, 8) === 'ftyp' && /^(avif|avis|mif1|msf1)/.test(ascii(bytes, 8, 12))) return 'heif';
  return undefined;
}

const looksLikeSvg = (bytes: Uint8Array): boolean =>
  /<svg[\s>:]|<!DOCTYPE\s+svg/i.test(new TextDecoder().decode(bytes.subarray(0, 4096)));

let last: Promise<unknown> = Promise.resolve();

/** One after the other: forty megapixels take memory. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn.catch(() => undefined);
  return turn;
}

/** The picture in at most 512 × 512 pixels, upright, its first frame, as WebP; or why it cannot be used. */
export async function encodeLogo(bytes: Uint8Array): Promise<EncodedLogo> {
  if (bytes.length > most.bytes) return { ok: false, reason: 'logo-too-large' };
  const format = formatOf(bytes);
  if (!format) return { ok: false, reason: looksLikeSvg(bytes) ? 'logo-svg' : 'logo-unknown-format' };
  return inTurn(() => encode(bytes, format));
}

async function encode(bytes: Uint8Array, format: Format): Promise<EncodedLogo> {
  const sharp = await decoder();
  const open = () => sharp(bytes, { pages: 1, failOn: 'error', limitInputPixels: most.pixels });
  try {
    const found = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (found.format !== format || (format === 'heif' && found.compression !== 'av1'))
      return { ok: false, reason: 'logo-unknown-format' };
    if (found.width * (found.pageHeight ?? found.height) > most.pixels)
      return { ok: false, reason: 'logo-too-many-pixels' };
    const { data, info } = await open()
      .timeout({ seconds: most.seconds })
      .autoOrient()
      .resize(most.side, most.side, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 88 })
      .toBuffer({ resolveWithObject: true });
    const hash = createHash('sha256').update(data).digest('hex');
    return { ok: true, logo: { image: data, hash, width: info.width, height: info.height } };
  } catch {
    return { ok: false, reason: 'logo-damaged' };
  }
}

export const readLogo = (db: Reader, hash: string): Promise<Uint8Array | undefined> => findImage(db, hash);
