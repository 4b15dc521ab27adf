// Passwords with argon2id (RFC 9106), in the PHC string form, with OWASP's first choice of cost.

import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;
const cost = { memory: 19456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

export const passwordLength = { min: 12, max: 256 } as const;

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: password.normalize('NFKC'), nonce, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

const shape = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The bounds of RFC 9106 §3.1, and a ceiling: a stored hash never makes this machine work for minutes. */
const isDerivable = (stored: Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>) =>
  stored.parallelism >= 1 &&
  stored.parallelism <= 16 &&
  stored.passes >= 1 &&
  stored.passes <= 100 &&
  stored.memory >= 8 * stored.parallelism &&
  stored.memory <= 2 ** 20;

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = shape.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) return false;
  const [nonce, expected] = [Buffer.from(salt, 'base64'), Buffer.from(tag, 'base64')];
  const stored = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  if (!isDerivable(stored) || nonce.length < 8 || expected.length < 4) return false;
  const message = password.normalize('NFKC');
  const actual = await derive('argon2id', { message, nonce, tagLength: expected.length, ...stored });
  return timingSafeEqual(actual, expected);
}
