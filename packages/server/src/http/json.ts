// A JSON body, bounded and checked by a schema; anything else is a malformed request.

import type { z } from 'zod';
import type { Request } from './deps.ts';

export async function readJson<T>(c: Request, schema: z.ZodType<T>): Promise<T | undefined> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return undefined;
  const body = await c.req.json<unknown>().catch(() => undefined);
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}
