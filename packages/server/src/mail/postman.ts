// What the pages ask of the mail system: whether a server is set, whether it answers, a test mail, and how a letter will look.

import { readElection } from '../domain/elections.ts';
import type { Access } from '../domain/links.ts';
import { providerOf } from '../domain/mail-providers.ts';
import type { MailKind, MailText } from '../domain/mail-texts.ts';
import type { Locale } from '../messages/translate.ts';
import { translatorFor } from '../messages/translate.ts';
import { listAddressees } from '../storage/addressees.ts';
import { findReturnedMailbox } from '../storage/returned-mailboxes.ts';
import { type ArrivalFinding, checkArrival, type DnsResolver, openResolver } from './arrival.ts';
import { composeLetter, type LetterPart, messageOf, partsOf, senderName } from './compose.ts';
import { writeLetter } from './letters.ts';
import { type PasswordLink, passwordLetter } from './password-letter.ts';
import { type Cause, type SmtpError, verdictOf } from './outcome.ts';
import type { MailboxSettings } from './mailbox.ts';
import { type MailboxProblem, mailboxProblems, nameOfMailbox, openReturns, type Returns } from './returns.ts';
import { openTransport, type SmtpSettings } from './smtp.ts';
import { type MailWorker, type MailWorkerDeps, startMailWorker } from './worker.ts';

export interface Preview {
  readonly locale: Locale;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly parts: readonly LetterPart[];
  readonly plain: string;
}

export interface PreviewWish {
  readonly electionId: string;
  readonly kind: MailKind;
  /** A voter of the election; an invented one when left out. */
  readonly voterId?: string | undefined;
  readonly locale?: Locale | undefined;
  /** Not saved yet. */
  readonly text?: MailText | undefined;
}

export type TestOutcome = { readonly ok: true } | { readonly ok: false; readonly cause: Cause; readonly reply: string };

export interface Postman {
  /** Begins to carry mails; without it only previews and tests are made. */
  start(): void;
  wake(): void;
  readSettings(): Promise<SmtpSettings | undefined>;
  preview(wish: PreviewWish): Promise<Preview | undefined>;
  /** Connects and logs in, sends nothing. */
  check(): Promise<TestOutcome>;
  sendTest(to: string, locale: Locale): Promise<TestOutcome>;
  /** The one-time link of somebody who has lost their password; not kept anywhere, and not tried again. */
  sendPasswordLink(wish: PasswordLink): Promise<TestOutcome>;
  /** What the DNS says of the sender's domain; undefined while no mail server is set. */
  checkArrival(): Promise<Arrival | undefined>;
  /** Undefined while no mailbox for returned mails is set. */
  readReturns(): Promise<ReturnsState | undefined>;
  stop(): Promise<void>;
}

export interface Arrival {
  readonly domain: string;
  readonly findings: readonly ArrivalFinding[];
}

export interface PostmanDeps extends MailWorkerDeps {
  /** Left out, the machine's own. */
  readonly dns?: DnsResolver;
  /** Read for returned mails; undefined while none is set. */
  readonly mailbox: () => Promise<MailboxSettings | undefined>;
}

/** How the reading of returned mails stands. */
export interface ReturnsState {
  readonly username: string;
  /** Undefined before the first look. */
  readonly lookedAt?: number | undefined;
  readonly problem?: MailboxProblem | undefined;
}

const masked: Access = { link: '••••••••-••••-••••-••••-••••••••••••', key: '••••••••••••••••', code: '••••' };

const invented = { first_name: 'Alice', last_name: 'Martin', email: 'alice.martin@example.org' } as const;

export function createPostman(deps: PostmanDeps): Postman {
  let worker: MailWorker | undefined;
  let returns: Returns | undefined;
  const attempt = async (work: (settings: SmtpSettings) => Promise<unknown>): Promise<TestOutcome> => {
    const settings = await deps.settings();
    if (!settings) return { ok: false, cause: 'bad-settings', reply: '' };
    try {
      await work(settings);
      return { ok: true };
    } catch (error) {
      const verdict = verdictOf(error as SmtpError, false);
      return {
        ok: false,
        cause: 'cause' in verdict ? verdict.cause : 'refused',
        reply: (error as SmtpError).response ?? '',
      };
    }
  };
  return {
    start: () => {
      worker ??= startMailWorker(deps);
      returns ??= openReturns(deps, { start: true });
    },
    wake: () => worker?.wake(),
    stop: async () => void (await Promise.all([worker?.stop(), returns?.stop()])),
    readSettings: () => deps.settings(),
    preview: (wish) => preview(deps, wish),
    checkArrival: () => arrival(deps),
    readReturns: () => readReturns(deps),
    check: () => attempt((settings) => using(settings, (transport) => transport.verify())),
    sendTest: (to, locale) =>
      attempt(async (settings) => {
        const message = await testMessage(deps, settings, to, locale);
        const envelope = { from: settings.from, to: [to] };
        return using(settings, (transport) => transport.sendMail({ ...message, envelope }));
      }),
    sendPasswordLink: (wish) =>
      attempt(async (settings) => {
        const letter = passwordLetter(await deps.organisation(), settings, wish);
        const envelope = { from: settings.from, to: [wish.to.address] };
        const message = messageOf(letter, settings, crypto.randomUUID());
        return using(settings, (transport) => transport.sendMail({ ...message, envelope }));
      }),
  };
}

async function readReturns({ db, mailbox }: PostmanDeps): Promise<ReturnsState | undefined> {
  const settings = await mailbox();
  if (!settings) return undefined;
  const found = await findReturnedMailbox(db.reader, nameOfMailbox(settings));
  const lookedAt = found === undefined || found.looked_at === 0 ? undefined : found.looked_at;
  const problem = mailboxProblems.find((known) => known === found?.problem);
  return { username: settings.username, lookedAt, problem };
}

async function arrival(deps: PostmanDeps): Promise<Arrival | undefined> {
  const [settings, organisation] = [await deps.settings(), await deps.organisation()];
  if (!settings) return undefined;
  const { host: server, from, dkimSelector: selector } = settings;
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  const contactEmail = organisation?.contactEmail ?? from;
  const wish = { domain, server, provider: providerOf(server), selector, contactEmail };
  return { domain, findings: await checkArrival(deps.dns ?? openResolver(), wish) };
}

/** Somebody waits for the answer. */
const trialTimeouts = { connectionTimeout: 8000, greetingTimeout: 8000, socketTimeout: 15_000, dnsTimeout: 5000 };

async function using<T>(settings: SmtpSettings, work: (transport: ReturnType<typeof openTransport>) => Promise<T>) {
  const transport = openTransport({ ...settings, connections: 1 }, trialTimeouts);
  try {
    return await work(transport);
  } finally {
    transport.close();
  }
}

async function testMessage(deps: PostmanDeps, settings: SmtpSettings, to: string, locale: Locale) {
  const organisation = await deps.organisation();
  const t = translatorFor(locale);
  const letter = {
    kind: 'test' as const,
    locale,
    to: { name: '', address: to },
    organisation: organisation?.organisation ?? 'Votix',
    text: { subject: t('mail.test.subject'), body: t('mail.test.body', { address: '{short_address}' }) },
    values: { short_address: organisation?.baseUrl ?? '' },
    buttonLabel: '',
    contactEmail: organisation?.contactEmail ?? settings.from,
  };
  return messageOf(letter, settings, crypto.randomUUID());
}

async function preview(deps: PostmanDeps, wish: PreviewWish): Promise<Preview | undefined> {
  const [organisation, settings] = [await deps.organisation(), await deps.settings()];
  const election = await readElection(deps.db.reader, wish.electionId);
  if (!organisation || !election) return undefined;
  const [found] = wish.voterId === undefined ? [] : await listAddressees(deps.db.reader, [wish.voterId]);
  const locale = wish.locale ?? organisation.language;
  const anybody = { id: '', election_id: election.id, language: locale, signed_on: null, ...invented };
  const voter = found ?? anybody;
  const writing = {
    db: deps.db,
    vault: deps.vault,
    credentialKeys: deps.credentialKeys,
    organisation,
    election,
    kind: wish.kind,
  };
  const letter = await writeLetter(writing, voter, wish.kind === 'invitation' ? undefined : masked);
  const shown = wish.text ? { ...letter, text: wish.text } : letter;
  const { subject, plain } = composeLetter(shown);
  const to = `${letter.to.name} <${letter.to.address}>`;
  const from = `${senderName(organisation.organisation, settings ?? {})} <${settings?.from ?? '…'}>`;
  return { locale: letter.locale, to, from, subject, parts: partsOf(shown), plain };
}
