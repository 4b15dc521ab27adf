// Requests as anybody can send them: from any address of this machine, with any header, over HTTP/1.1 or HTTP/2. fetch allows
// none of that.
import { once } from 'node:events';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { connect } from 'node:http2';
import { request as secureRequest } from 'node:https';

export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** One of 127.0.0.0/8: whom the server sees. */
  readonly from?: string;
}

/** Any certificate will do. */
export function ask(url: string, { method = 'GET', headers = {}, body, from }: Asked = {}): Promise<PlainAnswer> {
  const { protocol, port, pathname, search } = new URL(url);
  const send = protocol === 'https:' ? secureRequest : plainRequest;
  const host = {
    Host: new URL(url).host,
    ...(body !== undefined && { 'Content-Length': `${Buffer.byteLength(body)}` }),
  };
  const place = { host: '127.0.0.1', servername: 'localhost', port, path: pathname + search, agent: false as const };
  const options = { ...place, method, headers: { ...host, ...headers }, rejectUnauthorized: false, localAddress: from };
  return new Promise((resolve, reject) => {
    const asking = send(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.once('error', reject);
    });
    // an answer may come before the whole body was sent
    asking.on('error', (error: NodeJS.ErrnoException) => error.code !== 'EPIPE' && reject(error));
    asking.end(body);
  });
}

/** The events of a stream, each as soon as it is whole: a proxy may pass one on in pieces. */
export function eventsOf(url: string): AsyncGenerator<string> {
  const { protocol, port, pathname } = new URL(url);
  const send = protocol === 'https:' ? secureRequest : plainRequest;
  const events = async function* () {
    const asking = send({
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      path: pathname,
      rejectUnauthorized: false,
      agent: false,
    });
    asking.setHeader('Host', new URL(url).host);
    asking.end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    let text = '';
    for await (const piece of answer.setEncoding('utf8')) {
      const parts = (text + String(piece)).split('\n\n');
      text = parts.pop() ?? '';
      yield* parts;
    }
  };
  return events();
}

/** The status over HTTP/2. */
export async function statusOverHttp2(url: string): Promise<number> {
  const session = connect(url, { rejectUnauthorized: false, ALPNProtocols: ['h2'] });
  try {
    return await new Promise((resolve, reject) => {
      session.once('error', reject);
      const asking = session.request({ ':path': new URL(url).pathname });
      asking.once('response', (headers) => resolve(Number(headers[':status'])));
      asking.once('error', reject);
    });
  } finally {
    session.destroy();
  }
}
