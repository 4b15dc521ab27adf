// The sealed box as a Sealing: one RSA key pair, ballots opened one by one by its holder. Specification: "The sealed box".

import type { CryptoKey } from 'jose';
import { receiptOf } from '../receipt.ts';
import type { ElectionRecord } from '../record.ts';
import type { Sealing } from '../sealing.ts';
import { verifyRecord } from '../verify-record.ts';
import { type SealingContext, ballotContext } from './ballot-context.ts';
import { verifySealedBallot } from './ballot.ts';
import { type SealedKeyPair, makeKeyPair } from './key-pair.ts';
import { openBallot } from './open.ts';
import { provePossession } from './possession.ts';
import { sealBallot } from './seal.ts';

/** The types of the sealed box. */
export interface SealedBoxTypes {
  readonly keys: SealedKeyPair;
  readonly possession: { readonly keyFile: string; readonly passphrase: string; readonly fingerprint: string };
  readonly context: SealingContext;
  readonly opening: CryptoKey;
  readonly record: ElectionRecord;
}

/** The sealed box's operations under the names every sealing shares. */
export const sealedBox = {
  name: 'sealed-box',
  makeKeys: makeKeyPair,
  provePossession,
  prepare: ballotContext,
  seal: sealBallot,
  verify: verifySealedBallot,
  fingerprint: receiptOf,
  open: openBallot,
  verifyRecord,
} as const satisfies Sealing<SealedBoxTypes>;
