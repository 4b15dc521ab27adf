// A browser that talks to an app without a port: it keeps cookies, and says where its requests come from.

/** What answers: the app itself, or a server behind a port. */
export interface Answering {
  request(request: Request, init: undefined, env: object): Response | Promise<Response>;
}

type Headers = Readonly<Record<string, string>>;

export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Headers): Promise<Response>;
  head(path: string, headers?: Headers): Promise<Response>;
  /** A form of this site. */
  post(path: string, fields?: Readonly<Record<string, string>>, headers?: Headers): Promise<Response>;
  /** A form with a file in the field `file`. */
  upload(path: string, text: string, headers?: Headers): Promise<Response>;
  /** A program's request. */
  json(path: string, body: unknown, headers?: Headers): Promise<Response>;
  cast(voter: Access, ballot: unknown, headers?: Headers): Promise<Response>;
  send(method: string, path: string, init?: { headers?: Headers; body?: RequestInit['body'] }): Promise<Response>;
}

export interface Access {
  readonly link: string;
  readonly code: string;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
export const french = { 'Accept-Language': 'fr' } as const;

/** A browser on this base URL; `peer` is the address its connections come from. */
export function aVisitor(app: Answering, baseUrl: string, peer = '127.0.0.1'): Visitor {
  const cookies = new Map<string, string>();
  const send: Visitor['send'] = async (method, path, { headers = {}, body = null } = {}) => {
    const own = {
      ...(cookies.size > 0 && { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...(!safe.has(method) && { Origin: new URL(baseUrl).origin }),
    };
    const init = { method, headers: { ...own, ...headers }, body, ...(body instanceof ReadableStream && half) };
    const response = await app.request(new Request(baseUrl + path, init), undefined, { incoming: connection(peer) });
    keep(cookies, response);
    return response;
  };
  const json: Visitor['json'] = (path, body, headers) =>
    send('POST', path, { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return {
    cookies,
    send,
    json,
    get: (path, headers = {}) => send('GET', path, { headers }),
    head: (path, headers = {}) => send('HEAD', path, { headers }),
    post: (path, fields = {}, headers = {}) => send('POST', path, { headers, body: new URLSearchParams(fields) }),
    upload: (path, text, headers = {}) => {
      const body = new FormData();
      body.set('file', new File([text], 'voters.csv', { type: 'text/csv' }));
      return send('POST', path, { headers, body });
    },
    cast: ({ link, code }, ballot, headers) => json(`/api/vote/${link}`, { ballot, code }, headers),
  };
}

/** A body that never ends, and how many kB of it were asked for. */
export function anEndlessBody(): { readonly body: ReadableStream; readonly pulled: () => number } {
  let pulled = 0;
  const pull = (stream: ReadableStreamDefaultController) => {
    pulled++;
    stream.enqueue(new Uint8Array(1024).fill(65));
  };
  return { body: new ReadableStream({ pull }), pulled: () => pulled };
}

const half = { duplex: 'half' } as const;
const connection = (remoteAddress: string) => ({ socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } });

function keep(cookies: Map<string, string>, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
    if (/;\s*max-age=0/i.test(cookie)) cookies.delete(name);
    else cookies.set(name, value);
  }
}
