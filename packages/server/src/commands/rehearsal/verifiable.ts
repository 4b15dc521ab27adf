// One whole verifiable election: the trustees make the key, the voters' ballots are proven, the board is closed and summed by
// the server, as many trustees as are needed give their shares, and the archive that anyone can download is verified.

import { type Definition, parseDefinition, type Selections } from '@votix/protocol';
import { type Choices, readArchive, readHistory } from '@votix/protocol/verifiable';
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { tallyOfResult } from '../../domain/verifiable-definition.ts';
import { castAll, type Casting, connect } from './casting.ts';
import { type Line, makeKeys, type SeatView } from './ceremony.ts';
import type { Verified } from './crew.ts';
import { count, logIn, type Outcome, randomVote, type Stage } from './election.ts';
import { type Visitor, visit } from './visitor.ts';

/** What only the server's own machine knows: the voters' codes that it would mail, and the definition it has armed. */
export interface Inside {
  readonly threshold: number;
  /** What arming will freeze. */
  readonly definitionHash: () => Promise<string>;
  readonly definition: () => Promise<string>;
  readonly credentials: () => Promise<ReadonlyMap<string, string>>;
}

export async function runVerifiable(stage: Stage, inside: Inside): Promise<Outcome> {
  const { baseUrl, prepared, crew, timed } = stage;
  const [path, admin] = [`/console/elections/${prepared.electionId}`, visit(baseUrl)];
  const lines = prepared.trustees.map((token) => lineOf(visit(baseUrl), token));
  const files = await timed('keys', () => makeKeys(lines));
  await timed('arm', async () => {
    await logIn(admin, prepared);
    await admin.form(`${path}/arm`, { definitionHash: await inside.definitionHash() });
    await until(lines[0]!, 'armed', 'open'); // of thousands of voters it goes on after the answer
  });
  const definition = definitionOf(await inside.definition());
  const votes = prepared.voters.map(() => randomVote(definition));
  const sealed = await timed('seal', async () => {
    const [election, credentials] = [await electionText(admin, prepared.electionId), await inside.credentials()];
    const items = prepared.voters.map(({ id }, n) => ({
      credential: credentials.get(id)!,
      choices: choicesOf(votes[n]!),
    }));
    return crew.seal({ kind: 'prove', election, items });
  });
  await connect(baseUrl, Math.min(stage.concurrency, votes.length));
  const casting = await timed('cast', () =>
    castAll(
      baseUrl,
      prepared.voters.map((voter, n) => [voter, sealed[n]!] as const),
      stage.concurrency,
    ),
  );
  await timed('close', async () => {
    await stage.end();
    await until(lines[0]!, 'tallied');
  });
  await timed('open', async () => {
    const archive = await archiveOf(admin, prepared.electionId);
    const needed = inside.threshold === 0 ? files : files.slice(-inside.threshold); // the others stay at home
    const shares = await crew.share({ kind: 'share', archive, items: needed });
    const tokens = prepared.trustees.slice(-needed.length);
    for (const [n, handedOver] of shares.entries())
      await visit(baseUrl).json(`/api/trustees/${tokens[n]!}/share`, { handedOver });
    await until(lines[0]!, 'opened');
  });
  await timed('publish', async () => {
    await logIn(admin, prepared); // casting may have outlasted the confirmation
    await admin.form(`${path}/publish`, {});
  });
  const archive = await archiveOf(admin, prepared.electionId);
  const strict = await admin.page(`/elections/${prepared.electionId}/strict.json`);
  const [verified] = await timed('verify', () => crew.verify({ kind: 'verify', strict, items: [archive] }));
  const { result, ballots } = verified!;
  const tally = result ? tallyOfResult(definition, result, ballots) : count(definition, []);
  const differences = differencesOf(casting, verified!, [tally, count(definition, votes)]);
  return { casting, tally, differences, record: { content: archive, strict } };
}

const lineOf = (visitor: Visitor, token: string): Line => ({
  read: async () => JSON.parse(await visitor.page(`/api/trustees/${token}`)) as SeatView,
  hand: (step) => visitor.json(`/api/trustees/${token}/step`, step),
});

const archiveOf = (visitor: Visitor, electionId: string) => visitor.bytes(`/elections/${electionId}/archive.bel`);

/** What voters seal to, as the public board has it. */
async function electionText(visitor: Visitor, electionId: string): Promise<string> {
  const read = readArchive(await archiveOf(visitor, electionId));
  const history = read.ok ? readHistory(read.archive, new Set()) : undefined;
  assert(history?.ok === true, 'the board can be read');
  return history.history.election;
}

function definitionOf(text: string): Definition {
  const parsed = parseDefinition(text);
  assert(parsed.ok);
  return parsed.definition;
}

const choicesOf = (vote: Selections): Choices =>
  vote.map((selection) => (selection.length === 0 ? 'blank' : selection));

/** The server closes, sums and opens by itself, moments after it can. */
async function until(line: Line, ...stages: readonly SeatView['stage'][]): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (stages.includes((await line.read()).stage)) return;
    await pause(100);
  }
  throw new Error(`The server has not come to the stage "${stages.join('" or "')}" within two minutes.`);
}

function differencesOf(
  { refusals }: Casting,
  { faults }: Verified,
  [counted, expected]: readonly [unknown, unknown],
): string[] {
  const refused = [...refusals].map(([answer, times]) => `${times} ballot(s) not recorded: ${answer}`);
  const isSame = JSON.stringify(counted) === JSON.stringify(expected);
  return [
    ...refused,
    ...faults.map((fault) => `the archive's check ${fault}`),
    ...(isSame ? [] : ['the published result is not what was cast']),
  ];
}
