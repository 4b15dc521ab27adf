// What is prepared before a rehearsal's server starts: organisation, administrator, candidates, roll, one election open
// from now on. The rules of the domain do it, as they do for the console and the command line.

import type { SealingName } from '@votix/protocol';
import type { GroupName } from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { prepareAccount } from '../../domain/accounts.ts';
import { addCandidate } from '../../domain/candidates.ts';
import { createElection } from '../../domain/elections.ts';
import { type Access, readAccesses } from '../../domain/links.ts';
import { type ConfirmedAdmin, confirmedScope } from '../../domain/scopes.ts';
import { saveOrganisation } from '../../domain/settings.ts';
import { addTrustee, setThreshold } from '../../domain/trustees.ts';
import { addVoters, listVoters } from '../../domain/voters.ts';
import type { Instance } from '../../instance.ts';
import { insertAccount } from '../../storage/accounts.ts';

export interface Prepared {
  readonly electionId: string;
  readonly email: string;
  readonly password: string;
  readonly voters: readonly (Access & { readonly id: string })[];
  /** The last part of each trustee's address; none where one key opens the box. */
  readonly trustees: readonly string[];
}

export interface SealingWish {
  readonly sealing: SealingName;
  readonly group: GroupName;
  readonly trustees: number;
  /** 0: all of them. */
  readonly threshold: number;
}

const dayMs = 86_400_000;
const slice = 1000;

export async function prepare(
  { db, vault }: Instance,
  baseUrl: string,
  voters: number,
  wish: SealingWish,
): Promise<Prepared> {
  const [email, password] = ['rehearsal@example.org', randomBytes(18).toString('base64url')];
  const account = await prepareAccount({ name: 'Rehearsal', email, password }, 'admin', await db.now());
  await db.write(async (tx) => {
    await saveOrganisation(tx, {
      organisation: 'Rehearsal',
      contactName: 'Rehearsal',
      contactEmail: email,
      retentionDays: 30,
      language: 'en',
      zone: 'UTC',
      baseUrl,
    });
    await insertAccount(tx, account);
  });
  const admin = confirmedScope({ accountId: account.id, name: account.name, role: 'admin', confirmed: true })!;
  const now = await db.now();
  const electionId = await createElection(db, admin, {
    name: 'Rehearsal',
    description: '',
    zone: 'UTC',
    opensAt: now - 1000,
    closesAt: now + dayMs,
    contestTitle: 'Who?',
    blank: true,
    minimumBallots: Math.min(voters, 5),
    sealing: wish.sealing,
    groupName: wish.group,
  });
  for (const name of ['Ada', 'Blaise', 'Chloé', 'Dmitri'])
    await addCandidate(db, admin, electionId, { name, text: '' });
  const roll = Array.from({ length: voters }, (_, n) => ({
    lastName: `Voter${n}`,
    firstName: 'Test',
    email: `voter${n}@example.org`,
    promotion: `P${n % 5}`,
    building: `Building ${n % 3}`,
  }));
  await addVoters(db, admin, electionId, roll);
  const accesses: (Access & { readonly id: string })[] = [];
  for (let offset = 0; offset < voters; offset += slice) {
    const rows = await listVoters(db.reader, electionId, { limit: slice, offset });
    const ids = rows.map(({ id }) => id);
    for (const [id, access] of await readAccesses(db, vault, admin, ids)) accesses.push({ id, ...access });
  }
  const trustees = wish.sealing === 'verifiable' ? await inviteTrustees({ db, vault }, admin, electionId, wish) : [];
  return { electionId, email, password, voters: accesses, trustees };
}

async function inviteTrustees(
  { db, vault }: Pick<Instance, 'db' | 'vault'>,
  admin: ConfirmedAdmin,
  electionId: string,
  { trustees, threshold }: SealingWish,
): Promise<string[]> {
  const tokens: string[] = [];
  for (let n = 1; n <= trustees; n++) {
    const added = await addTrustee(db, vault, admin, electionId, { name: `Trustee ${n}` });
    assert(added.ok);
    tokens.push(added.token);
  }
  const set = await setThreshold(db, admin, electionId, threshold);
  assert(set.ok);
  return tokens;
}
