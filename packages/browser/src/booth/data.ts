// What the server writes into the booth's page (the same names in views/booth.ts).
export interface BoothData {
  readonly locale: 'en' | 'fr';
  readonly castUrl: string;
  /** The exact text that was frozen at arming; its bytes are hashed into every ballot. */
  readonly definition: string;
  readonly publicKey: string;
  /** Of an election that everyone can check; null where one key opens the box. */
  readonly verifiable: VerifiableData | null;
  readonly candidateTexts: Readonly<Record<string, string>>;
  /** Addresses of pictures by the candidate's id. */
  readonly logos: Readonly<Record<string, string>>;
  /** Finished sentences by the contest's id: how many are elected, in which order the candidates stand. */
  readonly contestRules: Readonly<Record<string, readonly string[]>>;
  /** Finished sentences about the whole count. */
  readonly rules: readonly string[];
  readonly description: string;
  readonly closes: string;
  readonly electionUrl: string;
  readonly receiptUrl: string;
  readonly receiptUntil: string;
  readonly contact: { readonly name: string; readonly email: string };
  readonly storageKey: string;
  /** The page shows a door (already voted, too late): only a ballot whose answer was lost has work to do here. */
  readonly isDoor: boolean;
  readonly messages: Readonly<Record<string, string>>;
}

export interface VerifiableData {
  /** The election's exact text on the public board. */
  readonly election: string;
  /** φ of it, which every ballot names. */
  readonly fingerprint: string;
  readonly workerUrl: string;
  /** Whose letter brings the voter code; null where the link does. */
  readonly registrar: string | null;
}
