// What Google may answer and what becomes of it: refusals, nonsense, floods, silence, and texts that strangers typed.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ask, isSafeAddress, saidBy, Unanswered } from './asking.ts';
import { createGoogle } from './google.ts';
import { googleEndpoints } from './google-endpoints.ts';

type Reply = { readonly status?: number; readonly body?: unknown; readonly text?: string; readonly never?: boolean };

/** A Google that gives this answer to everything, and where it is. */
async function answering({ status = 200, body, text, never = false }: Reply) {
  const server = createServer((_, response) => {
    if (never) return;
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text ?? JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function searched(reply: Reply) {
  const at = await answering(reply);
  return createGoogle({ ...googleEndpoints, people: at, admin: at }).search('token', 'alice');
}

const newer = (reason: string) => ({ error: { code: 403, message: 'No.', details: [{ reason }] } });
const older = (reason: string) => ({ error: { code: 403, message: 'No.', errors: [{ domain: 'global', reason }] } });

const refusals: readonly (readonly [string, Reply, string])[] = [
  ['401', { status: 401, body: {} }, 'unauthorised'],
  ['403 and nothing else', { status: 403, body: {} }, 'not-allowed'],
  ['a disabled API', { status: 403, body: newer('SERVICE_DISABLED') }, 'api-off'],
  ['a disabled API, older', { status: 403, body: older('accessNotConfigured') }, 'api-off'],
  ['a missing scope', { status: 403, body: newer('ACCESS_TOKEN_SCOPE_INSUFFICIENT') }, 'scope-missing'],
  ['a quota as 403', { status: 403, body: older('userRateLimitExceeded') }, 'too-many'],
  ['429', { status: 429, body: {} }, 'too-many'],
  ['500', { status: 500, text: 'oops' }, 'unavailable'],
  ['400', { status: 400, body: {} }, 'unexpected'],
  ['a redirect', { status: 302, body: {} }, 'unexpected'],
  ['no JSON', { text: '<html>' }, 'unexpected'],
  ['another shape', { body: { people: 'all of them' } }, 'unexpected'],
  ['a flood', { text: JSON.stringify({ people: [], more: 'x'.repeat(3_000_000) }) }, 'unexpected'],
];

test.each(refusals)('%s has its cause', async (_what, reply, cause) => {
  expect(await searched(reply)).toMatchObject({ ok: false, cause });
});

test('a server that stays silent is not waited for, one that is not there is told', async () => {
  const silent = await answering({ never: true });
  await expect(ask(silent, {}, 50)).rejects.toMatchObject({ failure: 'too-slow' });
  await expect(ask('http://127.0.0.1:9')).rejects.toMatchObject({ failure: 'unreachable' });
});

test('secrets go to https, and to the machine itself for tests; Google’s own addresses are all https', async () => {
  for (const address of [
    'http://accounts.google.com',
    'http://localhost.evil.example',
    'ftp://localhost',
    'file:///etc',
  ])
    expect([address, isSafeAddress(address)]).toEqual([address, false]);
  await expect(ask('http://169.254.169.254/')).rejects.toThrow(Unanswered);
  expect(Object.values(googleEndpoints).every((address) => address.startsWith('https://'))).toBe(true);
  expect(() => createGoogle({ ...googleEndpoints, token: 'http://oauth2.googleapis.com/token' })).toThrow();
});

const person = (names: object, value: unknown = 'a@example.org') => ({
  people: [{ names: [names], emailAddresses: [{ value }], organizations: [{ title: 'T', department: 'D' }] }],
});
const first = async (body: object) => {
  const found = await searched({ body });
  return found.ok ? found.value.people[0] : found;
};

test('names are one line of letters as a roll can hold them, addresses are addresses', async () => {
  const told = { familyName: ` Le\n\tGrand  ${'x'.repeat(300)}`, givenName: 'A\u0301ine' };
  const { lastName, firstName } = (await first(person(told))) as { lastName: string; firstName: string };
  expect([lastName.length, lastName.startsWith('Le Grand x'), firstName]).toEqual([120, true, 'Áine']);
  expect(await first(person({ familyName: 'gnihtoN\u202e', givenName: 'A' }))).toMatchObject({ lastName: '' });
  for (const value of ['no address', '', 7, 'a@b', `${'a'.repeat(300)}@example.org`, '"><script>@example.org'])
    expect([value, await first(person({ givenName: 'A' }, value))]).toEqual([value, undefined]);
  expect(await first({ people: [{}] })).toBeUndefined();
  expect(await first({})).toBeUndefined();
});

test('a name that is told as a whole is split, and where there is none the address is left', async () => {
  expect(await first(person({ displayName: 'Marie Anne Curie' }))).toMatchObject({
    lastName: 'Curie',
    firstName: 'Marie Anne',
    about: 'T, D',
  });
  expect(await first(person({ displayName: 'Reception' }))).toMatchObject({ lastName: 'Reception', firstName: '' });
  expect(await first(person({}))).toMatchObject({ lastName: '', firstName: '', email: 'a@example.org' });
});

test('a stranger’s words become one short line', () => {
  expect(saidBy('a\u0000b\nc\u202ed')).toBe('a b c d');
  expect(saidBy('x'.repeat(5000))).toHaveLength(200);
  expect(saidBy({ text: 'no text' })).toBe('');
});
