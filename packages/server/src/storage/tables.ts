// All tables, as Kysely sees them. Instants are epoch milliseconds, booleans 0/1, JSON is TEXT parsed by a schema in the domain.
// Only storage/ may import this file's tables; the domain sees the row types.

export type Instant = number;
export type Flag = 0 | 1;

export interface SettingsTable {
  name: string;
  value: string;
}

export interface AccountsTable {
  id: string;
  email: string;
  email_key: string;
  name: string;
  role: 'admin' | 'technician' | 'observer';
  password_hash: string;
  created_at: Instant;
}

export interface SessionsTable {
  token_hash: string;
  account_id: string;
  created_at: Instant;
  seen_at: Instant;
  authenticated_at: Instant;
}

export interface ThrottlesTable {
  name: string;
  attempts: number;
  pauses: number;
  paused_until: Instant;
}

export interface ElectionsTable {
  id: string;
  name: string;
  description: string;
  zone: string;
  opens_at: Instant;
  closes_at: Instant;
  minimum_ballots: number;
  sealing: 'sealed-box';
  created_at: Instant;
  armed_at: Instant | null;
  definition: string | null;
  public_key: string | null;
  fingerprint: string | null;
  handed_out_at: Instant | null;
  sealed_at: Instant | null;
  ballot_count: number | null;
  signature_count: number | null;
  box_hash: string | null;
  rewritten_at: Instant | null;
  deliberated_at: Instant | null;
  tally: string | null;
  invalid_ballots: string | null;
  published_at: Instant | null;
}

export interface ContestsTable {
  id: string;
  election_id: string;
  position: number;
  title: string;
  min_choices: number;
  max_choices: number;
  blank: Flag;
}

export interface CandidatesTable {
  id: string;
  contest_id: string;
  position: number;
  name: string;
  text: string;
}

export interface BuildingsTable {
  id: string;
  name: string;
  name_key: string;
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
}

/** A personal link and key; a replaced one stays, so that its page can say so. */
export interface LinksTable {
  link_hash: string;
  key_hash: string;
  voter_id: string;
  sealed: string;
  issued_at: Instant;
  replaced_at: Instant | null;
}

export interface CodesTable {
  voter_id: string;
  code_hash: string;
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

export interface Tables {
  settings: SettingsTable;
  accounts: AccountsTable;
  sessions: SessionsTable;
  throttles: ThrottlesTable;
  elections: ElectionsTable;
  contests: ContestsTable;
  candidates: CandidatesTable;
  buildings: BuildingsTable;
  voters: VotersTable;
  links: LinksTable;
  codes: CodesTable;
  code_failures: CodeFailuresTable;
  signatures: SignaturesTable;
  ballots: BallotsTable;
  participation: ParticipationTable;
}
