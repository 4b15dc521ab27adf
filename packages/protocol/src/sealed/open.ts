// Opening a ballot, in the key holder's page after the close. Specification: "Opening".

import type { CryptoKey } from 'jose';
import { JWEDecryptionFailed } from 'jose/errors';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import type { Selections } from '../selection.ts';
import type { Bytes } from '../encoding/bytes.ts';
import type { BallotContext } from './ballot-context.ts';
import { type BallotFault, type SealedBallotProblem, checkForm } from './ballot.ts';
import { type PlaintextProblem, parsePlaintext } from './plaintext.ts';

/** Why a ballot does not count: it isn't sealed for this election, doesn't decrypt, or isn't a valid vote. */
export type OpenProblem = SealedBallotProblem | 'undecryptable' | PlaintextProblem;

/** The selections of a ballot, or why it does not count; `fault` and `contest` say where. */
export type OpenedBallot =
  | { readonly ok: true; readonly selections: Selections }
  | { readonly ok: false; readonly reason: OpenProblem; readonly fault?: BallotFault; readonly contest?: number };

const ALGORITHMS = { keyManagementAlgorithms: ['RSA-OAEP-256'], contentEncryptionAlgorithms: ['A256GCM'] };

/** The plaintext of a verified ballot, undefined when it does not decrypt: RSA-OAEP-256, then A256GCM with the header as its AAD. */
export type Decrypt = (ballot: string) => Bytes | undefined;

/**
 * The same as openBallot, synchronously, with the cryptography of the caller's platform in place of WebCrypto: where
 * many ballots are opened, each of WebCrypto's three promises costs a part of what the arithmetic does.
 */
export function openBallotBy(context: BallotContext, decryptBy: Decrypt, ballot: unknown): OpenedBallot {
  const verified = checkForm(context, ballot);
  return verified.ok ? readOpened(context, decryptBy(verified.ballot)) : verified;
}

/** Verifies, decrypts and validates one ballot. Total for any ballot; the private key must be an RSA-OAEP key (else TypeError). */
export async function openBallot(
  context: BallotContext,
  privateKey: CryptoKey,
  ballot: unknown,
): Promise<OpenedBallot> {
  const verified = checkForm(context, ballot);
  return verified.ok ? readOpened(context, await decrypt(verified.ballot, privateKey)) : verified;
}

function readOpened(context: BallotContext, plaintext: Bytes | undefined): OpenedBallot {
  if (plaintext === undefined) return { ok: false, reason: 'undecryptable' };
  return parsePlaintext(context.definition, plaintext);
}

async function decrypt(ballot: string, privateKey: CryptoKey): Promise<Bytes | undefined> {
  try {
    return new Uint8Array((await compactDecrypt(ballot, privateKey, ALGORITHMS)).plaintext);
  } catch (error) {
    if (error instanceof JWEDecryptionFailed) return undefined;
    throw error;
  }
}
