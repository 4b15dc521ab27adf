// The hash of a ballot box: one number that stands for all ballots of an election. Specification: "Box hash".

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { assert } from './assert.ts';
import { utf8 } from './encoding/bytes.ts';
import { receiptOf } from './receipt.ts';

/** Hashes ballots given one at a time; `add` throws when their receipts don't strictly ascend. `digest` once, at the end. */
export interface BoxHash {
  add(ballot: string): void;
  digest(): string;
}

/** SHA-256 over the ballots in ascending order of receipt (bytewise), each followed by "\n"; 64 lower-case hexadecimal digits. */
export function createBoxHash(): BoxHash {
  const hash = createOrderedHash();
  return { add: (ballot) => hash.add(ballot, receiptOf(ballot)), digest: hash.digest };
}

/** The same for whoever has each ballot's true receipt already: making one is half of the work. */
export function createOrderedHash() {
  const hash = sha256.create();
  let previous = '';
  return {
    add: (ballot: string, receipt: string) => {
      assert(receipt > previous, 'ballots come in ascending order of receipt, each once');
      previous = receipt;
      hash.update(utf8(`${ballot}\n`));
    },
    digest: () => bytesToHex(hash.digest()),
  };
}
