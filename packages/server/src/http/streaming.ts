// An answer that is given as it is read: a slice is read once the one before was taken, and who goes away ends the reading. When
// the reading fails half-way the connection is cut, so that nobody takes half a file for the whole.

import type { Deps, Request } from './deps.ts';

type Slices = AsyncGenerator<string | Uint8Array<ArrayBuffer>>;

/** What fails before the first slice is refused as any other request. */
export async function streamed(deps: Deps, c: Request, slices: Slices): Promise<Response> {
  let next: ReturnType<Slices['next']> | undefined = Promise.resolve(await slices.next());
  if (c.req.method === 'HEAD') {
    await slices.return(undefined);
    return c.body(null);
  }
  const encoder = new TextEncoder();
  const read = () => slices.next();
  return c.body(
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: async (controller) => {
        try {
          const { done, value } = await (next ?? read());
          next = undefined;
          if (done === true) controller.close();
          else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
        } catch (error) {
          deps.log.error({ id: c.get('requestId'), error: (error as Error).stack }, 'A file broke off.');
          controller.error(new Error('The file broke off.')); // without a word of the reason
        }
      },
      cancel: async () => void (await slices.return(undefined)),
    }),
  );
}
