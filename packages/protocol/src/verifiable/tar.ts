// The file format of an archive: old-style tar (POSIX V7) that only grows. One text per content: the reader takes a header
// only if it is the one we would write. Specification: "Archive".

import { type Bytes, isEqualBytes, parseUtf8, utf8 } from '../encoding/bytes.ts';

/** One file of an archive; names have at most 99 bytes. */
export interface TarFile {
  readonly name: string;
  readonly content: Bytes;
}

/** `mtime` in seconds since 1970; `at` counts the files from 0. */
export type ReadTar =
  | { readonly ok: true; readonly files: readonly TarFile[]; readonly mtime: number }
  | {
      readonly ok: false;
      readonly reason: 'archive-truncated' | 'archive-header' | 'archive-padding';
      readonly at: number;
    };

const BLOCK = 512;
const NAME_BYTES = 100;
const SIZE = { at: 124, digits: 11 };
const MTIME = { at: 136, digits: 11 };
/** Mode 0644, user 0, group 0. */
const MODE_AND_OWNERS = ['0000644', '0000000', '0000000', ''].join('\0');
const CHECKSUM_AT = 148;

/** The blocks of one file: header, content, zeros up to a whole block. No end marker: the archive grows by appending. */
export function tarEntry({ name, content }: TarFile, mtime: number): Bytes {
  const entry = new Uint8Array(BLOCK + Math.ceil(content.length / BLOCK) * BLOCK);
  entry.set(tarHeader(name, content.length, mtime));
  entry.set(content, BLOCK);
  return entry;
}

/** Every file of an archive in order, as views of its bytes. All have the same time, which is the first one's. */
export function readTar(bytes: Bytes): ReadTar {
  const files: TarFile[] = [];
  const mtime = octal(bytes, MTIME) ?? 0;
  for (let at = 0; at < bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    const size = octal(header, SIZE);
    if (header.length < BLOCK || size === undefined) return { ok: false, reason: 'archive-header', at: files.length };
    const name = parseUtf8(header.slice(0, header.indexOf(0)));
    if (name === undefined || !isEqualBytes(header, tarHeader(name, size, mtime))) {
      return { ok: false, reason: 'archive-header', at: files.length };
    }
    const start = at + BLOCK;
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (at > bytes.length) return { ok: false, reason: 'archive-truncated', at: files.length };
    if (bytes.subarray(start + size, at).some(Boolean)) {
      return { ok: false, reason: 'archive-padding', at: files.length };
    }
    files.push({ name, content: bytes.subarray(start, start + size) });
  }
  return { ok: true, files, mtime };
}

function tarHeader(name: string, size: number, mtime: number): Bytes {
  const header = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => header.set(utf8(text), at);
  put(name.slice(0, NAME_BYTES - 1), 0);
  put(MODE_AND_OWNERS, NAME_BYTES);
  put(`${size.toString(8).padStart(SIZE.digits, '0')}\0`, SIZE.at);
  put(`${mtime.toString(8).padStart(MTIME.digits, '0')}\0`, MTIME.at);
  put('        0', CHECKSUM_AT);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT);
  return header;
}

function octal(header: Bytes, { at, digits }: { readonly at: number; readonly digits: number }): number | undefined {
  const text = String.fromCharCode(...header.subarray(at, at + digits));
  return /^[0-7]{11}$/.test(text) && header[at + digits] === 0 ? Number.parseInt(text, 8) : undefined;
}
