// What set-up asked: who runs the elections, in which language, zone and under which address.

import { z } from 'zod';
import type { Database, Reader } from '../storage/database.ts';
import { findSetting, keepSetting, saveSetting } from '../storage/settings.ts';
import { nameOf } from './text.ts';
import { isZone } from './wall-clock.ts';

/**
 * An http(s) address without query, fragment or trailing slash; the seed's VOTING_URL ends with /vote, ours does not.
 * Its path is the path of our cookies, so it holds plain characters only.
 */
export const baseUrlSchema = z
  .string()
  .trim()
  .transform((text) => text.replace(/\/+$/, '').replace(/\/vote$/, ''))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'base-url')
  .refine((text) => !URL.canParse(text) || /^[\w\-.~/]*$/.test(new URL(text).pathname), 'base-url')
  .transform((text) => {
    const { origin, pathname } = new URL(text);
    return origin + pathname.replace(/\/+$/, '');
  });

export const organisationSchema = z.strictObject({
  organisation: nameOf(120),
  contactName: nameOf(120),
  contactEmail: z.email().max(254),
  retentionDays: z.coerce.number().pipe(z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365)])),
  language: z.enum(['en', 'fr']),
  zone: z.string().refine(isZone, 'zone'),
  baseUrl: baseUrlSchema,
});

export type Organisation = Readonly<z.infer<typeof organisationSchema>>;

const name = 'organisation';

/** Undefined until the instance is set up. */
export async function readOrganisation(db: Reader): Promise<Organisation | undefined> {
  const value = await findSetting(db, name);
  return value === undefined ? undefined : organisationSchema.parse(JSON.parse(value));
}

export const saveOrganisation = (tx: Parameters<typeof saveSetting>[0], organisation: Organisation): Promise<void> =>
  saveSetting(tx, name, JSON.stringify(organisation));

/** Browsers have cryptography only on https and on the machine itself. */
export function isSecureBase(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** The stored check value of the secret; undefined in a new database. Another secret cannot open what this one sealed. */
export async function checkSecret(db: Database, checkValue: string): Promise<{ ok: boolean }> {
  return db.write(async (tx) => ({ ok: (await keepSetting(tx, 'secret-check', checkValue)) === checkValue }));
}
