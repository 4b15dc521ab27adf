// A form's text fields. A field sent twice keeps its last value; a file where a text belongs is no text, and neither is
// what holds U+0000: PostgreSQL cannot even look for it.

import type { Request } from './deps.ts';

export async function readForm<Name extends string>(
  c: Request,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const body: Readonly<Record<string, unknown>> = await c.req.parseBody().catch(() => ({}));
  const value = (name: Name) => {
    const text = body[name];
    return typeof text === 'string' && !text.includes('\0') ? text : '';
  };
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, string>;
}

/** An uploaded file; a field left empty sends a file without name or bytes. */
export async function readFile(c: Request, name: string): Promise<File | undefined> {
  const body: Readonly<Record<string, unknown>> = await c.req.parseBody().catch(() => ({}));
  const file = body[name];
  return file instanceof File && file.size > 0 ? file : undefined;
}
