// Fills a throwaway instance: an election that is prepared, one in which people vote, one whose result is published. The rules
// of the domain do it, with the clock set back, so that dates and participation look like those of real days; the mails
// really go out, to the demonstration's own mail server.

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
import { setTimeout as wait } from 'node:timers/promises';
import release from '../../../package.json' with { type: 'json' };
import { prepareAccount } from '../../domain/accounts.ts';
import { armElection, definitionOf } from '../../domain/arming.ts';
import { createBallotQueue } from '../../domain/ballot-queue.ts';
import { sealBox } from '../../domain/boxes.ts';
import { addBuilding } from '../../domain/buildings.ts';
import { addCandidate } from '../../domain/candidates.ts';
import { castBallot } from '../../domain/casting.ts';
import { addContest } from '../../domain/contests.ts';
import { publishResult, recordDeliberation } from '../../domain/deliberations.ts';
import { createElection, markHandedOut, readElection } from '../../domain/elections.ts';
import { readAccesses } from '../../domain/links.ts';
import { encodeLogo, type Logo } from '../../domain/logos.ts';
import { findMailing, startMailing } from '../../domain/mailings.ts';
import type { MailKind } from '../../domain/mail-texts.ts';
import { proveHere } from '../../domain/proofs.ts';
import { type ConfirmedAdmin, confirmedScope } from '../../domain/scopes.ts';
import { saveOrganisation } from '../../domain/settings.ts';
import { addVoters, listVoters } from '../../domain/voters.ts';
import type { Demo, DemoVoter } from '../../http/deps.ts';
import type { Instance } from '../../instance.ts';
import type { Postman } from '../../mail/postman.ts';
import { insertAccount } from '../../storage/accounts.ts';
import { findElection } from '../../storage/elections.ts';
import {
  type DemoContent,
  demoContent,
  type DemoElection,
  type DemoLanguage,
  type DemoQuestion,
  demoVoters,
} from './content.ts';
import { emblem, type EmblemName } from './emblems.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Has no factor in common with the sizes of the rolls. */
const stride = 7;
const login = { name: 'Ada Demo', email: 'demo@example.org', password: 'votix-demonstration' };

/** The instance, with a clock that this file moves. */
export interface DemoStage extends Instance {
  readonly setClock: (offsetMs: number) => void;
  /** Carries mails to the demonstration's own mail server. */
  readonly postman: Pick<Postman, 'wake'>;
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

/** In the order of their days: the audit log is read from the oldest to the newest. */
export async function fillDemo(
  stage: DemoStage,
  language: DemoLanguage,
  baseUrl: string,
): Promise<Omit<Demo, 'mails'>> {
  const content = demoContent[language];
  stage.setClock(-14 * day);
  const admin = await setUp(stage, { content, language, baseUrl });
  await published(stage, admin, content);
  stage.setClock(-46 * hour);
  const voters = demoSizes.draft;
  await anElection(stage, admin, { content, about: content.draft, voters, opens: 10 * day, closes: 17 * day });
  const open = await opened(stage, admin, content);
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
  const admin = confirmedScope({ accountId: account.id, name: account.name, role: 'admin', confirmed: true })!;
  for (const building of o.content.buildings) assert((await addBuilding(db, admin, building)).ok);
  return admin;
}

interface Plan {
  readonly content: DemoContent;
  readonly about: DemoElection;
  readonly voters: number;
  /** From now, whatever the clock is set to. */
  readonly opens: number;
  readonly closes: number;
}

async function anElection({ db }: DemoStage, admin: ConfirmedAdmin, plan: Plan): Promise<string> {
  const { name, description, questions } = plan.about;
  const now = Math.floor(Date.now() / hour) * hour;
  const [first, ...others] = questions;
  const id = await createElection(db, admin, {
    name,
    description,
    zone: 'Europe/Paris',
    opensAt: now + plan.opens,
    closesAt: now + plan.closes,
    contestTitle: first!.title,
    blank: true,
    minimumBallots: 5,
  });
  for (const { title, most } of others) {
    const rules = { minChoices: 1, maxChoices: most, blank: true, seats: most, order: 'fixed' } as const;
    assert((await addContest(db, admin, id, { title, ...rules })).ok);
  }
  const { contests } = (await readElection(db.reader, id))!;
  for (const [n, { candidates }] of questions.entries()) await stand({ db }, admin, [id, contests[n]!.id], candidates);
  await addVoters(db, admin, id, demoVoters(plan.voters, plan.content.buildings));
  return id;
}

async function stand(
  { db }: Pick<DemoStage, 'db'>,
  admin: ConfirmedAdmin,
  [electionId, contestId]: readonly [electionId: string, contestId: string],
  candidates: DemoQuestion['candidates'],
): Promise<void> {
  for (const { emblem: name, ...candidate } of candidates) {
    const logo = name && (await logoOf(name));
    const added = await addCandidate(db, admin, electionId, { ...candidate, contestId, ...(logo && { logo }) });
    assert(added.ok, 'a demo candidate can stand');
  }
}

async function logoOf(name: EmblemName): Promise<Logo> {
  const encoded = await encodeLogo(await emblem(name));
  assert(encoded.ok, 'a demo picture is one');
  return encoded.logo;
}

/** Until each is with the mail server. */
async function mail({ db, postman }: DemoStage, admin: ConfirmedAdmin, electionId: string, kind: MailKind) {
  const started = await startMailing(db, admin, { electionId, kind }, { secure: true, mailReady: true });
  assert(started.ok, 'a demo mailing can start');
  postman.wake();
  for (;;) {
    const { state, why } = (await findMailing(db.reader, started.mailingId))!;
    if (state === 'finished') return;
    assert(state === 'running' && why === '', `the mails of the demonstration do not go out: ${state} ${why}`);
    await wait(20);
  }
}

interface ArmedDemo {
  readonly id: string;
  readonly keyFile: string;
  readonly passphrase: string;
  /** Seals a ballot with these choices, question by question. */
  readonly seal: (choices: Choices) => Promise<string>;
}

type Choices = readonly (readonly number[])[];

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
  const seal = async (choices: Choices) => {
    const sealed = await sealBallot(made.context, choices);
    assert(sealed.ok);
    return sealed.ballot;
  };
  return { id, keyFile, passphrase, seal };
}

/** More for the first candidates, some blank. */
const choicesOf = (n: number, { questions }: DemoElection): Choices =>
  questions.map(({ most, candidates }, q) => {
    if ((n + q) % 11 === 10) return [];
    const last = candidates.length - 1;
    const liked = [Math.min(n % 5, n % 3, last), Math.min((n + 1) % 7, last)];
    return [...new Set(liked.slice(0, most))].toSorted((a, b) => a - b);
  });

interface Voting {
  readonly votes: number;
  readonly about: DemoElection;
  /** Over which time before now the votes are spread. */
  readonly from: number;
  readonly to: number;
}

async function vote(stage: DemoStage, admin: ConfirmedAdmin, armed: ArmedDemo, voting: Voting): Promise<DemoVoter[]> {
  const { db, vault, setClock } = stage;
  const rows = await listVoters(db.reader, armed.id, { limit: 500, offset: 0 });
  // Not in the order of the roll: by strides that meet everybody.
  const ids = rows.map((_, n) => rows[(n * stride) % rows.length]!.id);
  const accesses = await readAccesses(db, vault, admin, ids);
  const queue = createBallotQueue(db);
  for (const [n, id] of ids.slice(0, voting.votes).entries()) {
    // Squared: many soon after the opening, fewer later.
    setClock(-(voting.from - (voting.from - voting.to) * (n / voting.votes) ** 2));
    const ballot = await armed.seal(choicesOf(n, voting.about));
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
  stage.setClock(-40 * hour);
  const about = content.open;
  const id = await anElection(stage, admin, { content, about, voters, opens: -1 * day, closes: 6 * day });
  await mail(stage, admin, id, 'invitation');
  stage.setClock(-30 * hour);
  const armed = await arm(stage, admin, id);
  stage.setClock(-26 * hour);
  await mail(stage, admin, id, 'link');
  const voting = { votes, about, from: 20 * hour, to: hour / 4 };
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
  await vote(stage, admin, armed, { votes, about, from: 9 * day, to: 4 * day });
  setClock(-3 * day + hour);
  await sealBox(db, id);
  const counter = createCounter(definitionOf((await readElection(db.reader, id))!));
  for (let n = 0; n < votes; n++) counter.add(choicesOf(n, about));
  const { box_hash: boxHash } = (await findElection(db.reader, id))!;
  setClock(-2 * day);
  const counted = { tally: counter.tally(), invalidBallots: [], boxHash: boxHash! };
  assert((await recordDeliberation(db, admin, id, counted)).ok, 'the demo result fits its box');
  const publisher = { organisation: content.organisation, software: release.version };
  assert((await publishResult(db, admin, id, publisher)).ok);
}
