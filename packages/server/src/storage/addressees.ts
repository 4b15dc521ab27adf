// What a mail needs to know of its voter, and whether it should still go out.

import type { Reader } from './database.ts';

export interface Addressee {
  id: string;
  election_id: string;
  first_name: string;
  last_name: string;
  email: string;
  language: string;
  signed_on: string | null;
}

export async function listAddressees(db: Reader, voterIds: readonly string[]): Promise<Addressee[]> {
  if (voterIds.length === 0) return [];
  return db
    .selectFrom('voters')
    .leftJoin('signatures', (on) =>
      on.onRef('signatures.election_id', '=', 'voters.election_id').onRef('signatures.voter_id', '=', 'voters.id'),
    )
    .select([
      'voters.id',
      'voters.election_id',
      'voters.first_name',
      'voters.last_name',
      'voters.email',
      'voters.language',
      'signatures.signed_on',
    ])
    .where('voters.id', 'in', voterIds)
    .execute();
}
