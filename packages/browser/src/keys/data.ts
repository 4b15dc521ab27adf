// What the server writes into the arm page (the same names in views/arm.ts).
import type { ModulusBits } from '@votix/protocol';

export interface KeysData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly bits: ModulusBits;
  readonly fileName: string;
  /** The exact text that arming freezes. */
  readonly definition: string;
  readonly definitionHash: string;
  readonly armUrl: string;
  readonly doneUrl: string;
  readonly secure: boolean;
  readonly messages: Readonly<Record<string, string>>;
}
