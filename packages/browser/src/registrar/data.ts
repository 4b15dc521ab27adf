// What the server writes into a registrar's page (the same names in views/registrar.ts), and what it says when it is asked
// (domain/registrar-steps.ts).
export interface RegistrarData {
  readonly locale: 'en' | 'fr';
  readonly electionName: string;
  readonly registrarName: string;
  readonly organisation: string;
  readonly fileName: string;
  readonly listName: string;
  readonly seatUrl: string;
  readonly rollUrl: string;
  readonly partUrl: string;
  readonly finishUrl: string;
  readonly workerUrl: string;
  readonly opens: string;
  readonly closes: string;
  readonly messages: Readonly<Record<string, string>>;
}

export interface RollEntry {
  readonly id: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  readonly promotion: string;
  readonly building: string;
}

/** A code of the reserve that the registrar hands over, to somebody who came late or lost theirs. */
export interface Given extends Omit<RollEntry, 'id'> {
  readonly number: number;
  readonly given: 'late' | 'replaced';
  readonly voterId: string;
}

export interface Seat {
  readonly groupName: 'Ed25519' | 'BELENIOS-2048';
  readonly uuid: string;
  readonly stage: 'making' | 'made' | 'armed' | 'open' | 'over';
  readonly voters: number;
  readonly reserve: number;
  readonly attempt: string | null;
  /** Voters who came after the codes were made and have none yet. */
  readonly uncovered: number;
  readonly given: readonly Given[];
}
