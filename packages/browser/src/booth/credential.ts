// The voter's credential, which stands behind # in the personal link. Mail scanners write # as %23; people who typed their key
// by hand type it as well.
import { parseCredential } from '@votix/protocol/verifiable';

/** Null when the address has none. */
export function credentialInAddress({ hash, pathname }: Pick<Location, 'hash' | 'pathname'>): string | null {
  const behind = hash.replace(/^#/, '') || (/%23(.*)$/i.exec(pathname)?.[1] ?? '');
  return readCredential(behind);
}

/** As typed or pasted, the whole link too; null when this can be none. */
export function readCredential(typed: string): string | null {
  const last = typed.trim().split(/#|%23/i).at(-1) ?? '';
  return parseCredential(last.replace(/[.,;:!?)>]+$/, '')) ?? null;
}
