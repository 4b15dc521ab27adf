// Who asks: the rightmost address of X-Forwarded-For that no trusted proxy of ours wrote, or the connection's own.

import { getConnInfo } from '@hono/node-server/conninfo';
import { BlockList, isIP } from 'node:net';
import type { Request } from './deps.ts';

type Family = 'ipv4' | 'ipv6';
const family = (address: string): Family => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
/** Without the port that some proxies write, the IPv6 form of an IPv4 address, and the zone of a link-local one. */
const plain = (address: string): string =>
  address
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '');

export function trustList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return list;
}

export function rightmostUntrusted(peer: string, forwarded: string, trusted: BlockList): string {
  const hops = forwarded.split(',').map(plain).filter(Boolean);
  for (let address = plain(peer); ;) {
    const next = hops.at(-1);
    if (next === undefined || isIP(next) === 0 || !trusted.check(address, family(address))) return address;
    address = next;
    hops.pop();
  }
}

/** Requests that tests hand to the app without a port have no connection. */
const peerOf = (c: Request): string => {
  const hasConnection = 'incoming' in Object(c.env);
  return (hasConnection ? getConnInfo(c).remote.address : undefined) ?? '127.0.0.1';
};

/** Whether the connection itself comes from a proxy of ours. */
export const isFromTrusted = (c: Request, trusted: BlockList): boolean => {
  const peer = plain(peerOf(c));
  return trusted.check(peer, family(peer));
};

/** Whom attempts are counted for: an IPv4 address, or the /64 that one subscriber of IPv6 is given. */
export const clientNetwork = (c: Request, trusted: BlockList): string =>
  networkOf(rightmostUntrusted(peerOf(c), c.req.header('x-forwarded-for') ?? '', trusted));

export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail ?? '')];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
