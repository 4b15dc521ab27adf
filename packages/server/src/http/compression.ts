// What travels compressed: files of the bundle, and pages that everybody or the holder of a link may open. Never a page
// behind a login: the length of a compressed answer tells what it has in common with what a stranger wrote into the request
// (docs/decisions/038-compressed-answers.md).

import type { MiddlewareHandler } from 'hono';
import { accepts } from 'hono/accepts';
import { compress } from 'hono/compress';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Env, Request } from './deps.ts';

export type Encoding = 'br' | 'gzip' | 'identity';
export type Encoded = Readonly<Record<Encoding, Uint8Array<ArrayBuffer>>>;

/** As small as it gets: it takes a moment, and is done once for each file. */
export async function encode(bytes: Uint8Array<ArrayBuffer>): Promise<Encoded> {
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  return { br: new Uint8Array(br), gzip: new Uint8Array(zipped), identity: bytes };
}

/** The smallest that this browser reads, whatever order it names them in. */
export const encodingFor = (c: Request): Encoding =>
  accepts(c, {
    header: 'Accept-Encoding',
    supports: ['br', 'gzip'],
    default: 'identity',
    match: (accepted, { supports, default: plain }) =>
      supports.find((name) => accepted.some(({ type, q }) => type === name && q > 0)) ?? plain,
  }) as Encoding;

const zip = compress({ encoding: 'gzip', contentTypeFilter: /^text\/html/ });
const open = [/^\/$/, /^\/vote(?:\/[^/]+)?$/, /^\/elections\/[^/]+$/, /^\/(?:verify|privacy|accessibility)$/];

/** Reading only: what a form brings back repeats what was typed into it. */
export function compressedPages(): MiddlewareHandler<Env> {
  return (c, next) => (c.req.method === 'GET' && open.some((path) => path.test(c.req.path)) ? zip(c, next) : next());
}
