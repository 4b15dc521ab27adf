// What the pages around this program give it: the server's page writes it as data, the file that works from disk carries its own.

/** An election of this site whose record or archive is public. */
export interface ListedElection {
  readonly id: string;
  readonly name: string;
  /** Its state and day, finished. */
  readonly when: string;
  readonly fileName: string;
  readonly fileUrl: string;
  /** The strict proofs beside an archive. */
  readonly strictUrl: string | null;
}

export type Locale = 'en' | 'fr';
export type Messages = Readonly<Record<string, string>>;

/** The same names as in the server's views/verify.ts. */
export interface VerifyData {
  readonly locale: Locale;
  readonly workerUrl: string;
  readonly version: string;
  readonly elections: readonly ListedElection[];
  /** The id of the one that the link named, or empty. */
  readonly chosen: string;
  readonly messages: Messages;
}

/** In the file that works from disk. */
export interface DiskData {
  readonly version: string;
  readonly messages: Readonly<Record<Locale, Messages>>;
}
