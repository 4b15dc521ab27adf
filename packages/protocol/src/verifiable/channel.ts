// Private messages between members of a threshold group, carried by a server that can't read or change them: signed, then
// encrypted to the recipient (ElGamal KEM, AES-256-GCM). Specification: "Threshold key".

import type { CryptoKey } from 'jose';
import { type Bytes, parseUtf8, sha256Bytes, utf8 } from '../encoding/bytes.ts';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type Element, type Group, textOf } from './group.ts';
import { readObject } from './reading.ts';
import { randomScalar } from './scalar.ts';
import { blindedPower } from './share.ts';
import { encodeSignedMessage, isSigned, parseSignedMessage, signText } from './signed-message.ts';
import { parseStrictJson } from './strict-json.ts';

const ALGORITHM = 'AES-GCM';

/** Why a message can't be read: not of this form, not for this key, or not from the expected sender. */
export type ChannelProblem = 'message-malformed' | 'message-undecryptable' | 'message-recipient' | 'message-sender';

/** send(sk, ek, message) of the specification. */
export async function sendMessage(
  group: Group,
  o: { readonly signingKey: bigint; readonly recipient: Element; readonly message: string },
): Promise<string> {
  const recipient = textOf(group, o.recipient);
  const message = JSON.stringify({ recipient, message: o.message });
  const signed = encodeSignedMessage({ message, signature: signText(group, o.signingKey, message) });
  return encrypt(group, o.recipient, JSON.stringify(signed));
}

/** Decrypts a message, and takes it only from `sender` and only for us. */
export async function receiveMessage(
  group: Group,
  o: {
    readonly decryptionKey: bigint;
    readonly recipient: Element;
    readonly sender: Element;
    readonly sent: string;
  },
): Promise<{ readonly ok: true; readonly message: string } | { readonly ok: false; readonly reason: ChannelProblem }> {
  const text = await decrypt(group, o.decryptionKey, o.sent);
  if (!text.ok) return text;
  const parsed = parseStrictJson(text.message);
  const signed = parsed.ok ? parseSignedMessage(group, parsed.value, new Set()) : undefined;
  const inner = signed && parseStrictJson(signed.message);
  const shape = { what: 'channel_msg', members: ['recipient', 'message'] };
  const object = inner?.ok === true ? readObject(inner.value, shape, new Set()) : undefined;
  const message = object?.['message'];
  if (signed === undefined || typeof message !== 'string') return { ok: false, reason: 'message-malformed' };
  if (!isSigned(group, { key: o.sender, ...signed })) return { ok: false, reason: 'message-sender' };
  if (object!['recipient'] !== textOf(group, o.recipient)) return { ok: false, reason: 'message-recipient' };
  return { ok: true, message };
}

/** alpha = g^r, beta = ek^r·g^s; the key is the digest of g^s, the initialisation vector that of g^r. */
async function encrypt(group: Group, recipient: Element, text: string): Promise<string> {
  const [r, s] = [randomScalar(group), randomScalar(group)];
  const seed = group.power(group.generator, s);
  const alpha = group.power(group.generator, r);
  const beta = group.power(recipient, r).times(seed);
  const key = await importKey(group, seed, 'encrypt');
  const data = await crypto.subtle.encrypt(parameters(group, alpha), key, utf8(text));
  const [alphaText, betaText] = group.texts([alpha, beta]);
  return JSON.stringify({
    algorithm: ALGORITHM,
    alpha: alphaText,
    beta: betaText,
    data: bytesToHex(new Uint8Array(data)),
  });
}

async function decrypt(
  group: Group,
  decryptionKey: bigint,
  sent: string,
): Promise<{ readonly ok: true; readonly message: string } | { readonly ok: false; readonly reason: ChannelProblem }> {
  const parsed = parseStrictJson(sent);
  const shape = { what: 'encrypted_msg', members: ['algorithm', 'alpha', 'beta', 'data'] };
  const object = parsed.ok ? readObject(parsed.value, shape, new Set()) : undefined;
  const [alpha, beta] = [group.parse(object?.['alpha']), group.parse(object?.['beta'])];
  const data = parseHex(object?.['data']);
  if (object?.['algorithm'] !== ALGORITHM || alpha === undefined || beta === undefined || data === undefined) {
    return { ok: false, reason: 'message-malformed' };
  }
  const seed = beta.times(blindedPower(group, alpha, group.order - decryptionKey));
  try {
    const key = await importKey(group, seed, 'decrypt');
    const message = parseUtf8(new Uint8Array(await crypto.subtle.decrypt(parameters(group, alpha), key, data)));
    return message === undefined ? { ok: false, reason: 'message-malformed' } : { ok: true, message };
  } catch {
    return { ok: false, reason: 'message-undecryptable' };
  }
}

function importKey(group: Group, seed: Element, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', digestOf(group, 'key', seed), ALGORITHM, false, [usage]);
}

function parameters(group: Group, alpha: Element): { readonly name: 'AES-GCM'; readonly iv: Bytes } {
  return { name: ALGORITHM, iv: digestOf(group, 'iv', alpha) };
}

function digestOf(group: Group, prefix: string, element: Element): Bytes {
  return sha256Bytes(utf8(`${prefix}|${textOf(group, element)}`));
}

function parseHex(value: unknown): Bytes | undefined {
  return typeof value === 'string' && /^(?:[0-9a-f]{2})+$/.test(value) ? new Uint8Array(hexToBytes(value)) : undefined;
}
