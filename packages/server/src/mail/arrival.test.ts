// What the DNS says of a sender's domain, asked of a real DNS server on loopback.

import { expect, onTestFinished, test } from 'vitest';
import { aDnsServer, type Zone } from '../../../../tests/support/dns-server.ts';
import { providerOf } from '../domain/mail-providers.ts';
import { type ArrivalFinding, type ArrivalWish, checkArrival } from './arrival.ts';

const wish: ArrivalWish = {
  domain: 'example.org',
  server: 'mail.example.org',
  provider: undefined,
  selector: 'k1',
  contactEmail: 'claire@example.org',
};

async function findings(zone: Zone, more: Partial<ArrivalWish> = {}): Promise<readonly ArrivalFinding[]> {
  const server = await aDnsServer(zone);
  onTestFinished(() => server.close());
  return checkArrival(server.resolver, { ...wish, ...more });
}

const said = (found: readonly ArrivalFinding[]) => found.map(({ says, verdict }) => `${verdict} ${says}`);
const about = (found: readonly ArrivalFinding[], what: ArrivalFinding['about']) =>
  found.find((finding) => finding.about === what)!;

const key = `v=DKIM1; k=rsa; p=${'A'.repeat(392)}`; // longer than one piece of a TXT record

const whole: Zone = {
  txt: {
    'example.org': ['some-site-verification=1', 'v=spf1 include:spf.example.net ~all'],
    'k1._domainkey.example.org': [key],
    '_dmarc.example.org': ['v=DMARC1; p=quarantine'],
  },
  mx: {
    'example.org': [
      [20, 'second.example.org'],
      [10, 'first.example.org'],
    ],
  },
};

test('a domain with everything is good in all four', async () => {
  const found = await findings(whole);
  expect(said(found)).toEqual(['good spf-good', 'good dkim-good', 'good dmarc-good', 'good mx-good']);
  expect(about(found, 'mx').found).toBe('first.example.org, second.example.org');
});

test('a domain with nothing is told what to add', async () => {
  const found = await findings({});
  expect(said(found)).toEqual(['bad spf-missing', 'bad dkim-missing', 'warn dmarc-missing', 'bad mx-missing']);
  expect(about(found, 'spf').add).toEqual({
    name: 'example.org',
    type: 'TXT',
    value: 'v=spf1 a:mail.example.org ~all',
  });
  expect(about(found, 'dmarc').add).toEqual({
    name: '_dmarc.example.org',
    type: 'TXT',
    value: 'v=DMARC1; p=none; rua=mailto:claire@example.org',
  });
});

test('the provider must stand in SPF, itself or through another record', async () => {
  const provider = providerOf('smtp.gmail.com');
  const through = {
    'spf.example.net': ['v=spf1 redirect=deep.example.net'],
    'deep.example.net': ['v=spf1 include:_spf.google.com -all'],
  };
  const included = await findings({ ...whole, txt: { ...whole.txt, ...through } }, { provider });
  expect(about(included, 'spf').says).toBe('spf-good');
  const missing = await findings(
    { ...whole, txt: { ...whole.txt, 'spf.example.net': ['v=spf1 ip4:192.0.2.1 -all'] } },
    { provider },
  );
  expect(about(missing, 'spf')).toMatchObject({
    verdict: 'bad',
    says: 'spf-not-provider',
    add: { value: 'v=spf1 include:_spf.google.com include:spf.example.net ~all' },
  });
});

test('records that include each other come to an end', async () => {
  const circle = {
    'spf.example.net': ['v=spf1 include:other.example.net -all'],
    'other.example.net': ['v=spf1 include:spf.example.net -all'],
  };
  const found = await findings(
    { ...whole, txt: { ...whole.txt, ...circle } },
    { provider: providerOf('smtp.gmail.com') },
  );
  expect(about(found, 'spf').says).toBe('spf-not-provider');
});

test.each([
  ['two SPF records', { 'example.org': ['v=spf1 a -all', 'v=spf1 mx -all'] }, 'spf', 'bad spf-several'],
  ['SPF for everybody', { 'example.org': ['v=spf1 a +all'] }, 'spf', 'bad spf-anyone'],
  ['SPF for everybody, shortly', { 'example.org': ['v=spf1 all'] }, 'spf', 'bad spf-anyone'],
  ['what only looks like SPF', { 'example.org': ['v=spf10 a -all'] }, 'spf', 'bad spf-missing'],
  ['a withdrawn key', { 'k1._domainkey.example.org': ['v=DKIM1; p='] }, 'dkim', 'bad dkim-revoked'],
  ['two policies', { '_dmarc.example.org': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }, 'dmarc', 'bad dmarc-several'],
] as const)('%s', async (_, txt, what, expected) => {
  const found = about(await findings({ ...whole, txt: { ...whole.txt, ...txt } }), what);
  expect(`${found.verdict} ${found.says}`).toBe(expected);
});

test('a domain that says it takes no mail', async () => {
  const found = await findings({ ...whole, mx: { 'example.org': [[0, '']] } });
  expect(about(found, 'mx').says).toBe('mx-refuses');
});

test('the policy of the domain above counts', async () => {
  const found = await findings(whole, { domain: 'votes.example.org' });
  expect(about(found, 'dmarc').says).toBe('dmarc-good');
});

test('without a selector those of the provider are tried; without a provider nobody can know', async () => {
  const txt = { ...whole.txt, 'selector2._domainkey.example.org': [key] };
  const known = await findings({ ...whole, txt }, { selector: '', provider: providerOf('smtp.office365.com') });
  expect(about(known, 'dkim')).toMatchObject({ says: 'dkim-good', found: 'selector2._domainkey.example.org' });
  expect(about(await findings(whole, { selector: '' }), 'dkim')).toMatchObject({
    verdict: 'warn',
    says: 'dkim-unknown',
  });
});

test('a DNS that fails is no verdict on the domain', async () => {
  const found = await findings({
    ...whole,
    failing: ['example.org', 'k1._domainkey.example.org', '_dmarc.example.org'],
  });
  expect(said(found)).toEqual(Array.from({ length: 4 }, () => 'warn unanswered'));
});
