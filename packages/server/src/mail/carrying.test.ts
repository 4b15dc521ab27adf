// How mails flow through one process, with an outbox and a mail server that are lists: each is settled once, never more are in
// hand than may be, and what nobody has begun to send goes back.

import { expect, test } from 'vitest';
import type { DeliveryRow } from '../storage/deliveries.ts';
import { carry, type Carrier } from './carrying.ts';
import type { Written } from './letters.ts';
import type { Settled } from './settlement.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));
const written = { ok: true } as Written;

interface Wish {
  readonly mails: number;
  readonly most?: number;
  /** After so many have gone out. */
  readonly overAfter?: number;
  readonly pausedAfter?: number;
}

async function carried({ mails, most = 8, overAfter = Infinity, pausedAfter = Infinity }: Wish) {
  const outbox = Array.from({ length: mails }, (_, index) => ({ id: `${index}` }) as DeliveryRow);
  const settled: Settled[] = [];
  const sent: string[] = [];
  const seen = { commits: 0, inHand: 0, mostInHand: 0, onTheWire: 0, mostOnTheWire: 0 };
  const taken = (wished: number): DeliveryRow[] => {
    const rows = outbox.splice(0, wished);
    seen.inHand += rows.length;
    seen.mostInHand = Math.max(seen.mostInHand, seen.inHand);
    return rows;
  };
  const carrier: Carrier = {
    lanes: 3,
    most: () => most,
    gatherMs: () => 5,
    isOver: () => sent.length >= overAfter,
    take: async (wished) => soon().then(() => (seen.commits++, taken(wished))),
    write: async (rows) => soon().then(() => rows.map(() => (sent.length >= pausedAfter ? undefined : written))),
    send: async ({ id }) => {
      sent.push(id);
      seen.mostOnTheWire = Math.max(seen.mostOnTheWire, ++seen.onTheWire);
      await soon();
      seen.onTheWire--;
      return { kind: 'accepted', replyCode: '250' };
    },
    conclude: async (batch, free) => {
      await soon();
      seen.commits++;
      settled.push(...batch);
      seen.inHand -= batch.length;
      return taken(free());
    },
  };
  await carry(carrier);
  const kinds = Map.groupBy(settled, ({ verdict }) => verdict.kind);
  const count = (kind: 'accepted' | 'back') => kinds.get(kind)?.length ?? 0;
  const ids = settled.map(({ delivery }) => delivery.id);
  return { ...seen, sent, left: outbox.length, accepted: count('accepted'), back: count('back'), ids };
}

test('each mail is taken, sent and settled once, and outcomes bring the next mails in their commit', async () => {
  const { ids, sent, accepted, left, inHand, mostInHand, mostOnTheWire, commits } = await carried({ mails: 100 });
  expect([accepted, left, inHand]).toEqual([100, 0, 0]);
  expect([new Set(ids).size, new Set(sent).size]).toEqual([100, 100]);
  expect(mostInHand).toBeLessThanOrEqual(8);
  expect(mostOnTheWire).toBe(3);
  expect(commits).toBeLessThanOrEqual(100 / 2 + 1);
});

test('when it is over nothing more is begun, what is on its way is settled, and the rest goes back', async () => {
  const { ids, sent, accepted, back, left } = await carried({ mails: 100, most: 40, overAfter: 10 });
  expect(sent.length).toBe(10);
  expect(accepted).toBe(10);
  expect([accepted + back + left, new Set(ids).size]).toEqual([100, accepted + back]);
});

test('what does not run any more goes back unsent', async () => {
  const { sent, accepted, back, left } = await carried({ mails: 100, most: 40, pausedAfter: 5 });
  expect(accepted).toBe(sent.length);
  expect(sent.length).toBeLessThan(45);
  expect([accepted + back, left]).toEqual([100, 0]);
});

test('an empty outbox is asked once', async () => {
  expect(await carried({ mails: 0 })).toMatchObject({ commits: 1, accepted: 0, back: 0 });
});

test('what breaks is told, after the rest is settled', async () => {
  const outbox = ['a', 'b'].map((id) => ({ id }) as DeliveryRow);
  const settled: string[] = [];
  const broken = carry({
    lanes: 1,
    most: () => 2,
    gatherMs: () => 0,
    isOver: () => false,
    take: async () => soon().then(() => outbox.splice(0)),
    write: async () => Promise.reject(new Error('no roll')),
    send: async () => Promise.reject(new Error('never asked')),
    conclude: async (batch) => {
      settled.push(...batch.map(({ delivery, verdict }) => `${delivery.id} ${verdict.kind}`));
      return Promise.resolve([]);
    },
  });
  await expect(broken).rejects.toThrow('no roll');
  expect(settled.toSorted()).toEqual(['a back', 'b back']);
});
