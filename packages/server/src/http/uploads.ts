// A file that somebody sends with a form, while it comes: nothing holds it whole.

import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from './deps.ts';

/** The form ended, or was cut off, in the middle of its file. */
export class CutOff extends Error {}

/**
 * The first file of the form; undefined where none was chosen, or this is no form. One that does not come whole throws `CutOff`
 * to whoever reads it.
 */
export async function uploadedFile(c: Request): Promise<AsyncIterable<Uint8Array> | undefined> {
  const form = formOf(c.req.header('content-type'));
  if (!form || !c.req.raw.body) return undefined;
  const found = Promise.withResolvers<Readable | undefined>();
  let file: Readable | undefined;
  const end = (error: Error): void => {
    file?.destroy(error);
    found.resolve(undefined);
  };
  form.on('file', (_, stream, name) => {
    if (file !== undefined || name === '') return void stream.on('error', () => undefined).resume();
    file = stream;
    stream.on('error', end); // before anybody reads it: else an error would end the process
    stream.once('close', () => stream.readableEnded || form.destroy()); // whoever read it wants no more
    found.resolve(stream);
  });
  pipeline(Readable.from(c.req.raw.body), form).then(() => found.resolve(undefined), end);
  const first = await found.promise;
  return first && whole(first);
}

async function* whole(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* file;
  } catch (cause) {
    throw new CutOff('An upload was cut off.', { cause });
  }
}

function formOf(type = ''): BusboyInstance | undefined {
  try {
    return type.startsWith('multipart/form-data') ? new Busboy({ headers: { 'content-type': type } }) : undefined;
  } catch {
    return undefined; // it does not say where its parts end
  }
}
