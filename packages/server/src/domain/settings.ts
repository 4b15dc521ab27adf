// The settings in force: what was saved on /configure (or at set-up) wins, then what the environment says, then the default.
// Read anew for each request, so that a change counts at once in every process.

import { z } from 'zod';
import type { Database, Reader, Writer } from '../storage/database.ts';
import { findSetting, keepSetting, listSettings, saveSetting } from '../storage/settings.ts';
import type { Instant } from '../storage/tables.ts';
import { keepLast } from './keep-last.ts';
import { providerOf, unknownProvider } from './mail-providers.ts';
import { baseUrlSchema, settingKinds } from './setting-kinds.ts';
import { definitionOfSetting, type Given, type LiveName, type SettingValue } from './setting-list.ts';
import { nameOf } from './text.ts';
import { isZone } from './wall-clock.ts';

/** What set-up asks: who runs the elections, in which language, zone and under which address. */
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

/** The settings that an organisation is made of. */
const organisationSettings = {
  organisation: 'ASSOCIATION_NAME',
  contactName: 'CONTACT_NAME',
  contactEmail: 'CONTACT_EMAIL',
  retentionDays: 'RETENTION_DAYS',
  language: 'DEFAULT_LANGUAGE',
  zone: 'TIME_ZONE',
  baseUrl: 'VOTING_URL',
} as const satisfies Readonly<Record<keyof Organisation, LiveName>>;

export interface Settings {
  /** Undefined until the instance is set up. */
  readonly organisation: Organisation | undefined;
  /** In lower case; empty when every domain may vote. */
  readonly validEmailDomains: readonly string[];
  /** As they are written; empty when every promotion is taken. */
  readonly promotionList: readonly string[];
  /** `#rrggbb`, as it was chosen; undefined for our own. */
  readonly accentColour: string | undefined;
  /** What a new election is offered. */
  readonly suggestedWindow: { readonly opensAt: Instant | undefined; readonly closesAt: Instant | undefined };
}

/** The row of the settings table that holds what was saved under this name. */
export const savedRow = (name: LiveName): string => `setting.${name}`;
const setUpRow = 'set-up';

export type SavedTexts = ReadonlyMap<string, string>;
export const readSavedTexts = async (db: Reader): Promise<SavedTexts> =>
  new Map((await listSettings(db)).map(({ name, value }) => [name, value]));

/** An empty text that was saved means: none, whatever the environment says. */
export const textInForce = (saved: SavedTexts, given: Given, name: LiveName): string | undefined =>
  (saved.get(savedRow(name)) ?? given[name] ?? definitionOfSetting(name).default) || undefined;

export function valueInForce<Name extends LiveName>(
  saved: SavedTexts,
  given: Given,
  name: Name,
): SettingValue<Name> | undefined {
  const text = textInForce(saved, given, name);
  return text === undefined
    ? undefined
    : (settingKinds[definitionOfSetting(name).kind].parse(text) as SettingValue<Name>);
}

/** To read the texts is cheap, to judge them is not: as long as they are the same, it is done once. */
const madeFor = new WeakMap<Given, (saved: string) => Settings>();

export async function readSettings(db: Reader, given: Given): Promise<Settings> {
  const saved = [...(await readSavedTexts(db))];
  const made = madeFor.get(given) ?? keepLast(1, (texts: string) => settingsOf(new Map(JSON.parse(texts)), given));
  madeFor.set(given, made);
  return made(JSON.stringify(saved));
}

function settingsOf(saved: SavedTexts, given: Given): Settings {
  const value = <Name extends LiveName>(name: Name) => valueInForce(saved, given, name);
  return {
    organisation: saved.has(setUpRow) ? organisationOf(saved, given) : undefined,
    validEmailDomains: value('VALID_EMAIL_DOMAINS') ?? [],
    promotionList: value('PROMOTION_LIST') ?? [],
    accentColour: value('ACCENT_COLOUR'),
    suggestedWindow: { opensAt: value('VOTING_START'), closesAt: value('VOTING_END') },
  };
}

/** The mail server as it is set; undefined until it has a name and a sender. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: StoredPassword;
  readonly from: string;
  readonly fromName: string;
  readonly replyTo: string;
  readonly verifyTls: boolean;
  readonly perMinute: number;
  readonly connections: number;
  /** Empty where nobody has said one. */
  readonly dkimSelector: string;
  /** Of the mailbox that is read for returned mails; empty where mails return to the sender. */
  readonly returnAddress: string;
}

/** The mailbox that is read for returned mails; undefined until it has a server and a user. */
export interface ReturnMailbox {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: StoredPassword;
  readonly verifyTls: boolean;
  readonly folder: string;
}

/** Sealed where it was saved here; as it is where the environment gives it. */
export interface StoredPassword {
  readonly text: string;
  readonly isSealed: boolean;
}

const passwordInForce = (saved: SavedTexts, given: Given, name: 'SMTP_PASSWORD' | 'IMAP_PASSWORD'): StoredPassword => ({
  text: textInForce(saved, given, name) ?? '',
  isSealed: Boolean(saved.get(savedRow(name))),
});

export async function readReturnMailbox(db: Reader, given: Given): Promise<ReturnMailbox | undefined> {
  const saved = await readSavedTexts(db);
  const value = <Name extends LiveName>(name: Name) => valueInForce(saved, given, name);
  const [host, username] = [value('IMAP_SERVER'), value('IMAP_USERNAME')];
  if (host === undefined || username === undefined) return undefined;
  return {
    host,
    username,
    port: value('IMAP_PORT') ?? 993,
    password: passwordInForce(saved, given, 'IMAP_PASSWORD'),
    verifyTls: value('IMAP_VERIFY_SSL') ?? true,
    folder: value('IMAP_FOLDER') ?? 'INBOX',
  };
}

export async function readMailServer(db: Reader, given: Given): Promise<MailServer | undefined> {
  const saved = await readSavedTexts(db);
  const value = <Name extends LiveName>(name: Name) => valueInForce(saved, given, name);
  const [host, from] = [value('SMTP_SERVER'), value('SMTP_FROM')];
  if (host === undefined || from === undefined) return undefined;
  const provider = providerOf(host) ?? unknownProvider;
  return {
    host,
    from: from.email,
    fromName: from.name,
    port: value('SMTP_PORT') ?? 465,
    username: value('SMTP_USERNAME') ?? '',
    password: passwordInForce(saved, given, 'SMTP_PASSWORD'),
    replyTo: value('SMTP_REPLY_TO') ?? '',
    verifyTls: value('SMTP_VERIFY_SSL') ?? true,
    perMinute: value('SMTP_RATE') ?? provider.perMinute,
    connections: value('SMTP_CONNECTIONS') ?? provider.connections,
    dkimSelector: value('SMTP_DKIM_SELECTOR') ?? '',
    returnAddress: value('IMAP_SERVER') === undefined ? '' : (value('IMAP_RETURN_ADDRESS') ?? ''),
  };
}

function organisationOf(saved: SavedTexts, given: Given): Organisation {
  const fields = Object.entries(organisationSettings).map(([field, name]) => [field, textInForce(saved, given, name)]);
  return organisationSchema.parse(Object.fromEntries(fields));
}

const secretCheckName = 'secret-check';

export const isSetUp = async (db: Reader): Promise<boolean> => (await findSetting(db, setUpRow)) !== undefined;

/** Undefined until the instance is set up. */
export const readOrganisation = async (db: Reader, given: Given): Promise<Organisation | undefined> =>
  (await readSettings(db, given)).organisation;

/** Settings that a finished set-up left to the environment, which no longer gives them. */
export async function missingSettings(db: Reader, given: Given): Promise<LiveName[]> {
  const saved = await readSavedTexts(db);
  if (!saved.has(setUpRow)) return [];
  return Object.values(organisationSettings).filter((name) => textInForce(saved, given, name) === undefined);
}

/** Ends set-up. A field that is what the environment says is not saved, so that the environment goes on deciding it. */
export async function saveOrganisation(tx: Writer, organisation: Organisation, given: Given = {}): Promise<void> {
  for (const [field, name] of Object.entries(organisationSettings)) {
    const text = String(organisation[field as keyof Organisation]);
    if (!isSameSetting(name, text, given[name])) await saveSetting(tx, savedRow(name), text);
  }
  await saveSetting(tx, setUpRow, 'done');
}

/** Whether two texts mean the same: `True` and `yes`, an address with and without `/vote`. */
export function isSameSetting(name: LiveName, text: string, other: string | undefined): boolean {
  if (other === undefined || text === '' || other === '') return text === (other ?? '');
  const { kind } = definitionOfSetting(name);
  const [a, b] = [settingKinds[kind].safeParse(text), settingKinds[kind].safeParse(other)];
  return a.success && b.success && JSON.stringify(a.data) === JSON.stringify(b.data);
}

/** Browsers have cryptography only on https and on the machine itself. */
export function isSecureBase(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** What another secret would not give; undefined before the first start. */
export const readSecretCheck = (db: Reader): Promise<string | undefined> => findSetting(db, secretCheckName);

/** Stores it in a new database. Another secret cannot open what this one sealed. */
export async function checkSecret(db: Database, checkValue: string): Promise<{ ok: boolean }> {
  return db.write(async (tx) => ({ ok: (await keepSetting(tx, secretCheckName, checkValue)) === checkValue }));
}
