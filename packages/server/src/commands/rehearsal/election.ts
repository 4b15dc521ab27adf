// One whole election: armed by an administrator's requests, voted in by many at once, sealed by the server, opened with the
// key file, published; then the record that everyone can download is held against what was cast.

import {
  createCounter,
  type Definition,
  makeKeyPair,
  makePassphrase,
  parseDefinition,
  provePossession,
  receiptOf,
  sealKeyFile,
  type Selections,
  type Tally,
} from '@votix/protocol';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeliberationData } from '../../views/deliberate.ts';
import type { KeysData } from '../../views/arm.ts';
import type { BoothData } from '../../views/booth.ts';
import type { PublicRecord } from '../record-files.ts';
import { castAll, type Casting, connect } from './casting.ts';
import { findDifferences } from './comparison.ts';
import type { Crew } from './crew.ts';
import type { Prepared } from './preparation.ts';
import { dataOf, type Visitor, visit } from './visitor.ts';

export interface Stage {
  readonly baseUrl: string;
  readonly prepared: Prepared;
  readonly crew: Crew;
  readonly concurrency: number;
  /** Lets the end come now. */
  readonly end: () => Promise<void>;
  /** Runs a part and keeps its time. */
  readonly timed: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

export interface Outcome {
  /** Everything public about the election, as anyone downloads it. */
  readonly record: PublicRecord;
  readonly casting: Casting;
  readonly tally: Tally;
  /** What is not as it should be; empty when all is well. */
  readonly differences: readonly string[];
}

export async function runElection(stage: Stage): Promise<Outcome> {
  const { baseUrl, prepared, crew, timed } = stage;
  const path = `/console/elections/${prepared.electionId}`;
  const admin = visit(baseUrl);
  const key = await timed('arm', async () => {
    await logIn(admin, prepared);
    return arm(admin, path);
  });
  const [first] = prepared.voters;
  const { definition, publicKey } = dataOf(
    await visit(baseUrl).page(`/vote/${first!.link}`),
    'booth-data',
  ) as BoothData;
  const votes = prepared.voters.map(() => randomVote(definitionOf(definition)));
  const sealed = await timed('seal', () => crew.seal({ kind: 'seal', definition, publicKey, items: votes }));
  await connect(baseUrl, Math.min(stage.concurrency, votes.length));
  const casting = await timed('cast', () =>
    castAll(
      baseUrl,
      prepared.voters.map((voter, n) => [voter, sealed[n]!] as const),
      stage.concurrency,
    ),
  );
  const box = await timed('close', async () => {
    await stage.end();
    await logIn(admin, prepared); // casting may have outlasted the confirmation
    return untilSealed(admin, path);
  });
  const tally = await timed('open', () => open(admin, crew, box, key));
  await timed('publish', () => admin.form(`${path}/publish`, {}));
  const record = await timed('verify', () => admin.page(`/elections/${prepared.electionId}/record`));
  const expected = { tally: count(definitionOf(definition), votes), receipts: sealed.map(({ receipt }) => receipt) };
  const differences = findDifferences({ casting, tally, record, expected });
  return { casting, tally, differences, record: { content: record } };
}

export const logIn = (admin: Visitor, { email, password }: Prepared): Promise<void> =>
  admin.form('/login', { email, password, next: '/console' });

interface Key {
  readonly keyFile: string;
  readonly passphrase: string;
}

/** What the wizard does in the key holder's browser. */
async function arm(admin: Visitor, path: string): Promise<Key> {
  const data = dataOf(await admin.page(`${path}/arm`), 'keys-data') as KeysData;
  const { privateKey, publicKeyPem: publicKey, fingerprint } = await makeKeyPair(data.bits);
  const passphrase = makePassphrase();
  const keyFile = await sealKeyFile(privateKey, passphrase);
  const possession = await provePossession({ keyFile, passphrase, fingerprint });
  if (!possession.ok) throw new Error(`The key file was not proven: ${possession.reason}.`);
  const { definitionHash } = data;
  await admin.json(data.armUrl, { publicKey, fingerprint, definitionHash, possessionProven: true });
  return { keyFile, passphrase };
}

export function randomVote(definition: Definition): Selections {
  return definition.contests.map(({ candidates, blank, minChoices, maxChoices }) => {
    if (blank && randomInt(10) === 0) return [];
    const wanted = randomInt(minChoices, maxChoices + 1);
    const chosen = new Set<number>();
    while (chosen.size < wanted) chosen.add(randomInt(candidates.length));
    return [...chosen].toSorted((a, b) => a - b);
  });
}

function definitionOf(text: string) {
  const parsed = parseDefinition(text);
  if (!parsed.ok) throw new Error(`The booth's definition is not valid: ${parsed.reason}.`);
  return parsed.definition;
}

export function count(definition: Definition, votes: readonly Selections[]): Tally {
  const counter = createCounter(definition);
  for (const vote of votes) counter.add(vote);
  return counter.tally();
}

/** The server seals the box by itself, moments after the end. */
async function untilSealed(admin: Visitor, path: string): Promise<DeliberationData> {
  for (let tries = 0; tries < 600; tries++) {
    const page = await admin.page(`${path}/deliberate`);
    if (page.includes('id="deliberation-data"')) return dataOf(page, 'deliberation-data') as DeliberationData;
    await pause(100);
  }
  throw new Error('The server has not sealed the box within a minute of the end.');
}

async function open(admin: Visitor, crew: Crew, data: DeliberationData, key: Key): Promise<Tally> {
  const ballots = (await admin.page(data.boxUrl)).split('\n').slice(0, -1);
  const { definition, publicKey, boxHash } = data;
  const opened = await crew.open({ kind: 'open', definition, publicKey, ...key, items: ballots });
  const counter = createCounter(definitionOf(definition));
  const invalidBallots: { receipt: string; reason: string }[] = [];
  for (const [index, outcome] of opened.entries()) {
    if ('selections' in outcome) counter.add(outcome.selections);
    else {
      counter.addInvalid();
      invalidBallots.push({ receipt: receiptOf(ballots[index]!), reason: outcome.reason });
    }
  }
  await admin.json(data.resultUrl, { tally: counter.tally(), invalidBallots, boxHash });
  return counter.tally();
}
