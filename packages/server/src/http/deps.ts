// What the routes are given, and what a request carries from one step to the next.

import type { Context } from 'hono';
import type { Config } from '../config.ts';
import type { BallotQueue } from '../domain/ballot-queue.ts';
import type { CredentialKeys } from '../domain/credential-keys.ts';
import type { Directory } from '../domain/directory-people.ts';
import type { Followed } from '../domain/followed.ts';
import type { Inspector } from '../domain/integrity.ts';
import type { MailKind, MailText } from '../domain/mail-texts.ts';
import type { Prover } from '../domain/proofs.ts';
import type { Session } from '../domain/sessions.ts';
import type { Organisation, Settings } from '../domain/settings.ts';
import type { Vault } from '../domain/vault.ts';
import type { Log } from '../log.ts';
import type { MailCause } from '../messages/mail-trials.ts';
import type { Locale } from '../messages/translate.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Display } from '../views/display.ts';
import type { Database } from '../storage/database.ts';
import type { ReturnsView } from '../views/returns.ts';
import type { ArrivalView } from '../views/arrival.ts';
import type { DemoMailView } from '../views/demo-mails.ts';
import type { LetterPreview } from '../views/letter.ts';
import type { Live } from './live.ts';

export interface Assets {
  /** The folder with the built files. */
  readonly folder: string;
  readonly find: (entry: string) => { readonly file: string; readonly integrity: string };
  /** Every icon by its name, with the file that holds it. */
  readonly icons: ReadonlyMap<string, string>;
}

/** The address as last seen: the router must know the base path before the settings of a request are read. */
export interface Address {
  baseUrl: string;
}

export interface SavedMailServer {
  readonly host: string;
  readonly from: string;
  readonly username: string;
  readonly perMinute: number;
}

/** What the pages ask of the mail system. */
export interface Postman {
  /** Something was put into the outbox. */
  wake(): void;
  /** Undefined while no mail server is set. */
  readSettings(): Promise<SavedMailServer | undefined>;
  /** What the DNS says of the sender's domain. */
  checkArrival(): Promise<ArrivalView | undefined>;
  /** How the reading of returned mails stands; undefined while no mailbox is set. */
  readReturns(): Promise<ReturnsView | undefined>;
  /** Connects and logs in, sends nothing. */
  check(): Promise<MailTrial>;
  sendTest(to: string, locale: Locale): Promise<MailTrial>;
  /** The one-time link of somebody who has lost their password. */
  sendPasswordLink(wish: {
    readonly to: { readonly name: string; readonly address: string };
    readonly locale: Locale;
    readonly link: string;
    readonly expiresAt: number;
  }): Promise<MailTrial>;
  /** How a letter will look, with the way in masked; to an invented voter when none is named. */
  preview(wish: {
    readonly electionId: string;
    readonly kind: MailKind;
    readonly voterId?: string;
    readonly locale?: Locale;
    readonly text?: MailText;
  }): Promise<LetterPreview | undefined>;
}

export type MailTrial =
  | { readonly ok: true }
  /** `reply`: what the server said, in its own words. */
  | { readonly ok: false; readonly cause: MailCause; readonly reply: string };

export interface DemoVoter {
  readonly name: string;
  readonly link: string;
  readonly code: string;
  readonly hasVoted: boolean;
}

/** What the mail server of a demonstration took; nothing of a mail may be trusted. */
export interface CaughtMails {
  /** Where they are taken, by SMTP. */
  readonly address: string;
  /** Newest first. */
  list(): readonly DemoMailView[];
  find(id: string): DemoMailView | undefined;
}

/** What a demonstration shows to everybody, and a real instance to nobody. */
export interface Demo {
  readonly email: string;
  readonly password: string;
  readonly election: string;
  readonly keyFile: string;
  readonly passphrase: string;
  readonly voters: readonly DemoVoter[];
  readonly mails: CaughtMails;
}

export interface Deps {
  readonly db: Database;
  readonly vault: Vault;
  readonly queue: BallotQueue;
  readonly postman: Postman;
  readonly directory: Directory;
  /** What everyone may follow, looked up once for all who do. */
  readonly live: Live<Followed>;
  /** Checks and makes proofs off the main thread. */
  readonly prove: Prover;
  readonly credentialKeys: CredentialKeys;
  readonly log: Log;
  /** Makes an integrity check off the main thread. */
  readonly inspect: Inspector;
  readonly assets: Assets;
  readonly config: Omit<Config, 'votingUrl'>;
  /** The secret as the operator would write it down. */
  readonly secret: string;
  readonly address: Address;
  /** Of this software, for the minutes. */
  readonly version: string;
  /** False while the server stops. */
  readonly isReady: () => boolean;
  /** Whether a vote still fits on the disk. */
  readonly hasRoom: () => boolean;
  /** Where METRICS_TOKEN is set. */
  readonly metrics?: Metrics | undefined;
  /** In a demonstration only. */
  readonly demo?: Demo | undefined;
}

export interface Variables {
  /** Stands in the log and in the answer's headers, so that a report can be traced. */
  requestId: string;
  locale: Locale;
  display: Display;
  session: Session | undefined;
  /** In force now; what /configure saves counts with the next request. */
  settings: Settings;
  organisation: Organisation | undefined;
  /** The page is about a rehearsal, and says so. */
  isRehearsal: boolean | undefined;
}

export type Env = { Variables: Variables };
export type Request = Context<Env>;
