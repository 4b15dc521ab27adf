// A real DNS server on loopback (RFC 1035) for the names that a test gives it: TXT and MX, NXDOMAIN for what it does not know,
// SERVFAIL for what shall fail.

import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { Resolver } from 'node:dns/promises';

export interface Zone {
  readonly txt?: Readonly<Record<string, readonly string[]>>;
  readonly mx?: Readonly<Record<string, readonly (readonly [priority: number, exchange: string])[]>>;
  readonly failing?: readonly string[];
}

const types = { mx: 15, txt: 16 } as const;

export async function aDnsServer(zone: Zone): Promise<{ readonly resolver: Resolver; close(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (query: Buffer, { port, address }: RemoteInfo) => {
    socket.send(answer(query, zone), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return { resolver, close: () => socket.close() };
}

/** §4.1.2: labels with their lengths, then type and class. */
function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

const encodedName = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);

/** §3.3.14: pieces of at most 255 bytes. */
const textData = (text: string): Buffer =>
  Buffer.concat(
    (text.match(/.{1,255}/gs) ?? ['']).map((piece) =>
      Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece, 'latin1')]),
    ),
  );

const mailData = ([priority, exchange]: readonly [number, string]): Buffer =>
  Buffer.concat([Buffer.from([priority >> 8, priority & 255]), encodedName(exchange)]);

function answer(query: Buffer, { txt = {}, mx = {}, failing = [] }: Zone): Buffer {
  const { name, type, end } = questionOf(query);
  const data =
    type === types.txt ? (txt[name] ?? []).map(textData) : type === types.mx ? (mx[name] ?? []).map(mailData) : [];
  const isKnown = name in txt || name in mx;
  const code = failing.includes(name) ? 2 : isKnown ? 0 : 3;
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(data.length, 6);
  head.writeUInt32BE(0, 8);
  const records = data.map((bytes) => {
    const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, bytes.length >> 8, bytes.length & 255]);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([head, query.subarray(12, end), ...records]);
}
