import { expect, test } from 'vitest';
import { hashPassword, isPassword } from './passwords.ts';

const password = 'correct horse battery';

test('a hash is argon2id in the PHC string form, with a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword(password), hashPassword(password)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(two);
});

test('the right password is recognised, any other is not', async () => {
  const hash = await hashPassword(password);
  expect(await isPassword(password, hash)).toBe(true);
  for (const wrong of ['', 'correct horse batterY', `${password} `, password.slice(0, -1)])
    expect(await isPassword(wrong, hash)).toBe(false);
});

test('accents typed on another keyboard are the same password', async () => {
  const hash = await hashPassword('mot de passe d’été');
  expect(await isPassword('mot de passe d’été'.normalize('NFD'), hash)).toBe(true);
});

// RFC 9106 has no vector without secret and associated data; this one is of the reference implementation (phc-winner-argon2).
test('a hash made by the reference implementation is recognised', async () => {
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await isPassword('password', hash)).toBe(true);
  expect(await isPassword('differentpassword', hash)).toBe(false);
});

test.each([
  '',
  'password',
  '$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  '$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$',
  '$argon2id$v=19$m=19456,t=2$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc\n',
  '$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  '$argon2id$v=19$m=19456,t=2,p=1$YQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
])('nobody has the malformed hash %j', async (hash) => {
  expect(await isPassword('password', hash)).toBe(false);
});
