// Elections to vote in: voters, and for each a ballot, made beforehand on all cores.

import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { hireCrew, type SealedVote } from '../../packages/server/src/commands/rehearsal/crew.ts';
import { saveOrganisation } from '../../packages/server/src/domain/settings.ts';
import { type Database, openDatabase } from '../../packages/server/src/storage/database.ts';
import { findElection } from '../../packages/server/src/storage/elections.ts';
import { findVerifiable } from '../../packages/server/src/storage/verifiable-elections.ts';
import { organisation } from '../support/app.ts';
import { anArmedElection, secret, type TestVoter } from '../support/elections.ts';
import { aVerifiableElection } from '../support/verifiable-elections.ts';
import type { Environment } from './cast-server.ts';
import type { Sent } from './loading.ts';

export const fiveCandidates = ['Ada', 'Blaise', 'Chloé', 'Dmitri', 'Édith'] as const;

export interface VotesToCast {
  readonly environment: Environment;
  readonly votes: readonly Sent[];
}

export interface ProvenVotes extends VotesToCast {
  /** The board's text of the election. */
  readonly board: string;
  readonly ballots: readonly string[];
}

const voteOf = ({ link, code }: TestVoter, { ballot }: SealedVote): Sent => ({
  path: `/api/vote/${link}`,
  body: JSON.stringify({ ballot, code }),
});

/** A new SQLite instance in the folder, set up; and what a server there is told. */
export async function anInstance<T>(folder: string, fill: (db: Database) => Promise<T>) {
  const path = join(folder, 'db.sqlite');
  const environment: Environment = {
    DATA_DIR: folder,
    LOG_DIR: join(folder, 'logs'),
    DATABASE_URL: `sqlite:${path}`,
    SECRET_KEY: secret,
    VOTING_URL: organisation.baseUrl,
    PORT: '0',
  };
  const db = await openDatabase({ kind: 'sqlite', path });
  try {
    await db.write((tx) => saveOrganisation(tx, organisation));
    return { environment, filled: await fill(db) };
  } finally {
    await db.close();
  }
}

export async function sealedVotes(folder: string, voters: number): Promise<VotesToCast> {
  const crew = hireCrew();
  try {
    const { environment, filled: votes } = await anInstance(folder, async (db) => {
      const election = await anArmedElection(db, { voters, candidates: fiveCandidates });
      const { definition, public_key: publicKey } = (await findElection(db.reader, election.id))!;
      const items = election.voters.map(() => [[randomInt(fiveCandidates.length)]]);
      const sealed = await crew.seal({ kind: 'seal', definition: definition!, publicKey: publicKey!, items });
      return election.voters.map((voter, index) => voteOf(voter, sealed[index]!));
    });
    return { environment, votes };
  } finally {
    await crew.dismiss();
  }
}

export async function provenVotes(folder: string, voters: number): Promise<ProvenVotes> {
  const crew = hireCrew();
  try {
    const { environment, filled } = await anInstance(folder, async (db) => {
      const election = await aVerifiableElection(db, { voters, candidates: fiveCandidates });
      const items = election.voters.map(({ credential }) => ({
        credential,
        choices: [[randomInt(fiveCandidates.length)]],
      }));
      const board = (await findVerifiable(db.reader, election.id))!.election!;
      const sealed = await crew.seal({ kind: 'prove', election: board, items });
      const votes = election.voters.map((voter, index) => voteOf(voter, sealed[index]!));
      return { votes, board, ballots: sealed.map(({ ballot }) => ballot) };
    });
    return { environment, ...filled };
  } finally {
    await crew.dismiss();
  }
}
