// What the server writes into the deliberation page (the same names in views/deliberate.ts).
import type { KeyShares } from '../page/shares.ts';

export interface DeliberationData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly boxUrl: string;
  readonly resultUrl: string;
  readonly doneUrl: string;
  /** The exact text that arming froze. */
  readonly definition: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Number of ballots and hash of the box, written down when the box was sealed. */
  readonly ballots: number;
  readonly boxHash: string;
  /** How the passphrase was split when the election was armed; null when there is one. */
  readonly keyShares: KeyShares | null;
  readonly workerUrl: string;
  readonly messages: Readonly<Record<string, string>>;
}
