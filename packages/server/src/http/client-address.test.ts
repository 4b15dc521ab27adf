import { expect, test } from 'vitest';
import { networkOf, rightmostUntrusted, trustList } from './client-address.ts';

const trusted = trustList(['127.0.0.1', '10.0.0.0/8', 'fd00::/8', '::1']);

test.each([
  ['203.0.113.1', '', '203.0.113.1', 'nobody in between'],
  ['203.0.113.1', '198.51.100.1', '203.0.113.1', 'a stranger is not believed'],
  ['10.0.0.1', '198.51.100.1', '198.51.100.1', 'our proxy is'],
  ['10.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1', 'what the client wrote before is not'],
  ['10.0.0.1', '192.0.2.66, 198.51.100.1, 10.9.9.9', '198.51.100.1', 'a chain of our proxies is'],
  ['10.0.0.1', '10.0.0.2,10.0.0.3', '10.0.0.2', 'a client inside'],
  ['10.0.0.1', '', '10.0.0.1', 'a proxy that says nothing'],
  ['10.0.0.1', 'unknown', '10.0.0.1', 'a word is no address'],
  ['10.0.0.1', '198.51.100.1:4711', '198.51.100.1', 'a port is left out'],
  ['10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1', 'also of IPv6'],
  ['10.0.0.1', '[2001:db8::1', '10.0.0.1', 'half a bracket is no address'],
  ['10.0.0.1', '198.51.100.1, ,', '198.51.100.1', 'empty entries'],
  ['10.0.0.1', ', '.repeat(10_000), '10.0.0.1', 'many of them'],
  ['::ffff:10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1', 'IPv4 in the clothes of IPv6'],
  ['::1', '2001:db8::1', '2001:db8::1', 'IPv6'],
  ['fd12::1', '2001:db8::66, 2001:db8::1', '2001:db8::1', 'IPv6 through a range'],
  ['fe80::1%eth0', '198.51.100.1', 'fe80::1', 'a link-local address with its zone'],
  ['10.0.0.1', 'fe80::1%eth0', 'fe80::1', 'the same behind a proxy'],
])('from %s with "%s" the client is %s: %s', (peer, forwarded, expected) => {
  expect(rightmostUntrusted(peer, forwarded, trusted)).toBe(expected);
});

test('without trusted proxies nobody is believed', () => {
  expect(rightmostUntrusted('127.0.0.1', '198.51.100.1', trustList([]))).toBe('127.0.0.1');
});

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['2001:0db8:0001::', '2001:db8:1:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::198.51.100.7', '64:ff9b:0:0::/64'],
  ['fe80::1', 'fe80:0:0:0::/64'],
])('attempts from %s are counted for %s', (address, expected) => {
  expect(networkOf(address)).toBe(expected);
});
