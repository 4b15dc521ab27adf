// What a directory of people tells, whoever keeps it, and why it may not. All texts come from elsewhere.

import type { Admin, ConfirmedAdmin } from './scopes.ts';

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

/** What the pages are told of the connection. */
export interface DirectoryConnection {
  readonly account: string;
  readonly organisation: string;
  readonly scopes: readonly string[];
  readonly connectedAt: number;
  readonly usedAt: number | undefined;
  /** People can be listed by unit as well. */
  readonly hasUnits: boolean;
  /** Why it has to be connected anew. */
  readonly problem: DirectoryCause | undefined;
  /** What the directory said about it. */
  readonly said: string;
}

export interface DirectoryState {
  readonly hasClient: boolean;
  readonly connection: DirectoryConnection | undefined;
}

/** Whose browser it is, and the address under which it comes back. */
export interface Leaving {
  readonly session: string;
  readonly redirectUri: string;
  readonly units: boolean;
}

export type Connected = { readonly ok: true; readonly hasUnits: boolean } | DirectoryRefusal<ConnectCause>;
/** Gone here in any case; `revoked` where the directory has heard of it. */
export type Disconnected = { readonly removed: boolean; readonly revoked: boolean };

/** What the pages ask of the directory of people; directory/ does it. */
export interface Directory {
  read(): Promise<DirectoryState>;
  /** Where the administrator goes to agree. */
  begin(leaving: Leaving): Promise<DirectoryAnswer<URL>>;
  /** `answer`: the address under which they came back. */
  finish(actor: Admin, session: string, answer: URL): Promise<Connected>;
  disconnect(actor: ConfirmedAdmin): Promise<Disconnected>;
  /** `page` is what the former answer gave as `next`. */
  search(query: string, page?: string): Promise<DirectoryAnswer<DirectoryPage>>;
  listUnits(): Promise<DirectoryAnswer<readonly DirectoryUnit[]>>;
  listMembers(unit: string, page?: string): Promise<DirectoryAnswer<DirectoryPage>>;
}
