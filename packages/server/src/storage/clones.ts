// Copies of an election's contests, candidates, logos and texts of mails into another one. Whole rows: a column of a later migration is
// copied too.

import type { Writer } from './database.ts';

/** The order of a drawn contest is drawn again. */
const undrawn = { order_seed: '' } as const;

/** `newId` makes an id for each copied row. */
export async function copyContests(tx: Writer, from: string, to: string, newId: () => string): Promise<void> {
  const contests = await tx.selectFrom('contests').selectAll().where('election_id', '=', from).execute();
  for (const contest of contests) {
    const id = newId();
    await tx
      .insertInto('contests')
      .values({ ...contest, ...undrawn, id, election_id: to })
      .execute();
    await copyCandidates(tx, contest.id, id, newId);
  }
}

async function copyCandidates(tx: Writer, from: string, to: string, newId: () => string): Promise<void> {
  const candidates = await tx.selectFrom('candidates').selectAll().where('contest_id', '=', from).execute();
  for (const candidate of candidates) {
    const id = newId();
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
