// What the server writes into a trustee's page (the same names in views/trustee.ts), and what it says about the trustee's
// seat when it is asked (domain/trustee-steps.ts).
export interface TrusteeData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly trusteeName: string;
  readonly fileName: string;
  readonly seatUrl: string;
  readonly stepUrl: string;
  readonly shareUrl: string;
  readonly archiveUrl: string;
  readonly electionUrl: string;
  readonly workerUrl: string;
  readonly closes: string;
  readonly messages: Readonly<Record<string, string>>;
}

export type Step = 'key' | 'certificate' | 'polynomial' | 'member-key' | 'waiting' | 'done';

export interface Seat {
  readonly groupName: 'Ed25519' | 'BELENIOS-2048';
  /** 0: all of them. */
  readonly threshold: number;
  readonly size: number;
  readonly index: number;
  readonly step: Step;
  readonly hasShare: boolean;
  readonly stage: 'making' | 'armed' | 'open' | 'closed' | 'below-minimum' | 'tallied' | 'opened' | 'abandoned';
  readonly trustees: readonly { readonly name: string; readonly step: Step; readonly hasShare: boolean }[];
  readonly certs: readonly unknown[] | null;
  readonly polynomials: readonly unknown[] | null;
}
