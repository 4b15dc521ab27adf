// From a row of the outbox to the letter: the voter, the election, the text and the way in, read when it is sent, so that
// nothing secret waits in a queue and nobody is reminded who has voted meanwhile.

import type { CredentialKeys } from '../domain/credential-keys.ts';
import { requireCredentialKey, withCredentials } from '../domain/credentials.ts';
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
import type { Database } from '../storage/database.ts';
import { findElection } from '../storage/elections.ts';
import { findRegistrar } from '../storage/registrars.ts';
import type { Instant } from '../storage/tables.ts';
import type { Letter } from './compose.ts';
import { createMemory, type Memory } from './memory.ts';

export interface LetterSources {
  readonly db: Database;
  readonly vault: Vault;
  readonly credentialKeys: CredentialKeys;
  readonly organisation: Organisation;
}

export type Written =
  | { readonly ok: true; readonly letter: Letter }
  | { readonly ok: false; readonly reason: 'voted' | 'closed' | 'removed' };

const groups = (key: string) => key.replace(/(.{4})(?=.)/g, '$1-');

/** What every letter of a kind says in a language, whoever gets it. */
export interface Wording {
  readonly text: MailText;
  readonly buttonLabel: string;
  readonly isTest: boolean;
  readonly notices: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

export interface Writing extends LetterSources {
  readonly election: ElectionRow;
  readonly kind: MailKind;
}

const needsAccess = (kind: MailKind): boolean => kind !== 'invitation';

type ReadWording = (writing: Writing, locale: Locale) => Promise<Wording>;

const readWording: ReadWording = async ({ db, organisation, election, kind }, locale) => {
  const { formatInstant } = formatsFor(locale);
  const t = translatorFor(locale);
  const saved = await readMailText(db.reader, { electionId: election.id, kind, locale });
  const registrar = needsAccess(kind) ? await findRegistrar(db.reader, election.id) : undefined;
  const isTest = election.rehearsal_of !== null;
  return {
    text: saved ?? defaultMailText(kind, locale, election.code_channel),
    buttonLabel: t('mail.button'),
    isTest,
    notices: [
      ...(isTest ? [t('mail.rehearsal')] : []),
      ...(registrar ? [t('mail.letter-too', { registrar: registrar.name })] : []),
    ],
    values: {
      election: election.name,
      opens: formatInstant(election.opens_at, election.zone),
      closes: formatInstant(election.closes_at, election.zone),
      contact: `${organisation.contactName} (${organisation.contactEmail})`,
      association: organisation.organisation,
      election_page: `${organisation.baseUrl}/elections/${election.id}`,
      short_address: `${organisation.baseUrl}/vote`,
    },
  };
};

/** `access` is left out for mails that hold no way in. */
export async function writeLetter(
  writing: Writing,
  voter: Addressee,
  access: Access | undefined,
  wordingOf: ReadWording = readWording,
): Promise<Letter> {
  const { organisation, kind } = writing;
  const locale: Locale = isLocale(voter.language) ? voter.language : organisation.language;
  const { text, buttonLabel, isTest, notices, values } = await wordingOf(writing, locale);
  const link = access && voteAddress(organisation.baseUrl, access);
  return {
    kind,
    locale,
    to: { name: `${voter.first_name} ${voter.last_name}`, address: voter.email },
    organisation: organisation.organisation,
    text,
    link,
    buttonLabel,
    isTest,
    notices,
    contactEmail: organisation.contactEmail,
    values: {
      ...values,
      first_name: voter.first_name,
      last_name: voter.last_name,
      link: link ?? '',
      key: access ? groups(access.key) : '',
      code: access?.code ?? '',
    },
  };
}

/** One row of the outbox, as far as a letter needs it. */
export interface Order {
  readonly id: string;
  readonly voter_id: string;
  readonly kind: MailKind;
}

/**
 * Decided at the moment of sending, from the signing list and the clock. Several at once, each in the place of its order:
 * what they share is read once.
 */
export async function lettersFor(
  sources: LetterSources,
  orders: readonly Order[],
  now: Instant,
  wordings: Memory<Wording> = createMemory(),
): Promise<Written[]> {
  const { db } = sources;
  const voterIds = [...new Set(orders.map((order) => order.voter_id))];
  const voters = new Map((await listAddressees(db.reader, voterIds)).map((voter) => [voter.id, voter]));
  const elections = new Map<string, ElectionRow | undefined>();
  for (const { election_id: id } of voters.values())
    if (!elections.has(id)) elections.set(id, await findElection(db.reader, id));
  const wordingOf: ReadWording = (writing, locale) =>
    wordings.recall(`${writing.election.id} ${writing.kind} ${locale}`, () => readWording(writing, locale));
  const due = orders.map(({ voter_id: id, kind }) => {
    const voter = voters.get(id);
    const election = voter && elections.get(voter.election_id);
    return { kind, voter, election, refused: refusalOf(voter, election, kind, now) };
  });
  const wanting = due.flatMap(({ kind, voter, refused }) => (voter && !refused && needsAccess(kind) ? [voter] : []));
  const accesses = await accessesOf(sources, wanting, elections);
  return Promise.all(
    due.map(async ({ kind, voter, election, refused }): Promise<Written> => {
      if (!voter || !election || refused) return { ok: false, reason: refused ?? 'removed' };
      const access = needsAccess(kind) ? accesses.get(voter.id) : undefined;
      if (needsAccess(kind) && !access) return { ok: false, reason: 'removed' };
      return { ok: true, letter: await writeLetter({ ...sources, election, kind }, voter, access, wordingOf) };
    }),
  );
}

async function accessesOf(
  { db, vault, credentialKeys }: LetterSources,
  voters: readonly Addressee[],
  elections: ReadonlyMap<string, ElectionRow | undefined>,
): Promise<ReadonlyMap<string, Access>> {
  const found = new Map<string, Access>();
  for (const [id, group] of Map.groupBy(voters, ({ election_id: election }) => election)) {
    const accesses = await openAccesses(db, vault, [...new Set(group.map((voter) => voter.id))]);
    const election = elections.get(id);
    // Another process may have it: a mail without the voter's code would never be made good.
    if (election) await requireCredentialKey(db.reader, credentialKeys, election);
    const whole = election ? await withCredentials(db.reader, credentialKeys, election, accesses) : accesses;
    for (const [voterId, access] of whole) found.set(voterId, access);
  }
  return found;
}

type Refused = Extract<Written, { ok: false }>['reason'];

function refusalOf(
  voter: Addressee | undefined,
  election: ElectionRow | undefined,
  kind: MailKind,
  now: Instant,
): Refused | undefined {
  if (!voter || !election) return 'removed';
  if (mailProblem(kind, phaseOf(election, now))) return 'closed';
  return voter.signed_on === null ? undefined : 'voted';
}
