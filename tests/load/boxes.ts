// Sealed boxes to be opened: ballots as booths make them, made beforehand on all cores, with the key file of their holder.

import { randomInt } from 'node:crypto';
import { createBoxHash, encodeRecord, makePassphrase, sealKeyFile } from '@votix/protocol';
import { hireCrew } from '../../packages/server/src/commands/rehearsal/crew.ts';
import { anElection, type Election } from '../support/program-pages.ts';

export interface Box {
  readonly election: Election;
  readonly keyFile: string;
  readonly passphrase: string;
  /** In ascending order of receipt. */
  readonly ballots: readonly string[];
}

export async function aBox(count: number): Promise<Box> {
  const election = await anElection('en');
  const { definitionText, definition, keys } = election;
  const choices = definition.contests[0]!.candidates.length;
  const items = Array.from({ length: count }, () => [[randomInt(choices)]]);
  const crew = hireCrew();
  try {
    const job = { kind: 'seal', definition: definitionText, publicKey: keys.publicKeyPem, items } as const;
    const sealed = (await crew.seal(job)).toSorted((a, b) => (a.receipt < b.receipt ? -1 : 1));
    const passphrase = makePassphrase();
    const keyFile = await sealKeyFile(keys.privateKey, passphrase);
    return { election, keyFile, passphrase, ballots: sealed.map(({ ballot }) => ballot) };
  } finally {
    await crew.dismiss();
  }
}

export const boxHashOf = (ballots: readonly string[]): string => {
  const hash = createBoxHash();
  for (const ballot of ballots) hash.add(ballot);
  return hash.digest();
};

/** The record of the first so many ballots, not opened yet. */
export function recordOf({ election, ballots }: Box, count: number): string {
  const some = ballots.slice(0, count);
  const { publicKeyPem, fingerprint } = election.keys;
  return encodeRecord({
    votix: 1,
    kind: 'record',
    definition: election.definitionText,
    publicKey: publicKeyPem,
    fingerprint,
    opensAt: 1,
    closesAt: 2,
    sealedAt: 3,
    registered: count,
    signatures: count,
    boxHash: boxHashOf(some),
    ballots: some,
    result: null,
    invalidBallots: [],
  });
}
