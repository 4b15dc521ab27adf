// Copies of an election's contests, candidates, logos and texts of mails into another one. Whole rows: a column of a later migration is
// copied too.

import type { Writer } from './database.ts';

/** What a copied row has of its own: an id, and where the order of a contest is drawn, another draw. */
export interface Anew {
  readonly id: () => string;
  readonly seed: () => string;
}

export async function copyContests(tx: Writer, from: string, to: string, anew: Anew): Promise<void> {
  const contests = await tx.selectFrom('contests').selectAll().where('election_id', '=', from).execute();
  for (const contest of contests) {
    const id = anew.id();
    const order_seed = contest.candidate_order === 'drawn' ? anew.seed() : '';
    await tx
      .insertInto('contests')
      .values({ ...contest, order_seed, id, election_id: to })
      .execute();
    await copyCandidates(tx, contest.id, id, anew);
  }
}

async function copyCandidates(tx: Writer, from: string, to: string, anew: Anew): Promise<void> {
  const candidates = await tx.selectFrom('candidates').selectAll().where('contest_id', '=', from).execute();
  for (const candidate of candidates) {
    const id = anew.id();
    await tx
      .insertInto('candidates')
      .values({ ...candidate, id, contest_id: to })
      .execute();
    const logo = await tx.selectFrom('logos').selectAll().where('candidate_id', '=', candidate.id).executeTakeFirst();
    if (logo)
      await tx
        .insertInto('logos')
        .values({ ...logo, candidate_id: id })
        .execute();
  }
}

/** Every version of every text. */
export async function copyMailTexts(tx: Writer, from: string, to: string): Promise<void> {
  const texts = await tx.selectFrom('mail_texts').selectAll().where('election_id', '=', from).execute();
  for (const text of texts)
    await tx
      .insertInto('mail_texts')
      .values({ ...text, election_id: to })
      .execute();
}
