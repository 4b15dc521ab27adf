// A share as it is handed over, with one thing wrong each time.

import { expect, test } from 'vitest';
import { makeShare } from './decrypt.ts';
import { ed25519Group } from './ed25519.ts';
import { receiveShare } from './received-share.ts';
import { YES_OR_NO, aBoard } from './sample-board.ts';
import { randomScalar } from './scalar.ts';
import { encodeShare } from './share.ts';
import { encodeSignedTally } from './sign-tally.ts';
import { shareOwners } from './trustees.ts';
import { trusteeKeyOf } from './trustee-key.ts';

const board = await aBoard({
  group: ed25519Group,
  questions: [YES_OR_NO],
  singles: 2,
  weights: [1, 1],
  votes: [{ voter: 0, choices: [[0]] }],
});
const { context, items, secrets, tally } = board;
const [election, hash] = [context.fingerprint, 'a'.repeat(64)];

function handedOver(change: Readonly<Record<string, unknown>> = {}, x = secrets.at(0)!): string {
  const made = makeShare(context, { tally: tally.encrypted, x, key: shareOwners(items).at(0)!.key });
  const head = { hash: 'b'.repeat(64), height: 3 };
  const share = encodeShare(context.group, made.share);
  const signed = { owner: 1, election, tally: hash, head, share, strict: made.strict };
  return JSON.stringify({ ...(JSON.parse(encodeSignedTally(signed)) as object), ...change });
}

const receive = (text: string, owner = 1) =>
  receiveShare(context, { handedOver: text, owner, trustees: items, tally: tally.encrypted, hash });

test('a share with both proofs is taken, also with white space around it', () => {
  const received = receive(` ${handedOver()}\n`);
  expect(received).toMatchObject({ ok: true, strict: { owner: 1 } });
});

const strictOf = (text: string) => (JSON.parse(text) as { readonly strict: unknown }).strict;
const other = makeShare(context, {
  tally: tally.encrypted,
  x: secrets.at(0)!,
  key: shareOwners(items).at(0)!.key,
});

for (const [name, text, reason] of [
  ['no JSON', 'x', 'share-malformed'],
  ['a member too many', handedOver({ more: 1 }), 'share-malformed'],
  ['a share that is none', handedOver({ share: '{}' }), 'share-malformed'],
  ['strict proofs that are none', handedOver({ strict: { owner: 1, proofs: [] } }), 'share-malformed'],
  ['of another election', handedOver({ election: 'x'.repeat(43) }), 'share-other-election'],
  ['of another tally', handedOver({ tally: 'c'.repeat(64) }), 'share-other-tally'],
  ['under another number', handedOver({ owner: 2 }), 'share-other-trustee'],
  ['made with another secret', handedOver({}, randomScalar(context.group)), 'share-proof'],
  ['made with the key of another trustee', handedOver({}, secrets.at(1)), 'share-proof'],
  [
    'its strict proofs of another secret',
    handedOver({ strict: strictOf(handedOver({}, secrets.at(1))) }),
    'share-strict-proof',
  ],
  [
    'its own proofs in place of the strict ones',
    handedOver({
      strict: {
        owner: 1,
        proofs: other.share.proofs.map((list) =>
          list.map(({ challenge, response }) => ({ challenge: String(challenge), response: String(response) })),
        ),
      },
    }),
    'share-strict-proof',
  ],
] as const) {
  test(`refused: ${name}`, () => {
    expect(receive(text)).toEqual({ ok: false, reason });
  });
}

test('the share of one trustee is refused from another', () => {
  expect(receive(handedOver(), 2)).toEqual({ ok: false, reason: 'share-other-trustee' });
  expect(receive(handedOver(), 3)).toEqual({ ok: false, reason: 'share-other-trustee' });
  expect(trusteeKeyOf(context.group, secrets.at(1)!).publicKey).toBe(shareOwners(items).at(1)!.key.publicKey);
});
