// Passkeys (WebAuthn level 3): a phone, a computer or a key signs a challenge of ours, after its owner has shown themselves to
// it. A challenge is for one purpose, one account and one time, for five minutes, and stands here as a hash. Bound to the
// address of this instance, so that no other site can have it signed.

import { createHash } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Database } from '../storage/database.ts';
import {
  countPasskeyUse,
  findPasskey,
  insertChallenge,
  listPasskeys,
  type PasskeyRow,
  takeChallenge,
} from '../storage/passkeys.ts';
import { countAttempt } from './throttles.ts';
import type { Paused } from './accounts.ts';
import type { ConfirmedMember } from './scopes.ts';
import type { Vault } from './vault.ts';

export { listPasskeys };

/** Only when a passkey is met: it takes longer to load than all else of the server. */
const webauthn = () => import('@simplewebauthn/server');

const minutes = 60_000;
/** COSE (RFC 9053, RFC 8812): EdDSA, ES256, RS256. Left out, the library tries what Node calls experimental. */
const supportedAlgorithmIDs = [-8, -7, -257];
export const challengeMs = 5 * minutes;
/** Anybody can ask for a challenge of the log-in. */
const loginRule = { attempts: 60, pauseMs: 5 * minutes, longestPauseMs: 60 * minutes };

export interface Site {
  /** The host of the base URL. */
  readonly id: string;
  readonly origin: string;
}

/** Undefined where browsers have no passkeys: on plain http, and at an address of numbers. */
export function siteOf(baseUrl: string): Site | undefined {
  const { protocol, hostname, origin } = new URL(baseUrl);
  const isNumber = /^[\d.]+$|^\[/.test(hostname);
  const isSecure = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
  return isSecure && !isNumber ? { id: hostname, origin } : undefined;
}

export type Purpose = 'register' | 'login' | 'second' | 'confirm';
const hashOf = (challenge: string) => createHash('sha256').update(challenge).digest('hex');

async function keepChallenge(db: Database, challenge: string, purpose: Purpose, accountId: string | null) {
  await db.write(async (tx) => {
    const now = await db.now(tx);
    const row = { challenge_hash: hashOf(challenge), purpose, account_id: accountId, expires_at: now + challengeMs };
    await insertChallenge(tx, row, now);
  });
}

/** A failure of our own, on its way through the library. */
class Broken extends Error {}

/** Takes the challenge that was signed, and says whether it was ours, for this and for them. */
const isOurs = (db: Database, purpose: Purpose, accountId: string | null) => (challenge: string) =>
  db
    .write(async (tx) => {
      const row = await takeChallenge(tx, hashOf(challenge));
      return row?.purpose === purpose && row.account_id === accountId && row.expires_at > (await db.now(tx));
    })
    .catch((cause: unknown) => {
      throw new Broken('The challenge could not be looked up.', { cause });
    });

export async function startRegistration(
  db: Database,
  { accountId }: ConfirmedMember,
  site: Site,
  named: { readonly organisation: string; readonly name: string; readonly email: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const [known, { generateRegistrationOptions }] = [await listPasskeys(db.reader, accountId), await webauthn()];
  const options = await generateRegistrationOptions({
    rpName: named.organisation,
    rpID: site.id,
    userName: named.email,
    userDisplayName: named.name,
    userID: new TextEncoder().encode(accountId),
    attestationType: 'none',
    excludeCredentials: known.map(({ credential_id: id }) => ({ id })),
    supportedAlgorithmIDs,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: challengeMs,
  });
  await keepChallenge(db, options.challenge, 'register', accountId);
  return options;
}

const base64url = z.string().regex(/^[\w-]*$/);
const answerOf = <T extends z.ZodRawShape>(response: T) =>
  z.strictObject({
    id: base64url.min(1).max(1400),
    rawId: base64url.min(1).max(1400),
    type: z.literal('public-key'),
    clientExtensionResults: z.strictObject({}),
    response: z.strictObject({ clientDataJSON: base64url.max(4000), ...response }),
  });
const registrationSchema = answerOf({ attestationObject: base64url.max(20_000) });
const assertionSchema = answerOf({
  authenticatorData: base64url.max(4000),
  signature: base64url.max(4000),
});

function parseAnswer<T>(schema: z.ZodType<T>, answer: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(answer)).data;
  } catch {
    return undefined;
  }
}

/**
 * We ask for no statement of the maker. One with certificates is refused unread: judging it would make this server fetch
 * what they name.
 */
async function hasNoStatement(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const decoded = decodeAttestationObject(Buffer.from(attestationObject, 'base64url'));
  const [format, statement] = [decoded.get('fmt'), decoded.get('attStmt')];
  return format === 'none' || (format === 'packed' && statement.get('x5c') === undefined);
}

/** What the library throws is a refusal: everything it is given comes from outside, but what our own database says. */
async function orRefused<T>(judge: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof Broken) throw error.cause;
    if (error instanceof Error) return undefined;
    throw error;
  }
}

export type NewPasskey = Pick<PasskeyRow, 'credential_id' | 'public_key' | 'counter' | 'host'>;

/** The passkey that was made; undefined when what came back is not the answer to our challenge. */
export async function verifyRegistration(
  db: Database,
  { accountId }: ConfirmedMember,
  site: Site,
  answer: string,
): Promise<NewPasskey | undefined> {
  const response = parseAnswer(registrationSchema, answer);
  if (!response) return undefined;
  return orRefused(async () => {
    if (!(await hasNoStatement(response.response.attestationObject))) return undefined;
    const { verifyRegistrationResponse } = await webauthn();
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: isOurs(db, 'register', accountId),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    });
    if (!verified.verified) return undefined;
    const { id, publicKey, counter } = verified.registrationInfo.credential;
    return { credential_id: id, public_key: Buffer.from(publicKey).toString('base64url'), counter, host: site.id };
  });
}

/** Whose passkey is asked for; nobody's in particular at the log-in. */
export type Asked =
  | { readonly purpose: 'login'; readonly accountId?: undefined }
  | { readonly purpose: 'second' | 'confirm'; readonly accountId: string };

export async function startAuthentication(
  db: Database,
  site: Site,
  { purpose, accountId }: Asked,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known = accountId === undefined ? [] : await listPasskeys(db.reader, accountId);
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({
    rpID: site.id,
    userVerification: 'required',
    allowCredentials: known.filter(({ host }) => host === site.id).map(({ credential_id: id }) => ({ id })),
    timeout: challengeMs,
  });
  await keepChallenge(db, options.challenge, purpose, accountId ?? null);
  return options;
}

/** Anybody may ask at the log-in; one address not for ever. */
export async function countLoginChallenge(
  db: Database,
  vault: Vault,
  address: string,
): Promise<{ readonly ok: true } | Paused> {
  const counted = await countAttempt(db, vault.hash('throttle', `passkey from ${address}`), loginRule);
  return counted.ok ? counted : { ok: false, reason: 'login-paused', until: counted.until };
}

export type Authenticated =
  { readonly ok: true; readonly accountId: string } | { readonly ok: false; readonly reason: 'wrong-passkey' };

/** A counter that has not grown is refused: somebody may have copied the passkey. */
export async function finishAuthentication(
  db: Database,
  site: Site,
  { purpose, accountId }: Asked,
  answer: string,
): Promise<Authenticated> {
  const wrong = { ok: false, reason: 'wrong-passkey' } as const;
  const response = parseAnswer(assertionSchema, answer);
  const passkey = response && (await findPasskey(db.reader, response.id));
  if (!passkey || (accountId !== undefined && passkey.account_id !== accountId)) return wrong;
  const info = await orRefused(async () => {
    const { verifyAuthenticationResponse } = await webauthn();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: isOurs(db, purpose, accountId ?? null),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credential_id,
        publicKey: Buffer.from(passkey.public_key, 'base64url'),
        counter: passkey.counter,
      },
    });
    return verified ? authenticationInfo : undefined;
  });
  if (!info) return wrong;
  const isCounted = await db.write(async (tx) =>
    countPasskeyUse(tx, passkey, { counter: info.newCounter, used_at: await db.now(tx) }),
  );
  return isCounted ? { ok: true, accountId: passkey.account_id } : wrong;
}
