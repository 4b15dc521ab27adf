// All tables, as Kysely sees them. Instants are epoch milliseconds, booleans 0/1, JSON is TEXT parsed by a schema in the domain.
// Only storage/ may import this file's tables; the domain sees the row types.
// Longer than 300 lines because it is the one list of every table.

import type { CandidateOrder, SealingName, TieRule } from '@votix/protocol';
import type { GroupName } from '@votix/protocol/verifiable';

export type Instant = number;
export type Flag = 0 | 1;

export interface SettingsTable {
  name: string;
  value: string;
}

/** Without a password (an empty hash) nobody can log in: the link to choose one is on its way. */
export interface AccountsTable {
  id: string;
  email: string;
  email_key: string;
  name: string;
  role: 'admin' | 'technician' | 'observer';
  password_hash: string;
  created_at: Instant;
}

/** A one-time link with which somebody chooses a password, handed over or mailed; a newer one replaces it. */
export interface AccountLinksTable {
  link_hash: string;
  account_id: string;
  expires_at: Instant;
}

export interface SessionsTable {
  token_hash: string;
  account_id: string;
  created_at: Instant;
  seen_at: Instant;
  authenticated_at: Instant;
  /** Browser and system as the browser names itself, to tell one's sessions apart. */
  device: string;
}

/** What an authenticator app shares with us, sealed; `pending` has not shown its first code yet. */
export interface TotpSecretsTable {
  account_id: string;
  sealed: string | null;
  pending: string | null;
  /** The latest 30 seconds whose code was taken, counted since 1970: none is taken twice. */
  last_step: number;
}

export interface RecoveryCodesTable {
  account_id: string;
  code_hash: string;
}

/** The public half of what a phone, a computer or a key signs with. */
export interface PasskeysTable {
  /** base64url, as browsers name it. */
  credential_id: string;
  account_id: string;
  /** As its owner calls it. */
  name: string;
  /** COSE, base64url. */
  public_key: string;
  /** How often it has signed; 0 for those that do not count. */
  counter: number;
  /** Of the base URL it was made at: it signs for no other. */
  host: string;
  created_at: Instant;
  used_at: Instant | null;
}

export interface PasskeyChallengesTable {
  challenge_hash: string;
  purpose: 'register' | 'login' | 'second' | 'confirm';
  account_id: string | null;
  expires_at: Instant;
}

/** What one administrator asks another to confirm, while two are needed. */
export interface ApprovalsTable {
  id: string;
  deed: 'arm' | 'extend' | 'deliberate' | 'rule-off';
  election_id: string | null;
  /** The ballot paper's hash, the new end, the box's hash; empty for the rule itself. */
  target: string;
  /** In the words of whoever asked. */
  reason: string;
  state: 'asked' | 'confirmed' | 'refused' | 'withdrawn' | 'used';
  asked_by: string;
  asked_at: Instant;
  expires_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
}

/** A log-in with the right password that still owes its second step. */
export interface PendingLoginsTable {
  token_hash: string;
  account_id: string;
  expires_at: Instant;
}

export interface ThrottlesTable {
  name: string;
  attempts: number;
  pauses: number;
  paused_until: Instant;
  seen_at: Instant;
}

export interface ElectionsTable {
  id: string;
  name: string;
  description: string;
  zone: string;
  opens_at: Instant;
  closes_at: Instant;
  minimum_ballots: number;
  sealing: SealingName;
  created_at: Instant;
  armed_at: Instant | null;
  definition: string | null;
  public_key: string | null;
  fingerprint: string | null;
  handed_out_at: Instant | null;
  sealed_at: Instant | null;
  ballot_count: number | null;
  signature_count: number | null;
  /** Voters on the roll when the box was sealed. */
  registered_count: number | null;
  box_hash: string | null;
  rewritten_at: Instant | null;
  deliberated_at: Instant | null;
  tally: string | null;
  invalid_ballots: string | null;
  published_at: Instant | null;
  /** Percent of the roll; 0 for none. Shown, never blocks. */
  quorum: number;
  tie_rule: TieRule;
  /** JSON: how the passphrase was split, with the SHA-256 of each share. */
  key_shares: string | null;
  abandoned_at: Instant | null;
  archived_at: Instant | null;
  /** Addresses, links, codes and deliveries are gone since then. */
  purged_at: Instant | null;
  /** The election that this one rehearses; null for real ones. */
  rehearsal_of: string | null;
  /** How a voter gets the code: with the link, in a mail of its own, or on paper. */
  code_channel: string;
}

export interface ContestsTable {
  id: string;
  election_id: string;
  position: number;
  title: string;
  min_choices: number;
  max_choices: number;
  blank: Flag;
  candidate_order: CandidateOrder;
  /** 64 hexadecimal digits when the order is drawn, else empty. */
  order_seed: string;
  seats: number;
}

export interface CandidatesTable {
  id: string;
  contest_id: string;
  position: number;
  name: string;
  text: string;
}

/** A candidate's picture: WebP, at most 512 pixels wide and high. */
export interface LogosTable {
  candidate_id: string;
  image: Uint8Array;
  hash: string;
  width: number;
  height: number;
}

export interface BuildingsTable {
  id: string;
  name: string;
  name_key: string;
  /** A name of Bootstrap Icons. */
  icon: string;
  /** #rrggbb */
  colour: string;
}

export interface VotersTable {
  id: string;
  election_id: string;
  last_name: string;
  first_name: string;
  email: string;
  email_key: string;
  sort_key: string;
  promotion: string;
  building_id: string | null;
  /** What a search looks at, normalised. */
  search_key: string;
  added_at: Instant;
  /** The language of mails to this voter; empty for the organisation's. */
  language: string;
  /** The import that brought them. */
  import_id: string | null;
}

/** A personal link and key; a replaced one stays, so that its page can say so. */
export interface LinksTable {
  link_hash: string;
  key_hash: string;
  voter_id: string;
  /** With the server's secret it gives link and key again. */
  salt: string;
  /** Of links that are older than salts; else empty. */
  sealed: string;
  issued_at: Instant;
  replaced_at: Instant | null;
}

export interface CodesTable {
  voter_id: string;
  code_hash: string;
  salt: string;
  /** As of a link. */
  sealed: string;
}

/** Failures only: a row exists between a wrong code and the next right one. */
export interface CodeFailuresTable {
  voter_id: string;
  failures: number;
  pauses: number;
  locked_until: Instant;
}

/** The signing list: who voted, on which day. No foreign key: its check would mark the voter's row with the cast's transaction. */
export interface SignaturesTable {
  election_id: string;
  voter_id: string;
  signed_on: string;
}

/** The ballot box: a ballot under its receipt, without time, serial or voter. */
export interface BallotsTable {
  election_id: string;
  receipt: string;
  ballot: string;
}

/** Counts of casts per quarter of an hour. */
export interface ParticipationTable {
  election_id: string;
  quarter: Instant;
  votes: number;
}

/** Casts per group of the roll: counts only. `name` is a building's id or a promotion; empty for voters without one. */
export interface TurnoutTable {
  election_id: string;
  kind: 'building' | 'promotion';
  name: string;
  votes: number;
}

/** How many are on the roll: all of them, per building, per promotion; names as in `turnout`. */
export interface RollCountsTable {
  election_id: string;
  kind: 'all' | 'building' | 'promotion';
  name: string;
  voters: number;
}

/** Who did what, when and why: insert-only, each entry bound to the one before by its hash. Ids only, no names. */
export interface AuditLogTable {
  position: number;
  at: Instant;
  actor: string;
  action: string;
  election_id: string | null;
  subject: string | null;
  details: string;
  reason: string;
  previous: string;
  hash: string;
}

/** The last entry of the audit log: the one row that its writers lock. */
export interface AuditHeadTable {
  name: string;
  position: number;
  hash: string;
}

/** The last outcome of an integrity check. `fault` is empty when it found none; an empty `election_id` is the instance. */
export interface IntegrityChecksTable {
  election_id: string;
  name: string;
  due_at: Instant;
  checked_at: Instant | null;
  fault: string;
  /** Since when every check has had this outcome, and how many those were. */
  since: Instant | null;
  checks: number;
  /** How many found a fault, ever, and when the first one did. */
  failures: number;
  failed_at: Instant | null;
}

/** The backups that the server takes by itself; `voting`: whether people could vote when the last one was taken. */
export interface BackupRunsTable {
  name: string;
  due_at: Instant;
  /** The process that takes one holds it until then. */
  lease_until: Instant;
  taken_at: Instant | null;
  file: string;
  bytes: number;
  voting: Flag;
  failed_at: Instant | null;
  /** Why the last one failed; empty when it did not. */
  fault: string;
}

/** A spreadsheet between its dry run and its confirmation, and the last one that was imported until it cannot be undone. */
export interface VoterImportsTable {
  id: string;
  election_id: string;
  /** The account whose dry run it is, or `command`. */
  actor: string;
  state: 'reading' | 'ready' | 'refused' | 'running' | 'done' | 'undone';
  created_at: Instant;
  /** The last sign of life of the process that works on it. */
  beat_at: Instant;
  done: number;
  total: number;
  /** SHA-256 of what the dry run would do; what is confirmed must do the same. */
  digest: string;
  /** JSON, sealed: it holds names. */
  summary: string;
}

/** The file of a dry run, sealed, in pieces. */
export interface VoterImportPartsTable {
  import_id: string;
  part: number;
  sealed: string;
}

/** What an import changed of a voter. JSON. */
export interface VoterImportChangesTable {
  import_id: string;
  voter_id: string;
  before: string;
  after: string;
}

export type MailKind = 'invitation' | 'link' | 'code' | 'reminder';

/** One decision to send a kind of mail to many (or to one). */
export interface MailingsTable {
  id: string;
  election_id: string;
  kind: MailKind;
  round: number;
  state: 'running' | 'paused' | 'stopped' | 'cancelled' | 'finished';
  /** Why it stopped by itself, or what it waits for; empty otherwise. */
  why: string;
  created_at: Instant;
  created_by: string;
}

/** One mail to one voter: a reference, never a body. */
export interface DeliveriesTable {
  id: string;
  mailing_id: string;
  election_id: string;
  voter_id: string;
  kind: MailKind;
  round: number;
  /** `sending` is written before SMTP speaks; a lease that runs out there becomes `unknown`, which is never sent by itself. */
  status: 'queued' | 'sending' | 'accepted' | 'deferred' | 'rejected' | 'unknown' | 'cancelled';
  /** In our words: `no-such-address`, `mailbox-full`, …; empty where there is nothing to say. */
  cause: string;
  /** What the mail server said: `5.1.1` (RFC 3463), else `550` (RFC 5321). */
  reply_code: string;
  attempts: number;
  due_at: Instant;
  lease_until: Instant | null;
  changed_at: Instant;
}

/** A text as somebody saved it; the highest version counts. */
export interface MailTextsTable {
  election_id: string;
  kind: MailKind;
  locale: string;
  version: number;
  subject: string;
  body: string;
  saved_at: Instant;
}

/** How many mails were claimed in the current minute, by all processes together. */
export interface MailPaceTable {
  name: string;
  minute: Instant;
  claimed: number;
  /** The postman whose turn it is, until then. */
  holder: string;
  held_until: Instant;
}

/** What an election sealed as `verifiable` has beside its row. */
export interface VerifiableElectionsTable {
  election_id: string;
  /** Its name in the archive: base 58, other than our id. */
  uuid: string;
  group_name: GroupName;
  /** Until when one process sums the box. */
  summed_until: Instant;
  /** How many trustees decrypt; 0: all of them. */
  threshold: number;
  /** The exact texts of the archive, from arming on. */
  election: string | null;
  trustees: string | null;
  /** JSON, from the close on: the encrypted tally, its hash and sizes. */
  tally: string | null;
  /** The text of strict.json, once the shares are on the board. */
  strict: string | null;
  /** The name of the key that credentials wait under; null once it is destroyed. */
  credential_key: string | null;
}

/** An arming on its way, or one that failed since the last try. Gone once the election is armed. */
export interface ArmingsTable {
  election_id: string;
  started_at: Instant;
  /** The last sign of life of the process that works on it. */
  beat_at: Instant;
  /** Credentials. */
  done: number;
  total: number;
  /** Why it failed. */
  problem: string | null;
}

/** The head of an election's board: the one row that whoever appends locks. `started_at` in seconds, as the archive has it. */
export interface BoardsTable {
  election_id: string;
  started_at: number;
  height: number;
  hash: string;
}

/** The public board, one event a row. What a `Ballot` event is of stands in the box, under its receipt. */
export interface BoardEventsTable {
  election_id: string;
  height: number;
  type: string;
  hash: string;
  /** The public credential a ballot was signed with: each votes once. */
  credential: string | null;
  receipt: string | null;
  /** The bytes of the archive; those of a ballot are made again from the box. */
  content: Uint8Array | null;
}

/** Somebody who holds a part of the key, invited by a link, with what they have made so far (JSON). */
export interface TrusteesTable {
  id: string;
  election_id: string;
  position: number;
  name: string;
  link_hash: string;
  sealed: string;
  certificate: string | null;
  polynomial: string | null;
  public_key: string | null;
  /** Checked, and held back until enough are there. */
  share: string | null;
  strict: string | null;
}

/** Which credential is a voter's: a keyed hash, and until it was sent the credential itself under a key of its own. */
export interface VoterCredentialsTable {
  voter_id: string;
  election_id: string;
  credential_hash: string;
  pending: string | null;
}

/** Who makes the credentials instead of the server, invited by a link. */
export interface RegistrarsTable {
  election_id: string;
  name: string;
  link_hash: string;
  sealed: string;
  /** How many credentials without a voter are made beside those of the roll. */
  reserve: number;
  /** Names what is being handed in part by part; another one begins anew. */
  attempt: string | null;
  /** The list as the archive will have it, reserve included, once it is whole. */
  credentials: string | null;
  /** For how many voters it was made. */
  voters: number | null;
}

/** Public credentials that were handed in, until the list is whole. */
export interface RegisteredCredentialsTable {
  election_id: string;
  credential: string;
}

export interface ReserveCredentialsTable {
  election_id: string;
  /** From 1, as the registrar has numbered them. */
  number: number;
  credential: string;
  /** Why somebody got it; null while it is free. */
  given: 'late' | 'replaced' | null;
  /** The voter's id, sealed; null once the election is over. */
  holder: string | null;
}

/** How far a mailbox of returned mails has been read. */
export interface ReturnedMailboxesTable {
  name: string;
  /** UIDVALIDITY; empty before the first look. */
  validity: string;
  uid: number;
  lease_until: Instant;
  looked_at: Instant;
  /** Why the last look failed; empty when it did not. */
  problem: string;
}

/** A directory of people that the instance may look into. */
export interface DirectoryConnectionsTable {
  provider: 'google';
  /** Another one with every connection: the sealed values belong to it. */
  id: string;
  /** The lasting token and whose it is. */
  sealed: string;
  /** A JSON array. */
  scopes: string;
  connected_at: Instant;
  used_at: Instant | null;
  /** Why the last use failed, where somebody has to do something; empty when nobody has. */
  problem: string;
  /** What the directory said about it. */
  said: string;
  /** The short-lived token, sealed. */
  access: string | null;
  access_until: Instant;
  /** Until then one process renews the short-lived token. */
  lease_until: Instant;
}

/** A connection that somebody has begun, until the directory sends them back. */
export interface DirectoryRequestsTable {
  state_hash: string;
  /** Of the browser that began it. */
  session_hash: string;
  sealed: string;
  created_at: Instant;
}

export interface Tables {
  settings: SettingsTable;
  accounts: AccountsTable;
  account_links: AccountLinksTable;
  sessions: SessionsTable;
  totp_secrets: TotpSecretsTable;
  recovery_codes: RecoveryCodesTable;
  passkeys: PasskeysTable;
  passkey_challenges: PasskeyChallengesTable;
  pending_logins: PendingLoginsTable;
  approvals: ApprovalsTable;
  password_resets: AccountLinksTable;
  throttles: ThrottlesTable;
  elections: ElectionsTable;
  contests: ContestsTable;
  candidates: CandidatesTable;
  logos: LogosTable;
  buildings: BuildingsTable;
  voters: VotersTable;
  links: LinksTable;
  codes: CodesTable;
  code_failures: CodeFailuresTable;
  signatures: SignaturesTable;
  ballots: BallotsTable;
  participation: ParticipationTable;
  turnout: TurnoutTable;
  roll_counts: RollCountsTable;
  audit_log: AuditLogTable;
  audit_head: AuditHeadTable;
  integrity_checks: IntegrityChecksTable;
  backup_runs: BackupRunsTable;
  voter_imports: VoterImportsTable;
  voter_import_parts: VoterImportPartsTable;
  voter_import_changes: VoterImportChangesTable;
  mailings: MailingsTable;
  deliveries: DeliveriesTable;
  mail_texts: MailTextsTable;
  mail_pace: MailPaceTable;
  returned_mailboxes: ReturnedMailboxesTable;
  verifiable_elections: VerifiableElectionsTable;
  armings: ArmingsTable;
  boards: BoardsTable;
  board_events: BoardEventsTable;
  trustees: TrusteesTable;
  voter_credentials: VoterCredentialsTable;
  registrars: RegistrarsTable;
  registered_credentials: RegisteredCredentialsTable;
  reserve_credentials: ReserveCredentialsTable;
  directory_connections: DirectoryConnectionsTable;
  directory_requests: DirectoryRequestsTable;
}
