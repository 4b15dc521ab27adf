// What every directory of people can do, whoever keeps it. A provider knows its addresses and formats and nothing of ours:
// tokens and people go in and out, nothing is kept.

import type { DirectoryAccess, DirectoryName } from '../domain/directory-connections.ts';
import type {
  ConnectCause,
  DirectoryAnswer,
  DirectoryCause,
  DirectoryPage,
  DirectoryUnit,
} from '../domain/directory-people.ts';

/** As the organisation has registered this instance with the provider. */
export interface DirectoryClient {
  readonly id: string;
  readonly secret: string;
}

/** What an answer must fit to. */
export interface Pending {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Asked extends Pending {
  /** Also to choose people by unit. */
  readonly units: boolean;
  /** The account that is connected already, to be offered first. */
  readonly account?: string | undefined;
}

export interface Redeemed {
  readonly token: string;
  readonly access: DirectoryAccess;
  readonly scopes: readonly string[];
  readonly subject: string;
  readonly account: string;
  readonly organisation: string;
}

export interface Renewed {
  readonly access: DirectoryAccess;
  /** A new lasting token, where it was exchanged. */
  readonly token?: string | undefined;
}

/** `unauthorised`: this short-lived token is not taken, another may be. */
export type Found<T> = DirectoryAnswer<T, DirectoryCause | 'unauthorised'>;

export interface DirectoryProvider {
  readonly name: DirectoryName;
  /** Where the administrator goes to agree. */
  authorize(client: DirectoryClient, asked: Asked): Promise<URL>;
  /** What came back under the redirect address becomes tokens; nothing is believed that was not asked for. */
  redeem(client: DirectoryClient, pending: Pending, answer: URL): Promise<DirectoryAnswer<Redeemed, ConnectCause>>;
  refresh(client: DirectoryClient, token: string): Promise<DirectoryAnswer<Renewed>>;
  /** True when the token is worth nothing any more. */
  revoke(token: string): Promise<boolean>;
  allowsSearch(scopes: readonly string[]): boolean;
  allowsUnits(scopes: readonly string[]): boolean;
  search(access: string, query: string, page?: string): Promise<Found<DirectoryPage>>;
  listUnits(access: string): Promise<Found<readonly DirectoryUnit[]>>;
  listMembers(access: string, unit: string, page?: string): Promise<Found<DirectoryPage>>;
}
