// Fills a throwaway instance: an election that is prepared, one in which people vote, one whose result is published. The rules
// of the domain do it, with the clock set back, so that dates and participation look like those of real days.

import {
  ballotContext,
  createCounter,
  definitionHash,
  encodeDefinition,
  makeKeyPair,
  makePassphrase,
  sealBallot,
  sealKeyFile,
} from '@votix/protocol';
import assert from 'node:assert/strict';
import { prepareAccount } from '../../domain/accounts.ts';
import { armElection, definitionOf } from '../../domain/arming.ts';
import { createBallotQueue } from '../../domain/ballot-queue.ts';
import { sealBox } from '../../domain/boxes.ts';
import { addCandidate } from '../../domain/candidates.ts';
import { castBallot } from '../../domain/casting.ts';
import { publishResult, recordDeliberation } from '../../domain/deliberations.ts';
import { createElection, markHandedOut, readElection } from '../../domain/elections.ts';
import { readAccesses } from '../../domain/links.ts';
import { proveHere } from '../../domain/proofs.ts';
import { type ConfirmedAdmin, confirmedScope } from '../../domain/scopes.ts';
import { saveOrganisation } from '../../domain/settings.ts';
import { addVoters, listVoters } from '../../domain/voters.ts';
import type { Demo, DemoVoter } from '../../http/deps.ts';
import type { Instance } from '../../instance.ts';
import { insertAccount } from '../../storage/accounts.ts';
import { findElection } from '../../storage/elections.ts';
import { type DemoContent, demoContent, type DemoLanguage, demoVoters } from './content.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Has no factor in common with the sizes of the rolls. */
const stride = 7;
const login = { name: 'Ada Demo', email: 'demo@example.org', password: 'votix-demonstration' };

/** The instance, with a clock that this file moves. */
export interface DemoStage extends Instance {
  readonly setClock: (offsetMs: number) => void;
}

interface Sizes {
  readonly draft: number;
  readonly open: { readonly voters: number; readonly votes: number };
  readonly published: { readonly voters: number; readonly votes: number };
}

const demoSizes: Sizes = {
  draft: 40,
  open: { voters: 200, votes: 132 },
  published: { voters: 60, votes: 47 },
};

export async function fillDemo(stage: DemoStage, language: DemoLanguage, baseUrl: string): Promise<Demo> {
  const content = demoContent[language];
  stage.setClock(-14 * day);
  const admin = await setUp(stage, { content, language, baseUrl });
  await published(stage, admin, content);
  const open = await opened(stage, admin, content);
  stage.setClock(-1 * day);
  await anElection(stage, admin, {
    content,
    about: content.draft,
    voters: demoSizes.draft,
    opens: 10 * day,
    closes: 17 * day,
  });
  stage.setClock(0);
  return { email: login.email, password: login.password, ...open };
}

async function setUp(
  { db }: DemoStage,
  o: { readonly content: DemoContent; readonly language: DemoLanguage; readonly baseUrl: string },
): Promise<ConfirmedAdmin> {
  const account = await prepareAccount(login, 'admin', await db.now());
  await db.write(async (tx) => {
    await saveOrganisation(tx, {
      organisation: o.content.organisation,
      contactName: o.content.contact,
      contactEmail: 'claire@example.org',
      retentionDays: 90,
      language: o.language,
      zone: 'Europe/Paris',
      baseUrl: o.baseUrl,
    });
    await insertAccount(tx, account);
  });
  return confirmedScope({ accountId: account.id, name: account.name, role: 'admin', confirmed: true })!;
}

interface Plan {
  readonly content: DemoContent;
  readonly about: DemoContent['open'];
  readonly voters: number;
  /** From now, whatever the clock is set to. */
  readonly opens: number;
  readonly closes: number;
}

async function anElection({ db, vault }: DemoStage, admin: ConfirmedAdmin, plan: Plan): Promise<string> {
  const { name, description, question, candidates } = plan.about;
  const now = Math.floor(Date.now() / hour) * hour;
  const id = await createElection(db, admin, {
    name,
    description,
    zone: 'Europe/Paris',
    opensAt: now + plan.opens,
    closesAt: now + plan.closes,
    contestTitle: question,
    blank: true,
    minimumBallots: 5,
  });
  for (const candidate of candidates) await addCandidate(db, admin, id, candidate);
  await addVoters(db, vault, admin, id, demoVoters(plan.voters, plan.content.buildings));
  return id;
}

interface ArmedDemo {
  readonly id: string;
  readonly keyFile: string;
  readonly passphrase: string;
  /** Seals a ballot for these choices. */
  readonly seal: (choice: readonly number[]) => Promise<string>;
}

async function arm({ db }: DemoStage, admin: ConfirmedAdmin, id: string): Promise<ArmedDemo> {
  const definition = encodeDefinition(definitionOf((await readElection(db.reader, id))!));
  const { privateKey, publicKeyPem: publicKey, fingerprint } = await makeKeyPair();
  const passphrase = makePassphrase();
  const keyFile = await sealKeyFile(privateKey, passphrase);
  const proof = { possessionProven: true, definitionHash: definitionHash(definition), secure: true } as const;
  const armed = await armElection(db, admin, id, { publicKey, fingerprint, ...proof });
  assert(armed.ok, 'a demo election can be armed');
  await markHandedOut(db, admin, id);
  const made = await ballotContext(definition, publicKey);
  assert(made.ok);
  const seal = async (choice: readonly number[]) => {
    const sealed = await sealBallot(made.context, [choice]);
    assert(sealed.ok);
    return sealed.ballot;
  };
  return { id, keyFile, passphrase, seal };
}

/** More for the first candidates, some blank. */
const choiceOf = (n: number, candidates: number): readonly number[] =>
  n % 11 === 10 ? [] : [Math.min(n % 5, n % 3, candidates - 1)];

interface Voting {
  readonly votes: number;
  readonly candidates: number;
  /** Over which time before now the votes are spread. */
  readonly from: number;
  readonly to: number;
}

async function vote(stage: DemoStage, admin: ConfirmedAdmin, armed: ArmedDemo, voting: Voting): Promise<DemoVoter[]> {
  const { db, vault, setClock } = stage;
  const rows = await listVoters(db.reader, armed.id, { limit: 500, offset: 0 });
  // Not in the order of the roll: by strides that meet everybody.
  const ids = rows.map((_, n) => rows[(n * stride) % rows.length]!.id);
  const accesses = await readAccesses(db.reader, vault, admin, ids);
  const queue = createBallotQueue(db);
  for (const [n, id] of ids.slice(0, voting.votes).entries()) {
    // Squared: many soon after the opening, fewer later.
    setClock(-(voting.from - (voting.from - voting.to) * (n / voting.votes) ** 2));
    const ballot = await armed.seal(choiceOf(n, voting.candidates));
    const answer = await castBallot({ db, vault, queue, prove: proveHere }, { ...accesses.get(id)!, ballot });
    assert(answer.ok, 'a demo vote is recorded');
  }
  await queue.drain();
  const voted = new Set(ids.slice(0, voting.votes));
  return rows.map(({ id, first_name, last_name }) => {
    const { link, code } = accesses.get(id)!;
    return { name: `${first_name} ${last_name}`, link, code, hasVoted: voted.has(id) };
  });
}

async function opened(stage: DemoStage, admin: ConfirmedAdmin, content: DemoContent) {
  const { voters, votes } = demoSizes.open;
  stage.setClock(-3 * day);
  const about = content.open;
  const id = await anElection(stage, admin, { content, about, voters, opens: -1 * day, closes: 6 * day });
  const armed = await arm(stage, admin, id);
  const candidates = about.candidates.length;
  const voting = { votes, candidates, from: 20 * hour, to: hour / 4 };
  return {
    election: about.name,
    keyFile: armed.keyFile,
    passphrase: armed.passphrase,
    voters: await vote(stage, admin, armed, voting),
  };
}

async function published(stage: DemoStage, admin: ConfirmedAdmin, content: DemoContent): Promise<void> {
  const { db, setClock } = stage;
  const { voters, votes } = demoSizes.published;
  const about = content.published;
  setClock(-12 * day);
  const id = await anElection(stage, admin, { content, about, voters, opens: -10 * day, closes: -3 * day });
  const armed = await arm(stage, admin, id);
  const candidates = about.candidates.length;
  await vote(stage, admin, armed, { votes, candidates, from: 9 * day, to: 4 * day });
  setClock(-3 * day + hour);
  await sealBox(db, id);
  const counter = createCounter(definitionOf((await readElection(db.reader, id))!));
  for (let n = 0; n < votes; n++) counter.add([choiceOf(n, candidates)]);
  const { box_hash: boxHash } = (await findElection(db.reader, id))!;
  setClock(-2 * day);
  const counted = { tally: counter.tally(), invalidBallots: [], boxHash: boxHash! };
  assert((await recordDeliberation(db, admin, id, counted)).ok, 'the demo result fits its box');
  assert((await publishResult(db, admin, id)).ok);
}
