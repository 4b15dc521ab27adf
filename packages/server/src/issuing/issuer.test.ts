// Links of whole rolls from threads: each voter's own, in their order, opened by the same secret; nothing stays behind.

import { expect, test } from 'vitest';
import { secret, vault } from '../../../../tests/support/elections.ts';
import { boundCode, type Issued } from '../domain/links.ts';
import { createIssuer } from './issuer.ts';

const now = 1_700_000_000_000;
const voters = (count: number) => Array.from({ length: count }, (_, n) => `voter ${n}`);

async function allOf(issued: AsyncGenerator<readonly Issued[]>): Promise<Issued[]> {
  const all: Issued[] = [];
  for await (const some of issued) all.push(...some);
  return all;
}

test.each([3, 1001])('of %d voters each gets a link, a key and a code of their own, in their order', async (count) => {
  const issued = await allOf(createIssuer(secret, vault, 2)(voters(count), now));
  expect(issued.map(({ link }) => link.voter_id)).toEqual(voters(count));
  expect(issued.map(({ code }) => code.voter_id)).toEqual(voters(count));
  expect(new Set(issued.flatMap(({ link, code }) => [link.link_hash, link.key_hash, code.code_hash])).size).toBe(
    3 * count,
  );
  for (const { link, code } of [issued[0]!, issued[count >> 1]!, issued[count - 1]!]) {
    const [address, key] = JSON.parse(await vault.open('link', link.voter_id, link.sealed)) as [string, string];
    expect(vault.isHash('link', address, link.link_hash) && vault.isHash('key', key, link.key_hash)).toBe(true);
    const digits = await vault.open('code', code.voter_id, code.sealed);
    expect(vault.isHash('code', boundCode(code.voter_id, digits), code.code_hash)).toBe(true);
    expect([link.issued_at, link.replaced_at]).toEqual([now, null]);
  }
});

test('whoever wants no more of them leaves no thread behind', async () => {
  let taken = 0;
  for await (const some of createIssuer(secret, vault, 2)(voters(5000), now)) {
    taken += some.length;
    if (taken >= 400) break;
  }
  expect(taken).toBe(400);
  expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toHaveLength(0);
});

test('a thread that breaks fails the whole, once', async () => {
  await expect(allOf(createIssuer(undefined as never, vault, 2)(voters(2000), now))).rejects.toThrow();
});
