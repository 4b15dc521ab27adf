// A browser's part of HTTP: its origin, its cookies, forms and JSON, and the data block that a page holds for its program.

export interface Visitor {
  readonly page: (path: string) => Promise<string>;
  readonly bytes: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly form: (path: string, fields: Readonly<Record<string, string>>) => Promise<void>;
  readonly json: (path: string, body: unknown) => Promise<unknown>;
}

type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

export function visit(baseUrl: string): Visitor {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: Init, expected: readonly number[]): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { origin: baseUrl, 'sec-fetch-site': 'same-origin', ...init.headers, ...(cookie && { cookie }) };
    const answer = await fetch(new URL(path, baseUrl), { ...init, headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split('=');
      cookies.set(name, value);
    }
    if (expected.includes(answer.status)) return answer;
    throw new Error(
      `${init.method ?? 'GET'} ${path} was answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
    );
  };
  return {
    page: async (path) => (await send(path, {}, [200])).text(),
    bytes: async (path) => new Uint8Array(await (await send(path, {}, [200])).arrayBuffer()),
    form: async (path, fields) => {
      const answer = await send(path, { method: 'POST', body: new URLSearchParams(fields) }, [303]);
      await answer.arrayBuffer();
    },
    json: async (path, body) => {
      const headers = { 'content-type': 'application/json' };
      return (await send(path, { method: 'POST', headers, body: JSON.stringify(body) }, [200])).json();
    },
  };
}

/** What the server wrote into a page for the program that runs in it. */
export function dataOf(page: string, id: string): unknown {
  const block = new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, 's').exec(page)?.[1];
  if (block === undefined) throw new Error(`The page holds no data for its program (${id}).`);
  return JSON.parse(block) as unknown;
}
