// From a row of the outbox to the letter: the voter, the election, the text and the way in, read when it is sent, so that
// nothing secret waits in a queue and nobody is reminded who has voted meanwhile.

import type { CredentialKeys } from '../domain/credential-keys.ts';
import { withCredentials } from '../domain/credentials.ts';
import type { ElectionRow } from '../domain/elections.ts';
import { phaseOf } from '../domain/lifecycle.ts';
import { type Access, openAccesses, voteAddress } from '../domain/links.ts';
import { type MailKind, type MailText, readMailText } from '../domain/mail-texts.ts';
import { mailProblem } from '../domain/mailings.ts';
import type { Organisation } from '../domain/settings.ts';
import type { Vault } from '../domain/vault.ts';
import { formatsFor } from '../messages/formats.ts';
import { defaultMailText } from '../messages/mail-defaults.ts';
import { isLocale, type Locale, translatorFor } from '../messages/translate.ts';
import { type Addressee, listAddressees } from '../storage/addressees.ts';
import type { Reader } from '../storage/database.ts';
import { findElection } from '../storage/elections.ts';
import type { Instant } from '../storage/tables.ts';
import type { Letter } from './compose.ts';

export interface LetterSources {
  readonly db: Reader;
  readonly vault: Vault;
  readonly credentialKeys: CredentialKeys;
  readonly organisation: Organisation;
}

export type Written =
  | { readonly ok: true; readonly letter: Letter }
  | { readonly ok: false; readonly reason: 'voted' | 'closed' | 'removed' };

const groups = (key: string) => key.replace(/(.{4})(?=.)/g, '$1-');

async function textOf(db: Reader, election: ElectionRow, kind: MailKind, locale: Locale): Promise<MailText> {
  const saved = await readMailText(db, { electionId: election.id, kind, locale });
  return saved ?? defaultMailText(kind, locale, election.code_channel);
}

export interface Writing extends LetterSources {
  readonly election: ElectionRow;
  readonly kind: MailKind;
}

/** `access` is left out for mails that hold no way in. */
export async function writeLetter(writing: Writing, voter: Addressee, access: Access | undefined): Promise<Letter> {
  const { db, organisation, election, kind } = writing;
  const locale: Locale = isLocale(voter.language) ? voter.language : organisation.language;
  const { formatInstant } = formatsFor(locale);
  const link = access && voteAddress(organisation.baseUrl, access);
  return {
    kind,
    locale,
    to: { name: `${voter.first_name} ${voter.last_name}`, address: voter.email },
    organisation: organisation.organisation,
    text: await textOf(db, election, kind, locale),
    link,
    buttonLabel: translatorFor(locale)('mail.button'),
    contactEmail: organisation.contactEmail,
    values: {
      first_name: voter.first_name,
      last_name: voter.last_name,
      election: election.name,
      opens: formatInstant(election.opens_at, election.zone),
      closes: formatInstant(election.closes_at, election.zone),
      contact: `${organisation.contactName} (${organisation.contactEmail})`,
      association: organisation.organisation,
      election_page: `${organisation.baseUrl}/elections/${election.id}`,
      link: link ?? '',
      short_address: `${organisation.baseUrl}/vote`,
      key: access ? groups(access.key) : '',
      code: access?.code ?? '',
    },
  };
}

const needsAccess = (kind: MailKind): boolean => kind !== 'invitation';

/** Decided at the moment of sending, from the signing list and the clock. */
export async function letterFor(
  sources: LetterSources,
  { voterId, kind, now }: { readonly voterId: string; readonly kind: MailKind; readonly now: Instant },
): Promise<Written> {
  const { db } = sources;
  const [voter] = await listAddressees(db, [voterId]);
  const election = voter && (await findElection(db, voter.election_id));
  if (!voter || !election) return { ok: false, reason: 'removed' };
  if (mailProblem(kind, phaseOf(election, now))) return { ok: false, reason: 'closed' };
  if (voter.signed_on !== null) return { ok: false, reason: 'voted' };
  const access = needsAccess(kind) ? await accessOf(sources, election, voterId) : undefined;
  if (needsAccess(kind) && !access) return { ok: false, reason: 'removed' };
  return { ok: true, letter: await writeLetter({ ...sources, election, kind }, voter, access) };
}

async function accessOf(
  { db, vault, credentialKeys }: LetterSources,
  election: ElectionRow,
  voterId: string,
): Promise<Access | undefined> {
  const accesses = await openAccesses(db, vault, [voterId]);
  return (await withCredentials(db, credentialKeys, election, accesses)).get(voterId);
}
