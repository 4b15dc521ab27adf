// How an election's passphrase was split among holders: their number, how many open, the hash of each share. Hashes let a
// wrong share be named on the day; they tell nothing of the shares.

import { isSplit } from '@votix/protocol';
import { z } from 'zod';
import type { ElectionRow } from '../storage/elections.ts';

export const keySharesSchema = z
  .strictObject({
    holders: z.number().int(),
    needed: z.number().int(),
    hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  })
  .refine(({ holders, needed }) => isSplit(holders, needed))
  .refine(({ holders, hashes }) => hashes.length === holders && new Set(hashes).size === holders);

export type KeyShares = Readonly<z.infer<typeof keySharesSchema>>;

/** Undefined when one passphrase opens the key file. */
export const storedKeyShares = ({ key_shares }: Pick<ElectionRow, 'key_shares'>): KeyShares | undefined =>
  key_shares === null ? undefined : keySharesSchema.parse(JSON.parse(key_shares));
