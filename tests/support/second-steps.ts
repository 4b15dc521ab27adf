// An authenticator app for tests, after RFC 6238 alone: it reads the secret as a phone does, and shows codes.

import { createHmac } from 'node:crypto';
import { addTotp } from '../../packages/server/src/domain/second-factors.ts';
import type { ConfirmedMember } from '../../packages/server/src/domain/scopes.ts';
import { readTotpEnrolment, startTotp } from '../../packages/server/src/domain/totp.ts';
import type { Database } from '../../packages/server/src/storage/database.ts';
import { vault } from './elections.ts';

export interface PhoneApp {
  readonly uri: string;
  /** What it shows at this instant. */
  codeAt(now: number): string;
}

/** RFC 4648 §6. */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text).map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** HOTP of RFC 4226 §5.3, with the step of RFC 6238 §4.2. */
function codeOf(secret: Buffer, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac[19]! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export function aPhone(uri: string): PhoneApp {
  const secret = fromBase32(new URL(uri).searchParams.get('secret') ?? '');
  return { uri, codeAt: (now) => codeOf(secret, now) };
}

/** The app of an account, before its first code was typed. */
export async function aStartedApp(db: Database, accountId: string): Promise<PhoneApp> {
  const actor = { accountId } as ConfirmedMember;
  await startTotp(db, vault, actor);
  const enrolment = await readTotpEnrolment(db, vault, actor, { issuer: 'Amicale: A', email: 'a@example.org' });
  return aPhone(enrolment!.uri);
}

/** The second step of an account; the code that turned it on counts as unused. */
export async function aSecondStep(
  db: Database,
  accountId: string,
  token = '',
): Promise<PhoneApp & { readonly codes: readonly string[] }> {
  const app = await aStartedApp(db, accountId);
  const actor = { accountId } as ConfirmedMember;
  const added = await addTotp({ db, vault, token }, actor, app.codeAt(await db.now()));
  if (!added.ok) throw new Error(added.reason);
  const forget = { last_step: 0 };
  await db.write((tx) => tx.updateTable('totp_secrets').set(forget).where('account_id', '=', accountId).execute());
  return { ...app, codes: added.codes };
}
