// A question to one of Google's APIs, and what its refusals mean. Newer APIs give a reason in `details`, older ones in
// `errors`. https://google.aip.dev/193, https://developers.google.com/workspace/admin/directory/v1/limits

import { z } from 'zod';
import type { DirectoryCause } from '../domain/directory-people.ts';
import { ask, saidBy, Unanswered } from './asking.ts';
import type { Found } from './provider.ts';

const refusalSchema = z.object({
  error: z.object({
    message: z.unknown().optional(),
    details: z.array(z.object({ reason: z.string() }).partial()).optional(),
    errors: z.array(z.object({ reason: z.string() }).partial()).optional(),
  }),
});

const reasons: Readonly<Partial<Record<string, DirectoryCause>>> = {
  SERVICE_DISABLED: 'api-off',
  accessNotConfigured: 'api-off',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'scope-missing',
  insufficientPermissions: 'scope-missing',
  RATE_LIMIT_EXCEEDED: 'too-many',
  rateLimitExceeded: 'too-many',
  userRateLimitExceeded: 'too-many',
  quotaExceeded: 'too-many',
};

export async function askApi<T>(access: string, address: URL, schema: z.ZodType<T>): Promise<Found<T>> {
  try {
    const headers = { Authorization: `Bearer ${access}`, Accept: 'application/json' };
    const answer = await ask(address.href, { headers });
    const body: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) return { ok: false, ...refusalOf(answer.status, body) };
    const parsed = schema.safeParse(body);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, cause: 'unexpected', said: '' };
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return { ok: false, cause: error.failure, said: error.said };
  }
}

function refusalOf(status: number, body: unknown) {
  const told = refusalSchema.safeParse(body).data?.error;
  const reason = [...(told?.details ?? []), ...(told?.errors ?? [])].find((found) => found.reason)?.reason ?? '';
  const said = saidBy(told?.message);
  if (status === 401) return { cause: 'unauthorised' as const, said };
  if (status === 403) return { cause: reasons[reason] ?? ('not-allowed' as const), said };
  return { cause: 'unexpected' as const, said };
}
