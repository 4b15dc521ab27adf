import { expect, test } from 'vitest';
import { anApp, metricsToken, oneDatabase } from '../../../../../tests/support/app.ts';

const bench = oneDatabase();

test.each([
  ['none', undefined],
  ['empty', ''],
  ['of another kind', `Basic ${metricsToken}`],
  ['without its kind', metricsToken],
  ['cut', `Bearer ${metricsToken.slice(0, -1)}`],
  ['longer', `Bearer ${metricsToken}a`],
  ['in capitals', `Bearer ${metricsToken.toUpperCase()}`],
  ['of "undefined"', 'Bearer undefined'],
])('a token that is %s gets 401 and no numbers', async (_what, authorization) => {
  const at = await anApp({ bench: bench() });
  const answer = await at
    .visitor()
    .get('/metrics', authorization === undefined ? {} : { Authorization: authorization });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="metrics"']);
  expect(await answer.text()).not.toContain('votix_');
});

test('the token is no cookie, no part of an address and no account', async () => {
  const at = await anApp({ bench: bench() });
  const admin = await at.admin();
  for (const path of ['/metrics', `/metrics?token=${metricsToken}`]) expect((await admin.get(path)).status).toBe(401);
});

test('the right one gets the text that Prometheus reads, kept by nobody', async () => {
  const at = await anApp({ bench: bench() });
  const answer = await at.visitor().get('/metrics', { Authorization: `bearer ${metricsToken}` });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(await answer.text()).toMatch(
    /^# HELP votix_info The software\.\n# TYPE votix_info gauge\nvotix_info\{version=/m,
  );
  expect(at.log()).not.toContain(metricsToken);
});

test('without the setting there is no such page, with whatever token', async () => {
  const at = await anApp({ bench: bench(), withoutMetrics: true });
  const asked = await at.visitor().get('/metrics', { Authorization: 'Bearer undefined' });
  const unknown = await at.visitor().get('/nowhere');
  expect([asked.status, (await asked.text()).replaceAll('/metrics', '/nowhere')]).toEqual([404, await unknown.text()]);
});
