// Shares the ballots of an archive among hands, a few at a time, and puts together what they found: the same report as from one
// thread. What a hand needs later, for the tally, stays with the hand.
import {
  createBallotChecker,
  joinTallies,
  parseTally,
  type ArchiveReport,
  type BallotVerdict,
  type CountedBallot,
  type OpenedArchive,
  type Tally,
} from '@votix/protocol/verifiable';
import { assert } from '../page/assert.ts';
import type { HandAnswer, HandRequest } from './worker-messages.ts';

/** Few, so that progress is smooth where a ballot takes 50 ms. */
const SLICE = 8;
const MOST_HANDS = 16;

export interface SharedBallots {
  readonly report: ArchiveReport;
  /** By the ballots' places. */
  readonly counted: ReadonlySet<number>;
}

/** How many hands so many ballots are worth. */
export function handsFor(ballots: number): number {
  return Math.min(navigator.hardwareConcurrency || 2, MOST_HANDS, Math.ceil(ballots / SLICE));
}

export async function checkShared(
  archive: OpenedArchive,
  ports: readonly MessagePort[],
  o: { readonly onChecked: (done: number) => void; readonly onFinishing: () => void },
): Promise<SharedBallots> {
  const { ballots, election } = archive;
  const hands = ports.map((port) => takeHand(port, election));
  const verdicts: BallotVerdict[] = [];
  const handOf: number[] = [];
  let next = 0;
  let done = 0;
  const serve = async (ask: Ask, hand: number) => {
    while (next < ballots.length) {
      const from = next;
      next += SLICE;
      const answer = await ask({ type: 'check', from, ballots: ballots.slice(from, next) });
      assert(answer.type === 'verdicts', 'a hand answers what it was asked');
      for (const [index, verdict] of answer.verdicts.entries()) {
        verdicts[from + index] = verdict;
        handOf[from + index] = hand;
      }
      done += answer.verdicts.length;
      o.onChecked(done);
    }
  };
  await Promise.all(hands.map(serve));
  assert(done === ballots.length, 'every ballot has its verdict');
  o.onFinishing();
  const { counted, finish } = archive.judge(verdicts);
  const tally = await tallyOfAll(archive, hands, (hand) => counted.filter(({ at }) => handOf[at] === hand));
  return { report: finish(tally), counted: new Set(counted.map(({ at }) => at)) };
}

async function tallyOfAll(
  { context }: OpenedArchive,
  hands: readonly Ask[],
  countedBy: (hand: number) => readonly CountedBallot[],
): Promise<Tally> {
  const none = createBallotChecker(context).tally([]);
  const parts = hands.map(async (ask, hand): Promise<Tally> => {
    const counted = countedBy(hand);
    const answer = await ask({ type: 'tally', counted });
    const encrypted = answer.type === 'tally' ? parseTally(context, answer.encrypted) : undefined;
    assert(encrypted, 'a hand answers with a tally of this election');
    const totalWeight = counted.reduce((sum, { weight }) => sum + weight, 0);
    return { encrypted, numTallied: counted.length, totalWeight };
  });
  return joinTallies(context, [none, ...(await Promise.all(parts))]);
}

type Ask = (request: HandRequest) => Promise<HandAnswer>;

/** One question at a time. A hand that breaks is told to the page, which ends all workers. */
function takeHand(port: MessagePort, election: string): Ask {
  let settle: (answer: HandAnswer) => void = () => undefined;
  port.addEventListener('message', ({ data }: MessageEvent<HandAnswer>) => settle(data));
  port.start();
  port.postMessage({ type: 'start', election } satisfies HandRequest);
  return (request) =>
    new Promise((resolve) => {
      settle = resolve;
      port.postMessage(request);
    });
}
