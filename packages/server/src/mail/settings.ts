// The mail server's settings as the transport needs them: the password opened, the same texts for every process.

import { readMailServer, readReturnMailbox, type StoredPassword } from '../domain/settings.ts';
import type { Given } from '../domain/setting-list.ts';
import type { Vault } from '../domain/vault.ts';
import type { Reader } from '../storage/database.ts';
import type { MailboxSettings } from './mailbox.ts';
import type { SmtpSettings } from './smtp.ts';

export async function readSmtpSettings(db: Reader, vault: Vault, given: Given): Promise<SmtpSettings | undefined> {
  const server = await readMailServer(db, given);
  if (!server) return undefined;
  return { ...server, password: await opened(vault, 'SMTP_PASSWORD', server.password) };
}

const opened = async (vault: Vault, name: string, { text, isSealed }: StoredPassword): Promise<string> =>
  isSealed ? vault.open('setting', name, text) : text;

export async function readMailboxSettings(
  db: Reader,
  vault: Vault,
  given: Given,
): Promise<MailboxSettings | undefined> {
  const mailbox = await readReturnMailbox(db, given);
  return mailbox && { ...mailbox, password: await opened(vault, 'IMAP_PASSWORD', mailbox.password) };
}
