// A JSON body, bounded and checked by a schema; anything else is a malformed request. So is one that holds U+0000: PostgreSQL cannot
// even look for it.

import type { z } from 'zod';
import type { Request } from './deps.ts';

export async function readJson<T>(c: Request, schema: z.ZodType<T>): Promise<T | undefined> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return undefined;
  const parsed = schema.safeParse(parse(await c.req.text()));
  return parsed.success ? parsed.data : undefined;
}

function parse(text: string): unknown {
  if (text.includes('\\u0000')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
