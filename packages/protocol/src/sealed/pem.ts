// Textual encoding of keys (RFC 7468 §3, the strict form): label lines, base64 in lines of 64, "\n" after each line.

import { decodeBase64, encodeBase64 } from '../encoding/base64.ts';
import type { Bytes } from '../encoding/bytes.ts';
import { inGroups } from '../encoding/crockford.ts';

/** Labels in use (RFC 7468 §11, §13). */
export type PemLabel = 'PUBLIC KEY' | 'ENCRYPTED PRIVATE KEY';

/** The strict PEM of DER bytes. */
export function encodePem(label: PemLabel, der: Bytes): string {
  return `-----BEGIN ${label}-----\n${inGroups(encodeBase64(der), 64, '\n')}\n-----END ${label}-----\n`;
}

/** The bytes of a strict PEM; undefined unless the text is exactly what encodePem makes of them. */
export function decodePem(label: PemLabel, text: string): Bytes | undefined {
  const start = `-----BEGIN ${label}-----\n`;
  const end = `-----END ${label}-----\n`;
  if (!text.startsWith(start) || !text.endsWith(end)) return undefined;
  const der = decodeBase64(text.slice(start.length, -end.length).replaceAll('\n', ''));
  return der !== undefined && encodePem(label, der) === text ? der : undefined;
}
