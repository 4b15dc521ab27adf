import { expect, test } from 'vitest';
import { openVault } from './vault.ts';

const vault = openVault('one secret of thirty-two characters');
const other = openVault('two secret of thirty-two characters');

test('what was sealed is opened by the same secret, for the same purpose and owner', async () => {
  const sealed = await vault.seal('link', 'alice', 'a value, with é');
  expect(await vault.open('link', 'alice', sealed)).toBe('a value, with é');
  expect(await openVault('one secret of thirty-two characters').open('link', 'alice', sealed)).toBe('a value, with é');
  expect(sealed).not.toContain('value');
});

test('two seals of one value have nothing in common but their header', async () => {
  const [one, two] = [await vault.seal('code', 'alice', '1234'), await vault.seal('code', 'alice', '1234')];
  expect(one).not.toBe(two);
});

test('another secret, another purpose and another owner open nothing', async () => {
  const sealed = await vault.seal('link', 'alice', 'value');
  await expect(other.open('link', 'alice', sealed)).rejects.toThrow();
  await expect(vault.open('code', 'alice', sealed)).rejects.toThrow();
  await expect(vault.open('link', 'bob', sealed)).rejects.toThrow('belongs to another row');
});

test('a sealed value with one character changed opens nothing', async () => {
  const sealed = await vault.seal('link', 'alice', 'value');
  const parts = sealed.split('.');
  for (const index of [0, 2, 3, 4]) {
    const part = parts[index]!;
    const flipped = (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    const changed = parts.with(index, flipped).join('.');
    await expect(vault.open('link', 'alice', changed)).rejects.toThrow();
  }
  for (const text of ['', 'a.b.c', `${sealed}.x`]) await expect(vault.open('link', 'alice', text)).rejects.toThrow();
});

test('a hash depends on the secret and on the purpose', () => {
  const hash = vault.hash('link', 'value');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(vault.hash('link', 'value')).toBe(hash);
  expect(new Set([hash, vault.hash('code', 'value'), other.hash('link', 'value'), vault.hash('link', 'x')]).size).toBe(
    4,
  );
  expect(vault.isHash('link', 'value', hash)).toBe(true);
  for (const wrong of ['', hash.slice(1), hash.toUpperCase(), vault.hash('key', 'value')])
    expect(vault.isHash('link', 'value', wrong)).toBe(false);
});

test('what is derived is the same again, and another one for another secret, purpose, owner and salt', () => {
  const derived = vault.derive('link', 'alice', 'salt');
  expect(derived).toHaveLength(32);
  expect(openVault('one secret of thirty-two characters').derive('link', 'alice', 'salt')).toEqual(derived);
  const all = [
    derived,
    other.derive('link', 'alice', 'salt'),
    vault.derive('code', 'alice', 'salt'),
    vault.derive('link', 'bob', 'salt'),
    vault.derive('link', 'alice', 'pepper'),
  ].map((bytes) => Buffer.from(bytes).toString('hex'));
  expect(new Set(all).size).toBe(all.length);
});
