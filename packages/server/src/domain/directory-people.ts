// What a directory of people tells, whoever keeps it, and why it may not. All texts come from elsewhere.

export interface DirectoryPerson {
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  /** Department or title, to tell two of one name apart. */
  readonly about: string;
}

export interface DirectoryPage {
  readonly people: readonly DirectoryPerson[];
  /** Asks for those who follow; undefined after the last. */
  readonly next: string | undefined;
}

/** An organisational unit. */
export interface DirectoryUnit {
  /** `/Students/2026`; `/` is everybody. */
  readonly path: string;
  readonly name: string;
}

/** Each has its sentences: `reason.directory-<cause>`. */
export type DirectoryCause =
  // of the connection
  | 'not-set-up'
  | 'not-connected'
  | 'grant-lost'
  | 'wrong-client'
  | 'other-client'
  | 'scope-missing'
  // of an answer
  | 'not-allowed'
  | 'api-off'
  | 'too-many'
  | 'unavailable'
  | 'unreachable'
  | 'too-slow'
  | 'unexpected';

/** Why nothing was connected. */
export type ConnectCause =
  DirectoryCause | 'unknown-state' | 'denied' | 'wrong-answer' | 'private-account' | 'no-offline';

export interface DirectoryRefusal<Cause> {
  readonly ok: false;
  readonly cause: Cause;
  /** In the directory's own words, short; empty when it said nothing. */
  readonly said: string;
}

export type DirectoryAnswer<T, Cause = DirectoryCause> =
  { readonly ok: true; readonly value: T } | DirectoryRefusal<Cause>;
