// How the text of a setting is read, whether it stands in the environment or was typed on /configure: one schema per kind.

import { z } from 'zod';
import { asciiDomain } from './email.ts';
import { lineOf, nameOf } from './text.ts';
import { isZone } from './wall-clock.ts';

/**
 * Where our own paths begin: behind a proxy that takes the base path away, nobody could tell one from the other.
 * http/base-url.test.ts holds it against the routes.
 */
const ownPaths =
  /^\/(accessibility|api|arm|assets|auth|buildings|choose-password|configure|console|dashboard|deliberate|demo|elections|forgot-password|icon\.svg|import-voters|livez|login|logos|logout|metrics|privacy|readyz|reauthenticate|register-candidate|register-voter|registrar|screen|screen\.json|setup|system|trustee|verify|vote)(\/|$)/;

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
  .refine((text) => !URL.canParse(text) || !ownPaths.test(new URL(text).pathname), 'base-url')
  .transform((text) => {
    const { origin, pathname } = new URL(text);
    return origin + pathname.replace(/\/+$/, '');
  });

const email = z.string().trim().pipe(z.email().max(254));

/** A list as people write it: commas, semicolons or line ends between its entries. */
const entries = (text: string, separators: RegExp): string[] =>
  text
    .split(separators)
    .map((entry) => entry.trim())
    .filter(Boolean);

/** Undefined when no address can have it: an address of numbers is none. */
function mailDomain(text: string): string | undefined {
  const domain = asciiDomain(text) ?? '';
  return /^(?=.{4,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*[a-z0-9]$/.test(domain) ? domain : undefined;
}

const domains = z
  .string()
  .max(5000)
  .transform((text) => entries(text, /[,;\s]+/).map(mailDomain))
  .refine((found) => !found.includes(undefined))
  .transform((found) => [...new Set(found as string[])]);

const promotions = z
  .string()
  .max(10_000)
  .transform((text) => [...new Set(entries(text, /[,;\r\n]+/))])
  .pipe(z.array(nameOf(60)).max(500));

// Seconds since 1970, as in the seed, or ISO 8601 with its offset: a wall clock alone would need a zone.
const unixSeconds = /^\d{9,11}$/;
const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)$/;

const instant = z
  .string()
  .trim()
  .refine((text) => unixSeconds.test(text) || (isoInstant.test(text) && !Number.isNaN(Date.parse(text))))
  .transform((text) => (unixSeconds.test(text) ? Number(text) * 1000 : Date.parse(text)));

const [yes, no] = [/^(true|yes|on|1)$/i, /^(false|no|off|0)$/i];

const flag = z
  .string()
  .trim()
  .refine((text) => yes.test(text) || no.test(text))
  .transform((text) => yes.test(text));

const portUpTo = (least: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => least <= port && port <= 65_535);

/** A name or an address of a machine, without scheme, port or path. */
const host = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$|^\[?[0-9a-f:]*:[0-9a-f:.]*\]?$/);

/** `Name <address>` or an address alone. */
const sender = lineOf(300)
  .transform((text) => {
    const [, name, address] = /^(.*?)\s*<([^<>]*)>$/.exec(text) ?? ['', '', text];
    return { name: (name ?? '').replace(/^"(.*)"$/, '$1'), email: address ?? '' };
  })
  .pipe(z.strictObject({ name: lineOf(120), email }));

const range = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const ranges = z
  .string()
  .transform((text) => entries(text, /,/))
  .pipe(z.array(range));

const database = z
  .string()
  .refine((text) =>
    /^postgres(ql)?:\/\//.test(text)
      ? URL.canParse(text)
      : text.startsWith('sqlite:') && text.length > 'sqlite:'.length,
  );

/** The # may be left out: in a file of settings it would begin a comment. */
const colour = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#?[0-9a-f]{6}$/)
  .transform((text) => (text.startsWith('#') ? text : `#${text}`));

const countUpTo = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .refine((count) => 1 <= count && count <= most);

const hours = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .refine((count) => count <= 720);

export const settingKinds = {
  'backup-count': countUpTo(1000),
  'base-url': baseUrlSchema,
  'connection-count': countUpTo(20),
  colour,
  database,
  domains,
  email,
  flag,
  folder: z.string().min(1),
  host,
  hours,
  instant,
  language: z.enum(['en', 'fr']),
  line: nameOf(300),
  'listening-port': portUpTo(0),
  /** RFC 6750 §2.1, as long as a secret nobody can guess. */
  'metrics-token': z.string().regex(/^[A-Za-z0-9._~+/-]{32,}=*$/),
  name: nameOf(120),
  port: portUpTo(1),
  promotions,
  'rate-per-minute': countUpTo(100_000),
  ranges,
  retention: z
    .string()
    .transform(Number)
    .pipe(z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365)])),
  secret: z.string().min(1).max(1000),
  /** RFC 6376 §3.1: labels of a domain name. */
  selector: z
    .string()
    .trim()
    .max(120)
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i),
  'secret-key': z.string().min(32),
  sender,
  zone: z.string().refine(isZone, 'zone'),
} as const satisfies Readonly<Record<string, z.ZodType<unknown, string>>>;

export type SettingKind = keyof typeof settingKinds;
export type ValueOf<Kind extends SettingKind> = z.output<(typeof settingKinds)[Kind]>;
